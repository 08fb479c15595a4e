"""Opens a project in a window, and closes it: new, last, scratch, sample, read-only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kantlijn import paths
from kantlijn.errors import DiskTrouble, InUse, Known, ReadOnly
from kantlijn.model.changes import Changes
from kantlijn.model.ids import new_id
from kantlijn.settings import Settings
from kantlijn.ui.jobs import Jobs
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.shell.instance import Instance
    from kantlijn.usecases.desk import Desk, Engine

_REMEMBERED = 12


class Opening(QObject):
    """What a window has open. Emits opened when the desk is there, failed(sentence) when it is not to be."""

    busy = Signal(str)
    opened = Signal()
    failed = Signal(str)
    warned = Signal(str)
    """(sentence): opened, but read-only, or in a place with a risk, and why."""
    called = Signal(list, str)
    """(files, link): a second start wants this window."""

    def __init__(self, jobs: Jobs, settings: Settings, engine: Engine | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._settings = settings
        self._engine = engine
        self._instance: Instance | None = None
        self._sample = False
        self.scratch = False
        """The project was never saved under a name."""
        self.written = False
        """Something was done in it besides adding documents."""
        self.asked = False
        """A project is open or being opened."""
        self.tried: Path | None = None
        """The project that was to be opened last, whether or not that went well."""
        jobs.opened.connect(self._opened)
        jobs.changed.connect(self._changed)

    @property
    def path(self) -> Path | None:
        return Path(self._jobs.desk.path) if self._jobs.desk is not None else None

    @property
    def name(self) -> str:
        """What the project is called in the title bar."""
        if self.scratch:
            return say("Sample project") if self._sample else say("Not saved yet")
        return self.path.stem if self.path is not None else ""

    @property
    def heading(self) -> str:
        """What a summary of it is called, to begin with."""
        from kantlijn.usecases.summaries.write_summary import called

        if self.scratch:
            return self.name if self._sample else say("Summary")
        return called(self.path) if self.path is not None else ""

    # -- opening --------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a project; read-only where another program has it or the disk takes nothing."""
        from kantlijn.usecases.desk import open_desk

        def instead(error: Known) -> None:
            if not isinstance(error, InUse | ReadOnly | DiskTrouble):
                self._failed(error)
                return
            self.warned.emit(error.sentence)
            self._start(
                lambda: open_desk(path, settings=self._settings, engine=self._engine, read_only=True), self._failed
            )

        self.tried = path
        self.busy.emit(say("Opening {name}…", name=path.stem))
        self._start(lambda: open_desk(path, settings=self._settings, engine=self._engine), instead)

    def restore(self, path: Path, backup: Path) -> None:
        """Put a backup in the place of a project that is open nowhere, and open it; what was there is kept.

        When it cannot be put there the project opens as it was, and says why.
        """
        from kantlijn.usecases.desk import open_desk

        told: list[str] = []

        def make() -> Desk:
            told.append(_put_back(path, backup))
            return open_desk(path, settings=self._settings, engine=self._engine)

        def opened() -> None:
            self.opened.disconnect(opened)
            self.warned.emit(told[0])

        def failed(error: Known) -> None:
            self.opened.disconnect(opened)
            self._failed(Known(" ".join(dict.fromkeys((*told, error.sentence)))))

        self.tried = path
        self.opened.connect(opened)
        self.busy.emit(say("Restoring {name}…", name=path.stem))
        self._start(make, failed)

    def new(self, path: Path) -> None:
        """Make a project with the starter themes."""
        from kantlijn.usecases.desk import new_desk

        self.busy.emit(say("Making {name}…", name=path.stem))
        self._start(lambda: new_desk(path, settings=self._settings, engine=self._engine), self._failed)

    def begin_scratch(self) -> None:
        """A project that is kept or thrown away on closing."""
        from kantlijn.usecases.desk import scratch_desk

        self.scratch = True
        self._start(lambda: scratch_desk(settings=self._settings, engine=self._engine), self._failed)

    def sample(self) -> None:
        """The sample project, fresh, to be kept or thrown away."""
        self.scratch = self._sample = True

        def make() -> Desk:
            from kantlijn.usecases.keeping.demo import make_demo

            return make_demo(paths.scratch_folder() / f"{new_id()}.kantlijn", settings=self._settings)

        self.busy.emit(say("Making the sample project; this takes some seconds…"))
        self._start(make, self._failed)

    def _start(self, opener: Callable[[], Desk], failed: Callable[[Known], object]) -> None:
        self.asked = True
        self._jobs.open(opener, failed=failed)

    def _failed(self, error: Known) -> None:
        self.asked = self.scratch = False
        self.warned.emit("")
        self.failed.emit(error.sentence)

    def _opened(self) -> None:
        desk = self._jobs.desk
        if desk is None:
            return
        self.written = False
        if not self.scratch:
            self._remember(Path(desk.path))
            if not desk.read_only:
                from kantlijn.ui.shell.instance import Instance

                self._instance = Instance(Path(desk.path), self)
                self._instance.called.connect(self.called)
                self._warn(desk)
        self.opened.emit()

    def _warn(self, desk: Desk) -> None:
        from kantlijn.usecases.keeping.whereabouts import risk

        if sentence := risk(desk):
            self.warned.emit(sentence)

    def _remember(self, path: Path) -> None:
        """Put it first among the recent projects."""
        kept = [one for one in self._settings["recent"] if one != str(path)]
        with contextlib.suppress(OSError):  # a full disk must not keep anyone from reading
            self._settings.choose("recent", (str(path), *kept)[:_REMEMBERED])

    def _changed(self, changes: Changes) -> None:
        if not changes.touched("version"):
            self.written = True

    # -- closing --------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the project; a scratch one that is not kept is thrown away."""
        path = self.path
        if self._instance is not None:
            self._instance.close()
            self._instance = None
        self._jobs.close()
        if self.scratch and path is not None:
            for ending in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    Path(f"{path}{ending}").unlink(missing_ok=True)

    def keep(self, path: Path, then: Callable[[], object]) -> None:
        """Save the scratch project under a name."""
        from kantlijn.usecases.keeping.projects import save_copy

        def kept(_nothing: object) -> None:
            self._remember(path)
            then()

        self._jobs.do(save_copy, path, then=kept)


def _put_back(path: Path, backup: Path) -> str:
    """A sentence that says what became of it."""
    from kantlijn.usecases.keeping.backups import restore_in_place

    try:
        kept = restore_in_place(path, backup)
    except Known as refused:
        return refused.sentence
    if not kept.exists():
        return say("The backup is back.")
    return say("The backup is back. What was there before is kept as “{name}”.", name=kept.name)
