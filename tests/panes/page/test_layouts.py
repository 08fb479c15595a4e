"""Turned pages, two pages a row, trimmed margins: all stands where it should, and is selected as before."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtTest import QTest

from kantlijn.text.within import quad_of
from kantlijn.ui.page.view import Layout, Mark, Place
from panes.page.stand_ins import REPORT, Hand, box_of, chosen, mark

TEXT = REPORT.text
LAYOUTS = [
    Layout(rotation=90), Layout(rotation=180), Layout(rotation=270),
    Layout(spread="two"), Layout(spread="cover"), Layout(rotation=90, spread="two"),
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_that_words_are_selected_by_dragging_over_them(make, layout):
    view = make(size=QSize(1000, 800))
    view.set_layout(layout)
    view.set_zoom("page")
    hand, chance = Hand(view), random.Random(4)
    words = ["Scholen besteden", "De verschillen", "ook in de", "Meldpunten zien een", "wachttijd is"]
    chance.shuffle(words)
    for said in words:
        view.reveal((TEXT.index(said), TEXT.index(said) + len(said)))
        start = TEXT.index(said)
        first, last = view.caret_box(start), view.caret_box(start + len(said))
        hand.drag(first.center(), last.center())
        assert chosen(view) == said


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_that_a_point_of_the_page_and_of_the_viewport_answer_each_other(make, layout):
    view = make()
    view.set_layout(layout)
    for page in view.pages():
        sheet = view.sheet(page)
        for x, y in ((10.0, 20.0), (300.0, 500.0), (590.0, 840.0)):
            u, v = sheet.turned(x, y)
            where = QPointF(sheet.rect.x() + u * sheet.scale, sheet.rect.y() + v * sheet.scale)
            assert sheet.point(where) == pytest.approx((x, y), abs=0.01)
            inside = view._on_page(where / view.ratio)
            assert inside[0] == page
            assert inside[1:] == pytest.approx((x, y), abs=0.5)


def test_that_two_pages_stand_beside_each_other_and_a_cover_alone(make):
    view = make()
    view.set_layout(Layout(spread="two"))
    first, second, third = (view.sheet(page).rect for page in range(3))
    assert first.top() == second.top() < third.top()
    assert first.right() < second.left()
    view.set_layout(Layout(spread="cover"))
    first, second, third = (view.sheet(page).rect for page in range(3))
    assert first.top() < second.top() == third.top()
    view.set_layout(Layout())
    tops = [view.sheet(page).rect.top() for page in range(3)]
    assert tops == sorted(set(tops))


def test_that_turned_pages_are_asked_for_turned_and_fit_the_width(make, qtbot):
    view = make()
    draws = view.tiles._draws
    view.set_layout(Layout(rotation=90))
    qtbot.waitUntil(lambda: view.tiles.waiting == 0 and draws.requests[-1].ask.rotation == 90)
    rect = view.sheet(0).rect
    assert rect.width() > rect.height()


def test_that_trimming_brings_the_text_to_the_edges_and_stays_while_scrolling(make):
    view = make()
    view.set_zoom("trim")
    left = view.boxes((TEXT.index("Scholen"), TEXT.index("Scholen") + 1))[0].left()
    assert 0 <= left < 60
    assert view.factor() > 1
    across = view.horizontalScrollBar().value()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.horizontalScrollBar().value() == across


def test_that_marks_areas_and_the_place_survive_turning(make):
    view = make()
    where = (TEXT.index("Meldpunten"), TEXT.index("Meldpunten") + 10)
    areas = ((0, quad_of((100, 300, 200, 400))),)
    area = Mark(id="b", range=(0, 0), colours=("#2e7d32",), letters=("D",), areas=areas)
    view.set_marks((mark("a", *where), area))
    view.go_to(Place(offset=where[0]))
    view.set_layout(Layout(rotation=90))
    assert view.visible_range()[0] <= where[0] < view.visible_range()[1]
    box = view.boxes(where)[0]
    assert box.height() > box.width()
    assert [found.id for found in view.marks_at(box.center())] == ["a"]
    view.go_to(Place(page=0, y=0.01))
    rect = view.area_rect(0, (100, 300, 200, 400))
    assert rect is not None
    assert [found.id for found in view.marks_at(rect.center())] == ["b"]
    first, last = box_of(view, "Scholen")
    assert first != last


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_that_the_caret_goes_through_all_lines_however_the_pages_lie(make, layout):
    view = make(size=QSize(900, 500))
    view.set_layout(layout)
    view.selector.put(view.visible_range()[0])
    places = [view.selector.caret]
    for _ in range(9):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        places.append(view.selector.caret)
        assert view.viewport().rect().toRectF().intersects(view.caret_box(places[-1]))
    assert places == sorted(places) and len(set(places)) == 7
