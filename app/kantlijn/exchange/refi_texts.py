"""How another program counted the characters of a text: in which units, with which line ends, after a mark."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kantlijn.model.document import Range
from kantlijn.text.fold import squeeze

_MARK = "\ufeff"
_RETURN = re.compile("\r\n?")
_CHECKED = 2000
"""Selections that are looked at: a text with more of them is understood long before."""
_CUT = ("…", "...")
_BEGUN = 10
"""Letters that a name without a sign of being cut must give to be the beginning of a passage."""
_ODD_SHARE = 0.8
_NEAR = 4000
"""Code points around a range in which its words are looked for first."""


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
    pairs = list(zip(ranges, names, strict=True))[:_CHECKED]
    told = sum(bool(name.strip()) for _, name in pairs)
    best: _Way | None = None
    score = (-1, -1)
    for way in _ways(text, marked=marked, feeds=feeds):
        found = [way.read(range) for range, _ in pairs]
        agreed = sum(agrees(way.body, range, name) for range, (_, name) in zip(found, pairs, strict=True))
        whole = sum(_whole(way.body, range) for range in found)
        likely = not way.odd or _beyond_chance((agreed, whole), score, told, len(pairs))
        if best is None or ((agreed, whole) > score and likely):
            best, score = way, (agreed, whole)
        if agreed == whole == len(pairs) > 0:
            break
    assert best is not None
    plain = _RETURN.sub("\n", text)
    places = _Places(best.body)
    return Counted(plain, tuple(places.back(best.read(range), len(plain)) for range in ranges))


def _beyond_chance(new: tuple[int, int], old: tuple[int, int], told: int, count: int) -> bool:
    """Whether a way that is not as the standard has it explains most names, or without them most ends of words."""
    if new[0] > old[0]:
        return 2 * new[0] > told
    return new[1] >= old[1] + 2 and new[1] >= _ODD_SHARE * count


class _Way:
    """A text and the unit it is counted in: "point", "utf16" or "byte"; last: the end is at the last letter."""

    def __init__(self, body: str, unit: str, *, last: bool) -> None:
        self.body, self._unit, self._last = body, unit, last
        self.odd = last or unit != "point"

    def read(self, range: Range) -> Range:
        start, end = range[0], range[1] + self._last
        if not self._between:
            return start, end
        return start - bisect_left(self._between, start), end - bisect_left(self._between, end)

    @cached_property
    def _between(self) -> list[int]:
        """The units at which no letter begins."""
        if self._unit == "point" or self.body.isascii():
            return []
        found: list[int] = []
        extra = 0
        for match in re.finditer("[^\0-\x7f]" if self._unit == "byte" else "[\U00010000-\U0010ffff]", self.body):
            at = match.start() + extra
            more = len(match[0].encode("utf-8", "replace")) - 1 if self._unit == "byte" else 1
            found.extend(range(at + 1, at + 1 + more))
            extra += more
        return found


def _ways(text: str, *, marked: bool, feeds: bool) -> Iterator[_Way]:
    """Those that programs have: first as the standard says, then in other units or to the last letter."""
    plain = _RETURN.sub("\n", text)
    both = plain.replace("\n", "\r\n")
    bodies = [plain, text, both] if feeds else [text, plain, both]
    ways = list(dict.fromkeys(mark + body for body in bodies for mark in ("", *([_MARK] if marked else []))))
    units = ["point"]
    units += [] if text.isascii() and not marked else ["utf16", "byte"] if max(text) > "\uffff" else ["byte"]
    for last in (False, True):
        for unit in units:
            yield from (_Way(way, unit, last=last) for way in ways)


def agrees(text: str, range: Range, name: str) -> bool:
    """Whether the name, or what of it is given, stands there to the letter; first and last letters count."""
    start, end = range
    if not name or not 0 <= start < end <= len(text):
        return False
    wanted, there = _plain(name), _plain(text[start:end])
    if wanted == there:
        return True
    cut = _uncut(wanted)
    return bool(cut) and len(cut) < len(there) and len(cut) >= _BEGUN and there.startswith(cut)


def meant(text: str, range: Range, name: str) -> tuple[Range, bool] | None:
    """Where the name stands when it is clearly the passage's words and they stand elsewhere than the range says.

    With whether that is sure. None when they stand there, or when the name is no quote but what a reader calls it.
    """
    start, end = range
    there, wanted = " ".join(text[start:end].split()), _plain(name)
    begun, wanted = wanted.endswith(_CUT), _uncut(wanted)
    if there.startswith(wanted) or len(wanted) < (_BEGUN if begun else 2):
        return None
    if len(wanted) > len(there) + 2 or (not begun and len(wanted) < len(there) - 2):
        return None
    words = re.compile(r"\s+".join(map(re.escape, wanted.split())))
    first = max(0, start - _NEAR)
    found = list(words.finditer(text, first, end + _NEAR)) or list(words.finditer(text))
    places = [(one.start(), min(len(text), one.start() + end - start) if begun else one.end()) for one in found]
    if not places:
        return None
    best = min(places, key=lambda one: abs(one[0] - start))
    touches = best[0] < end and start < best[1]
    return best, touches or (len(places) == 1 and len(words.findall(text)) == 1)


def _uncut(name: str) -> str:
    return name.removesuffix("…").removesuffix("...").rstrip()


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


def begins_alike(there: str, name: str) -> bool:
    """Whether the name may be these words or the beginning of them, line ends and hyphens aside."""
    wanted, found = squeeze(_uncut(name.strip())).text, squeeze(there).text
    return found.startswith(wanted) or wanted.startswith(found)


def same_words(one: str, other: str) -> bool:
    """Whether two quotes are the same but for line ends, hyphens at them, and accents' forms."""
    return one == other or (bool(squeeze(one).text) and squeeze(one).text == squeeze(other).text)
