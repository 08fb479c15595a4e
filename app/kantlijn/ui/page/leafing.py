"""One row of pages at a time: the scroll bar rests only where a single row shows, and turns to the next one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer

_SOON = 350  # milliseconds in which small movements past the end of a page turn no second one

Cell = tuple[float, float]
"""The first and the last place of the bar at which nothing but one row shows."""


class Leafing:
    """Where the bar was last, so that a movement past the end of a page turns it. One per view."""

    def __init__(self) -> None:
        self._held: float | None = None
        self._turned = QElapsedTimer()

    def forget(self) -> None:
        """The rows lie elsewhere now; what comes next is no movement."""
        self._held = None

    def hold(self, wanted: float, cells: Sequence[Cell], screen: float) -> float:
        """Where the bar rests that was put here. screen: the height of the viewport."""
        place = wanted
        at = max(0, bisect_right([first for first, _ in cells], wanted) - 1)
        first, last = cells[at]
        if wanted > last and at + 1 < len(cells):
            place = self._between(wanted, last, cells[at + 1][0], screen)
        elif wanted > last:
            place = last
        self._held = max(place, first)
        return self._held

    def _between(self, wanted: float, last: float, following: float, screen: float) -> float:
        """The end of the row above or the beginning of the one below, by where the reader is going."""
        held = self._held
        if held is None or abs(wanted - held) > screen:
            return last if wanted - last < following - wanted else following
        down = wanted > held
        if (down and held < last) or (not down and held > following):
            return last if down else following  # first to the end of what is being read
        nudge = abs(wanted - held) < screen / 2
        if nudge and self._turned.isValid() and self._turned.elapsed() < _SOON:
            return last if down else following
        self._turned.start()
        return following if down else last
