"""Changing annotations with keys and mouse: ends, merging, splitting, a twin, how they are drawn, areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kantlijn.model.document import Range
from kantlijn.model.layer import Quad
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane


class Shaping(QObject):
    """Does what keys, menus and knobs ask on the selected annotations."""

    def __init__(self, jobs: Jobs, panes: Panes, tagging: Tagging, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes, self._tagging = jobs, panes, tagging
        panes.added.connect(self._wire)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {
            "highlight": lambda: self.draw_as("highlight"),
            "underline": lambda: self.draw_as("underline"),
            "strike": lambda: self.draw_as("strike"),
            "start_out": lambda: self.nudge(-1, 0),
            "start_in": lambda: self.nudge(1, 0),
            "end_in": lambda: self.nudge(0, -1),
            "end_out": lambda: self.nudge(0, 1),
            "merge": self.merge,
            "split_passage": self.split,
            "duplicate": self.duplicate,
        }

    def _wire(self, pane: ReaderPane) -> None:
        pane.passage_dragged.connect(lambda annotation, chosen: self._dragged(pane, annotation, chosen))
        pane.area_dragged.connect(lambda *dragged: self._area_dragged(pane.version_id, *dragged))

    def _dragged(self, pane: ReaderPane, annotation: str, chosen: Range) -> None:
        from kantlijn.usecases.marking import tag

        if self._may():
            self._jobs.do(tag.move_passage, annotation, pane.version_id, chosen)

    def _area_dragged(self, version: str, annotation: str, page: int, quad: Quad) -> None:
        from kantlijn.usecases.marking import areas

        if self._may():
            self._jobs.do(areas.move_area, annotation, page, quad, version_id=version)

    def _may(self) -> bool:
        if self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
        return not self._jobs.read_only

    def _one(self) -> str:
        """The one selected annotation, or "" after saying that one is needed."""
        selected = self._tagging.selected
        if len(selected) != 1:
            self._jobs.tell(say("Select one annotation first."))
            return ""
        return selected[0] if self._may() else ""

    def nudge(self, start: int, end: int) -> None:
        """Move the ends of the selected annotation by words."""
        from kantlijn.usecases.marking import shape

        if annotation := self._one():
            pane = self._panes.active
            here = pane.version_id if pane is not None else None
            self._jobs.do(shape.nudge, annotation, start=start, end=end, version_id=here)

    def merge(self) -> None:
        """Make one of the selected annotations."""
        from kantlijn.usecases.marking import shape

        if len(self._tagging.selected) < 2:
            self._jobs.tell(say("Select two annotations or more to merge them (Ctrl+click)."))
        elif self._may():
            self._jobs.do(shape.merge_annotations, self._tagging.selected)

    def split(self) -> None:
        """Part the selected annotation at the caret, or before the selected text inside it."""
        from kantlijn.usecases.marking import shape

        pane = self._panes.active
        annotation = self._one()
        if annotation and pane is not None and pane.view is not None:
            self._jobs.do(shape.split_annotation, annotation, pane.view.selector.caret)

    def duplicate(self) -> None:
        from kantlijn.usecases.marking import shape

        if annotation := self._one():
            self._jobs.do(shape.duplicate_annotation, annotation)

    def draw_as(self, style: str) -> None:
        """Draw the selected text, or the selected annotations, as highlight, underline or strike-out."""
        from kantlijn.usecases.marking import shape

        if self._tagging.draw(style):
            return
        if not self._tagging.selected:
            self._jobs.tell(say("Select text or an annotation first."))
        elif self._may():
            self._jobs.do(shape.set_style, self._tagging.selected, style)
