"""Which lane of the margin each bracket takes, so that none covers another, and where the letters go. Pure."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


class Lanes:
    """Interval colouring that remembers: a bracket once in a lane stays there while the reader scrolls."""

    def __init__(self) -> None:
        self._kept: dict[str, int] = {}

    def forget(self) -> None:
        """Begin anew: other marks, or another zoom."""
        self._kept.clear()

    def assign(self, spans: Iterable[tuple[str, int, int]]) -> dict[str, int]:
        """Lane per id, for (id, top, bottom) in reading order. Spans that touch count as overlapping."""
        ordered = list(spans)
        taken: dict[int, list[tuple[int, int]]] = {}
        found: dict[str, int] = {}
        ordered.sort(key=lambda span: span[0] not in self._kept)  # stable: those with a lane come first
        for name, top, bottom in ordered:
            lane = self._kept.get(name, 0)
            while any(a < bottom + 2 and b > top - 2 for a, b in taken.get(lane, ())):
                lane += 1
            taken.setdefault(lane, []).append((top, bottom))
            found[name] = self._kept[name] = lane
        return found


class Letters:
    """Places for chips, none on top of another."""

    def __init__(self, left: int, right: int) -> None:
        self._left, self._right = left, right
        self._taken: list[Box] = []

    def place(self, x: int, y: int, size: tuple[int, int], top: int, bottom: int) -> Box:
        """The free place nearest to (x, y) between top and bottom; further down where those are full."""
        width, height = size
        heights = sorted(range(top, max(top, bottom - height) + 1, 4), key=lambda at: abs(at - y)) or [y]
        for at in (min(max(y, top), max(top, bottom - height)), *heights):
            for across in range(max(x, self._left), self._right - width + 1, width + 2):
                if self._is_free(box := (across, at, width, height)):
                    return self._take(box)
        at = top
        while not self._is_free((min(x, self._right - width), at, width, height)):
            at += 4
        return self._take((min(x, self._right - width), at, width, height))

    def _is_free(self, box: Box) -> bool:
        x, y, w, h = box
        return not any(
            x < a + c + 1 and a < x + w + 1 and y < b + d + 1 and b < y + h + 1 for a, b, c, d in self._taken
        )

    def _take(self, box: Box) -> Box:
        self._taken.append(box)
        return box
