"""How another program counted the characters of a text: with which line ends, and with a mark before or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kantlijn.model.document import Range
from kantlijn.text.fold import squeeze

_MARK = "\ufeff"
_RETURN = re.compile("\r\n?")
_CHECKED = 2000
"""Selections that are looked at: a text with more of them is understood long before."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A text as ours are, with line feeds only and without a mark, and the selections' ranges in it.

    ranges: None for those outside the text.
    """

    text: str
    ranges: tuple[Range | None, ...]


def counted(text: str, ranges: Sequence[Range], names: Sequence[str], *, marked: bool, feeds: bool) -> Counted:
    """The ranges in the way of counting in which most names stand where they should.

    text: decoded, its line ends as they are, without a mark; marked: the file began with one. names: words of each
    selection, whole or begun, "" for none. feeds: where the names do not tell, a line end counts for one.
    """
    plain = _RETURN.sub("\n", text)
    both = plain.replace("\n", "\r\n")
    bodies = [plain, text, both] if feeds else [text, plain, both]
    ways = [mark + body for body in bodies for mark in ("", *([_MARK] if marked else []))]
    best, score = ways[0], (-1, -1)
    pairs = list(zip(ranges, names, strict=True))[:_CHECKED]
    for way in dict.fromkeys(ways):
        agreed = sum(agrees(way, range, name) for range, name in pairs)
        whole = sum(_whole(way, range) for range, _ in pairs)
        if (agreed, whole) > score:
            best, score = way, (agreed, whole)
    places = _Places(best)
    return Counted(plain, tuple(places.back(range, len(plain)) for range in ranges))


def agrees(text: str, range: Range, name: str) -> bool:
    """Whether the name, or what of it is given, stands there to the letter; first and last letters count."""
    start, end = range
    if not name or not 0 <= start < end <= len(text):
        return False
    wanted, there = _plain(name), _plain(text[start:end])
    if wanted == there:
        return True
    cut = wanted.removesuffix("…").removesuffix("...").rstrip()
    return bool(cut) and len(cut) < len(there) and len(cut) >= 10 and there.startswith(cut)


def _plain(text: str) -> str:
    """On one line; the mark stays to be seen."""
    return " ".join(text.replace(_MARK, "?").split())


def _whole(text: str, range: Range) -> bool:
    """Whether the range is inside the text and cuts no word at its ends, and begins and ends with no space."""
    start, end = range
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return begins and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))


class _Places:
    """From places in a text with carriage returns or a mark to those in the plain one."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._gone = [found.start() for found in re.finditer("\r\n", text)]
        if text.startswith(_MARK):
            self._gone.insert(0, 0)

    def back(self, range: Range, size: int) -> Range | None:
        start, end = range
        if not 0 <= start <= end <= self._size:
            return None
        return min(size, self._back(start)), min(size, self._back(end))

    def _back(self, place: int) -> int:
        return place - bisect_right(self._gone, place - 1)


def same_words(one: str, other: str) -> bool:
    """Whether two quotes are the same but for line ends, hyphens at them, and accents' forms."""
    return one == other or (bool(squeeze(one).text) and squeeze(one).text == squeeze(other).text)
