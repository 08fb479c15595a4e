"""Two views of which one follows the other by what their texts have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from kantlijn.model.comparison import Comparison, Stretch
from kantlijn.text.compare.stretches import across
from kantlijn.ui.page.surface import Surface
from kantlijn.ui.page.view import Place

_HEIGHT = 0.33
"""Share of the viewport at which lines that belong together are kept beside each other."""


class Aligned:
    """Which place of either version answers to a place of the other."""

    def __init__(self, old: str, new: str, comparison: Comparison) -> None:
        """Old and new: ids of the versions."""
        self.old, self.new = old, new
        self._forth: Sequence[Stretch] = comparison.same
        self._back = [(n1, n2, o1, o2) for o1, o2, n1, n2 in comparison.same]

    def other_offset(self, version: str, offset: int, other: str) -> int | None:
        """The offset in other for this one; None where these two are not compared."""
        if (version, other) == (self.old, self.new):
            return across(self._forth, offset)[0]
        if (version, other) == (self.new, self.old):
            return across(self._back, offset)[0]
        return None

    def to_new(self, offset: int) -> int:
        return across(self._forth, offset)[0]

    def to_old(self, offset: int) -> int:
        return across(self._back, offset)[0]


def line_in_view(view: Surface) -> tuple[int, float] | None:
    """The offset of a line a third down the viewport, and how high that line stands (pixels)."""
    middle = view.viewport().height() * _HEIGHT
    start, end = view.visible_range()
    offset = view.offset_at(QPointF(view.page_edge() / 2, middle))
    if offset is None or not start <= offset <= end:
        offset = start
    first, _ = view.line_ends(offset)
    box = view.caret_box(first)
    return None if box.isEmpty() else (first, box.top())


def put_line(view: Surface, offset: int, height: float) -> None:
    """Scroll so that the line of this offset stands this high."""
    box = view.caret_box(offset)
    if box.isEmpty():
        place = view.place()
        view.go_to(Place(offset=max(1, offset), x=place.x, zoom=place.zoom))
        box = view.caret_box(offset)
    if not box.isEmpty():
        bar = view.verticalScrollBar()
        bar.setValue(round(bar.value() + box.top() - height))
