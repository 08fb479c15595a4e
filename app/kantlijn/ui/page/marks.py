"""The annotations of a view, found quickly by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kantlijn.ui.page.view import Mark

_HUNDREDS = 150
_STRETCH = 4096  # code points a bucket covers
_MOST = 1000
"""Buckets of one mark: up to what a damaged file says of its end nobody counts."""


def reading_order(mark: Mark) -> tuple[int, int, str]:
    """First character first; of two that begin together the longer."""
    start, end = mark.range
    return (start, start - end, mark.id)


def _buckets_of(start: int, end: int) -> range:
    first = start // _STRETCH
    return range(first, min(max(start, end - 1) // _STRETCH, first + _MOST) + 1)


def merged(marks: list[Mark]) -> list[Mark]:
    """The marks to fill: as they are, or, where hundreds lie over each other, one per stretch of a first theme."""
    if len(marks) <= _HUNDREDS:
        return marks
    found: list[Mark] = []
    last: dict[tuple[object, ...], int] = {}
    for mark in sorted(marks, key=reading_order):
        kind = (mark.colours[:1], mark.selected, mark.dimmed, mark.style)
        before = found[last[kind]] if kind in last else None
        if before is not None and mark.range[0] <= before.range[1]:
            reach = (before.range[0], max(before.range[1], mark.range[1]))
            found[last[kind]] = replace(before, range=reach)
        else:
            last[kind] = len(found)
            found.append(replace(mark, colours=mark.colours[:1]))
    return found


_LINES = 3  # lines under one another below a line of text; more would strike through the next


@dataclass(frozen=True, slots=True)
class Lining:
    """The lines under a mark: at which height the first (from 0), their colours; depth: marks it begins on."""

    first: int
    colours: tuple[str, ...]
    depth: int


def lined(marks: Sequence[Mark]) -> dict[str, Lining]:
    """Which lines stand under each mark, for marks in reading order.

    The first annotation over some words needs a line for its further themes only; one that lies over another
    has one for its first theme as well, below those of the other, so that one sees where both are.
    """
    found: dict[str, Lining] = {}
    open_marks: list[tuple[int, int]] = []  # (end, height free below it)
    for mark in marks:
        if mark.areas or not mark.colours:
            continue
        start, end = mark.range
        open_marks = [one for one in open_marks if one[0] > start]
        first = max((free for _, free in open_marks), default=0)
        whole = bool(open_marks) or mark.selected or mark.style == "underline"
        colours = mark.colours if whole else mark.colours[1:]
        first = min(first, max(0, _LINES - len(colours)))
        found[mark.id] = Lining(first, colours[:_LINES], len(open_marks))
        open_marks.append((end, first + len(colours)))
    return found


class Marks:
    """Marks in buckets by stretch of text: 5,000 cost no more than a few, and one more costs next to nothing."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_id: dict[str, Mark] = {}
        self._buckets: dict[int, dict[str, Mark]] = {}
        self._areas: dict[int, dict[str, Mark]] = {}
        self._selected: dict[str, Mark] = {}
        self.revision = 0
        self.replace(marks)

    def replace(self, marks: Iterable[Mark]) -> list[Mark]:
        """Take these instead; returns what differs, old and new ones. A mark that is the same object is kept."""
        new = {mark.id: mark for mark in marks}
        gone = [mark for name, mark in self._by_id.items() if new.get(name) is not mark]
        come = [mark for name, mark in new.items() if self._by_id.get(name) is not mark]
        for mark in gone:
            for bucket in _buckets_of(*mark.range):
                self._buckets[bucket].pop(mark.id, None)
            for page, _ in mark.areas:
                self._areas[page].pop(mark.id, None)
            self._selected.pop(mark.id, None)
        for mark in come:
            for bucket in _buckets_of(*mark.range):
                self._buckets.setdefault(bucket, {})[mark.id] = mark
            for page, _ in mark.areas:
                self._areas.setdefault(page, {})[mark.id] = mark
            if mark.selected:
                self._selected[mark.id] = mark
        self._by_id = new
        self.revision += bool(gone or come)
        return gone + come

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def unordered(self) -> Iterable[Mark]:
        return self._by_id.values()

    @property
    def all(self) -> tuple[Mark, ...]:
        """In reading order."""
        return tuple(sorted(self._by_id.values(), key=reading_order))

    @property
    def selected(self) -> list[Mark]:
        return list(self._selected.values())

    def areas_on(self, page: int) -> list[Mark]:
        """Those that mark an area of this page, in reading order."""
        return sorted(self._areas.get(page, {}).values(), key=reading_order)

    def between(self, start: int, end: int) -> list[Mark]:
        """Those that share text with the range, in reading order; areas where they stand in the text."""
        near: dict[str, Mark] = {}
        for bucket in _buckets_of(start, end):
            near.update(self._buckets.get(bucket, ()))
        found = [
            mark
            for mark in near.values()
            if mark.range[0] < end and (mark.range[1] > start or (mark.areas and mark.range[0] >= start))
        ]
        return sorted(found, key=reading_order)
