"""Searching all documents as a reader does it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.find.found import ROW, FoundModel
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.read import shelf
from kantlijn.usecases.searching.hits import Group
from kantlijn.usecases.shelf.edit_documents import remove_document
from kantlijn.usecases.undo import undo
from panes.shell.reading_desk import press, quotes, select, settle, themes_of

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def look_for(window: Window, qtbot: Any, words: str) -> list[Any]:
    """Open the pane by its key, type, and wait for the end: the rows with all hits read."""
    press(window, Qt.Key.Key_F, BOTH)
    window.search.field.setText(words)
    QTest.keyClick(window.search.field, Qt.Key.Key_Return)
    return ended(window, qtbot)


def ended(window: Window, qtbot: Any) -> list[Any]:
    """Every row, a heading or a hit, when all came."""
    def all_read() -> bool:
        steps, model = window.searching._steps, window.search.model
        there = [model.index(row).data(ROW) for row in range(model.rowCount())]
        found = steps is not None and steps.done and not steps.found.waiting
        return bool(found and all(row is not None for row in there) and not window.jobs.pending)

    qtbot.waitUntil(all_read, timeout=20_000)
    model = window.search.model
    return [model.index(row).data(ROW) for row in range(model.rowCount())]


def titles(rows: list[Any]) -> list[tuple[str, int]]:
    return [(row.title, row.count) for row in rows if not hasattr(row, "hit")]


def marks(window: Window, qtbot: Any) -> list[tuple[str, ...]]:
    """The themes on each hit."""
    return [row.themes for row in ended(window, qtbot) if hasattr(row, "hit")]


def test_that_hits_are_listed_by_document_with_their_lines(window: Window, qtbot: Any) -> None:
    rows = look_for(window, qtbot, "programme")
    assert titles(rows) == [("report", 1), ("letter", 1)]
    assert "an approved programme. The differences" in rows[1].before + rows[1].hit + rows[1].after
    assert window.search.title.text() == "2 hits · 2 documents"


def test_that_keys_step_through_the_documents(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "programme")
    press(window, Qt.Key.Key_F4)
    settle(qtbot, window)
    pane = window.panes.active
    assert pane.content.text[slice(*pane.view.hits[pane.view.hit])] == "programme"
    report = pane.version_id
    press(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.panes.active.version_id != report)
    qtbot.waitUntil(lambda: bool(window.panes.active.view and window.panes.active.view.hits))
    press(window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.panes.active.version_id == report)


def test_that_headings_fold_by_key_and_open_again_when_stepped_into(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "programme")
    window.search.list.setFocus()
    window.search.list.setCurrentIndex(window.search.model.index(1))
    QTest.keyClick(window.search.list, Qt.Key.Key_Left)
    assert window.search.model.rowCount() == 3
    assert window.search.current() is None
    QTest.keyClick(window.search.list, Qt.Key.Key_Return)
    assert window.search.model.rowCount() == 4
    QTest.keyClick(window.search.list, Qt.Key.Key_Left)
    window.search.step(1)
    assert window.search.model.place(window.search.list.currentIndex().row()) == (1, 0)
    window.search.step(-1)
    assert window.search.model.place(window.search.list.currentIndex().row()) == (0, 0)


def test_that_a_digit_tags_a_hit_and_the_list_shows_it(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "region")
    window.search.list.setFocus()
    window.search.step(1)
    settle(qtbot, window)
    QTest.keyClick(window.search.list, Qt.Key.Key_2)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: quotes(window) == ["regions"])
    assert themes_of(window, 0) == ["Victim aid"]
    qtbot.waitUntil(lambda: marks(window, qtbot) == [("victim-aid",)])


def test_that_all_hits_are_tagged_in_one_step_and_those_that_are_left_alone(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "programme")
    window.search.tag_all.click()
    qtbot.waitUntil(window.searching._tag_with.isVisible)
    QTest.keyClick(window.searching._tag_with.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: marks(window, qtbot) == [("prevention",), ("prevention",)])
    with qtbot.waitSignal(window.jobs.trouble) as told:
        window.search.tag_all.click()
        qtbot.waitUntil(window.searching._tag_with.isVisible)
        QTest.keyClick(window.searching._tag_with.field, Qt.Key.Key_Return)
    assert "already" in told.args[0]
    window.undo()
    qtbot.waitUntil(lambda: marks(window, qtbot) == [(), ()])


def test_that_tagging_all_hits_can_be_stopped_and_then_tags_none(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "paragraph")
    window.searching.progress.connect(lambda sentence, _far: window.status.cancel.click() if sentence else None)
    with qtbot.waitSignal(window.jobs.told) as told:
        window.search.tag_all.click()
        qtbot.waitUntil(window.searching._tag_with.isVisible)
        QTest.keyClick(window.searching._tag_with.field, Qt.Key.Key_Return)
    assert told.args[0] == "Nothing was tagged."
    settle(qtbot, window)
    assert not quotes(window) and not window.status.progress.isVisible()


def test_that_signs_that_are_typed_are_shown_and_not_read_as_html(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "<h1>zebra</h1>")
    label = window.search.empty.sentence
    assert "<h1>zebra</h1>" in label.text()
    assert label.textFormat() == Qt.TextFormat.PlainText
    look_for(window, qtbot, "zebra" * 30)
    assert label.minimumSizeHint().width() < 316


def test_that_annotations_and_notes_are_searched_too(window: Window, qtbot: Any) -> None:
    select(window, "Reporting points")
    press(window, Qt.Key.Key_3)
    settle(qtbot, window)
    press(window, Qt.Key.Key_F, BOTH)
    window.search.scopes.choose("annotations")
    rows = look_for(window, qtbot, "reporting")
    assert titles(rows) == [("report", 1)]
    window.search.step(1)
    assert window.tagging.selected == [rows[1].annotation]
    window.search.scopes.choose("notes")
    rows = look_for(window, qtbot, "detection")
    assert [row.theme for row in rows if hasattr(row, "hit")] == ["detection"]
    window.search.step(1)
    assert window.themes.current().id == "detection"


def test_that_the_words_of_a_theme_are_a_query(window: Window, qtbot: Any) -> None:
    window.searching.look_for_theme("prevention")
    ended(window, qtbot)
    assert window.listing.current == "search"
    assert "voorlichting" in window.search.query() and " OR " in window.search.query()


@pytest.mark.parametrize(
    ("words", "sentence"), [("zebra", "Nothing has “zebra”."), ('"programme approved"', "Nothing has")]
)
def test_that_nothing_found_is_said(window: Window, qtbot: Any, words: str, sentence: str) -> None:
    assert look_for(window, qtbot, words) == []
    assert window.search.empty.isVisible()
    assert sentence in window.search.empty.sentence.text()


def test_that_words_nowhere_beside_each_other_are_found_apart_and_it_is_said(window: Window, qtbot: Any) -> None:
    rows = look_for(window, qtbot, "schools help")
    assert titles(rows) == [("report", 3)]
    assert "nowhere stand beside each other" in window.search.note.text()


def test_that_what_is_selected_is_looked_for(window: Window, qtbot: Any) -> None:
    select(window, "confidential adviser")
    press(window, Qt.Key.Key_F, BOTH)
    rows = ended(window, qtbot)
    assert window.search.query() == '"confidential adviser"'
    assert [row.hit for row in rows if hasattr(row, "hit")] == ["confidential adviser"]


def test_that_very_many_hits_come_folded_and_can_be_opened(qapp: Any) -> None:
    model = FoundModel()
    model.add([Group(title=f"Document {number}", count=900, version=str(number)) for number in range(50)])
    assert model.rowCount() < 4000
    assert 0 not in model.folded and 49 in model.folded
    assert model.place(model.rowCount() - 1) == (49, -1)
    before = model.rowCount()
    model.fold(49, False)
    assert model.rowCount() == before + 900
    assert model.place(model.rowCount() - 1) == (49, 899)
    model.fold(0, True)
    assert model.rowCount() == before
    assert model.place(model.row_of(49, 3)) == (49, 3)


def test_that_hits_of_a_removed_document_are_gone_when_the_list_is_seen_again(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "programme")
    window.listing.show_list("annotations")
    letter = next(row.document for row in shelf(window.jobs.desk) if row.document.title == "letter")
    window.jobs.do(remove_document, letter.id)
    settle(qtbot, window)
    press(window, Qt.Key.Key_F4)
    press(window, Qt.Key.Key_F4)
    rows = ended(window, qtbot)
    assert titles(rows) == [("report", 1)]
    assert "Schools give more" in window.panes.active.content.text, "nothing was opened that is not there"
    window.jobs.do(undo)
    settle(qtbot, window)
    window.listing.show_list("search")
    assert titles(ended(window, qtbot)) == [("report", 1), ("letter", 1)]


def test_that_both_lists_of_hits_fit_the_narrowest_side(window: Window, qtbot: Any) -> None:
    look_for(window, qtbot, "the")
    window.hits.title.setText("1234 treffers · “ontwikkelingssamenwerking”")
    window.search.title.setText("12.345 treffers · 123 documenten")
    least = window.listing.minimumWidth()
    assert window.search.minimumSizeHint().width() <= least
    assert window.hits.minimumSizeHint().width() <= least
