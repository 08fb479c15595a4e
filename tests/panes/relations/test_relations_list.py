"""The list of relations: narrowed by kind and status, changed by keys and menu, followed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.relations.relations import Relations
from kantlijn.ui.relations.row import ROW
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.marking.relate import relate
from kantlijn.usecases.marking.tag import Wanted, delete_annotations, tag_many
from panes.shell.reading_desk import settle


@pytest.fixture
def pane(window: Window, qtbot: Any) -> Relations:
    """a1 responds to a0, and supports it; a2 contradicts a0. The list is shown."""
    reader = window.panes.active
    assert reader is not None
    window.jobs.do(tag_many, reader.version_id, [
        Wanted(id=f"a{n}", range=(n * 30, n * 30 + 20), themes=()) for n in range(3)
    ])  # fmt: skip
    for source, kind, status in (
        ("a1", "responds-to", "open"), ("a1", "supports", "adopted"), ("a2", "contradicts", "rejected")
    ):  # fmt: skip
        window.jobs.do(relate, source, "a0", kind, status=status)
    settle(qtbot, window)
    window.listing.show_list("relations")
    qtbot.waitUntil(lambda: len(window.relations.rows) == 3)
    return window.relations


def kinds(pane: Relations) -> list[str]:
    return [pane.model.index(n, 0).data(ROW).relation.type for n in range(pane.model.rowCount())]


def choose(pane: Relations, kind: str) -> None:
    pane.list.setFocus()
    pane.list.setCurrentIndex(pane.model.index(kinds(pane).index(kind), 0))


def test_that_the_list_narrows_by_kind_and_by_status(pane: Relations) -> None:
    menu = QMenu()
    pane.fill_kinds(menu)
    supports = next(action for action in menu.actions() if action.text() == "supports")
    supports.trigger()
    assert kinds(pane) == ["supports"] and "supports" in pane.kind.text()
    pane.pills["open"].click()
    assert kinds(pane) == [] and pane.empty.isVisible()
    supports.trigger()
    assert kinds(pane) == ["responds-to"]
    pane.pills["open"].click()
    assert len(kinds(pane)) == 3


def test_that_a_digit_sets_the_status_and_no_theme(pane: Relations, window: Window, qtbot: Any) -> None:
    choose(pane, "responds-to")
    QTest.keyClick(pane.list, Qt.Key.Key_3)
    settle(qtbot, window)
    row = next(row for row in pane.rows if row.relation.type == "responds-to")
    assert row.relation.status == "partly"
    assert not any(one.passage.annotation.themes for one in window.annotations.model.rows)
    window.undo()
    settle(qtbot, window)
    assert next(row for row in pane.rows if row.relation.type == "responds-to").relation.status == "open"


def test_that_n_writes_a_note_on_the_relation(pane: Relations, window: Window, qtbot: Any) -> None:
    choose(pane, "contradicts")

    def write() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        field = dialog.findChild(QPlainTextEdit)
        assert isinstance(field, QPlainTextEdit)
        field.setPlainText("See the annex.")
        dialog._choose("save")

    QTimer.singleShot(0, write)
    QTest.keyClick(pane.list, Qt.Key.Key_N)
    settle(qtbot, window)
    assert next(row for row in pane.rows if row.relation.type == "contradicts").relation.note == "See the annex."


def test_that_relations_go_with_their_passage_and_come_back(pane: Relations, window: Window, qtbot: Any) -> None:
    window.jobs.do(delete_annotations, ["a1"])
    settle(qtbot, window)
    assert kinds(pane) == ["contradicts"]
    window.undo()
    settle(qtbot, window)
    assert sorted(kinds(pane)) == ["contradicts", "responds-to", "supports"]


def test_that_del_deletes_the_relation_and_no_annotation(pane: Relations, window: Window, qtbot: Any) -> None:
    choose(pane, "supports")
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert "supports" not in kinds(pane) and len(window.annotations.model.rows) == 3
