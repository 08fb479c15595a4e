"""What --self-test does: opens the sample project, draws a page, tags, and ends by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kantlijn.model.changes import Changes
from kantlijn.settings import Settings
from kantlijn.ui.shell.window import Window

LIMIT = 90_000  # milliseconds


class SelfTest(QObject):
    """passed is what the program ends with."""

    def __init__(self, application: QApplication, window: Window, folder: Path) -> None:
        from kantlijn.usecases.keeping import demo

        super().__init__(application)
        self._application = application
        self._window = window
        self.passed = False
        QTimer.singleShot(LIMIT, self._too_late)
        path = folder / "self-test.kantlijn"
        window.jobs.trouble.connect(self._failed)
        window.jobs.opened.connect(lambda: self._until(self._drawn, self._tag))
        window.jobs.open(
            lambda: demo.make_demo(path, settings=Settings()), failed=lambda error: self._failed(error.sentence)
        )

    def _until(self, done: Callable[[], bool], then: Callable[[], object]) -> None:
        """Call then as soon as done."""
        if done():
            then()
        else:
            QTimer.singleShot(50, lambda: self._until(done, then))

    def _drawn(self) -> bool:
        """Whether a page with something on it is to be seen."""
        pane = self._window.panes.active
        if pane is None or pane.view is None or not pane.version_id:
            return False
        picture = pane.grab().toImage()
        colours = {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 3)
            for y in range(picture.height() // 4, picture.height(), 3)
        }
        return len(colours) > 20

    def _tag(self) -> None:
        from kantlijn.usecases.marking import tag as tags

        pane = self._window.panes.active
        theme = self._window.themes.rows[0].theme.id
        if pane is not None:
            self._window.jobs.do(tags.tag, pane.version_id, (0, 12), [theme], then=self._tagged)

    def _tagged(self, changes: Changes) -> None:
        from kantlijn.usecases import read

        made = next(iter(changes.touched("annotation")), "")
        self._window.jobs.do(read.annotation_history, made, then=lambda rows: self._end(bool(rows)))

    def _end(self, passed: bool) -> None:
        self.passed = passed
        self._window.close()
        self._application.quit()

    def _failed(self, sentence: str) -> None:
        sys.stderr.write(f"self-test: {sentence}\n")
        self._end(False)

    def _too_late(self) -> None:
        sys.stderr.write("self-test: not done in time\n")
        self._end(False)
