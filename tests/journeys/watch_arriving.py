"""A reader's eyes for test_links: starts the window with what is given, says which passage it shows selected."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kantlijn.ui import start


def _watch() -> None:
    def look() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if hasattr(one, "panes") and one.isVisible()]
        window = windows[0] if windows and getattr(windows[0], "is_furnished", False) else None
        if window is None:
            return
        lines = [f"banner: {window.banner.sentence}"] if window.banner.sentence else []
        lines += [f"status: {window.status.message.text()}"] if window.status.message.text() else []
        pane = window.panes.active
        if pane is not None and pane.content is not None and pane.view is not None:
            first, last = pane.view.visible_range()
            chosen = [mark.range for mark in pane.view.marks.selected]
            chosen += [pane.view.selection()] if pane.view.selection() else []
            lines += [f"selected: {pane.content.text[a:b]}" for a, b in chosen if first <= a <= last]
            lines += [f"page: {pane.view.page_label()}"] if pane.content.pages else []
        for line in lines:
            if line not in said:
                said.append(line)
                sys.stdout.write(line + "\n")
                sys.stdout.flush()

    said: list[str] = []
    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(20)


if __name__ == "__main__":
    execute = QApplication.exec

    def watched(*_: object) -> int:
        _watch()
        return execute()

    QApplication.exec = watched
    sys.exit(start.main(sys.argv[1:]))
