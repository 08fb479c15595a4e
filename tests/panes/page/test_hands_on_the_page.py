"""Ends dragged, areas drawn and changed, links followed, hits and the lens to be seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from kantlijn.text.within import quad_of
from kantlijn.ui.page.marks import Lining, lined
from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.page.view import Layout, Mark
from kantlijn.usecases.desk import Link, PageThings
from panes.page.stand_ins import REPORT, Draws, Hand, box_of, document, mark

TEXT = REPORT.text


def where(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def knob(view, name: str) -> QPointF:
    return dict(view.handles.knobs())[name]


def test_that_the_end_of_the_selected_annotation_is_dragged_by_word(make, qtbot):
    view = make()
    view.set_marks((mark("a", *where("besteden meer"), selected=True),))
    hand = Hand(view)
    middle = box_of(view, "aandacht")
    inside = (middle[0] + middle[1]) / 2
    with qtbot.waitSignal(view.passage_dragged) as told:
        hand.press(knob(view, "end"))
        hand.move(inside)
        hand.release(inside)
    name, (start, end) = told.args
    assert (name, TEXT[start:end]) == ("a", "besteden meer aandacht")
    assert view.selection() is None


def test_that_escape_lets_go_of_an_end_where_it_was(make):
    view = make()
    told = []
    view.passage_dragged.connect(lambda *said: told.append(said))
    view.set_marks((mark("a", *where("besteden meer"), selected=True),))
    hand = Hand(view)
    hand.press(knob(view, "start"))
    hand.move(box_of(view, "Scholen")[0])
    assert TEXT[slice(*view.shown_selection())].startswith("Scholen")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(QPointF(5, 5))
    assert told == []
    assert view.shown_selection() is None


def test_that_ends_never_cross(make):
    view = make()
    told = []
    view.passage_dragged.connect(lambda _name, chosen: told.append(chosen))
    view.set_marks((mark("a", *where("besteden meer"), selected=True),))
    hand = Hand(view)
    hand.press(knob(view, "start"))
    hand.move(box_of(view, "verschillen")[1])
    hand.release(box_of(view, "verschillen")[1])
    assert told[0][0] < told[0][1] == where("besteden meer")[1]


@pytest.mark.parametrize("selected", [(), ("a", "b")])
def test_that_only_one_selected_annotation_has_knobs(make, selected):
    view = make()
    view.set_marks(tuple(mark(n, *where(w), selected=n in selected) for n, w in (("a", "Scholen"), ("b", "meer"))))
    assert view.handles.knobs() == []


def test_that_an_area_is_drawn_with_alt_and_text_is_selected_without(make, qtbot):
    view = make()
    hand = Hand(view)
    start, end = QPointF(120, 150), QPointF(260, 240)
    with qtbot.waitSignal(view.selection_changed):
        hand.press(start, Qt.KeyboardModifier.AltModifier)
        hand.move(end)
        hand.release(end)
    page, box = view.area_selection()
    assert page == 0
    rect = view.area_rect(page, box)
    assert (rect.topLeft() - start).manhattanLength() < 2
    assert (rect.bottomRight() - end).manhattanLength() < 2
    assert view.selection() is None
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.area_selection() is None
    hand.drag(*box_of(view, "Scholen besteden"))
    assert view.selection() == where("Scholen besteden")
    assert view.area_selection() is None


def test_that_a_page_without_text_takes_areas_without_a_key(make):
    view = make(document([[]]))
    empty = view.layers.content
    assert empty is not None
    hand = Hand(view)
    hand.drag(QPointF(120, 150), QPointF(260, 240))
    assert (view.area_selection() is None) == view.has_text_at(QPointF(120, 150))


def test_that_an_area_annotation_is_clicked_moved_and_made_larger(make, qtbot):
    view = make()
    box = (100.0, 300.0, 300.0, 400.0)
    area = Mark(id="area", range=(0, 0), colours=("#1d63c4",), letters=("P",), areas=((0, quad_of(box)),))
    view.set_marks((area,))
    hand = Hand(view)
    rect = view.area_rect(0, box)
    with qtbot.waitSignal(view.mark_clicked) as told:
        hand.click(rect.center())
    assert told.args == ["area", False]
    view.set_marks((Mark(id="area", range=(0, 0), colours=("#1d63c4",), letters=("P",), areas=area.areas,
                         selected=True),))  # fmt: skip
    with qtbot.waitSignal(view.area_dragged) as told:
        hand.drag(knob(view, "bottom right"), knob(view, "bottom right") + QPointF(50, 20))
    assert told.args[1] == 0
    xs, ys = told.args[2][0::2], told.args[2][1::2]
    assert (min(xs), min(ys)) == pytest.approx((100, 300), abs=1)
    assert max(xs) > 320
    assert max(ys) > 405


def test_that_a_link_is_followed_by_a_click_and_text_over_it_still_selected(make, qtbot):
    draws = Draws()
    view = make(draws=draws)
    start, end = box_of(view, "besteden")
    one, two = view.page_point(0, start), view.page_point(0, end)
    link = Link(box=(one[0] - 2, one[1] - 8, two[0] + 2, two[1] + 8), kind="web", uri="https://example.org/")
    draws.things[0] = PageThings(links=(link,), pictures=())
    view.tiles._things.clear()
    view.link_at(start)
    qtbot.waitUntil(lambda: view.link_at(start) == link)
    hand = Hand(view)
    with qtbot.waitSignal(view.link_wanted) as told:
        hand.click((start + end) / 2)
    assert told.args == [link, False]
    hand.drag(start, end)
    assert view.selection() == where("besteden")


def test_that_hits_are_seen_and_the_current_one_stands_out(make):
    view = make(draws=Draws(colour=b"\xff\xff\xff\xff"))
    view.set_hits([where("Scholen"), where("drie jaar")], 1)
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def at(words: str) -> QColor:
        box = view.boxes(where(words))[0]
        return picture.pixelColor((QPointF(box.center()) * ratio).toPoint())

    assert at("Scholen") != at("aandacht") != at("drie jaar") != at("Scholen")
    assert at("drie jaar").red() > at("drie jaar").blue()


@pytest.mark.parametrize("kind", ["pages", "text"])
def test_that_the_lens_dims_all_but_its_passages(make, qtbot, kind):
    if kind == "pages":
        view = make(draws=Draws(colour=b"\x20\x20\x20\xff"))
    else:
        view = TextView()
        qtbot.addWidget(view)
        view.resize(800, 600)
        view.open(REPORT)
        view.show()
    before = view.viewport().grab().toImage()
    view.set_lens([where("Scholen besteden")])
    after = view.viewport().grab().toImage()
    ratio = after.devicePixelRatio()
    for words, changed in (("Scholen", False), ("verschillen zijn", True)):
        box = view.boxes(where(words))[0]
        inside = [(box.left() + x, box.center().y()) for x in range(2, int(box.width()) - 2)]
        same = [before.pixel(int(x * ratio), int(y * ratio)) == after.pixel(int(x * ratio), int(y * ratio))
                for x, y in inside]  # fmt: skip
        assert (not all(same)) == changed
    view.set_lens(None)
    assert view.viewport().grab().toImage() == before


def test_that_a_second_annotation_over_the_same_words_has_a_line_below_the_first_ones() -> None:
    one = mark("one", 0, 100, "P#1d63c4", "D#2e7d32")
    two = mark("two", 40, 60, "H#c2560a")
    apart = mark("apart", 200, 220, "H#c2560a")
    lines = lined([one, two, apart])
    assert lines == {
        "one": Lining(0, ("#2e7d32",), 0),
        "two": Lining(1, ("#c2560a",), 1),
        "apart": Lining(0, (), 0),
    }


def test_that_words_under_dozens_of_annotations_can_be_read(make) -> None:
    view = make(draws=Draws(colour=b"\xff\xff\xff\xff"))
    start, end = where("Scholen besteden")
    view.set_marks(tuple(mark(f"m{n}", start, end) for n in range(60)))
    picture = view.viewport().grab().toImage()
    box = view.boxes(where("Scholen"))[0]
    assert picture.pixelColor(box.center().toPoint()).lightness() > 130


def test_that_every_annotation_over_some_words_is_to_be_seen(make) -> None:
    view = make(draws=Draws(colour=b"\xff\xff\xff\xff"))
    start, end = where("Scholen besteden")
    view.set_marks((mark("a", start, end, "P#1d63c4"), mark("b", start, end, "H#c2560a"), mark("c", start, end)))
    picture = view.viewport().grab().toImage()
    box = view.boxes(where("Scholen"))[0]
    column = {
        picture.pixelColor(round(box.center().x()), y).name() for y in range(int(box.top()), int(box.bottom()) + 8)
    }
    assert {"#c2560a", "#1d63c4"} <= column


def test_that_the_lens_joins_ranges_and_keeps_areas(make) -> None:
    view = make()
    view.set_lens([(50, 60), (10, 30), (20, 40), (70, 70)])
    assert view.lens == ((10, 40), (50, 60))
    assert view.lens_areas == {70}


def linked(view, draws: Draws, qtbot, **link: object) -> tuple[Link, QPointF]:
    """A link over "besteden", and a point on it."""
    start, end = box_of(view, "besteden")
    one, two = view.page_point(0, start), view.page_point(0, end)
    made = Link(box=(one[0] - 2, one[1] - 8, two[0] + 2, two[1] + 8), **link)
    draws.things[0] = PageThings(links=(made,), pictures=())
    view.tiles._things.clear()
    view.link_at(start)
    qtbot.waitUntil(lambda: view.link_at(start) == made)
    return made, (start + end) / 2


def test_that_resting_on_a_link_within_the_document_shows_where_it_leads(make, qtbot) -> None:
    draws = Draws()
    view = make(draws=draws)
    _, point = linked(view, draws, qtbot, kind="page", page=2, y=80.0)
    Hand(view).move(point, held=Qt.MouseButton.NoButton)
    assert not view.preview.card.isVisible()
    qtbot.waitUntil(view.preview.card.isVisible)
    assert "3" in view.preview.card.words
    asked = draws.requests[-1].ask
    assert asked.page == 2
    assert asked.clip[1] <= 80 * asked.scale <= asked.clip[3]
    Hand(view).move(QPointF(5, 5), held=Qt.MouseButton.NoButton)
    assert not view.preview.card.isVisible()


def test_that_the_middle_button_follows_a_link_beside(make, qtbot) -> None:
    draws = Draws()
    view = make(draws=draws)
    link, point = linked(view, draws, qtbot, kind="page", page=2)
    with qtbot.waitSignal(view.link_wanted) as told:
        Hand(view).press(point, button=Qt.MouseButton.MiddleButton)
        Hand(view).release(point, button=Qt.MouseButton.MiddleButton)
    assert told.args == [link, True]


def test_that_dragging_an_end_below_the_viewport_scrolls_on(make, qtbot) -> None:
    view = make(document([[f"Regel {i}" for i in range(50)]] * 5))
    view.set_marks((mark("a", 14, 20, selected=True),))
    hand = Hand(view)
    hand.press(knob(view, "end"))
    hand.move(QPointF(200, view.viewport().height() + 40))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 300)
    with qtbot.waitSignal(view.passage_dragged) as told:
        hand.release(QPointF(200, 590))
    assert told.args[1][1] > 200


def area_mark(box: tuple[float, float, float, float]) -> Mark:
    return Mark(id="area", range=(0, 0), colours=(), letters=(), areas=((0, quad_of(box)),), selected=True)


def test_that_knobs_say_which_way_they_move(make) -> None:
    view = make()
    box = (100.0, 300.0, 300.0, 400.0)
    view.set_marks((area_mark(box),))
    shape = Qt.CursorShape
    for name, wanted in (("left", shape.SizeHorCursor), ("top", shape.SizeVerCursor),
                         ("top left", shape.SizeFDiagCursor), ("bottom left", shape.SizeBDiagCursor)):  # fmt: skip
        assert view.handles.cursor(knob(view, name)) == wanted
    edge = view.area_rect(0, box)
    assert view.handles.cursor(QPointF(edge.left() + edge.width() / 4, edge.top())) == shape.SizeAllCursor
    assert view.handles.cursor(edge.center()) is None


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_that_areas_are_drawn_and_changed_on_turned_pages(make, qtbot, rotation) -> None:
    view = make()
    view.set_layout(Layout(rotation=rotation))
    box = (100.0, 100.0, 300.0, 200.0)
    view.set_marks((area_mark(box),))
    start = knob(view, "right")
    beyond = view.area_rect(0, (340.0, 150.0, 340.0, 150.0)).center()
    with qtbot.waitSignal(view.area_dragged) as told:
        Hand(view).drag(start, beyond)
    assert told.args[2][0::2] == pytest.approx(quad_of((100, 100, 340, 200))[0::2], abs=1)
    assert told.args[2][1::2] == pytest.approx(quad_of((100, 100, 340, 200))[1::2], abs=1)


@pytest.mark.parametrize(("rotation", "side"), [(0, "bottom"), (90, "left"), (180, "top"), (270, "right")])
def test_that_underlines_stay_under_the_words_on_turned_pages(make, rotation, side) -> None:
    view = make(draws=Draws(colour=b"\xff\xff\xff\xff"))
    view.set_layout(Layout(rotation=rotation))
    chosen = where("Scholen besteden")
    view.set_marks((mark("a", *chosen, style="underline"),))
    view.reveal(chosen)
    picture, box = view.viewport().grab().toImage(), view.boxes(chosen)[0]
    x, y = round(box.center().x()), round(box.center().y())
    across = range(-2, 3)
    spots = {
        "bottom": [(x, round(box.bottom()) + n) for n in across],
        "top": [(x, round(box.top()) + n) for n in across],
        "left": [(round(box.left()) + n, y) for n in across],
        "right": [(round(box.right()) + n, y) for n in across],
    }
    lined_at = {name for name, at in spots.items() if min(picture.pixelColor(*p).lightness() for p in at) < 160}
    assert lined_at == {side}


def test_that_words_that_point_elsewhere_lead_there_but_an_annotation_over_them_comes_first(make, qtbot) -> None:
    content = document([["Zie tabel 1 voor de cijfers."], ["Tabel 1. Cijfers per jaar"]])
    view = make(content=content)
    middle = sum(box_of(view, "tabel 1", content), QPointF()) / 2
    qtbot.waitUntil(lambda: view.link_at(middle) is not None)
    assert view.link_at(middle).page == 1
    assert view.link_at(box_of(view, "cijfers", content)[0]) is None
    hand = Hand(view)
    with qtbot.waitSignal(view.link_wanted) as told:
        hand.click(middle)
    assert told.args[0].y == pytest.approx(80)
    start = content.text.index("tabel 1")
    view.set_marks((mark("a", start, start + 7),))
    with qtbot.waitSignal(view.mark_clicked) as clicked, qtbot.assertNotEmitted(view.link_wanted):
        hand.click(middle)
    assert clicked.args == ["a", False]
