"""Closing a window: nothing that was typed is lost, and a scratch project is kept or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from kantlijn.ui.kit.dialog import ask
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.shell.parts import Parts


class Closing:
    """Decides whether a window may close, and closes its project."""

    def __init__(self, window: Parts, last_state: Callable[[], object]) -> None:
        self._window = window
        self._last_state = last_state
        self.decided = False
        """Whether a project without a file is known to be kept, or of no more use."""

    def may_close(self) -> bool:
        """Whether the window may go now. False while something is asked or still being saved."""
        window = self._window
        window.tagging.editor.leave()
        if not self.decided and not window.tagging.noting.all_kept() and not self._lose_notes():
            return False
        desk = window.jobs.desk
        lost = desk is not None and desk.lost_its_file
        if (lost or (window.opening.scratch and self._worth_asking())) and not self.decided:
            choice = self._ask(lost=lost)
            if choice == "keep":
                self._keep()
                return False
            if choice != "throw":
                return False
        self._last_state()
        window.opening.close()
        return True

    def _worth_asking(self) -> bool:
        """Something was written, or is still waiting to be."""
        return self._window.opening.written or bool(self._window.jobs.pending)

    def _lose_notes(self) -> bool:
        chosen = ask(
            self._window,
            say("Close without the note?"),
            say("A note you wrote could not be saved: the disk refuses. Free space, or copy the note elsewhere."),
            [("close", say("Close without it")), ("cancel", say("Cancel"))],
            danger="close",
        )
        return chosen == "close"

    def _ask(self, *, lost: bool) -> str:
        why = say("What you tagged and wrote has no name yet. Keep it under a name, or throw it away.")
        if lost:
            why = say(
                "“{name}” was deleted, replaced or written over while it was open. What can be read of it here is"
                " nowhere else. Keep it under a name, or throw it away.",
                name=self._window.opening.name,
            )
        return ask(
            self._window,
            say("Keep this project?"),
            why,
            [("cancel", say("Cancel")), ("throw", say("Throw away")), ("keep", say("Keep…"))],
            danger="throw",
        )

    def _keep(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, say("Keep the project as"), self._proposed(), "*.kantlijn"
        )
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix == ".kantlijn" else path.with_name(path.name + ".kantlijn")
        self._last_state()
        self._window.opening.keep(path, self._kept)

    def _proposed(self) -> str:
        opening = self._window.opening
        return say("Project") + ".kantlijn" if opening.scratch or opening.path is None else str(opening.path)

    def _kept(self) -> None:
        self.decided = True
        self._window.close()
