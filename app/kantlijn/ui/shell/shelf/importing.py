"""Adds documents in the background: progress, cancel, passwords, and what went wrong per file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from kantlijn.errors import Cancelled, Known
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.shelf.add_documents import Added, FailedFile

Ready = Callable[["Added"], object]


class Importing(QObject):
    """One batch after the other. progress and told are for the status line."""

    progress = Signal(str, int)
    """(sentence, per mille); ("", 0) when nothing runs."""

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._task: Task | None = None
        self._waiting: list[tuple[list[Path], str, Ready | None]] = []
        self._ready: Ready | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    def add(self, files: Sequence[Path], *, password: str = "", ready: Ready | None = None) -> None:
        """Add these files; ready(Added) when the batch is done."""
        from kantlijn.usecases.shelf.add_documents import add_documents

        if not files:
            return
        if self._task is not None:
            self._waiting.append((list(files), password, ready))
            return
        self._ready = ready
        self._task = Task()
        self.progress.emit(say_many("Adding {n} document…", "Adding {n} documents…", len(files)), 0)
        self._jobs.long(
            add_documents,
            list(files),
            password=password,
            progress=self._jobs.on_ui(self._moved),
            cancelled=self._task.cancelled,
            on_changes=self._jobs.report,
            then=self._done,
            failed=self._stopped,
            task=self._task,
        )

    def add_text(self, text: str, *, ready: Ready | None = None) -> None:
        """Add this text as a document of its own; ready(Added) when it is there."""
        from kantlijn.usecases.shelf.add_text import add_text

        def there(added: Added) -> None:
            self._say(added)
            if ready is not None:
                ready(added)

        self._jobs.long(add_text, text, on_changes=self._jobs.report, then=there)

    def cancel(self) -> None:
        """Stop after the piece at hand; what is not whole leaves nothing behind."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
            self.progress.emit(say("Stopping…"), 1000)

    def _moved(self, done: int, total: int, sentence: str) -> None:
        if self._task is not None and not self._task.cancelled():
            self.progress.emit(sentence, round(1000 * done / total) if total else 0)

    def _stopped(self, error: Known) -> None:
        if not isinstance(error, Cancelled):
            self._jobs.trouble.emit(error.sentence)
        self._next()

    def _done(self, added: Added) -> None:
        ready = self._ready
        self._say(added)
        self._next()
        if ready is not None:
            ready(added)
        locked = [one for one in added.failed if one.password]
        others = [one for one in added.failed if not one.password]
        if others:
            FailuresSheet(others, len(added.added), self._window).open()
        for one in locked:
            self._ask_password(one, ready)

    def _next(self) -> None:
        self._task = None
        self.progress.emit("", 0)
        if self._waiting:
            files, password, ready = self._waiting.pop(0)
            self.add(files, password=password, ready=ready)

    def _say(self, added: Added) -> None:
        """One sentence in the status line for the whole batch."""
        parts = []
        if len(added.added) == 1:
            parts.append(say("Added “{title}”.", title=added.added[0].title))
        elif added.added:
            parts.append(say_many("Added {n} document.", "Added {n} documents.", len(added.added)))
        if len(added.known) == 1:
            parts.append(say("“{title}” was there already.", title=added.known[0].title))
        elif added.known:
            parts.append(say_many("{n} was there already.", "{n} were there already.", len(added.known)))
        if added.failed:
            parts.append(say_many("{n} could not be added.", "{n} could not be added.", len(added.failed)))
        parts.extend(one.trouble for one in added.added if one.trouble)
        if added.cancelled:
            parts.append(say("Stopped; what was not whole is not kept."))
        if parts:
            self._jobs.tell(" ".join(parts), bool(added.added))

    def _ask_password(self, failed: FailedFile, ready: Ready | None) -> None:
        dialog = PasswordDialog(Path(failed.file).name, failed.error, self._window)

        def answered() -> None:
            if dialog.chosen == "open" and dialog.password:
                self.add([Path(failed.file)], password=dialog.password, ready=ready)
            dialog.deleteLater()

        dialog.finished.connect(answered)
        dialog.open()


class PasswordDialog(Dialog):
    """Asks for the password of one file."""

    def __init__(self, name: str, sentence: str, parent: QWidget, *, leave: str = "") -> None:
        """leave: what the button says that gives none."""
        super().__init__(say("Password for {name}", name=name), sentence, parent)
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(say("Password"))
        self.field.setPlaceholderText(say("Password"))
        self.body.addWidget(self.field)
        self.add_button(leave or say("Leave this file out"))
        self.add_button(say("Open"), "open", main=True)
        self.field.setFocus()

    @property
    def password(self) -> str:
        return self.field.text()


class FailuresSheet(Dialog):
    """Every file that could not be added, with its sentence."""

    def __init__(self, failed: Sequence[FailedFile], added: int, parent: QWidget) -> None:
        title = say_many("{n} file could not be added", "{n} files could not be added", len(failed))
        rest = say_many("The other one was added.", "The other {n} were added.", added) if added else ""
        super().__init__(title, rest, parent)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for one in failed:
            card = QFrame(holder)
            card.setObjectName("sheet")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(12, 8, 12, 8)
            inside.setSpacing(2)
            name = Words(Path(one.file).name, card)
            sentence = Words(one.error, card)
            sentence.setObjectName("muted")
            sentence.setWordWrap(True)
            inside.addWidget(name)
            inside.addWidget(sentence)
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setAccessibleName(title)
        area.setMinimumHeight(min(320, 76 * len(failed) + 8))
        self.body.addWidget(area)
        self.add_button(say("Close"), "close", main=True)
        self.setMinimumWidth(520)
        self.finished.connect(self.deleteLater)
