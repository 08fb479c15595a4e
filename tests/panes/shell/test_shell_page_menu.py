"""The menu that comes at a right click on a page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QMenu

from kantlijn.ui.shell.picker import beside
from kantlijn.ui.shell.window import Window
from panes.shell.reading_desk import press, select, settle, themes_of

WORDS = "The differences between regions remain large."


def menu_of(window: Window) -> dict[str, Any]:
    """What it offers now, by name; the themes under "Tag with"."""
    assert window.panes.active is not None
    menu = QMenu()
    window.page_menu.fill(menu, window.panes.active)
    found: dict[str, Any] = {action.text().rstrip("…"): action for action in menu.actions() if action.text()}
    for inner in menu.findChildren(QMenu):
        found |= {f"{inner.title()}: {action.text()}": action for action in inner.actions()}
    found["menu"] = menu  # kept alive with its actions
    return found


def test_that_selected_words_can_be_copied_and_tagged_with_the_mouse_alone(window: Window, qtbot: Any) -> None:
    select(window, WORDS)
    offered = menu_of(window)
    offered["Copy"].trigger()
    assert QApplication.clipboard().text() == WORDS
    offered["Tag with: Detection"].trigger()
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Detection"]
    offered = menu_of(window)
    assert offered["Tag with: Detection"].isChecked()


def test_that_a_right_click_means_the_annotation_under_it(window: Window, qtbot: Any) -> None:
    select(window, WORDS)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    pane = window.panes.active
    assert pane is not None and pane.view is not None and pane.content is not None
    pane.view.select(None)
    window.tagging.select([])
    assert "Find in the document" in menu_of(window) and "Write a note" not in menu_of(window)
    start = pane.content.text.index(WORDS)
    where = pane.view.rects((start, start + len(WORDS)))[0].center()
    window.page_menu.take(pane, pane.view.viewport().mapToGlobal(where))
    offered = menu_of(window)
    assert len(window.tagging.selected) == 1 and {"Write a note", "Delete"} <= set(offered)
    window.page_menu.take(pane, pane.view.viewport().mapToGlobal(QPoint(4, 4)))
    assert not window.tagging.selected


def test_that_the_list_of_themes_does_not_cover_the_words_it_is_for() -> None:
    pane, size = QRect(200, 100, 500, 700), QSize(380, 240)
    for top in (150, 400, 650):
        words = QRect(260, top, 300, 40)
        placed = QRect(beside(size, [words], pane), size)
        assert not placed.intersects(words) and pane.contains(placed)
