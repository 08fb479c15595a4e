"""The lines in the gutter between two compared versions: what they join, and where that stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from kantlijn.ui.compare.gutter import Joint
from kantlijn.ui.page.surface import Surface
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.reading.side_by_side import Aligned

if TYPE_CHECKING:
    from kantlijn.usecases.versions.compare import Compared

_MOST = 60
_BEYOND = 40.0  # pixels outside the gutter, where a line goes on whose end does not show


class Joining(QObject):
    """Answers the gutter while a comparison is shown."""

    def __init__(self, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self._compared: Compared | None = None
        self._aligned: Aligned | None = None

    def begin(self, compared: Compared, aligned: Aligned) -> None:
        self._compared, self._aligned = compared, aligned
        self._panes.splitter.joints = self.joints
        self._panes.splitter.repaint_gutter()

    def end(self) -> None:
        self._panes.splitter.joints = None
        self._compared = None

    def joints(self, gutter: QWidget) -> list[Joint]:
        """What shows on either side, joined to where it is on the other."""
        compared, aligned = self._compared, self._aligned
        views = [pane.view for pane in self._panes.panes[:2] if pane.view is not None]
        if compared is None or aligned is None or len(views) < 2:
            return []
        left, right = views
        numbers = dict.fromkeys(
            mark.number for view in views for mark in view.changes.between(*view.visible_range())
        )
        found = []
        for number in list(numbers)[:_MOST]:
            edit = compared.comparison.edits[number]
            if edit.kind == "formatting" or edit.inside:
                continue
            old = edit.old[0][0] if edit.old else aligned.to_old(edit.new[0][0])
            new = edit.new[0][0] if edit.new else aligned.to_new(edit.old[0][0])
            ends = _height(left, old, gutter), _height(right, new, gutter)
            if not edit.old and _is_gap(left, ends[1], gutter):
                ends = ends[1], ends[1]
            elif not edit.new and _is_gap(right, ends[0], gutter):
                ends = ends[0], ends[0]
            current = number in (left.changes.current, right.changes.current)
            if all(0 <= end <= gutter.height() for end in ends) or edit.kind == "moved" or current:
                found.append(Joint(edit.kind, *ends, current=current))
        return found


def _height(view: Surface, offset: int, gutter: QWidget) -> float:
    """How high the line of this offset stands, in pixels of the gutter; beyond it when it does not show."""
    start, end = view.visible_range()
    if offset < start:
        return -_BEYOND
    if offset > end:
        return gutter.height() + _BEYOND
    box = view.caret_box(offset)
    if box.isEmpty():
        return -_BEYOND
    middle = QPoint(0, round(box.center().y()))
    return float(gutter.mapFromGlobal(view.viewport().mapToGlobal(middle)).y())


def _is_gap(view: Surface, height: float, gutter: QWidget) -> bool:
    """Whether the view leaves a gap at this height, in pixels of the gutter."""
    y = view.viewport().mapFromGlobal(gutter.mapToGlobal(QPoint(0, round(height)))).y()
    return any(top <= y <= top + high for top, high in view.shown_gaps())
