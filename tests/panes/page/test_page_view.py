"""Pages on screen: drawn, scrolled, zoomed, selected, marked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.tiles import TALLEST, WIDEST
from kantlijn.ui.page.view import Layout, Place
from kantlijn.usecases.desk import PageThings
from panes.page.stand_ins import A4, REPORT, SOURCE, Draws, Hand, box_of, document, mark

Make = Callable[..., PageView]


# -- drawing ------------------------------------------------------------------------------------------------


def test_that_only_pages_in_and_near_the_viewport_are_asked_for(qtbot: QtBot, make: Make) -> None:
    draws = Draws()
    view = make(document([["Regel"]] * 2000), draws)
    asked = {request.ask.page for request in draws.requests}
    assert 0 in asked
    assert max(asked) <= 3
    assert view.page_count() == 2000


def test_that_two_thousand_pages_open_at_once(make: Make) -> None:
    view = make()
    sizes = [A4] * 2000
    before = process_time()
    view.open(SOURCE, sizes, [])
    view.viewport().repaint()
    assert process_time() - before < 0.25


def test_that_no_picture_is_larger_than_the_engine_can_hand_over(qtbot: QtBot, make: Make) -> None:
    draws = Draws()
    view = make(draws=draws)
    view.set_zoom("6")
    qtbot.waitUntil(lambda: any(request.ask.scale > 7 for request in draws.requests))
    clips = [request.ask.clip for request in draws.requests]
    assert all(x1 - x0 <= WIDEST and y1 - y0 <= TALLEST for x0, y0, x1, y1 in clips)


def test_that_what_is_scrolled_away_is_no_longer_asked_for(qtbot: QtBot, make: Make) -> None:
    draws = Draws(held=True)
    view = PageView(draws)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.open(SOURCE, [A4] * 500, [])
    view.show()
    qtbot.waitUntil(lambda: bool(draws.requests))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    qtbot.waitUntil(lambda: any(request.ask.page > 200 for request in draws.requests))
    assert all(request.ask.page > 200 for request in draws.open_requests)


def test_that_the_visible_page_goes_before_its_neighbours(qtbot: QtBot, make: Make) -> None:
    draws = Draws()
    make(document([["Regel"]] * 20), draws)
    ranks = [request.priority for request in draws.requests]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0


def test_that_pictures_kept_stay_within_their_budget(qtbot: QtBot, make: Make) -> None:
    view = make(document([["Regel"]] * 60))
    for page in range(0, 60, 2):
        view.go_to(Place(page=page, zoom="2"))
        qtbot.waitUntil(lambda: view.tiles.waiting == 0 and view.tiles.bytes_kept > 0)
    assert view.tiles.bytes_kept <= 96 << 20


def test_that_a_viewport_larger_than_the_budget_is_drawn_once_and_for_all(qtbot: QtBot, make: Make) -> None:
    draws = Draws()
    view = make(document([["Regel"]] * 9), draws, QSize(6000, 4500))
    qtbot.waitUntil(lambda: view.tiles.waiting == 0)
    count = len(draws.requests)
    qtbot.wait(100)
    assert len(draws.requests) == count


def test_that_a_white_sheet_is_there_before_its_picture(qtbot: QtBot, make: Make) -> None:
    view = PageView(Draws(held=True))
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.open(SOURCE, [A4] * 3, [])
    view.show()
    middle = view.viewport().grab().toImage().pixelColor(300, 300)
    assert middle == QColor("#ffffff")


def test_that_an_older_picture_stands_in_after_zooming(qtbot: QtBot, make: Make) -> None:
    draws = Draws(colour=b"\x10\x20\xe0\xff")
    view = make(draws=draws)
    draws.held = True
    view.zoom_by(1.3)
    assert view.viewport().grab().toImage().pixelColor(300, 300) == QColor("#e02010")


def test_that_a_page_that_cannot_be_drawn_says_so_and_comes_back_when_asked(qtbot: QtBot, make: Make) -> None:
    draws = Draws()
    draws.broken[0] = "Page 1 took too long to draw."
    view = make(draws=draws)
    qtbot.waitUntil(lambda: view.tiles.trouble(0) != "")
    view.viewport().repaint()
    link = next(
        QPointF(x, y) for y in range(0, 600, 4) for x in range(200, 500, 20) if view.over_link(QPointF(x, y))
    )
    view.select((14, 40))  # its text can still be selected
    assert view.boxes((14, 40))
    Hand(view).click(link)
    qtbot.waitUntil(lambda: view.tiles.trouble(0) == "" and view.tiles.bytes_kept > 0)
    assert draws.retried == [0]


def test_that_a_failed_page_is_not_asked_for_over_and_over(qtbot: QtBot, make: Make) -> None:
    draws = Draws()
    draws.broken[0] = "Page 1 took too long to draw."
    view = make(draws=draws)
    qtbot.waitUntil(lambda: view.tiles.trouble(0) != "")
    count = sum(request.ask.page == 0 for request in draws.requests)
    view.verticalScrollBar().setValue(40)
    view.verticalScrollBar().setValue(0)
    qtbot.wait(60)
    assert sum(request.ask.page == 0 for request in draws.requests) == count


def test_that_import_brings_text_without_moving_or_redrawing_the_page(qtbot: QtBot) -> None:
    draws = Draws()
    view = PageView(draws)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.open(SOURCE, [A4] * 3, ["1", "2", "3"])
    view.show()
    qtbot.waitUntil(lambda: view.tiles.bytes_kept > 0 and view.tiles.waiting == 0)
    view.verticalScrollBar().setValue(700)
    qtbot.waitUntil(lambda: view.tiles.waiting == 0)
    count = len(draws.requests)
    view.set_content(SOURCE, REPORT)
    qtbot.wait(60)
    assert view.verticalScrollBar().value() == 700
    assert len(draws.requests) == count
    view.select((20, 60))
    assert view.selection() == (20, 60)


# -- zoom and place -----------------------------------------------------------------------------------------


def test_that_fit_width_follows_the_pane_and_keeps_the_place(make: Make) -> None:
    view = make()
    view.go_to(Place(page=1, y=100))
    before = view.place()
    view.resize(500, 500)
    after = view.place()
    assert (after.page, after.zoom) == (1, "width")
    assert after.y == pytest.approx(before.y, abs=2)
    assert view.page_edge() <= view.viewport().width() - view.gutter


def test_that_ctrl_wheel_keeps_what_is_under_the_pointer(make: Make) -> None:
    view = make()
    point = box_of(view, "drie jaar")[0]
    offset = view.offset_at(point)
    event = QWheelEvent(
        point, QPointF(), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    assert float(view.zoom()) > 1
    assert view.offset_at(point) == offset


def test_that_a_kept_place_is_found_again_in_another_window(make: Make) -> None:
    content = document([[f"Regel {i} van bladzijde {page}" for i in range(40)] for page in range(30)])
    view = make(content)
    view.go_to(Place(page=17, y=200, zoom="1.5"))
    kept = view.place()
    other = make(content, size=QSize(640, 480))
    other.go_to(kept)
    assert (other.place().page, other.zoom()) == (17, "1.5")
    assert other.place().y == pytest.approx(200, abs=1)


def test_that_a_place_known_only_by_its_text_is_found(make: Make) -> None:
    content = document([[f"Regel {i} van bladzijde {page}" for i in range(40)] for page in range(30)])
    view = make(content)
    offset = content.text.index("Regel 20 van bladzijde 12")
    view.go_to(Place(offset=offset))
    assert view.visible_range()[0] <= offset < view.visible_range()[1]
    assert view.page_label() == "13"


def test_that_revealing_a_passage_brings_it_into_view_and_leaves_what_shows_alone(make: Make) -> None:
    content = document([[f"Regel {i} van bladzijde {page}" for i in range(40)] for page in range(30)])
    view = make(content)
    offset = content.text.index("Regel 7 van bladzijde 21")
    view.reveal((offset, offset + 20))
    assert any(view.viewport().rect().contains(rect) for rect in view.rects((offset, offset + 20)))
    before = view.verticalScrollBar().value()
    view.reveal((offset, offset + 5))
    assert view.verticalScrollBar().value() == before


# -- marks --------------------------------------------------------------------------------------------------


def pixel(view: PageView, words: str) -> QColor:
    start = REPORT.text.index(words)
    box = view.boxes((start, start + len(words)))[0].center().toPoint()
    image: QImage = view.viewport().grab().toImage()
    return image.pixelColor(box)


def test_that_a_mark_tints_its_words_and_a_selected_one_more(make: Make) -> None:
    view = make(draws=Draws(colour=b"\xff\xff\xff\xff"))
    start = REPORT.text.index("drie jaar")
    view.set_marks((mark("a", start, start + 9, "D#2e7d32"),))
    faint = pixel(view, "drie jaar")
    assert faint.green() > faint.red()
    assert pixel(view, "Scholen") == QColor("#ffffff")
    view.set_marks((mark("a", start, start + 9, "D#2e7d32", selected=True),))
    assert pixel(view, "drie jaar").red() < faint.red()


def test_that_a_click_on_overlapping_marks_goes_from_the_shortest_to_the_longest(make: Make) -> None:
    view = make()
    start = REPORT.text.index("besteden")
    view.set_marks((mark("long", start - 8, start + 30), mark("short", start, start + 8)))
    clicked: list[tuple[str, bool]] = []
    view.mark_clicked.connect(lambda name, add: clicked.append((name, add)))
    hand, point = Hand(view), box_of(view, "besteden")[0]
    hand.click(point)
    hand.click(point)
    hand.click(point, Qt.KeyboardModifier.ControlModifier)
    hand.click(QPointF(20, 590))
    assert clicked == [("short", False), ("long", False), ("short", True), ("", False)]


def test_that_five_thousand_marks_do_not_slow_a_page_down(make: Make) -> None:
    lines = [[f"Regel {i} van deze bladzijde, met woorden" for i in range(40)] for _ in range(60)]
    content = document(lines)
    view = make(content)
    size = len(content.text)
    before = process_time()
    view.set_marks(tuple(mark(str(i), at, at + 40) for i, at in enumerate(range(0, size - 50, size // 5000))))
    assert process_time() - before < 0.2
    view.viewport().repaint()
    before = process_time()
    for _ in range(10):
        view.viewport().repaint()
    assert (process_time() - before) / 10 < 0.05


def test_that_painting_keeps_no_references_to_none(qtbot: QtBot, make: Make) -> None:
    """PySide6 6.12.0 lost one at every void call, and aborted after some thousands (docs/adr)."""
    view = make()
    view.set_marks((mark("a", 20, 60, "P#1d63c4", "D#2e7d32"),))
    view.viewport().repaint()
    before = sys.getrefcount(None)
    for _ in range(200):
        view.viewport().repaint()
    assert abs(sys.getrefcount(None) - before) < 100


def test_that_the_dark_page_is_dark_and_its_text_light(qtbot: QtBot, make: Make) -> None:
    view = make(draws=Draws(colour=b"\xff\xff\xff\xff"))
    view.set_dark(True)
    qtbot.waitUntil(lambda: view.tiles.waiting == 0 and view.tiles.bytes_kept > 0)
    assert view.viewport().grab().toImage().pixelColor(300, 300).lightness() < 60
    view.set_dark(True, page=False)
    qtbot.waitUntil(lambda: view.tiles.waiting == 0 and view.tiles.bytes_kept > 0)
    assert view.viewport().grab().toImage().pixelColor(300, 300) == QColor("#ffffff")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_that_a_dark_page_leaves_its_pictures_alone_however_it_lies(
    qtbot: QtBot, make: Make, rotation: int
) -> None:
    draws = Draws(colour=b"\xff\xff\xff\xff")
    draws.things[0] = PageThings(links=(), pictures=((50.0, 60.0, 250.0, 160.0),))
    view = make(draws=draws)
    view.set_dark(True)
    view.set_layout(Layout(rotation=rotation))
    view.go_to(Place(page=0, zoom="page"))
    inside = view.area_rect(0, (50.0, 60.0, 250.0, 160.0))
    outside = view.area_rect(0, (300.0, 400.0, 310.0, 410.0))
    assert inside is not None and outside is not None

    def seen() -> bool:
        image = view.viewport().grab().toImage()
        light = [image.pixelColor(rect.center().toPoint()).lightness() for rect in (inside, outside)]
        return light[0] > 240 and light[1] < 60

    qtbot.waitUntil(seen)
