"""Asking for the password of a document that was added in an earlier sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kantlijn.errors import Known
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.shelf.importing import PasswordDialog
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane


class Unlocking(QObject):
    """One question at a time; the text of the document can be read meanwhile."""

    def __init__(self, jobs: Jobs, panes: Panes, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._window = jobs, window
        self._asked: set[str] = set()
        panes.added.connect(lambda pane: pane.password_wanted.connect(lambda: self.ask(pane)))

    def ask(self, pane: ReaderPane, sentence: str = "") -> None:
        """Ask for the password of what this pane shows; again with what was wrong."""
        version, title = pane.version_id, pane.header.title
        if not version or (version in self._asked and not sentence):
            return
        self._asked.add(version)
        about = sentence or say(
            "Its pages are encrypted. The password is kept in memory only, until you close Kantlijn."
        )
        dialog = PasswordDialog(title, about, self._window, leave=say("Read the text only"))

        def answered() -> None:
            if dialog.chosen == "open" and dialog.password:
                self._try(pane, version, dialog.password)
            else:
                self._asked.discard(version)
            dialog.deleteLater()

        dialog.finished.connect(answered)
        dialog.open()

    def _try(self, pane: ReaderPane, version: str, password: str) -> None:
        from kantlijn.usecases.shelf.unlock import unlock

        def wrong(error: Known) -> None:
            self.ask(pane, error.sentence)

        def right(_none: None) -> None:
            self._asked.discard(version)
            if pane.version_id == version:
                pane.show_again()

        self._jobs.do(unlock, version, password, then=right, failed=wrong)
