"""Finding in a document as a reader does it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kantlijn.ui.find.hit_line import whole_words
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.searching.places_in import AROUND
from panes.shell.reading_desk import press, quotes, select, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


def find(window: Window, qtbot: Any, words: str) -> Any:
    press(window, Qt.Key.Key_F, CONTROL)
    search = window.finding._searches[window.panes.active]
    search.bar.field.setText(words)
    qtbot.waitUntil(lambda: search.query == words)
    settle(qtbot, window)
    return search


def test_that_all_hits_are_found_tinted_counted_and_listed(window: Window, qtbot: Any) -> None:
    search = find(window, qtbot, "paragraph 1")
    assert search.bar.count.text() == "1 / 11"
    view = window.panes.active.view
    assert len(view.hits) == 11 and view.hit == 0
    assert window.hits.model.rowCount() == 11
    assert "Paragraph 1 tells" in window.hits.model.index(0, 0).data()


def test_that_enter_goes_on_and_round_and_shift_back(window: Window, qtbot: Any) -> None:
    search = find(window, qtbot, "schools")
    assert search.bar.count.text() == "1 / 2"
    QTest.keyClick(search.bar.field, Qt.Key.Key_Return)
    assert search.bar.count.text() == "2 / 2"
    QTest.keyClick(search.bar.field, Qt.Key.Key_Return)
    assert search.bar.count.text() == "1 / 2"
    QTest.keyClick(search.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert search.bar.count.text() == "2 / 2"


def test_that_words_over_a_line_end_are_found_and_capitals_when_asked_for(window: Window, qtbot: Any) -> None:
    search = find(window, qtbot, "an approved")
    assert len(search.hits) == 1
    find(window, qtbot, "report")
    assert len(search.hits) == 2
    search.bar.case.setChecked(True)
    settle(qtbot, window)
    assert len(search.hits) == 0
    search.bar.case.setChecked(False)
    find(window, qtbot, "form")
    search.bar.words.setChecked(True)
    settle(qtbot, window)
    assert search.bar.count.text() == "No hits"


def test_that_escape_closes_and_the_place_stays(window: Window, qtbot: Any) -> None:
    search = find(window, qtbot, "Paragraph 39")
    view = window.panes.active.view
    place = view.place()
    QTest.keyClick(search.bar.field, Qt.Key.Key_Escape)
    assert not search.bar.isVisible()
    assert view.hits == ()
    assert view.place().offset == place.offset > 0
    assert view.hasFocus()


def test_that_a_digit_tags_a_hit_and_all_are_tagged_in_one_step(window: Window, qtbot: Any) -> None:
    find(window, qtbot, "schools")
    window.listing.show_list("hits")
    window.hits.list.setFocus()
    window.hits.set_current(0)
    QTest.keyClick(window.hits.list, Qt.Key.Key_2)
    settle(qtbot, window)
    assert quotes(window) == ["Schools"]
    window.hits.tag_all.click()
    qtbot.waitUntil(window.finding.picker.isVisible)
    QTest.keyClick(window.finding.picker.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert len(quotes(window)) == 3
    window.undo()
    settle(qtbot, window)
    assert quotes(window) == ["Schools"]


def test_that_tagging_all_takes_whole_words_and_leaves_what_has_the_theme(window: Window, qtbot: Any) -> None:
    find(window, qtbot, "school")
    for _ in range(2):
        window.hits.tag_all.click()
        qtbot.waitUntil(window.finding.picker.isVisible)
        QTest.keyClick(window.finding.picker.field, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert quotes(window) == ["Schools", "schools"]


def test_that_only_hits_in_annotations_are_shown_when_asked_for(window: Window, qtbot: Any) -> None:
    select(window, "Schools give more attention")
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    search = find(window, qtbot, "schools")
    search.bar.annotated.setChecked(True)
    settle(qtbot, window)
    assert len(search.hits) == 1


def test_that_a_hit_in_its_line_begins_and_ends_with_whole_words() -> None:
    before, after = "de raad zag in het jaar dat hierop volgde, de ", "s worden beter geholpen, en snel ook"
    assert whole_words(before, after) == (before, after), "short ones were cut off nowhere"
    cut = "nderlandse delen " + before, after + ", zegt de inspectie in haar versl"
    assert [len(one) >= AROUND for one in cut] == [True, True]
    assert whole_words(*cut) == (f"… delen {before}", after + ", zegt de inspectie in haar\u00a0…")
    assert whole_words(" 6 3 ", "s........ 12") == ("6 3 ", "s 12")


@pytest.mark.parametrize("panes", [1, 2, 3, 4])
def test_that_nothing_in_the_find_bar_covers_another_or_is_cut_off(window: Window, qtbot: Any, panes: int) -> None:
    for _ in range(panes - 1):
        window.panes.split()
        settle(qtbot, window)
    search = find(window, qtbot, "the")
    QTest.qWait(50)
    pane, bar = window.panes.active, search.bar
    assert pane.visibleRegion().boundingRect().width() == pane.width(), "the pane is cut off"
    parts = [
        part.rect().translated(part.mapTo(bar, part.rect().topLeft()))
        for part in bar.findChildren(QWidget)
        if part.isVisible() and part is not bar._tools and part.parent() is not bar.field
    ]
    assert len(parts) >= 8
    assert all(bar.rect().contains(part) for part in parts)
    assert not [one for number, one in enumerate(parts) for part in parts[:number] if one.intersects(part)]
