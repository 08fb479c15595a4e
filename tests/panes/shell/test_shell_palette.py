"""The palette, the lens and the keys that a reader chooses."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from kantlijn.settings import Settings
from kantlijn.ui.shell.menus.shortcuts import ShortcutsDialog
from kantlijn.ui.shell.window import Window
from panes.shell.reading_desk import press, quotes, select, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


def choose(window: Window, qtbot: Any, typed: str) -> None:
    press(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.palette_.picker.isVisible)
    window.palette_.picker.field.setText(typed)
    QTest.keyClick(window.palette_.picker.field, Qt.Key.Key_Return)
    settle(qtbot, window)


def test_that_a_document_is_opened_by_a_part_of_its_name(window: Window, qtbot: Any) -> None:
    choose(window, qtbot, "letter")
    qtbot.waitUntil(lambda: window.panes.active.content is not None)
    assert "Municipalities" in window.panes.active.content.text


def test_that_actions_are_found_and_the_last_one_comes_first(window: Window, qtbot: Any) -> None:
    choose(window, qtbot, "scroll tog")
    assert window.linked.on
    press(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.palette_.picker.isVisible)
    assert "Scroll together" in window.palette_.picker.list.item(0).text()
    window.palette_.picker.leave()


def test_that_the_lens_shows_only_a_theme_until_escape(window: Window, qtbot: Any) -> None:
    select(window, "Two out of three schools")
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    choose(window, qtbot, "only prevention")
    view = window.panes.active.view
    start = window.panes.active.content.text.index("Two out of three")
    assert view.lens == ((start, start + len("Two out of three schools")),)
    assert window.actions_["lens"].isChecked()
    for _ in range(5):
        press(window, Qt.Key.Key_Escape)
    assert view.lens is None
    assert not window.actions_["lens"].isChecked()


def test_that_a_key_is_changed_kept_and_given_back(make_window: Any, project: Any, qtbot: Any) -> None:
    settings = Settings()
    window = make_window(project, settings=settings)
    dialog = ShortcutsDialog(window.actions_, settings, window)
    dialog.set_keys("note", QKeySequence("Ctrl+J"))
    assert window.actions_["note"].shortcut() == QKeySequence("Ctrl+J")
    dialog.set_keys("note", QKeySequence("T"))
    assert "Tag with" in dialog.trouble.text()
    assert window.actions_["theme"].shortcut().isEmpty()
    dialog.set_keys("find", QKeySequence("3"))
    assert window.actions_["find"].shortcut() == QKeySequence("Ctrl+F")
    window.close()
    again = make_window(project, settings=settings)
    assert again.actions_["note"].shortcut() == QKeySequence("T")
    other = ShortcutsDialog(again.actions_, settings, again)
    other.reset()
    assert again.actions_["note"].shortcut() == QKeySequence("N")
    assert again.actions_["theme"].shortcut() == QKeySequence("T")


def test_that_keys_are_found_by_typing(window: Window) -> None:
    dialog = ShortcutsDialog(window.actions_, Settings(), window)
    dialog.field.setText("annotation list")
    assert [name for name, line in dialog._lines.items() if not line.isHidden()] == ["list"]


def test_that_themes_merge_from_their_menu(window: Window, qtbot: Any) -> None:
    select(window, "Two out of three schools")
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    window.themes.merge("prevention", "detection")
    settle(qtbot, window)
    assert [row.theme.id for row in window.themes.rows if row.theme.id == "prevention"] == []
    assert window.annotations.model.rows[0].passage.annotation.themes == ("detection",)
    window.undo()
    settle(qtbot, window)
    assert window.annotations.model.rows[0].passage.annotation.themes == ("prevention",)
    assert quotes(window) == ["Two out of three schools"]
