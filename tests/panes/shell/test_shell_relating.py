"""Relations by keyboard, and annotations merged, split, nudged and drawn otherwise in the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.relations.row import ROW
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from panes.shell.reading_desk import press, quotes, select, settle

FIRST = "half of the pupils do not know the name"
SECOND = "The programme is extended by two years."


def tag(window: Window, qtbot: Any, words: str, key: Qt.Key = Qt.Key.Key_1) -> str:
    select(window, words)
    press(window, key)
    settle(qtbot, window)
    return window.tagging.selected[0]


def both(window: Window, qtbot: Any) -> tuple[str, str]:
    """A passage in the report and one in the letter beside it."""
    first = tag(window, qtbot, FIRST)
    letter = next(row for row in read.shelf(window.jobs.desk) if row.versions[0].file == "letter.txt")
    window.panes.open(letter.versions[0].id, beside=True)
    qtbot.waitUntil(lambda: window.panes.active.content is not None)
    settle(qtbot, window)
    return first, tag(window, qtbot, SECOND)


def relate(window: Window, qtbot: Any) -> None:
    press(window, Qt.Key.Key_R)
    qtbot.waitUntil(window.relating.picker.isVisible)
    QTest.keyClick(window.relating.picker.field, Qt.Key.Key_Return)
    settle(qtbot, window)


def test_that_a_response_in_one_pane_is_related_to_what_it_responds_to(window: Window, qtbot: Any) -> None:
    first, second = both(window, qtbot)
    relate(window, qtbot)
    (row,) = window.relations.rows
    assert (row.source.passage.id, row.target.passage.id) == (second, first)
    assert row.relation.type == "responds-to"
    assert window.status.undo.isVisible()


def test_that_a_relation_is_followed_to_both_passages(window: Window, qtbot: Any) -> None:
    first, second = both(window, qtbot)
    relate(window, qtbot)
    window.tagging.select([])
    window.listing.show_list("relations")
    window.relations.list.clicked.emit(window.relations.model.index(0, 0))
    settle(qtbot, window)
    assert set(window.tagging.selected) == {first, second}
    assert len(window.panes.panes) == 2


def test_that_a_digit_in_the_list_sets_what_became_of_it(window: Window, qtbot: Any) -> None:
    both(window, qtbot)
    relate(window, qtbot)
    window.listing.show_list("relations")
    window.relations.list.setCurrentIndex(window.relations.model.index(0, 0))
    window.relations.list.setFocus()
    QTest.keyClick(window.relations.list, Qt.Key.Key_3)
    settle(qtbot, window)
    assert window.relations.rows[0].relation.status == "partly"
    window.relations.pills["adopted"].setChecked(True)
    assert window.relations.model.rowCount() == 0
    window.relations.pills["partly"].setChecked(True)
    assert window.relations.model.index(0, 0).data(ROW).relation.status == "partly"
    window.undo()
    settle(qtbot, window)
    assert window.relations.rows[0].relation.status == "open"


def test_that_r_without_two_passages_says_what_to_do(window: Window, qtbot: Any) -> None:
    tag(window, qtbot, FIRST)
    press(window, Qt.Key.Key_R)
    assert "another one" in window.status.message.text()
    assert not window.relating.picker.isVisible()


def test_that_ends_are_nudged_and_the_passage_split_and_merged_by_keys(window: Window, qtbot: Any) -> None:
    tag(window, qtbot, FIRST)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    control = Qt.KeyboardModifier.ControlModifier
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    press(window, Qt.Key.Key_Right, control | alt | shift)
    settle(qtbot, window)
    assert quotes(window) == ["half of the pupils do not know the name. That"]
    press(window, Qt.Key.Key_Left, control | alt | shift)
    settle(qtbot, window)
    assert quotes(window) == [FIRST]
    view = window.panes.active.view
    view.selector.put(window.panes.active.content.text.index("do not know"))
    press(window, Qt.Key.Key_M, control | shift)
    settle(qtbot, window)
    assert quotes(window) == ["half of the pupils", "do not know the name"]
    window.tagging.select([row.passage.id for row in window.annotations.model.rows])
    press(window, Qt.Key.Key_M, control)
    settle(qtbot, window)
    assert quotes(window) == [FIRST]


def test_that_an_annotation_is_drawn_as_underline_and_back(window: Window, qtbot: Any) -> None:
    annotation = tag(window, qtbot, FIRST)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)
    assert window.annotations.row(annotation).passage.annotation.style == "underline"
    (mark,) = window.panes.active.view.marks.all
    assert mark.style == "underline"
    window.undo()
    settle(qtbot, window)
    assert window.annotations.row(annotation).passage.annotation.style == "highlight"
