"""How mouse and keys behave in every pane, also those made later; and copying what is read with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane


class Manners(QObject):
    """What is switched on for all panes at once."""

    def __init__(self, jobs: Jobs, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes = jobs, panes
        self._caret, self._tool = False, "text"
        panes.added.connect(self._apply)

    def _apply(self, pane: ReaderPane) -> None:
        pane.set_manners(caret=self._caret, tool=self._tool)

    def caret(self, on: bool) -> None:
        """Plain arrows move the caret, or scroll again."""
        self._caret = on
        for pane in self._panes.panes:
            self._apply(pane)
        if on:
            self._jobs.tell(say("The arrows move the caret; with Shift they select. F9 lets them scroll again."))

    def area_tool(self, on: bool) -> None:
        """The mouse draws areas from now on, or selects text again."""
        self._tool = "area" if on else "text"
        for pane in self._panes.panes:
            self._apply(pane)
        if on:
            self._jobs.tell(say("Draw an area on a page; with Alt that can be done at any time."))

    def copy_with_source(self) -> None:
        """Copy the selected text, or the selected annotations, with title, identifier, date and page."""
        view = self._panes.active.view if self._panes.active is not None else None
        if view is not None and view.copy_with_citation():
            self._jobs.tell(say("Copied with its source."))
        else:
            self._jobs.tell(say("Select text or an annotation first."))
