"""Text files: the canonical text is the decoded file, with line feeds as line ends, nothing else changed."""

from __future__ import annotations

import codecs
from pathlib import Path

from kantlijn.documents.kind import PLAIN, Kind, kind_of, utf16_without_mark
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "text/1"
LARGEST = 256 << 20
"""Bytes; a text of this size is data, not something to read."""
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def read_plain(path: Path, kind: Kind | None = None) -> Content:
    """The content of a .txt or .md file: no pages, no layers. BadFile with its sentence.

    kind: "text" or "markdown" for a file that is to be read so whatever it looks like.
    """
    kind = kind or kind_of(path)
    if kind not in PLAIN:
        raise BadFile(say("“{file}” is no plain text.", file=path.name))
    text, encoding = decode(bytes_of(path))
    return Content(
        extractor=EXTRACTOR,
        mime="text/markdown" if kind == "markdown" else "text/plain",
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        details={"encoding": encoding},
    )


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that is read as a text. BadFile when it is too large for that, or cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(say("“{file}” is too large to read as a text; split it first.", file=path.name))
        return path.read_bytes()
    except OSError as trouble:
        raise BadFile(
            say("“{file}” cannot be read: {reason}.", file=path.name, reason=trouble.strerror or str(trouble))
        ) from trouble


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else strict UTF-8, else UTF-16, else cp1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), encoding
    encoding = utf16_without_mark(raw[: 64 * 1024]) or "utf-8"
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError:
        # cp1252 leaves five bytes open; they become what Latin-1 makes of them, so that nothing is lost
        return raw.decode("latin-1").translate(_CP1252), "cp1252"
