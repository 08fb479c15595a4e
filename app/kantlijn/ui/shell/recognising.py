"""Recognising the text of scans: in the background, with progress, and only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kantlijn.errors import Cancelled, Known
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes
    from kantlijn.ui.reader.pane import ReaderPane


class Recognising(QObject):
    """One document at a time."""

    progress = Signal(str, int)
    """(sentence, per mille); "" when done."""

    def __init__(self, jobs: Jobs, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes = jobs, panes
        self._task: Task | None = None
        panes.added.connect(self._wire)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"recognise": self.start}

    def _wire(self, pane: ReaderPane) -> None:
        pane.text_wanted.connect(self.start)

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self) -> None:
        """Recognise the text of what is read in the active pane."""
        from kantlijn.usecases import ocr

        pane = self._panes.active
        if self._task is not None:
            self._jobs.tell(say("Text is being recognised already; wait until that is done."))
            return
        if pane is None or pane.source is None or not pane.version_id:
            self._jobs.tell(say("Open a scanned PDF first."))
            return
        if self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
            return
        self._task = Task()
        self._moved(0, 1)
        languages = ocr.languages()[:2]
        self._jobs.long(
            ocr.recognise, pane.version_id, languages, progress=self._jobs.on_ui(self._moved),
            cancelled=self._task.cancelled, then=self._done, failed=self._stopped, task=self._task,
        )  # fmt: skip

    def cancel(self) -> None:
        """Stop; nothing is kept of what was recognised."""
        if self._task is not None:
            self._task.cancel()

    def _moved(self, done: int, total: int) -> None:
        if self._task is not None:
            sentence = say("Recognising text: page {done} of {total}…", done=min(done + 1, total), total=total)
            self.progress.emit(sentence, round(1000 * done / max(1, total)))

    def _done(self, changes: Changes) -> None:
        self._end()
        self._jobs.tell(changes.title, True)

    def _stopped(self, error: Known) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._jobs.tell(error.sentence)
        else:
            self._jobs.trouble.emit(error.sentence)

    def _end(self) -> None:
        self._task = None
        self.progress.emit("", 0)
