"""Tagging and notes by keyboard, as a reader does it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.errors import DiskTrouble
from kantlijn.model.changes import Changes
from kantlijn.store.project import Project
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from panes.shell.reading_desk import press, quotes, select, settle, themes_of

SCHOOLS = "Two out of three schools work with an\napproved programme."


def test_that_a_selection_and_one_key_make_an_annotation(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    assert quotes(window) == ["Two out of three schools work with an approved programme."]
    assert themes_of(window, 0) == ["Prevention"]
    assert "Prevention" in window.status.message.text() and window.status.undo.isVisible()


def test_that_the_same_key_again_takes_it_away_and_another_adds_a_theme(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_2)
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Prevention", "Victim aid"]
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Victim aid"]
    press(window, Qt.Key.Key_2)
    settle(qtbot, window)
    assert quotes(window) == []


def test_that_keys_toggle_the_themes_of_a_selected_annotation(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    press(window, Qt.Key.Key_Escape)  # the popup
    press(window, Qt.Key.Key_Escape)  # the selected text
    assert window.tagging.text() is None and window.tagging.selected
    press(window, Qt.Key.Key_3)
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Prevention", "Detection"]
    press(window, Qt.Key.Key_Escape)
    assert not window.tagging.selected


def test_that_a_key_without_a_theme_or_selection_says_so(window: Window) -> None:
    press(window, Qt.Key.Key_9)
    assert "9" in window.status.message.text()
    press(window, Qt.Key.Key_1)
    assert "Select text" in window.status.message.text()
    assert quotes(window) == []


def test_that_the_popup_stands_under_the_selection_and_not_over_it(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    popup = window.tagging.popup
    assert popup.isVisible()
    pane = window.panes.active
    assert pane is not None and pane.view is not None
    for rect in pane.view.rects(pane.view.selection()):
        assert not window.tagging._inside(pane, rect).intersects(popup.geometry())
    assert popup.geometry().top() > window.mapFromGlobal(pane.selection_rect().bottomLeft()).y() - 1
    assert popup.width() > 200


def test_that_the_popup_does_not_float_over_a_summary(window: Window, qtbot: Any) -> None:
    select(window, "confidential adviser")
    assert window.tagging.popup.isVisible()
    window.actions_["summary"].trigger()
    qtbot.waitUntil(lambda: window.summarising.showing)
    assert not window.tagging.popup.isVisible()


def test_that_the_popup_can_be_turned_off_and_keys_still_tag(window: Window, qtbot: Any) -> None:
    window.tagging.use_popup = False
    select(window, SCHOOLS)
    assert not window.tagging.popup.isVisible()
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    assert len(quotes(window)) == 1


def test_that_a_theme_is_found_by_typing_part_of_its_name(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_T)
    assert window.tagging.picker.isVisible()
    QTest.keyClicks(window.focusWidget(), "enf")
    press(window, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert themes_of(window, 0) == ["Enforcement"]


def test_that_a_theme_that_is_not_there_can_be_made_from_the_picker(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_T)
    QTest.keyClicks(window.focusWidget(), "Schools")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(quotes(window)) and not window.jobs.pending)
    assert themes_of(window, 0) == ["Schools"]


def test_that_a_note_saves_itself_while_typing(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "Check **1** of 3")
    desk = window.jobs.desk
    assert desk is not None
    qtbot.waitUntil(lambda: read.annotation_rows(desk)[0].passage.annotation.note == "Check **1** of 3")
    assert window.tagging.editor.isVisible()
    settle(qtbot, window)
    assert window.status.saved.text() == "Saved"
    assert len(quotes(window)) == 1, "digits and letters typed in a note tag nothing"
    press(window, Qt.Key.Key_Escape)
    assert not window.tagging.editor.isVisible()


def test_that_a_note_can_be_written_on_text_that_has_no_theme(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_N)
    QTest.keyClicks(window.tagging.editor.field, "Look this up")
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    row = window.annotations.model.rows[0]
    assert row.passage.annotation.note == "Look this up" and row.passage.annotation.themes == ()


def _refuse(_project: Project, _changes: Changes) -> None:
    raise DiskTrouble("The disk is full.")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The disk is full, until undo()."""

    with monkeypatch.context() as patch:
        patch.setattr(Project, "commit", _refuse)
        yield patch


@pytest.mark.parametrize("tagged", [True, False])
def test_that_a_note_the_disk_refused_is_kept_in_hand_and_written_later(
    window: Window, qtbot: Any, full: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch, tagged: bool
) -> None:
    select(window, SCHOOLS)
    if tagged:
        full.undo()
        press(window, Qt.Key.Key_1)
        settle(qtbot, window)
        full.setattr(Project, "commit", _refuse)
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "not lost")
    qtbot.waitUntil(lambda: "disk is full" in window.status.message.text())
    QTest.keyClicks(window.tagging.editor.field, " at all")
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.status.saved.text() == "Not saved"
    asked: list[str] = []
    monkeypatch.setattr("kantlijn.ui.shell.closing.ask", lambda _w, title, *_, **__: asked.append(title) or "")
    window.close()
    assert asked == ["Close without the note?"] and window.isVisible()
    full.undo()
    window.tagging.noting.retry()
    settle(qtbot, window)
    assert [row.passage.annotation.note for row in window.annotations.model.rows] == ["not lost at all"]
    assert window.status.saved.text() == "Saved"


def test_that_a_note_nobody_wrote_leaves_no_annotation(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_N)
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert quotes(window) == []


def test_that_typing_a_note_is_one_step_back(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_N)
    settle(qtbot, window)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    editor = window.tagging.editor
    QTest.keyClicks(editor.field, "one")
    editor.flush()
    QTest.keyClicks(editor.field, " two")
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    window.undo()
    settle(qtbot, window)
    assert window.annotations.model.rows[0].passage.annotation.note == ""


def test_that_delete_can_be_undone_from_the_status_line(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    press(window, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert quotes(window) == []
    window.status.undo.click()
    settle(qtbot, window)
    assert len(quotes(window)) == 1 and themes_of(window, 0) == ["Prevention"]


def test_that_undo_and_redo_are_named_in_the_menu(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    assert "Prevention" in window.actions_["undo"].text()
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert quotes(window) == [] and "Prevention" in window.actions_["redo"].text()
    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert len(quotes(window)) == 1


def test_that_no_letter_acts_while_a_text_box_has_the_focus(window: Window, qtbot: Any) -> None:
    select(window, SCHOOLS)
    field = window.annotations.narrow.field
    field.setFocus()
    QTest.keyClicks(field, "1tn")
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.text() == "1tn"
    assert not window.tagging.picker.isVisible() and not window.tagging.editor.isVisible()
    field.clear()
    window.themes.tree.setCurrentItem(window.themes.tree.topLevelItem(0))
    window.themes.tree.editItem(window.themes.tree.topLevelItem(0))
    QTest.keyClicks(window.focusWidget(), "12n")
    settle(qtbot, window)
    assert quotes(window) == []
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)


def test_that_a_click_on_a_card_shows_its_passage(window: Window, qtbot: Any) -> None:
    select(window, "Paragraph 39 tells")
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    pane = window.panes.active
    assert pane is not None and pane.view is not None
    pane.view.reveal((0, 1))
    wanted = window.annotations.model.rows[0].passage.anchor.range
    window.annotations.list.clicked.emit(window.annotations.model.index(0))
    qtbot.waitUntil(lambda: pane.view.visible_range()[0] <= wanted[0] < pane.view.visible_range()[1])
    assert window.tagging.selected == [] or window.tagging.text() is None


def test_that_shift_and_a_digit_add_a_theme_and_never_take_it_away(window: Window, qtbot: Any) -> None:
    select(window, "Two out of three")
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    for _ in range(2):
        press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
        settle(qtbot, window)
        assert len(themes_of(window, 0)) == 2
    window.tagging.escape()
    window.tagging.escape()
    window.tagging.select([window.annotations.model.rows[0].passage.id])
    for _ in range(2):
        press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ShiftModifier)
        settle(qtbot, window)
        assert len(themes_of(window, 0)) == 3


@pytest.mark.parametrize(
    ("key", "held", "style"),
    [(Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "highlight"),
     (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier, "highlight"),
     (Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier, "underline")],
)  # fmt: skip
def test_that_selected_text_is_drawn_without_a_theme_and_can_get_one(
    window: Window, qtbot: Any, key: Qt.Key, held: Qt.KeyboardModifier, style: str
) -> None:
    press(window, key, held)
    assert "Select text" in window.status.message.text()
    select(window, SCHOOLS)
    press(window, key, held)
    settle(qtbot, window)
    (row,) = window.annotations.model.rows
    assert (row.passage.annotation.style, row.passage.annotation.themes) == (style, ())
    press(window, Qt.Key.Key_2)
    press(window, Qt.Key.Key_2)
    settle(qtbot, window)
    assert quotes(window) == [SCHOOLS.replace("\n", " ")] and themes_of(window, 0) == []


def test_that_enter_on_selected_text_or_an_annotation_writes_a_note(window: Window, qtbot: Any) -> None:
    pane = window.panes.active
    assert pane is not None and pane.view is not None
    pane.view.setFocus()
    press(window, Qt.Key.Key_Return)
    assert not window.tagging.editor.isVisible()
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "h 1")
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.annotations.model.rows[0].passage.annotation.note == "h 1"


def test_that_escape_lets_go_of_the_selection_first_and_then_of_the_tool_for_areas(window: Window) -> None:
    select(window, SCHOOLS)
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    area = window.actions_["area"]
    while window.tagging.text() is not None:
        assert area.isChecked()
        press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert not area.isChecked()


def test_that_arrows_in_the_list_go_from_passage_to_passage(window: Window, qtbot: Any) -> None:
    for words in (SCHOOLS, "Paragraph 38 tells what supervision found"):
        select(window, words)
        press(window, Qt.Key.Key_1)
        settle(qtbot, window)
    pane = window.panes.panes[0]
    assert pane.view is not None
    pane.view.verticalScrollBar().setValue(0)
    cards = window.annotations.list
    cards.setFocus()
    cards.setCurrentIndex(window.annotations.model.index(0))
    QTest.keyClick(cards, Qt.Key.Key_Down)
    start, end = window.annotations.model.rows[1].passage.anchor.range
    first, last = pane.view.visible_range()
    assert window.tagging.selected == [window.annotations.model.rows[1].passage.id]
    assert first <= start and end <= last and window.focusWidget() is cards
