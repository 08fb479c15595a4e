"""The theme tree is edited in place, and every edit can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QTreeWidgetItem

from kantlijn.ui.kit import rows
from kantlijn.ui.shell.window import Window
from kantlijn.ui.themes.edit import ThemeDialog
from panes.shell.reading_desk import press, select, settle, themes_of

On = QAbstractItemView.DropIndicatorPosition


def shown(window: Window) -> list[tuple[str, int]]:
    """Names with their depth, from the top."""
    def depth(item: QTreeWidgetItem) -> int:
        return 0 if item.parent() is None else 1 + depth(item.parent())

    return [(item.text(0), depth(item)) for item in window.themes.tree.all_items()]


def item(window: Window, name: str) -> QTreeWidgetItem:
    return next(one for one in window.themes.tree.all_items() if one.text(0) == name)


def choose(window: Window, name: str) -> None:
    window.themes.tree.setFocus()
    window.themes.tree.setCurrentItem(item(window, name))


def test_that_the_starter_themes_stand_there_with_letter_and_key(window: Window) -> None:
    assert [name for name, _ in shown(window)] == [
        "Prevention", "Victim aid", "Detection", "Enforcement", "Cooperation",
    ]  # fmt: skip
    first = item(window, "Prevention")
    assert first.data(0, rows.LETTER) == "P" and first.data(0, rows.KEY) == "1"


def test_that_a_theme_is_added_and_named_in_place(window: Window, qtbot: Any) -> None:
    window.actions_["add_theme"].trigger()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.themes.tree.state() == QAbstractItemView.State.EditingState)
    QTest.keyClicks(window.focusWidget(), "Schools")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("Schools", 0) in shown(window))
    settle(qtbot, window)
    assert item(window, "Schools").data(0, rows.LETTER) == "S"
    assert item(window, "Schools").data(0, rows.KEY) == "6"
    select(window, "Two out of three schools")
    press(window, Qt.Key.Key_6)
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Schools"]


def test_that_a_theme_is_renamed_with_f2_and_undo_gives_the_old_name(window: Window, qtbot: Any) -> None:
    choose(window, "Detection")
    press(window, Qt.Key.Key_F2)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.focusWidget(), "Signals")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Signals" in window.status.message.text())
    settle(qtbot, window)
    assert ("Signals", 0) in shown(window)
    window.undo()
    settle(qtbot, window)
    assert ("Detection", 0) in shown(window)


def test_that_themes_are_nested_and_reordered_by_dropping(window: Window, qtbot: Any) -> None:
    tree = window.themes.tree
    tree.place(item(window, "Cooperation"), item(window, "Prevention"), On.OnItem)
    settle(qtbot, window)
    assert shown(window)[:2] == [("Prevention", 0), ("Cooperation", 1)]
    tree.place(item(window, "Enforcement"), item(window, "Prevention"), On.AboveItem)
    settle(qtbot, window)
    assert shown(window)[0] == ("Enforcement", 0)
    tree.place(item(window, "Cooperation"), item(window, "Detection"), On.BelowItem)
    settle(qtbot, window)
    names = [name for name, depth in shown(window) if not depth]
    assert names.index("Cooperation") == names.index("Detection") + 1


def test_that_keys_move_a_theme_among_under_and_out_of_others(window: Window, qtbot: Any) -> None:
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier

    def step(key: Qt.Key) -> list[tuple[str, int]]:
        QTest.keyClick(window.themes.tree, key, keys)
        settle(qtbot, window)
        return shown(window)

    choose(window, "Detection")
    assert step(Qt.Key.Key_Up)[:2] == [("Prevention", 0), ("Detection", 0)]
    assert step(Qt.Key.Key_Right)[:2] == [("Prevention", 0), ("Detection", 1)]
    assert step(Qt.Key.Key_Left)[:2] == [("Prevention", 0), ("Detection", 0)]
    assert step(Qt.Key.Key_Down)[2] == ("Detection", 0)
    window.undo()
    settle(qtbot, window)
    assert shown(window)[1] == ("Detection", 0)


def test_that_a_colour_of_ones_own_goes_before_the_palette(window: Window, qtbot: Any) -> None:
    dialog = ThemeDialog(window.themes.rows[0].theme, {}, window)
    qtbot.addWidget(dialog)
    dialog._own.setText("#12AB3")
    assert dialog.changed_fields() == {}
    dialog._own.setText("#12AB34")
    assert dialog.changed_fields() == {"colour": "#12ab34"}


def test_that_a_theme_cannot_be_put_under_itself(window: Window, qtbot: Any) -> None:
    tree = window.themes.tree
    tree.place(item(window, "Cooperation"), item(window, "Prevention"), On.OnItem)
    settle(qtbot, window)
    tree.place(item(window, "Prevention"), item(window, "Cooperation"), On.OnItem)
    settle(qtbot, window)
    assert shown(window)[:2] == [("Prevention", 0), ("Cooperation", 1)]
    assert window.status.message.objectName() == "trouble" and window.status.message.text()


def test_that_delete_on_the_tree_deletes_the_theme_and_undo_gives_it_back_to_its_annotations(
    window: Window, qtbot: Any
) -> None:
    select(window, "Two out of three schools")
    press(window, Qt.Key.Key_3)
    settle(qtbot, window)
    choose(window, "Detection")
    press(window, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert "Detection" not in [name for name, _ in shown(window)]
    assert themes_of(window, 0) == [] and len(window.annotations.model.rows) == 1
    window.status.undo.click()
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Detection"]


def test_that_choosing_a_theme_narrows_the_list_to_it(window: Window, qtbot: Any) -> None:
    for words, key in (("Two out of three schools", Qt.Key.Key_1), ("Signals come in", Qt.Key.Key_3)):
        select(window, words)
        press(window, key)
        settle(qtbot, window)
    window.themes.tree.itemClicked.emit(item(window, "Detection"), 0)
    qtbot.waitUntil(lambda: [row.readable for row in window.annotations.model.rows] == ["Signals come in"])
    window.themes.tree.itemClicked.emit(item(window, "Detection"), 0)
    qtbot.waitUntil(lambda: len(window.annotations.model.rows) == 2)


def test_that_the_dialog_gives_only_what_was_changed(window: Window, qtbot: Any) -> None:
    theme = window.themes.rows[0].theme
    dialog = ThemeDialog(theme, {}, window)
    qtbot.addWidget(dialog)
    assert dialog.changed_fields() == {}
    dialog._search.setText("school, lesson")
    dialog._key.setCurrentIndex(0)
    assert dialog.changed_fields() == {"search_words": ("school", "lesson"), "key": ""}


def test_that_a_read_only_project_lets_no_theme_be_edited(
    make_window: Callable[..., Window], project: Any
) -> None:
    from kantlijn.usecases.desk import open_desk

    other = open_desk(project)
    window = make_window(project)
    try:
        assert not item(window, "Detection").flags() & Qt.ItemFlag.ItemIsEditable
        assert not window.themes.add_button.isEnabled() and not window.themes.tree.dragEnabled()
    finally:
        window.close()
        other.close()
