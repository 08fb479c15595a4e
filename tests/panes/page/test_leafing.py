"""One page at a time: whatever moves the view, no part of another page shows, and every page can be reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.page.leafing import Leafing
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.view import Layout, Place
from panes.page.stand_ins import REPORT, Draws, document

LONG = document([[f"page {n}", f"line of page {n}"] for n in range(9)])
CELLS = [(0.0, 0.0), (500.0, 900.0), (1400.0, 1400.0)]


@pytest.fixture
def view(make) -> PageView:
    made = make(content=LONG)
    made.set_layout(Layout(single=True))
    return made


def shown(view: PageView) -> list[int]:
    return list(view.pages())


@pytest.mark.parametrize("zoom", ["page", "width", "2"])
def test_that_only_one_page_shows_wherever_the_bar_is_put(view: PageView, zoom: str) -> None:
    view.set_zoom(zoom)
    bar = view.verticalScrollBar()
    seen = set()
    for value in range(0, bar.maximum() + 1, 97):
        bar.setValue(value)
        assert len(shown(view)) == 1
        seen |= set(shown(view))
    assert seen == set(range(9))


def test_that_space_and_arrows_turn_the_page_and_back(view: PageView, qtbot) -> None:
    view.set_zoom("page")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert shown(view) == [2] and view.page_label() == "3"
    QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert shown(view) == [1]  # one press of an arrow so soon after the last turn is held back
    qtbot.waitUntil(lambda: QTest.keyClick(view, Qt.Key.Key_Up) or shown(view) == [0])
    QTest.keyClick(view, Qt.Key.Key_End)
    assert shown(view) == [8]


def test_that_place_text_and_zoom_lead_to_the_page_meant(view: PageView) -> None:
    for zoom in ("page", "1.7"):
        view.go_to(Place(page=4, y=0.001, zoom=zoom))
        assert shown(view) == [4] and view.place().page == 4
    start = LONG.text.index("line of page 6")
    view.reveal((start, start + 4))
    assert shown(view) == [6]
    kept = view.place()
    view.set_layout(Layout(single=True, spread="two"))
    assert 6 in shown(view)
    view.set_layout(Layout())
    view.set_layout(Layout(single=True))
    view.go_to(kept)
    assert shown(view) == [6]


def test_that_a_page_taller_than_the_screen_is_read_to_its_end_before_it_turns() -> None:
    leafing = Leafing()
    assert leafing.hold(500, CELLS, 500) == 500
    assert leafing.hold(850, CELLS, 500) == 850
    assert leafing.hold(1000, CELLS, 500) == 900
    assert leafing.hold(1300, CELLS, 500) == 1400
    assert leafing.hold(1250, CELLS, 500) == 1400  # too soon for a small movement
    assert leafing.hold(950, CELLS, 500) == 900


def test_that_a_view_of_pages_under_each_other_is_as_it_was(make) -> None:
    view = make(draws=Draws(), content=REPORT)
    view.verticalScrollBar().setValue(333)
    assert view.verticalScrollBar().value() == 333
