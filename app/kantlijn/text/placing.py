"""Where a passage stands that another program describes: by its position if the words agree, else by its words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from kantlijn.model.document import Range
from kantlijn.text.fold import Folded, squeeze
from kantlijn.text.locate import find_all

SURE, SEVERAL, ALIKE, UNCHECKED = "", "several", "alike", "unchecked"
"""How much a place is to be doubted: not; the words stand elsewhere too; other words that are much like them; no
words were given to check a position by."""
_LEAST_ALIKE, _MOST_ALIKE = 45, 4000
"""Letters that a quote must have to be found by likeness: shorter ones are alike by chance, longer ones slow."""
_ALIKE = 0.8
_SEED = 16
_MOST_PLACES = 40
_MANY, _BESIDE = 1000, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """position and page are ranges of code points of the whole text, or in UTF-16 units where utf16.

    until: words that the passage ends before, where the quote is only its beginning.
    """

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    position: Range | None = None
    utf16: bool = False
    page: Range | None = None
    until: str = ""

    @classmethod
    def from_plain(cls, row: dict[str, Any]) -> Sought:
        """From JSON types."""
        ranges = {name: tuple(row[name]) for name in ("position", "page") if row.get(name) is not None}
        return cls(**{**row, **ranges})


def place(text: str, auxiliary: tuple[Range, ...], sought: Sought) -> tuple[Range, str] | None:
    """The passage and how much it is to be doubted (SURE, SEVERAL, ALIKE, UNCHECKED); None when not found."""
    if sought.until:
        return _until(text, auxiliary, sought) or place(text, auxiliary, replace(sought, quote="", until=""))
    stated = _stated(text, sought)
    if not sought.quote:
        return (stated[0], UNCHECKED) if stated else None
    for range in stated:
        if _same(text[slice(*range)], sought.quote):
            return range, SURE
    # a long quote may be cut from running text with the furniture in it, as some programs do
    found = find_all(text, sought.quote, auxiliary) or find_all(text, sought.quote)
    if found:
        return _chosen(text, found, sought, stated)
    alike = _alike(text, auxiliary, sought.quote)
    return (alike, ALIKE) if alike else None


def _until(text: str, auxiliary: tuple[Range, ...], sought: Sought) -> tuple[Range, str] | None:
    """From where the quote begins to where the words after the passage begin, the nearest there are."""
    begins = place(text, auxiliary, replace(sought, until="", position=None))
    if begins is None:
        return None
    (start, _), doubt = begins
    ends = [one for one, _ in find_all(text, sought.until, auxiliary) if one > start]
    if not ends:
        return None
    end = start + len(text[start : ends[0]].rstrip())
    return (start, end), doubt or (SEVERAL if len(ends) > 1 else SURE)


def _stated(text: str, sought: Sought) -> list[Range]:
    """The stated position, in code points, and as it were in the other unit; only what lies in the text."""
    if sought.position is None:
        return []
    start, end = sought.position
    ways = [(start, end)]
    if not text.isascii():
        other = _from_utf16(text, start), _from_utf16(text, end)
        ways = [other, (start, end)] if sought.utf16 else [(start, end), other]
    return [(start, end) for start, end in dict.fromkeys(ways) if 0 <= start < end <= len(text)]


def _from_utf16(text: str, place: int) -> int:
    """The code point that begins at this UTF-16 unit."""
    return place - bisect_left(_wide(text), place)


@lru_cache(maxsize=4)
def _wide(text: str) -> tuple[int, ...]:
    """The UTF-16 units at which letters begin that take two."""
    places = (place for place, point in enumerate(text) if point > "\uffff")
    return tuple(place + number for number, place in enumerate(places))


def _same(one: str, other: str) -> bool:
    return one == other or (bool(squeeze(one).text) and squeeze(one).text == squeeze(other).text)


def _chosen(text: str, found: list[Range], sought: Sought, stated: list[Range]) -> tuple[Range, str]:
    """The place with the most of the words around it; then on its page; then nearest to where it should be."""
    if len(found) == 1:
        return found[0], SURE
    before, after = squeeze(sought.prefix).text, squeeze(sought.suffix).text
    found = _beside(text, found, sought, stated)
    scores = [_context(text, range, before, after) for range in found]
    most = max(scores)
    best = [range for range, score in zip(found, scores, strict=True) if score == most]
    if len(best) > 1 and sought.page is not None:
        first, last = sought.page
        best = [range for range in best if first <= range[0] < last] or best
    if len(best) == 1:
        return best[0], SURE
    if stated:
        return min(best, key=lambda range: abs(range[0] - stated[0][0])), SEVERAL
    return best[0], SEVERAL


def _beside(text: str, found: list[Range], sought: Sought, stated: list[Range]) -> list[Range]:
    """Of very many places those with the very letters beside them, else the nearest: a comma takes no minutes."""
    if len(found) <= _MANY:
        return found
    before, after = sought.prefix[-_BESIDE:], sought.suffix[:_BESIDE]
    near = [range for range in found if text.startswith(after, range[1])]
    near = [range for range in near if text.startswith(before, max(0, range[0] - len(before)))]
    should = stated[0][0] if stated else sought.page[0] if sought.page else 0
    return sorted(sorted(near or found, key=lambda range: abs(range[0] - should))[:_MANY])


def _context(text: str, range: Range, before: str, after: str) -> int:
    """How many letters before and after are as they should be."""
    start, end = range
    left = squeeze(text[max(0, start - 3 * len(before) - 20) : start]).text if before else ""
    right = squeeze(text[end : end + 3 * len(after) + 20]).text if after else ""
    return _common(left[::-1], before[::-1]) + _common(right, after)


def _common(one: str, other: str) -> int:
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same


def _alike(text: str, auxiliary: tuple[Range, ...], quote: str) -> Range | None:
    """The words most like the quote, whole words; None when less than _ALIKE of the letters are the same."""
    wanted = squeeze(quote).text
    if not _LEAST_ALIKE <= len(wanted) <= _MOST_ALIKE:
        return None
    haystack = _squeezed(text, auxiliary)
    votes: Counter[int] = Counter()
    for seed in range(0, len(wanted) - _SEED + 1, 4):
        at = haystack.text.find(wanted[seed : seed + _SEED])
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            votes[(at - seed) // 16] += 1
            at = haystack.text.find(wanted[seed : seed + _SEED], at + 1)
    if not votes:
        return None
    near = max(votes, key=lambda bin: (votes[bin] + votes[bin + 1] + votes[bin - 1], -bin))
    slack = len(wanted) // 3
    first = max(0, near * 16 - slack)
    window = haystack.text[first : near * 16 + len(wanted) + slack]
    blocks = [block for block in SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()
              if block.size > 2]  # fmt: skip
    if not blocks or sum(block.size for block in blocks) < _ALIKE * len(wanted):
        return None
    start, end = haystack.back(first + blocks[0].b, first + blocks[-1].b + blocks[-1].size)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


@lru_cache(maxsize=2)
def _squeezed(text: str, auxiliary: tuple[Range, ...]) -> Folded:
    return squeeze(text, auxiliary)
