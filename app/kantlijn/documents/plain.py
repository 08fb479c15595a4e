"""Text files: the canonical text is the decoded file, with line feeds as line ends, nothing else changed."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kantlijn.documents.encodings import ENCODINGS
from kantlijn.documents.kind import PLAIN, Kind, kind_of, wide_without_mark
from kantlijn.documents.scripts import script_of
from kantlijn.errors import BadFile, reason_of
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "text/3"
LARGEST = 256 << 20
"""Bytes; a text of this size is data, not something to read."""
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_SAMPLE = 1 << 18
"""Bytes by which a code page is chosen."""
_ODD = re.compile(
    "[\x80-\x9f]|(?<=[A-Za-z])[\xa1-\xac\xae-\xb6\xb8-\xbf×÷€‚ƒ„†‡ˆ‰‹“”•˜™›\u2044-\u2bff](?=[A-Za-z])"
    "|(?<=[A-Za-z‚])[‚ƒ„ˆ‰‹]|(?<=[a-z])[À-ÖØ-ÞŒŠŸŽ](?![A-Z])"
)
"""Signs inside words, capitals behind small letters, and controls: what a wrong code page makes of letters."""


def read_plain(path: Path, kind: Kind | None = None, encoding: str = "") -> Content:
    """The content of a .txt or .md file: no pages, no layers. BadFile with its sentence.

    kind: "text" or "markdown" for a file that is to be read so whatever it looks like. encoding: as for
    plain_content().
    """
    kind = kind or kind_of(path)
    if kind not in PLAIN:
        raise BadFile(say("“{file}” is no plain text.", file=path.name))
    return plain_content(bytes_of(path), kind, encoding)


def plain_content(raw: bytes, kind: Kind, encoding: str = "") -> Content:
    """The content of a text that is these bytes, in this encoding; in the one that is recognised, when "".

    The extractor says which was chosen, so that what was read otherwise stays apart.
    """
    text, known = (decode_as(raw, encoding), encoding) if encoding else decode(raw)
    return Content(
        extractor=f"{EXTRACTOR}+{encoding}" if encoding else EXTRACTOR,
        mime="text/markdown" if kind == "markdown" else "text/plain",
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        details={"encoding": known},
    )


def chosen_encoding(extractor: str) -> str:
    """The encoding that a reader chose for a text with this extractor; "" where none was, or an unknown one."""
    chosen = extractor.partition("+")[2]
    return chosen if chosen in ENCODINGS else ""


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that is read as a text. BadFile when it is too large for that, or cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(say("“{file}” is too large to read; split it first.", file=path.name))
        return path.read_bytes()
    except OSError as trouble:
        raise BadFile(
            say("“{file}” cannot be read: {reason}.", file=path.name, reason=reason_of(trouble))
        ) from trouble


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-8, -16 or -32, else a code page."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if raw.startswith(mark):
            raw = raw[len(mark) :]
            return (_as_utf8(raw) if encoding == "utf-8" else raw.decode(encoding, "replace")), encoding
    if encoding := wide_without_mark(raw[: 64 * 1024]) or "":
        return raw.decode(encoding, "replace"), encoding
    try:
        return raw.decode(), "utf-8"
    except UnicodeDecodeError:
        good = _beyond_ascii(raw.decode("utf-8", "ignore").encode())
    if 2 * good > _beyond_ascii(raw):  # UTF-8 that was cut off, or has something else pasted into it
        return _as_utf8(raw), "utf-8"
    if page := script_of(raw[:_SAMPLE]):
        return raw.decode(page, "replace"), page
    return _of_the_west(raw)


def decode_as(raw: bytes, encoding: str) -> str:
    """The text in one of ENCODINGS, its mark left out; what cannot be read so becomes U+FFFD."""
    if encoding == "cp1252":
        return _cp1252(raw)
    return (_as_utf8(raw) if encoding == "utf-8" else raw.decode(encoding, "replace")).removeprefix("\ufeff")


def _as_cp1252(trouble: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as cp1252, and go on behind them."""
    assert isinstance(trouble, UnicodeDecodeError)
    return _cp1252(trouble.object[trouble.start : trouble.end]), trouble.end


codecs.register_error("kantlijn-cp1252", _as_cp1252)


def _as_utf8(raw: bytes) -> str:
    return raw.decode("utf-8", "kantlijn-cp1252")


def _beyond_ascii(raw: bytes) -> int:
    """How many of the bytes are no ASCII."""
    return len(raw.translate(None, bytes(range(0x80))))


def _cp1252(raw: bytes) -> str:
    """cp1252 leaves five bytes open; they become what Latin-1 makes of them, so that nothing is lost."""
    return raw.decode("latin-1").translate(_CP1252)


def _of_the_west(raw: bytes) -> tuple[str, str]:
    """As cp1252, unless that makes signs of what would be letters on the code page of another machine."""
    some = raw[:_SAMPLE]
    odd = _ODD.findall(_cp1252(some))
    if len(set(odd)) > 1:  # one and the same sign in words may be what somebody wrote
        counts = {other: len(_ODD.findall(some.decode(other))) for other in ("cp850", "mac_roman")}
        better = min(counts, key=counts.__getitem__)
        if 4 * counts[better] < len(odd):
            return raw.decode(better), better
    return _cp1252(raw), "cp1252"
