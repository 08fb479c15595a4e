"""The documents in the sidebar: counts, names, order, details, removal."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.kit import rows
from kantlijn.ui.shell.window import Window
from kantlijn.ui.sources.details import DetailsDialog
from kantlijn.usecases import read
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.shelf import edit_documents
from kantlijn.usecases.undo import redo, undo
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


def test_that_a_title_of_millions_of_letters_is_cut_where_it_is_shown_and_kept_as_it_is(
    make_window: Callable[..., Window], project: Path
) -> None:
    long = "Woord en nog een woord " * 250_000
    with closing(sqlite3.connect(project)) as db, db:
        db.execute("UPDATE document SET title = ?", (long,))
    window = make_window(project)
    tree = window.sources.tree
    assert all(len(one) < 2000 for one in titles(window))
    assert len(tree.topLevelItem(0).toolTip(0)) < 4000
    assert len(window.panes.active.header.title) < 2000
    tree.editItem(tree.topLevelItem(0))
    press(window, Qt.Key.Key_Return)  # nothing was changed
    assert all(row.document.title == long for row in read.shelf(window.jobs.desk))


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


def shelf(window: Window, qtbot: Any) -> list[read.ShelfRow]:
    came: list[Any] = []
    window.jobs.do(read.shelf, then=came.append)
    settle(qtbot, window)
    return list(came[0])


@pytest.mark.parametrize("seed", range(3))
def test_that_the_list_is_what_the_project_has_after_any_change(window: Window, qtbot: Any, seed: int) -> None:
    chance, tree = random.Random(seed), window.sources.tree
    for turn in range(12):
        document = chance.choice(shelf(window, qtbot)).document.id
        match chance.choice(("put", "name", "tag", "remove", "undo")):
            case "put":
                window.sources.put(document, chance.randrange(2))
            case "name":
                window.jobs.do(edit_documents.edit_document, document, title=f"Name {turn}")
            case "tag":
                version = shelf(window, qtbot)[0].versions[-1].id
                window.jobs.do(tag, version, (turn * 3, turn * 3 + 2), ["prevention"])
            case "remove":
                window.jobs.do(edit_documents.remove_document, document)
                settle(qtbot, window)
                window.jobs.do(undo)
            case "undo" if turn:
                window.jobs.do(undo)
                window.jobs.do(redo)
        settle(qtbot, window)
        wanted = [(row.document.title, row.annotations) for row in shelf(window, qtbot)]
        items = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
        assert [(item.text(0), item.data(0, rows.COUNT)) for item in items] == wanted
