"""In which encoding a text is read, and how it would be read in another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kantlijn.documents.encodings import ENCODINGS, encoding_name
from kantlijn.documents.plain import chosen_encoding, decode, decode_as
from kantlijn.errors import Known
from kantlijn.model.document import Content, Version
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import version as read_version
from kantlijn.words import say

_LINES, _LONGEST = 40, 400
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1 << 18
"""Bytes in which lines are looked for, and by which an encoding is recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEncoding:
    """chosen: by the reader, "" where it was recognised; recognised: what it is by itself.

    sample: lines of the file, as bytes, in which encodings differ; its first lines, where none does.
    """

    file: str
    chosen: str
    recognised: str
    sample: bytes


def is_text(version: Version) -> bool:
    """Whether it is a plain text, whose encoding nothing says for sure."""
    return version.extractor.startswith("text/")


def uncertain(version: Version, content: Content) -> str:
    """The encoding of a text that does not say its own, as readers know it; "" where there is no doubt."""
    encoding = content.details.get("encoding", "")
    return encoding_name(encoding) if is_text(version) and not encoding.startswith("utf") else ""


def text_encoding(desk: Desk, version_id: str) -> TextEncoding:
    """Of a plain text. Known for what says itself how its letters are to be read, such as a PDF."""
    version = read_version(desk, version_id)
    must_be_text(version)
    chosen = chosen_encoding(version.extractor)
    raw = _telling(desk, version)
    recognised = decode(raw)[1] if chosen else desk.content_of(version).details.get("encoding", "utf-8")
    return TextEncoding(
        file=version.file, chosen=chosen, recognised=recognised, sample=_sample(raw, recognised)
    )


def must_be_text(version: Version) -> None:
    """Known for what says itself how its letters are to be read."""
    if not is_text(version):
        raise Known(
            say("“{file}” says itself how its letters are to be read; only texts leave that open.",
                file=version.file)
        )  # fmt: skip


def encoding_names() -> dict[str, str]:
    """Those that can be chosen, as readers know them."""
    return {encoding: encoding_name(encoding) for encoding in ENCODINGS}


def as_read(sample: bytes, encoding: str) -> str:
    """The sample in one of ENCODINGS, or in what was recognised."""
    text = decode_as(sample, encoding) if encoding in ENCODINGS else sample.decode(encoding, "replace")
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _telling(desk: Desk, version: Version) -> bytes:
    """The first part of the file in which encodings differ; where none does, its beginning."""
    first = b""
    for chunk in desk.project.chunks(version.sha256):
        first = first or chunk[:_SAMPLE]
        if (beyond := _BEYOND_ASCII.search(chunk)) is not None:
            begin = max(0, beyond.start() - _LONGEST)
            return first if beyond.start() < _SAMPLE else chunk[begin : begin + _SAMPLE]
    return first


def _sample(raw: bytes, recognised: str) -> bytes:
    if recognised.startswith(("utf-16", "utf-32")):
        return raw[: _LINES * 64]
    lines = raw.splitlines()
    telling = [_around(line) for line in lines if not line.isascii()]
    return b"\n".join((telling or [line[:_LONGEST] for line in lines])[:_LINES])


def _around(line: bytes) -> bytes:
    """So much of a line as has its first letter beyond ASCII, from the beginning of a word on."""
    first = next(place for place, byte in enumerate(line) if byte > 0x7F)
    begin = line.rfind(b" ", 0, max(0, first - _LONGEST // 4)) + 1
    return line[begin : begin + _LONGEST]
