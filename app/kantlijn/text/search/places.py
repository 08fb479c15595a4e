"""Where letters stand in a row, follow each other, or stand near each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, count

from kantlijn.text.search.letters import END
from kantlijn.text.search.row import Span

Slots = tuple[frozenset[str], ...]
"""For words that follow each other: which letters may stand at each place."""
FOUND_MOST = 64
"""Letters that are looked for one by one, at the speed of memory; with more it is quicker to look at each word."""


def following(words: Sequence[str], slots: Slots, lead: int, *, apart: bool = True) -> Iterable[int]:
    """Where the slots follow each other in these words, with apart not overlapping.

    lead: the slot that is looked for.
    """
    size = len(slots)
    places = places_of(words, slots[lead])
    ends = END * size  # what lies before its beginning is asked about too, counted from the end
    padded = words + ends if isinstance(words, str) else [*words, *ends]
    for at, slot in enumerate(slots):
        if at != lead:
            places = [place for place in places if padded[place + at - lead] in slot]
    if size == 1 or not apart or differ(slots):
        return [place - lead for place in places]
    return _not_overlapping([place - lead for place in places], size)


def _not_overlapping(starts: Iterable[int], size: int) -> Iterator[int]:
    free = 0
    for start in starts:
        if start >= free:
            yield start
            free = start + size


def differ(slots: Slots) -> bool:
    """Whether no letter is in two of them: then nothing can overlap itself."""
    return len(frozenset().union(*slots)) == sum(map(len, slots))


def places_of(words: Sequence[str], slot: frozenset[str]) -> list[int]:
    """Where one of these is, in order."""
    if isinstance(words, str) and len(slot) <= FOUND_MOST:
        return _found(words, slot)
    here = slot.intersection(words)
    if isinstance(words, str) and len(here) <= FOUND_MOST:
        return _found(words, here)
    return [*compress(count(), map(here.__contains__, words))]


def _found(words: str, slot: frozenset[str]) -> list[int]:
    places = []
    for letter in slot:
        place = words.find(letter)
        while place >= 0:
            places.append(place)
            place = words.find(letter, place + 1)
    if len(slot) > 1:
        places.sort()
    return places


def near(each: list[list[Span]], distance: int) -> list[Span]:
    """The spans that have one of every other phrase nearby.

    From the first to the last of them lie at most distance words that are none of theirs.
    """
    if not all(each):
        return []
    kept: set[Span] = set()
    if len(each) == 2:
        _pair(each[0], each[1], distance, kept)
        return sorted(kept)
    ends = [[end for _, end in spans] for spans in each]
    starts = [[start for start, _ in spans] for spans in each]
    for number, spans in enumerate(each):
        others = [other for other in range(len(each)) if other != number]
        for span in spans:
            near = [_nearest(each[other], starts[other], ends[other], span) for other in others]
            group = [span, *(one for one in near if one is not None)]
            first, last = min(group)[0], max(end for _, end in group)
            taken = sum(end - start for start, end in group)
            if len(group) == len(each) and last - first - taken <= distance:
                kept.update(group)
    return sorted(kept)


def count_near(words: Sequence[str], rare: frozenset[str], common: frozenset[str], most: int) -> int:
    """How many of both have one of the other kind within so many places. No letter is rare and common."""
    if not rare or not common:
        return 0
    some = places_of(words, rare)
    if len(common) == 1 or len(common) > FOUND_MOST > len(some):
        return _around(words, some, common, most)
    others = places_of(words, common) if some else []
    return _with_one_near(some, others, most) + _with_one_near(others, some, most)


def _around(words: Sequence[str], places: Iterable[int], others: frozenset[str], most: int) -> int:
    """The same for places and others that there may be many of: only what is around the places is looked at."""
    found = seen = 0
    many = _counter(words, others)
    for place in places:
        begin, end = max(0, place - most), place + most + 1
        fresh = many(max(seen, begin), end)
        found += fresh + (fresh > 0 or (begin < seen and many(begin, seen) > 0))
        seen = end
    return found


def _counter(words: Sequence[str], slot: frozenset[str]) -> Callable[[int, int], int]:
    """How many of these are from one place to another."""
    if len(slot) == 1 and isinstance(words, str):
        return partial(words.count, next(iter(slot)))
    return lambda begin, end: sum(map(slot.__contains__, words[begin:end]))


def _with_one_near(places: list[int], others: list[int], most: int) -> int:
    """How many of the places have one of the others within so many."""
    found = 0
    for place in places:
        after = bisect_left(others, place - most)
        found += after < len(others) and others[after] <= place + most
    return found


def _pair(some: list[Span], others: list[Span], distance: int, kept: set[Span]) -> None:
    """The same for two, in one go through both."""
    first = 0
    for start, end in some:
        while first < len(others) and others[first][1] + distance < start:
            first += 1
        place = first
        while place < len(others) and others[place][0] - end <= distance:
            if others[place][1] <= start or others[place][0] >= end:
                kept.update(((start, end), others[place]))
            place += 1


def _nearest(spans: list[Span], starts: list[int], ends: list[int], span: Span) -> Span | None:
    """The one beside this span with the fewest words between that does not overlap it."""
    after = bisect_left(starts, span[1])
    before = bisect_right(ends, span[0]) - 1
    found = [spans[place] for place in (before, after) if 0 <= place < len(spans)]
    return min(found, key=lambda one: max(one[0] - span[1], span[0] - one[1]), default=None)
