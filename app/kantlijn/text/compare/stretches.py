"""The stretches of two texts that are the same, in order: by these both sides scroll together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kantlijn.model.comparison import Stretch
from kantlijn.text.compare.alignment import Alignment


def same_stretches(alignment: Alignment) -> tuple[Stretch, ...]:
    """Runs of words that follow each other on both sides; moved passages are left out. Code points."""
    old, new, to_new = alignment.old, alignment.new, alignment.to_new
    moved = sorted(move.words[:2] for move in alignment.moves)
    found: list[Stretch] = []
    start = -1
    beyond = -1
    for place in range(len(to_new) + 1):
        partner = to_new[place] if place < len(to_new) else -1
        if start >= 0 and partner != to_new[place - 1] + 1:
            first, last = to_new[start], to_new[place - 1]
            found.append((old.starts[start], old.ends[place - 1], new.starts[first], new.ends[last]))
            beyond, start = last, -1
        if start < 0 and partner > beyond and not _is_within(place, moved):
            start = place
    return tuple(found)


def _is_within(place: int, ranges: list[tuple[int, int]]) -> bool:
    number = bisect_right(ranges, (place, place + 1 << 60)) - 1
    return number >= 0 and ranges[number][0] <= place < ranges[number][1]


def across(same: Sequence[Stretch], offset: int) -> tuple[int, bool]:
    """Where an offset of the old text is in the new one; True when it lies in a stretch that is the same.

    Between stretches: in proportion. same must be in order, as same_stretches() gives it; for the way back swap
    their sides.
    """
    number = bisect_right(same, offset, key=lambda stretch: stretch[0]) - 1
    o1 = o2 = n1 = n2 = 0
    if number >= 0:
        o1, o2, n1, n2 = same[number]
        if offset < o2:
            return n1 + (offset - o1) * (n2 - n1) // max(1, o2 - o1), True
    if number + 1 >= len(same):
        return n2 + (offset - o2), False
    following = same[number + 1]
    return n2 + (offset - o2) * (following[2] - n2) // max(1, following[0] - o2), False
