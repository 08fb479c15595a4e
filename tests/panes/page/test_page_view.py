"""Pages on screen: drawn, scrolled, zoomed, selected, marked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kantlijn.model.document import Content
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.tiles import TALLEST, WIDEST
from kantlijn.ui.page.view import Place
from panes.page.stand_ins import A4, REPORT, SOURCE, Draws, Hand, document, mark

USUAL = QSize(800, 600)
Make = Callable[..., PageView]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(content: Content = REPORT, draws: Draws | None = None, size: QSize = USUAL) -> PageView:
        draws = draws or Draws()
        view = PageView(draws)
        qtbot.addWidget(view)
        view.resize(size)
        view.open(SOURCE, [(page.width, page.height) for page in content.pages], [])
        view.set_content(SOURCE, content)
        view.show()
        view.setFocus()
        qtbot.waitUntil(lambda: bool(draws.requests) and view.tiles.waiting == 0)
        return view

    return made


def box_of(view: PageView, words: str, content: Content = REPORT) -> tuple[QPointF, QPointF]:
    """Just inside the first and the last letter of these words, in the viewport."""
    start = content.text.index(words)
    boxes = view.boxes((start, start + len(words)))
    first, last = boxes[0], boxes[-1]
    return QPointF(first.left() + 1, first.center().y()), QPointF(last.right() - 1, last.center().y())


def chosen(view: PageView) -> str:
    found = view.selection()
    return "" if found is None else view.selector.text[found[0] : found[1]]


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
    before = perf_counter()
    view.open(SOURCE, sizes, [])
    view.viewport().repaint()
    assert perf_counter() - before < 0.25


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


# -- selecting with the mouse -------------------------------------------------------------------------------


def test_that_a_drag_over_a_page_break_leaves_the_furniture_unmarked(make: Make) -> None:
    view = make(size=QSize(800, 1600))
    hand = Hand(view)
    hand.drag(box_of(view, "groot")[0], box_of(view, "regio’s")[1])
    assert chosen(view).startswith("groot en blijven dat")
    assert chosen(view).endswith("ook in de regio’s")
    assert len(view.boxes(view.selection())) == 2


def test_that_a_double_click_takes_the_word_also_when_it_is_hyphenated(make: Make) -> None:
    view = make()
    Hand(view).double(box_of(view, "weer-")[0])
    assert chosen(view) == "weer-\nbaarheid"


def test_that_a_third_click_takes_the_paragraph_and_over_the_page_when_it_runs_on(make: Make) -> None:
    view = make()
    hand = Hand(view)
    point = box_of(view, "verschillen")[0]
    hand.double(point)
    hand.press(point)
    hand.release(point)
    assert chosen(view).startswith("De verschillen zijn")
    assert chosen(view).endswith("ook in de regio’s.")


def test_that_a_drag_after_a_double_click_goes_on_by_words(make: Make) -> None:
    view = make()
    hand = Hand(view)
    start, end = box_of(view, "besteden")[0], box_of(view, "aandacht")[0]
    hand.double(start, hold=True)
    hand.move(end)
    hand.release(end)
    assert chosen(view) == "besteden meer aandacht"


def test_that_ctrl_double_click_takes_the_sentence(make: Make) -> None:
    view = make()
    Hand(view).double(box_of(view, "baarheid")[0], Qt.KeyboardModifier.ControlModifier)
    assert chosen(view).startswith("Scholen")
    assert chosen(view).endswith("geleden.")


def test_that_shift_click_carries_the_selection_on(make: Make) -> None:
    view = make()
    hand = Hand(view)
    hand.click(box_of(view, "meer")[0])
    hand.click(box_of(view, "aandacht")[1], Qt.KeyboardModifier.ShiftModifier)
    assert chosen(view) == "meer aandacht"


def test_that_one_drag_is_told_once_and_a_click_clears_it(qtbot: QtBot, make: Make) -> None:
    view = make()
    told: list[str] = []
    view.selection_changed.connect(lambda: told.append(chosen(view)))
    Hand(view).drag(*box_of(view, "drie jaar"))
    assert told == ["drie jaar"]
    Hand(view).click(box_of(view, "Scholen")[0])
    assert told == ["drie jaar", ""]


def test_that_dragging_below_the_viewport_scrolls_on(qtbot: QtBot, make: Make) -> None:
    view = make(document([[f"Regel {i}" for i in range(50)]] * 5))
    hand = Hand(view)
    start = view.boxes((14, 20))[0].center()
    hand.press(start)
    hand.move(QPointF(start.x() + 30, view.viewport().height() + 40))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 300)
    hand.release(QPointF(start.x(), 590))
    found = view.selection()
    assert found is not None
    assert found[1] - found[0] > 200


def test_that_a_sloppy_drag_leaves_spaces_and_furniture_at_its_ends_out(make: Make) -> None:
    view = make(size=QSize(800, 1600))
    start, end = REPORT.text.index(" blijven dat"), REPORT.text.index("ook in")
    first, last = view.boxes((start, start + 1))[0], view.boxes((end, end + 1))[0]
    Hand(view).drag(QPointF(first.left() + 0.5, first.center().y()), QPointF(last.left(), last.center().y()))
    assert chosen(view) == "blijven dat"


def test_that_the_middle_button_drags_the_page(make: Make) -> None:
    view = make(size=QSize(800, 400))
    hand = Hand(view)
    hand.press(QPointF(300, 300), button=Qt.MouseButton.MiddleButton)
    hand.move(QPointF(300, 180), held=Qt.MouseButton.MiddleButton)
    hand.release(QPointF(300, 180), button=Qt.MouseButton.MiddleButton)
    assert view.verticalScrollBar().value() == 120
    assert view.selection() is None


# -- selecting with the keyboard ----------------------------------------------------------------------------


def test_that_everything_can_be_selected_without_a_mouse(qtbot: QtBot, make: Make) -> None:
    view = make()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(view) == "S"  # the caret begins at the top of what shows, past the running head
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_Right, ctrl | shift)
    assert chosen(view) == "Scholen"
    qtbot.keyClick(view, Qt.Key.Key_Right, ctrl | shift)
    assert chosen(view) == "Scholen besteden"
    qtbot.keyClick(view, Qt.Key.Key_Left, ctrl | shift)
    qtbot.keyClick(view, Qt.Key.Key_Down, ctrl | shift)
    assert chosen(view).endswith("geleden.")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_that_the_caret_walks_with_ctrl_and_selects_from_there(qtbot: QtBot, make: Make) -> None:
    view = make()
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Right, ctrl)
    assert view.selection() is None
    qtbot.keyClick(view, Qt.Key.Key_Right, ctrl | shift)
    assert chosen(view) == " meer"


def test_that_shift_down_crosses_the_page_and_skips_the_furniture(qtbot: QtBot, make: Make) -> None:
    view = make()
    start = REPORT.text.index("groot")
    view.selector.put(start)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == (start, REPORT.text.index("ook in"))
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() is None


def test_that_a_letter_further_from_a_page_end_is_on_the_next_page(make: Make) -> None:
    view = make()
    view.selector.put(REPORT.text.index("blijven dat") + len("blijven dat"))
    assert view.selector.step("letter", forward=True) == REPORT.text.index("ook in")
    view.selector.put(REPORT.text.index("ook in"))
    assert view.selector.step("letter", forward=False) == REPORT.text.index("blijven dat") + len("blijven dat")


def test_that_the_selection_grows_and_shrinks(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.selector.put(REPORT.text.index("aandacht") + 2)
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    sizes = []
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, held)
        sizes.append(chosen(view))
    assert sizes[0] == "aandacht"
    assert sizes[1].endswith("geleden.")
    qtbot.keyClick(view, Qt.Key.Key_Left, held)
    assert chosen(view) == sizes[1]


def test_that_plain_keys_scroll_and_select_nothing(qtbot: QtBot, make: Make) -> None:
    view = make(size=QSize(800, 400))
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() == 40
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert bar.value() == 40 + round(0.9 * view.viewport().height())
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    assert view.selection() is None


def test_that_digits_and_letters_are_left_for_tagging(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.select((14, 30))
    qtbot.keyClick(view, Qt.Key.Key_1)
    qtbot.keyClick(view, Qt.Key.Key_N)
    assert view.selection() == (14, 30)


def test_that_copying_joins_hyphenated_lines_and_leaves_furniture_out(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.select((REPORT.text.index("aan weer-"), REPORT.text.index("regio’s.") + 8))
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "weerbaarheid" in copied
    assert "Report 2024" not in copied


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
    before = perf_counter()
    view.set_marks(tuple(mark(str(i), at, at + 40) for i, at in enumerate(range(0, size - 50, size // 5000))))
    assert perf_counter() - before < 0.2
    view.viewport().repaint()
    before = perf_counter()
    for _ in range(10):
        view.viewport().repaint()
    assert (perf_counter() - before) / 10 < 0.05


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
