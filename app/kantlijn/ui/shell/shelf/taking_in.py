"""Annotations of other programs: offered after a PDF was added, taken in from the menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kantlijn.ui.imported.dialog import ImportDialog
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.themes.themes import Themes
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.handing.import_annotations import Found
    from kantlijn.usecases.shelf.add_documents import Added


class TakingIn(QObject):
    """Looks into PDFs on the long thread; the engine may take its time over a large one."""

    def __init__(self, jobs: Jobs, panes: Panes, themes: Themes, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._panes, self._themes, self._window = jobs, panes, themes, window

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"import_annotations": self.open}

    def open(self) -> None:
        """Look into the PDF in the active pane, and ask what becomes of what it holds."""
        from kantlijn.usecases.handing.import_annotations import found_in

        pane = self._panes.active
        if pane is None or not pane.version_id or pane.source is None:
            self._jobs.tell(say("Open a PDF first; only PDFs hold annotations of other programs."))
            return
        version = pane.version_id
        self._jobs.tell(say("Looking for annotations in the PDF…"))
        self._jobs.long(found_in, version, then=lambda found: self._ask(version, found))

    def _ask(self, version: str, found: Found) -> None:
        self._jobs.tell("")
        dialog = ImportDialog(self._jobs, version, found, self._themes.rows, self._window)
        dialog.open()

    def look_into(self, added: Added) -> None:
        """Tell when what was just added holds annotations."""
        from kantlijn.usecases.handing.import_annotations import found_in

        for one in added.added:
            if one.pages:
                self._jobs.long(found_in, one.version, then=self._offer, failed=lambda _error: None)

    def _offer(self, found: Found) -> None:
        if found.new:
            self._jobs.tell(
                say_many("The PDF holds {n} annotation of another program: "
                         "Project › Import annotations from the PDF.",
                         "The PDF holds {n} annotations of other programs: "
                         "Project › Import annotations from the PDF.", found.new)
            )  # fmt: skip
