"""Making texts searchable, in the background and a few seconds at a time, so that other work comes between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kantlijn.ui.jobs import Jobs, Task

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes

_REST = 1500  # milliseconds after opening or adding, when a window has more to do


class Indexing(QObject):
    """Begins when a project is opened and when documents came."""

    done = Signal()
    """Something was added to the index, or cannot be."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self._start)
        jobs.opened.connect(self._timer.start)
        jobs.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        if any(type(step.after).__name__ == "Version" for step in changes.steps):
            self._timer.start()

    def hurry(self) -> None:
        """Somebody searches: begin at once."""
        if self._timer.isActive():
            self._timer.stop()
            self._start()

    def _start(self) -> None:
        from kantlijn.usecases.searching.index_texts import index_some

        if self._task is None and not self._jobs.read_only:
            self._task = Task()
            self._jobs.long(
                index_some, cancelled=self._task.cancelled, task=self._task, then=self._made,
                failed=lambda _error: self._stopped(),
            )  # fmt: skip

    @property
    def busy(self) -> bool:
        """Whether texts are being made searchable, or soon will be."""
        return self._task is not None or self._timer.isActive()

    def _stopped(self) -> None:
        self._task = None
        self.done.emit()

    def _made(self, left: tuple[int, int]) -> None:
        """(how many were made, how many are left)."""
        made, rest = left
        self._task = None
        if made and rest:
            self._start()
        if made or rest:
            self.done.emit()
