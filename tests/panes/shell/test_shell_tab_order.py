"""Tab goes through the window as the eye does."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt

from kantlijn.ui.shell.window import Window
from panes.shell.reading_desk import press


def test_that_tab_goes_from_part_to_part_in_the_order_of_the_eye_and_round(window: Window) -> None:
    pane = window.panes.panes[0]
    parts = {"pane": pane, "list": window.listing, "toolbar": window.toolbar, "sidebar": window.sidebar}
    assert pane.view is not None
    pane.view.setFocus()
    went: list[str] = []
    for _ in range(80):
        focus = window.focusWidget()
        went += [name for name, part in parts.items() if focus is not None and part.isAncestorOf(focus)]
        press(window, Qt.Key.Key_Tab)
        if window.focusWidget() is pane.view:
            break
    assert [name for name, _ in groupby(went)] == ["pane", "list", "toolbar", "sidebar"]
    assert went.count("toolbar") >= 6 and went.count("pane") >= 3
