"""Two flowing texts of which what belongs together stands level: the side that is behind leaves a gap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from PySide6.QtCore import QPoint
from shiboken6 import isValid

from kantlijn.text.compare.level import Pair, gaps
from kantlijn.ui.page.column import Column
from kantlijn.ui.page.surface import Surface


class Level:
    """Ties two views, the old version's first. They scroll as one; a gap stands before the piece it brings level.

    Between two pairs only the heights there count. So where a height turns out to be another than was guessed,
    one gap is worked out anew, and everything below stays level.
    """

    def __init__(self, old: Column, new: Column, pairs: Sequence[Pair]) -> None:
        self.views = (old, new)
        self.pieces = (old.pieces, new.pieces)
        self._at = (
            [*(pair.old for pair in pairs), len(old.pieces)],
            [*(pair.new for pair in pairs), len(new.pieces)],
        )
        self._together = True
        lacking = [number for number, pair in enumerate(pairs) if pair.lacking] + [len(pairs)]
        for view, at in zip(self.views, self._at, strict=True):
            view.lacking = frozenset(at[number] for number in lacking)

    def begin(self, leader: Column) -> None:
        """Bring them level; what the leader shows stays where it is."""
        kept = leader.held()
        for view in self.views:
            view.level = self
        self.measure()
        leader.keep(kept)
        leader.scrolled()

    def end(self) -> None:
        """Each stands on its own again, where it is."""
        for view in self.views:
            if isValid(view) and view.level is self:
                view.stand_alone()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """In here each scrolls on its own."""
        self._together = False
        try:
            yield
        finally:
            self._together = True

    # -- gaps -----------------------------------------------------------------------------------------------

    def measure(self) -> None:
        """Work out every gap: all heights are others."""
        tops = []
        for view, at in zip(self.views, self._at, strict=True):
            sums = list(accumulate(view.heights, initial=0.0))
            tops.append([sums[index] + view.air(index) for index in at])
        was = (0.0, 0.0)
        for number, now in enumerate(zip(*tops, strict=True)):
            self._leave(number, now[0] - was[0], now[1] - was[1])
            was = now
        self._sum()

    def _refine(self) -> None:
        """Work out the gaps that stand below heights that are others now."""
        touched = {
            bisect_right(at, index)
            for view, at in zip(self.views, self._at, strict=True)
            for index in view.grown
        }
        for number in touched:
            self._leave(number, self._way(0, number), self._way(1, number))
        self._sum()

    def _way(self, side: int, number: int) -> float:
        """How far it is on this side to a pair from the one before, gaps left out."""
        view, at = self.views[side], self._at[side]
        end, start = at[number], at[number - 1] if number else 0
        return sum(view.heights[start:end]) + view.air(end) - (view.air(start) if number else 0.0)

    def _leave(self, number: int, old: float, new: float) -> None:
        for view, at, gap in zip(self.views, self._at, gaps(old, new), strict=True):
            view.gaps[at[number]] = gap

    def _sum(self) -> None:
        for view in self.views:
            view.sum_up()

    # -- scrolling ------------------------------------------------------------------------------------------

    def settle(self, leader: Column) -> None:
        """Lay out what shows on both sides. What is read stays where it is."""
        other = self.other(leader)
        self._follow(leader, other)
        for _ in range(4):
            kept = [(view, view.held()) for view in (leader, other)]
            for view in self.views:
                view.lay_out()
            if not (leader.grown or other.grown):
                break
            self._refine()
            if not self._together:
                for view, held in kept:
                    view.keep(held)
            elif kept[0][1].sure or not kept[1][1].sure:
                leader.keep(kept[0][1])
            else:  # the leader shows but a gap
                other.keep(kept[1][1])
                self._follow(other, leader)
            self._follow(leader, other)
        other.tell_moved()

    def _follow(self, leader: Column, other: Column) -> None:
        """The same height of both texts at the same height of the screen."""
        if self._together:
            corner = QPoint(0, 0)
            lower = other.viewport().mapToGlobal(corner).y() - leader.viewport().mapToGlobal(corner).y()
            other.scroll_quietly(leader.verticalScrollBar().value() + lower)

    def other(self, view: Column) -> Column:
        return self.views[1] if view is self.views[0] else self.views[0]

    def reading(self, view: Column) -> Column:
        """By which of both to keep the place: this one, but where a gap stands at its top."""
        other = self.other(view)
        return other if view.top_gap() > other.top_gap() + view.leading else view


def are_level(one: Surface, two: Surface) -> bool:
    """These two scroll as one already."""
    level = getattr(one, "level", None)
    return level is not None and level is getattr(two, "level", None)
