"""The windows of one program: each has its own project; a bug in one is said there and written down."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kantlijn.settings import Settings
from kantlijn.ui.kit.style import Look
from kantlijn.ui.shell.window import Window
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Engine

class Windows(QObject):
    """Opens windows and keeps them."""

    added = Signal(object)
    """(Window): one more, bare as yet."""

    def __init__(self, settings: Settings, look: Look) -> None:
        super().__init__()
        self._settings = settings
        self._look = look
        self._bug_said = False
        self.open: list[Window] = []

    def add(self, engine: Engine | None = None) -> Window:
        """A window with nothing in it yet."""
        window = Window(self._settings, self._look, engine=engine)
        window.another_wanted.connect(self._another)
        window.restore_wanted.connect(partial(self._restored, window))
        window.gone.connect(lambda: self.open.remove(window) if window in self.open else None)
        self.open.append(window)
        self.added.emit(window)
        return window

    def _another(self, path: Path | None, how: str) -> None:
        from kantlijn.ui.shell.instance import hand_over

        if path is not None:
            for window in self.open:
                if window.opening.path == path:
                    window.raise_()
                    window.activateWindow()
                    return
            if how == "open" and hand_over(path, []):
                return
        window = self.add()
        window.furnish()
        window.show()
        if how == "sample" or path is None:
            window.opening.sample()
        elif how == "new":
            window.opening.new(path)
        else:
            window.opening.open(path)

    def _restored(self, window: Window, path: Path, backup: Path) -> None:
        """The project closes with its window before anything is put in its place."""
        fresh = self.add()
        fresh.furnish()
        if not window.close():
            fresh.close()
            return
        fresh.show()
        fresh.opening.restore(path, backup)

    def bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception nobody caught (sys.excepthook): written down, and said once."""
        import logging

        logging.getLogger("kantlijn").error("uncaught", exc_info=(kind, error, trace))
        if not self._bug_said and self.open and self.open[-1].is_furnished:
            self._bug_said = True
            self.open[-1].status.say(
                say("Something went wrong inside Kantlijn. It is written down in the log; your work is kept."),
                trouble=True,
            )
