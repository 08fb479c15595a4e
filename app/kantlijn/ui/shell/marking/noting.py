"""Notes on their way into the project: what the disk refuses is kept in hand and tried again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kantlijn.errors import DiskTrouble, InUse, Known
from kantlijn.ui.jobs import Jobs

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes
    from kantlijn.usecases.desk import Desk

AGAIN = 5000
"""Milliseconds after which what was refused is tried again."""
_Verb = Callable[["Desk"], "Changes"]


class Noting(QObject):
    """Writes notes on the desk thread. Those in `unkept`, by annotation, were refused and are nowhere else."""

    refused = Signal()
    """Something is unkept, or no longer."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.unkept: dict[str, str] = {}
        self._verbs: dict[str, _Verb] = {}
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self.retry)

    def write(
        self, annotation: str, note: str, verb: Callable[..., Changes], *args: Any,
        failed: Callable[[Known], object] | None = None, **named: Any,
    ) -> None:  # fmt: skip
        """Have verb(desk, *args, **named) write this note; failed is called for what no second try can mend."""

        def work(desk: Desk) -> Changes:
            try:
                changes = verb(desk, *args, **named)
            except (DiskTrouble, InUse):
                self.unkept[annotation], self._verbs[annotation] = note, work
                raise
            self.unkept.pop(annotation, None)
            return changes

        def told(error: Known) -> None:
            self._look()
            if failed is not None and annotation not in self.unkept:
                failed(error)
            else:
                self._jobs.trouble.emit(error.sentence)

        self._jobs.do(work, then=lambda _changes: self._look(), failed=told)

    def retry(self) -> None:
        """Try again what was refused."""
        for annotation in list(self.unkept):
            self._jobs.do(self._verbs[annotation], then=lambda _changes: self._look(), failed=lambda _error: None)

    def all_kept(self) -> bool:
        """Whether everything is in the project at last, after another try; waits for it."""
        self._jobs.wait()
        if self.unkept:
            self.retry()
            self._jobs.wait()
        return not self.unkept

    def _look(self) -> None:
        if self.unkept and not self._again.isActive():
            self._again.start()
        elif not self.unkept:
            self._again.stop()
        self.refused.emit()
