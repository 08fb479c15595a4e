"""Brackets beside the page, their letters, and the strip of the whole document."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from kantlijn.ui.margin.card import Card, Related, card_html
from kantlijn.ui.margin.density import STRIP, Density
from kantlijn.ui.margin.lanes import Lanes, Letters, crowds
from kantlijn.ui.margin.margin import Margin
from kantlijn.ui.margin.related import RelatedPopup
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.text_view import TextView
from panes.page.stand_ins import SOURCE, Draws, Hand, document, mark

REPORT = document([[f"Regel {i} van bladzijde {page}, met woorden" for i in range(50)] for page in range(6)])


def test_that_overlapping_spans_get_lanes_of_their_own_and_others_share() -> None:
    lanes = Lanes().assign([("a", 0, 100), ("b", 40, 60), ("c", 120, 150), ("d", 50, 130)], 8)
    assert (lanes["a"], lanes["b"], lanes["c"]) == (0, 1, 0)
    assert lanes["d"] == 2


def test_that_a_bracket_keeps_its_lane_while_the_reader_scrolls() -> None:
    lanes = Lanes()
    before = lanes.assign([("a", 0, 100), ("b", 40, 160)], 8)
    after = lanes.assign([("b", -20, 100), ("c", 110, 120), ("d", 20, 40)], 8)
    assert after["b"] == before["b"] == 1
    assert after["d"] == 0


def test_that_what_finds_no_lane_is_gathered_into_crowds() -> None:
    spans = [(f"a{n}", n, 100 + n) for n in range(9)] + [("far", 400, 420)]
    lanes = Lanes().assign(spans, 3)
    assert sorted(lanes.values()) == [0, 0, 1, 2]
    rest = [span for span in spans if span[0] not in lanes]
    assert crowds(rest) == [(tuple(f"a{n}" for n in range(3, 9)), 3, 108)]


def test_that_letters_never_lie_on_top_of_each_other() -> None:
    letters = Letters(600, 660)
    boxes = [letters.place(610, 100 + i, (17, 17), 90, 140) for i in range(24)]
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


@pytest.fixture(params=["pages", "text"])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> PageView | TextView:
    made: PageView | TextView
    if request.param == "pages":
        made = PageView(Draws())
        made.set_content(SOURCE, REPORT)
    else:
        made = TextView()
        made.open(REPORT)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    return made


CARDS = {
    "one": Card(themes=(("Prevention", "#1d63c4", "P"),), note="Check the <b>sum</b>", quote="Regel 3 & verder"),
    "two": Card(themes=(), note="", quote="woord " * 100),
}


def dressed(view: PageView | TextView) -> Margin:
    margin = Margin(view, CARDS.get)
    view.add_overlay(margin)
    first = REPORT.text.index("Regel 3 van bladzijde 0")
    view.set_marks((
        mark("one", first, first + 120, "P#1d63c4", "D#2e7d32", has_note=True),
        mark("two", first + 60, first + 200, "H#c2560a"),
        mark("far", len(REPORT.text) - 90, len(REPORT.text) - 40),
    ))  # fmt: skip
    view.viewport().repaint()
    return margin


def chip_of(margin: Margin, name: str) -> QPoint:
    return next(drawn.chips.center() for drawn in margin.lay_out() if drawn.mark.id == name)


def test_that_brackets_stand_beside_the_page_and_as_high_as_their_words(view: PageView | TextView) -> None:
    margin = dressed(view)
    drawn = {one.mark.id: one for one in margin.lay_out()}
    assert set(drawn) == {"one", "two"}  # the third is pages away
    for one in drawn.values():
        assert one.bracket.left() >= view.page_edge()
        assert one.chips.right() < view.viewport().width() - STRIP
        rects = view.rects(one.mark.range)
        assert abs(one.bracket.top() - min(rect.top() for rect in rects)) <= 2
    assert not drawn["one"].bracket.intersects(drawn["two"].bracket)
    assert not drawn["one"].chips.intersects(drawn["two"].chips)


def test_that_the_letters_are_seen(view: PageView | TextView) -> None:
    margin = dressed(view)
    chips = next(drawn.chips for drawn in margin.lay_out() if drawn.mark.id == "two")
    image = view.viewport().grab().toImage()
    assert image.pixelColor(chips.left() + 4, chips.top() + 2) == QColor("#c2560a")


def test_that_a_click_in_the_margin_selects_the_annotation(view: PageView | TextView) -> None:
    margin = dressed(view)
    clicked: list[tuple[str, bool]] = []
    view.mark_clicked.connect(lambda name, add: clicked.append((name, add)))
    view.select((30, 60))
    Hand(view).click(QPointF(chip_of(margin, "two")))
    assert clicked == [("two", False)]
    assert view.selection() == (30, 60)  # the margin leaves it alone


def test_that_ctrl_adds_to_what_is_selected(qtbot: QtBot, view: PageView | TextView) -> None:
    margin = dressed(view)
    clicked: list[tuple[str, bool]] = []
    view.mark_clicked.connect(lambda name, add: clicked.append((name, add)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier,
                     chip_of(margin, "one"))  # fmt: skip
    assert clicked == [("one", True)]


def test_that_hovering_tells_themes_note_and_quote(view: PageView | TextView) -> None:
    margin = dressed(view)
    told = margin.tip(chip_of(margin, "one"))
    assert "Prevention" in told
    assert "Check the &lt;b&gt;sum" in told
    assert "Regel 3 &amp; verder" in told
    assert margin.tip(QPoint(5, 5)) == ""
    assert margin.hover(chip_of(margin, "one"))
    assert not margin.hover(QPoint(5, 5))


def over_each_other(view: PageView | TextView, count: int) -> Margin:
    margin = Margin(view, lambda _name: CARDS["one"])
    view.add_overlay(margin)
    first = REPORT.text.index("Regel 3 van bladzijde 0")
    view.set_marks(tuple(mark(f"m{n}", first + n, first + 120 + n) for n in range(count)))
    view.viewport().repaint()
    return margin


def test_that_brackets_of_hundreds_of_annotations_never_lie_over_each_other(view: PageView | TextView) -> None:
    margin = over_each_other(view, 200)
    drawn = margin.lay_out()
    assert sum(len(one.marks) for one in drawn) == 200
    for one, other in combinations(drawn, 2):
        assert not one.bracket.intersects(other.bracket)
        assert not one.chips.intersects(other.chips)
        assert one.chips.right() <= view.viewport().width() - STRIP


def test_that_clicks_on_a_crowd_go_from_one_to_the_next_and_its_tip_tells(view: PageView | TextView) -> None:
    margin = over_each_other(view, 30)
    crowd = next(one for one in margin.lay_out() if len(one.marks) > 1)
    clicked: list[str] = []
    view.mark_clicked.connect(lambda name, _add: clicked.append(name))
    for _ in range(2):
        Hand(view).click(QPointF(crowd.chips.center()))
    assert clicked == [one.id for one in crowd.marks[:2]]
    assert margin.tip(crowd.chips.center()).count("Prevention") == 8
    assert "more" in margin.tip(crowd.chips.center())


def test_that_resting_on_words_tells_of_every_annotation_over_them(view: PageView | TextView) -> None:
    margin = dressed(view)
    first = REPORT.text.index("Regel 3 van bladzijde 0")
    both = view.boxes((first + 70, first + 75))[0].center().toPoint()
    assert margin.tip(both).count("<hr>") == 1
    assert "<hr>" not in margin.tip(view.boxes((first + 10, first + 15))[0].center().toPoint())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_a_relation_is_followed_from_its_sign(view: PageView | TextView) -> None:
    ends = tuple(
        Related(annotation=f"r{n}", version="v", range=(n, n + 9), kind="→ responds to", status="open",
                quote="Versterk het toezicht", place="Reactie, p. 3")
        for n in range(2)
    )  # fmt: skip
    cards = {"one": Card(themes=(), note="", quote="x", relations=ends[:1]),
             "two": Card(themes=(), note="", quote="x", relations=ends)}  # fmt: skip
    margin = Margin(view, cards.get)
    view.add_overlay(margin)
    first = REPORT.text.index("Regel 3 van bladzijde 0")
    view.set_marks((mark("one", first, first + 20, relations=1),
                    mark("two", first + 400, first + 450, relations=2),
                    mark("none", first + 800, first + 850)))  # fmt: skip
    view.viewport().repaint()
    signs = {one.mark.id: one.link for one in margin.lay_out()}
    assert signs["none"].isEmpty()
    followed: list[tuple[str, str, object]] = []
    view.relation_wanted.connect(lambda *said: followed.append(said))
    Hand(view).click(QPointF(signs["one"].center()))
    assert followed == [("r0", "v", (0, 9))]
    Hand(view).click(QPointF(signs["two"].center()))
    popup = view.findChild(RelatedPopup)
    assert len(popup.rows) == 2
    popup.rows[1].click()
    assert followed[1:] == [("r1", "v", (1, 10))]
    assert "responds to" in margin.tip(signs["one"].center())


def test_that_a_long_quote_is_shortened_and_no_theme_is_said() -> None:
    told = card_html(CARDS["two"])
    assert "No theme yet" in told
    assert len(told) < 600
    assert "…" in told


def test_that_lanes_stay_while_scrolling_in_the_view(view: PageView | TextView) -> None:
    margin = dressed(view)
    before = {drawn.mark.id: drawn.bracket.left() for drawn in margin.lay_out()}
    view.verticalScrollBar().setValue(30)
    assert {drawn.mark.id: drawn.bracket.left() for drawn in margin.lay_out()} == before


def test_that_the_strip_shows_where_themes_are_and_goes_there(view: PageView | TextView) -> None:
    view.add_overlay(Density(view))
    end = len(REPORT.text)
    view.set_marks((mark("end", end - 90, end - 40, "E#7b4fb5"),))
    view.viewport().repaint()
    image = view.viewport().grab().toImage()
    x = view.viewport().width() - STRIP + 8
    coloured = [y for y in range(image.height()) if image.pixelColor(x, y) == QColor("#7b4fb5")]
    assert coloured
    assert min(coloured) > image.height() * 0.85
    Hand(view).click(QPointF(x, coloured[0]))
    assert view.visible_range()[1] > end - 90


def test_that_the_strip_is_the_scroll_bar(view: PageView | TextView) -> None:
    view.add_overlay(Density(view))
    view.viewport().repaint()
    hand, bar, high = Hand(view), view.verticalScrollBar(), view.viewport().height()
    assert not bar.isVisible() and bar.maximum() > 0
    x = view.viewport().width() - STRIP // 2
    hand.press(QPointF(x, 22))  # on the frame: taking hold of it moves nothing
    assert bar.value() == 0
    hand.move(QPointF(x, high // 2))
    half = bar.value() / bar.maximum()
    hand.move(QPointF(x - 300, high + 50))  # a drag goes on beside the strip
    assert 0.3 < half < 0.7 and bar.value() == bar.maximum()
    hand.release(QPointF(x - 300, high + 50))
    assert view.selection() is None


def test_that_the_lens_fades_brackets_and_leaves_the_strip_its_passages(view: PageView | TextView) -> None:
    dressed(view)
    view.add_overlay(Density(view))
    ends = (len(REPORT.text) - 90, len(REPORT.text) - 40)
    far = next(one for one in view.marks.all if one.id == "far")
    assert far.range == ends
    view.set_lens([ends])
    assert [one.id for one in view.marks.all if view.in_lens(one)] == ["far"]
    image = view.viewport().grab().toImage()
    x = view.viewport().width() - STRIP + 8
    colours = {image.pixelColor(x, y).name() for y in range(image.height())}
    assert far.colours[0] in colours
    assert "#c2560a" not in colours
