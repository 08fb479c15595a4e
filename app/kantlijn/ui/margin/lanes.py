"""Which lane of the margin each bracket takes, so that none covers another, and where the letters go. Pure."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""
Span = tuple[str, int, int]
"""Id, top, bottom."""
_AIR = 2  # between two brackets in one lane


class Lanes:
    """Interval colouring that remembers: a bracket once in a lane stays there while the reader scrolls."""

    def __init__(self) -> None:
        self._kept: dict[str, int] = {}

    def forget(self) -> None:
        """Begin anew: other marks, or another zoom."""
        self._kept.clear()

    def assign(self, spans: Iterable[Span], most: int) -> dict[str, int]:
        """Lane per id, for spans in reading order; those for which most lanes are not enough have none.

        Spans that touch count as overlapping.
        """
        ordered = sorted(spans, key=lambda span: span[0] not in self._kept)  # stable: those with a lane first
        taken: list[list[tuple[int, int]]] = [[] for _ in range(most)]
        found: dict[str, int] = {}
        for name, top, bottom in ordered:
            lane = self._kept.get(name, 0)
            while lane < most and not _is_free(taken[lane], top - _AIR, bottom + _AIR):
                lane += 1
            if lane < most:
                insort(taken[lane], (top, bottom))
                found[name] = self._kept[name] = lane
        return found


def _is_free(taken: list[tuple[int, int]], top: int, bottom: int) -> bool:
    """None of the spans (in order, apart from each other) lies between top and bottom."""
    after = bisect_left(taken, (bottom, bottom))
    return not after or taken[after - 1][1] <= top


def crowds(spans: Iterable[Span]) -> list[tuple[tuple[str, ...], int, int]]:
    """The spans gathered where they touch: ids in the order given, top, bottom."""
    found: list[tuple[list[str], int, int]] = []
    for name, top, bottom in sorted(spans, key=lambda span: span[1]):
        if found and top <= found[-1][2] + _AIR:
            names, first, last = found[-1]
            names.append(name)
            found[-1] = (names, first, max(last, bottom))
        else:
            found.append(([name], top, bottom))
    return [(tuple(names), top, bottom) for names, top, bottom in found]


class Letters:
    """Places for chips, none on top of another."""

    def __init__(self, left: int, right: int) -> None:
        self._left, self._right = left, right
        self._taken: list[Box] = []

    def place(self, x: int, y: int, size: tuple[int, int], top: int, bottom: int) -> Box:
        """The free place nearest to (x, y) between top and bottom; further down where those are full."""
        width, height = size
        lowest = max(top, bottom - height)
        near = [box for box in self._taken if box[1] < bottom + 2 and box[1] + box[3] > top - 2]
        heights = {y, top, lowest, *(b + d + 1 for _, b, _, d in near), *(b - height - 1 for _, b, _, _ in near)}
        for at in sorted((at for at in heights if top <= at <= lowest), key=lambda at: abs(at - y)):
            for across in range(max(x, self._left), self._right - width + 1, width + 2):
                if _blocker((across, at, width, height), near) is None:
                    return self._take((across, at, width, height))
        box = (min(x, self._right - width), top, width, height)
        while (blocker := _blocker(box, self._taken)) is not None:
            box = (box[0], blocker[1] + blocker[3] + 1, width, height)
        return self._take(box)

    def _take(self, box: Box) -> Box:
        self._taken.append(box)
        return box


def _blocker(box: Box, taken: list[Box]) -> Box | None:
    """One of the taken places that the box would touch."""
    x, y, right, bottom = box[0], box[1], box[0] + box[2] + 1, box[1] + box[3] + 1
    for other in taken:
        a, b, c, d = other
        if x < a + c + 1 and a < right and y < b + d + 1 and b < bottom:
            return other
    return None
