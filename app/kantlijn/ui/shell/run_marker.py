"""Keeps written down what the program is doing, and tells at its start of a run that ended unexpectedly."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from kantlijn import paths
from kantlijn.usecases.keeping.last_run import Run, crashes, said
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.shell.window import Window
    from kantlijn.ui.shell.windows import Windows

_REST = 1200  # milliseconds, in which a project opens and may have something of its own to say
ENDED = 143
"""Exit code, as a shell has it for SIGTERM."""


class RunMarker(QObject):
    """One for the program: knows the windows, their projects and the long verbs they run."""

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self._windows = windows
        self._doing: list[tuple[Window, str]] = []
        self._crashes = crashes()
        self._run = Run()
        windows.added.connect(self._watch)
        for window in windows.open:
            self._watch(window)
        self._listen()

    def _watch(self, window: Window) -> None:
        if not window.is_furnished:
            window.furnished.connect(lambda: self._watch(window))
            return
        window.opening.opened.connect(lambda: self._write(window))
        window.jobs.began.connect(lambda verb: self._began(window, verb))
        window.jobs.ended.connect(lambda verb: self._ended(window, verb))
        if self._crashes:
            last, self._crashes = self._crashes[-1], ()
            QTimer.singleShot(_REST, window, lambda: _tell(window, said(last)))

    def _began(self, window: Window, verb: str) -> None:
        self._doing.append((window, verb))
        self._write(window, verb)

    def _ended(self, window: Window, verb: str) -> None:
        if (window, verb) in self._doing:
            self._doing.remove((window, verb))
        if self._doing:
            window, verb = self._doing[-1]
            self._write(window, verb)
        else:
            self._write(window)

    def _write(self, window: Window, verb: str = "") -> None:
        path = window.opening.path
        self._run.is_doing("" if path is None or window.opening.scratch else str(path), verb)

    def end(self) -> None:
        """The program ends as it should."""
        self._run.end()
        if hasattr(self, "_near"):
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(self._near)
            os.close(self._far)

    # -- ended from outside -----------------------------------------------------------------------------------

    def _listen(self) -> None:
        """A session that ends sends SIGTERM: no crash. Python hears of it only when Qt wakes it."""
        if sys.platform == "win32":
            return
        self._near, self._far = os.pipe()
        os.set_blocking(self._far, False)
        signal.signal(signal.SIGTERM, lambda _number, _frame: None)
        signal.set_wakeup_fd(self._far, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._near, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._terminated)

    def _terminated(self) -> None:
        """Keep what was typed, close the projects, and go; a project without a name stays where it is."""
        self._notifier.setEnabled(False)
        for window in self._windows.open:
            if window.is_furnished:
                window.last_state()
                window.jobs.close()
        QCoreApplication.exit(ENDED)


def _tell(window: Window, sentence: str) -> None:
    """Over the window until it is dismissed; in the status line where something else stands there."""
    if window.banner.choices:
        window.jobs.tell(sentence)
        return
    both = f"{sentence} {window.banner.sentence}".strip()
    before = window.banner.sentence
    window.banner.offer(
        both,
        (
            (say("Show the log folder"), lambda: _show_logs(window, before)),
            (say("Dismiss"), lambda: window.banner.say(before)),
        ),
    )


def _show_logs(window: Window, before: str) -> None:
    window.banner.say(before)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_folder())))
