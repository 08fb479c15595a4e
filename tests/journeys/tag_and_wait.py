"""A reader's hand for test_faults: opens the window, selects, presses 1, says when the margin shows it."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kantlijn.ui import start


def _follow(wanted: tuple[int, int]) -> None:
    def look() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if hasattr(one, "panes") and one.isVisible()]
        pane = windows[0].panes.active if windows and getattr(windows[0], "is_furnished", False) else None
        if pane is None or pane.content is None or pane.view is None:
            return
        if not state:
            state.append("pressed")
            pane.view.select(wanted)
            pane.view.selection_changed.emit()
            pane.view.setFocus()
            QTest.keyClick(pane.view, Qt.Key.Key_1)
        elif any(mark.range == wanted for mark in pane.view.marks.between(*wanted)):
            pane.grab()
            sys.stdout.write("in the margin\n")
            sys.stdout.flush()
            timer.stop()

    state: list[str] = []
    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(5)


if __name__ == "__main__":
    execute = QApplication.exec

    def followed(*_: object) -> int:
        _follow((int(sys.argv[2]), int(sys.argv[3])))
        return execute()

    QApplication.exec = followed
    sys.exit(start.main([sys.argv[1]]))
