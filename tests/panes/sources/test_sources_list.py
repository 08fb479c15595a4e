"""The documents in the sidebar: counts, names, order, details, removal."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.kit import rows
from kantlijn.ui.shell.window import Window
from kantlijn.ui.sources.details import DetailsDialog
from panes.shell.reading_desk import press, select, settle


def titles(window: Window) -> list[str]:
    tree = window.sources.tree
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def test_that_each_document_tells_how_many_annotations_it_has(window: Window, qtbot: Any) -> None:
    select(window, "Two out of three schools")
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    tree = window.sources.tree
    assert [tree.topLevelItem(n).data(0, rows.COUNT) for n in range(2)] == [1, 0]
    assert window.status.count.text() == "1 annotation"


def test_that_a_title_is_changed_in_place(window: Window, qtbot: Any) -> None:
    tree = window.sources.tree
    tree.setFocus()
    tree.setCurrentItem(tree.topLevelItem(1))
    press(window, Qt.Key.Key_F2)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.focusWidget(), "Letter to Parliament")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Letter to Parliament" in window.status.message.text())
    settle(qtbot, window)
    assert titles(window) == ["report", "Letter to Parliament"]


def test_that_documents_take_another_place(window: Window, qtbot: Any) -> None:
    document = window.sources.tree.topLevelItem(1).data(0, rows.ID)
    window.sources.put(document, 0)
    settle(qtbot, window)
    assert titles(window) == ["letter", "report"]


def test_that_removing_a_document_closes_its_pane_and_can_be_undone(window: Window, qtbot: Any) -> None:
    tree = window.sources.tree
    tree.setFocus()
    tree.setCurrentItem(tree.topLevelItem(0))
    press(window, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert titles(window) == ["letter"]
    assert not window.panes.panes and window.welcome.isVisible()
    window.status.undo.click()
    settle(qtbot, window)
    assert titles(window) == ["report", "letter"]


def test_that_the_details_give_only_what_was_changed(window: Window, qtbot: Any) -> None:
    window.sources.tree.setCurrentItem(window.sources.tree.topLevelItem(0))
    document = window.sources.chosen()
    assert document is not None
    dialog = DetailsDialog(document, window)
    qtbot.addWidget(dialog)
    assert dialog.changed_fields() == {}
    dialog._fields["date"].setText("2024-09")
    dialog._fields["title"].setText("  ")
    assert dialog.changed_fields() == {"date": "2024-09"}
