"""The annotations of a view, found quickly by where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from kantlijn.ui.page.view import Mark

_STRETCH = 4096  # code points a bucket covers


def reading_order(mark: Mark) -> tuple[int, int, str]:
    """First character first; of two that begin together the longer."""
    start, end = mark.range
    return (start, start - end, mark.id)


class Marks:
    """Marks in reading order, with a bucket per stretch of text so that 5,000 cost no more than a few."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self.all = tuple(sorted(marks, key=reading_order))
        self._buckets: dict[int, list[int]] = {}
        for number, mark in enumerate(self.all):
            start, end = mark.range
            for bucket in range(start // _STRETCH, max(start, end - 1) // _STRETCH + 1):
                self._buckets.setdefault(bucket, []).append(number)

    def between(self, start: int, end: int) -> list[Mark]:
        """Those that share text with the range, in reading order."""
        numbers: set[int] = set()
        for bucket in range(start // _STRETCH, max(start, end - 1) // _STRETCH + 1):
            numbers.update(self._buckets.get(bucket, ()))
        found = (self.all[number] for number in sorted(numbers))
        return [mark for mark in found if mark.range[0] < end and mark.range[1] > start]
