"""Backups in the background, and the dialog to put one back: in place of the project, or as a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from kantlijn.errors import Cancelled, Known
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.usecases.keeping.backups import said_content, said_size
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes
    from kantlijn.ui.shell.keeping.opening import Opening
    from kantlijn.usecases.keeping.backups import Backup

REST = 20_000
"""Milliseconds after opening, when a window has nothing better to do."""
_HOUR = 3_600_000


class BackingUp(QObject):
    """Makes a backup some time after opening, and every hour in which something changed."""

    restore_wanted = Signal(object, object)
    """(project path, backup path): in its place, the project closed first."""
    open_wanted = Signal(object, str)
    """(project path, "open"): a new project made of a backup."""

    def __init__(self, jobs: Jobs, opening: Opening, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._opening, self._window = jobs, opening, window
        self._task: Task | None = None
        self._changed = False
        self._said = False
        self._first = QTimer(self, singleShot=True, interval=REST)
        self._first.timeout.connect(self.begin)
        self._hourly = QTimer(self, interval=_HOUR)
        self._hourly.timeout.connect(self._hour)
        jobs.opened.connect(self._opened)
        jobs.changed.connect(self._something)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"restore": self.ask}

    @property
    def running(self) -> bool:
        return self._task is not None

    # -- made -----------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._first.start()
        self._hourly.start()

    def _something(self, _changes: Changes) -> None:
        self._changed = True

    def _hour(self) -> None:
        if self._changed:
            self.begin()

    def begin(self) -> None:
        """A backup now, unless the newest has everything."""
        if self._task is not None or self._jobs.read_only or self._opening.scratch:
            return
        from kantlijn.usecases.keeping.backups import back_up

        self._changed = False
        self._task = Task()
        self._jobs.long(
            back_up, cancelled=self._task.cancelled, task=self._task, then=self._made, failed=self._failed
        )

    def _made(self, _backup: Backup | None) -> None:
        self._task = None
        self._said = False

    def _failed(self, error: Known) -> None:
        self._task = None
        self._changed = True  # tried again in an hour
        if not self._said and not isinstance(error, Cancelled):
            self._said = True
            self._jobs.trouble.emit(error.sentence)

    # -- put back -------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """List the backups of the project, or of the one that could not be opened."""
        from kantlijn.usecases.keeping.backups import backups_of

        path = self._opening.path or self._opening.tried
        if path is None or self._opening.scratch:
            self._jobs.tell(say("Only a project with a name has backups. Open it first."))
            return
        try:
            found = backups_of(path)
        except Known as trouble:
            self._jobs.trouble.emit(trouble.sentence)
            return
        dialog = RestoreDialog(path, found, self._window)
        dialog.finished.connect(lambda _result: self._chosen(path, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: Path, dialog: RestoreDialog) -> None:
        backup = dialog.backup
        if backup is None:
            return
        if dialog.chosen == "place":
            self.restore_wanted.emit(path, backup)
        elif dialog.chosen == "new":
            self._as_new(path, backup)

    def _as_new(self, path: Path, backup: Path) -> None:
        from kantlijn.usecases.keeping.backups import restore_to

        name = say("{name} restored", name=path.stem)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, say("Restore as"), str(path.with_name(name + path.suffix)), "*.kantlijn"
        )
        if not chosen:
            return
        target = Path(chosen)
        target = target if target.suffix == ".kantlijn" else target.with_name(target.name + ".kantlijn")
        try:
            restore_to(backup, target)
        except Known as trouble:
            self._jobs.trouble.emit(trouble.sentence)
        else:
            self.open_wanted.emit(target, "open")


class RestoreDialog(Dialog):
    """The backups with their time, size and what they hold, the newest first; damaged ones cannot be chosen."""

    def __init__(self, project: Path, found: tuple[Backup, ...], parent: QWidget | None = None) -> None:
        sentence = say(
            "Kantlijn makes a backup of “{name}” when it is opened and every hour in which something changed. What"
            " is there now is kept beside it.",
            name=project.stem,
        )
        if not found:
            sentence = say("There is no backup of “{name}” yet.", name=project.stem)
        super().__init__(say("Restore a backup"), sentence, parent)
        self.list = QListWidget(self)
        self.list.setObjectName("rows")
        self.list.setAccessibleName(say("Backups"))
        for one in found:
            words = (said_time(one.at), said_size(one.size), said_content(one))
            item = QListWidgetItem("  ·  ".join(words), self.list)
            item.setData(Qt.ItemDataRole.UserRole, one.path)
            if one.counts is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setMinimumHeight(220)
        self.list.setVisible(bool(found))
        self.body.addWidget(self.list)
        self.add_button(say("Cancel") if found else say("Close"))
        self.as_new = self.add_button(say("As a new project…"), "new")
        self.in_place = self.add_button(say("Restore"), "place", main=True)
        for button in (self.as_new, self.in_place):
            button.setVisible(bool(found))
        whole = [place for place, one in enumerate(found) if one.counts is not None]
        self.list.currentItemChanged.connect(self._allow)
        if whole:
            self.list.setCurrentRow(whole[0])
        self._allow()
        self.setMinimumWidth(600)

    def _allow(self) -> None:
        for button in (self.as_new, self.in_place):
            button.setEnabled(self.backup is not None)

    @property
    def backup(self) -> Path | None:
        """The chosen one's file."""
        item = self.list.currentItem()
        chosen = item is not None and bool(item.flags() & Qt.ItemFlag.ItemIsSelectable)
        return item.data(Qt.ItemDataRole.UserRole) if chosen else None


def said_time(at: str) -> str:
    """A time in UTC as a reader here says it."""
    try:
        then = datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone()
    except ValueError:
        return at
    locale = QLocale(QLocale.Language.Dutch if language() == "nl" else QLocale.Language.English)
    day = locale.toString(QDate(then.year, then.month, then.day), QLocale.FormatType.LongFormat)
    return f"{day}, {then:%H:%M}"
