"""Flowing text on screen: texts, and PDFs in text mode."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from kantlijn.model.document import Content
from kantlijn.text.flow import pieces_of, shown
from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.page.type_sizes import TypeSizes
from kantlijn.ui.page.view import Place
from kantlijn.usecases.desk import AskContent, Engine, Source
from panes.page.stand_ins import REPORT, Hand, document, mark

USUAL = QSize(800, 600)
Make = Callable[..., TextView]


def plain(text: str) -> Content:
    return Content(extractor="plain/1", mime="text/plain", text=text)


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(content: Content, size: QSize = USUAL) -> TextView:
        view = TextView()
        qtbot.addWidget(view)
        view.resize(size)
        view.show()
        view.open(content)
        view.setFocus()
        return view

    return made


def drag(view: TextView, start: int, end: int) -> None:
    """From just inside the code point at start to just inside the one before end."""
    first, last = view.boxes((start, start + 1))[0], view.boxes((end - 1, end))[0]
    Hand(view).drag(
        QPointF(first.left() + 0.2 * first.width(), first.center().y()),
        QPointF(last.right() - 0.2 * last.width(), last.center().y()),
    )


BEYOND = "Een 𝒜𝒷𝒸 en 😀 in de zin, gevolgd door gewone woorden.\n\nDaarna 😀😀 nog een alinea met woorden."


@pytest.mark.parametrize("words", ["𝒷𝒸 en", "😀 in de", "woorden", "nog een", "😀 nog"])
def test_that_positions_are_code_points_also_beyond_the_first_65536(make: Make, words: str) -> None:
    view = make(plain(BEYOND))
    start = BEYOND.rindex(words)
    drag(view, start, start + len(words))
    assert view.selection() == (start, start + len(words))


TURNING = "Zij zegt مرحبا بالعالم en שלום עולם tot slot."


@pytest.mark.parametrize("words", ["مرحبا", "بالعالم", "שלום", "Zij zegt", "tot slot"])
def test_that_a_word_written_from_right_to_left_is_tinted_where_it_stands(make: Make, words: str) -> None:
    view = make(plain(TURNING))
    start = TURNING.index(words)
    (box,) = view.boxes((start, start + len(words)))
    others = [
        other
        for place, letter in enumerate(TURNING)
        if letter.isalpha() and not start <= place < start + len(words)
        for other in view.boxes((place, place + 1))
    ]
    assert box.width() > 10
    assert not [other for other in others if box.adjusted(1, 0, -1, 0).intersects(other)]


def test_that_a_drag_selects_exactly_the_letters_it_covers(make: Make, seed_texts: list[Path]) -> None:
    for path in seed_texts:
        text = path.read_text("utf-8")
        view = make(plain(text))
        first = next(i for i in range(40, 400) if text[i].isalpha())
        shown_end = view.visible_range()[1]
        last = next(i for i in range(min(900, shown_end - 100), 0, -1) if text[i].isalpha())
        drag(view, first, last + 1)
        assert view.selection() == (first, last + 1), path.name


def test_that_seven_hundred_thousand_letters_open_at_once(make: Make) -> None:
    lines = ("Een regel van een lang verslag, die net als zijn buren doorloopt tot het eind.\n" * 6 + "\n") * 1480
    content = plain(lines[:700_000])
    view = make(plain("kort"))
    before = process_time()
    view.open(content)
    view.viewport().repaint()
    assert process_time() - before < 0.3  # measured 0.07 s of this process alone


def test_that_one_paragraph_of_half_a_million_letters_is_read_too(make: Make) -> None:
    view = make(plain("woord " * 90_000))
    view.reveal((400_000, 400_005))
    assert view.boxes((400_000, 400_005))


def test_that_nothing_of_the_text_is_left_out() -> None:
    for content in (plain(BEYOND), REPORT, plain("a\n\n\n b\n\tc\n- d\n")):
        kept = set()
        for piece in pieces_of(content):
            if piece.page is None:
                assert len(shown(content.text, piece)) == piece.end - piece.start
                kept.update(range(piece.start, piece.end))
        assert all(content.text[i].isspace() for i in set(range(len(content.text))) - kept)


def test_that_lines_of_a_page_flow_together_and_short_ones_end_a_paragraph() -> None:
    lines = ["Een regel die tot het einde van de kolom loopt", "en verder gaat tot het einde van de", "slot"]
    content = document([[*lines, "Nieuwe alinea die weer tot het einde loopt"]])
    texts = [shown(content.text, piece) for piece in pieces_of(content) if not piece.muted]
    assert texts == [
        "Een regel die tot het einde van de kolom loopt en verder gaat tot het einde van de slot",
        "Nieuwe alinea die weer tot het einde loopt",
    ]


def test_that_lines_of_files_with_structure_end_where_they_end() -> None:
    rows = "\n".join(f"Regio {name} | {name * 9} | 2024" for name in "abcd")
    content = Content(extractor="docx/2", mime="application/x-office", text=f"Zin.\n\n{rows}\n")
    assert [shown(content.text, piece) for piece in pieces_of(content)] == ["Zin.", *rows.split("\n")]


def test_that_the_lines_of_an_item_hang_from_its_mark(make: Make) -> None:
    text = "Zin voor de lijst.\n\n  12. " + "woorden over toezicht " * 30 + "\n"
    view = make(Content(extractor="docx/2", mime="application/x-office", text=text))
    place = text.index("woorden")
    first, second = view.boxes((place, len(text) - 1))[:2]
    assert first.left() == pytest.approx(second.left(), abs=1.5)
    assert second.left() > view.boxes((0, 3))[0].left() + 10
    assert view.offset_at(second.center()) is not None
    drag(view, place, text.index("toezicht woorden") + 8)
    assert view.selected_text() == "woorden over toezicht"


def test_that_markdown_headings_are_larger_and_keep_their_signs() -> None:
    text = "# Kop\n\nGewone woorden.\n\n### Kleine kop\n"
    content = Content(extractor="plain/1", mime="text/markdown", text=text)
    sizes = TypeSizes(content)
    found = {shown(text, piece): sizes.of(piece) for piece in pieces_of(content)}
    assert found["# Kop"] > found["### Kleine kop"] > found["Gewone woorden."] == 1


def test_that_headings_of_a_page_are_larger_and_paragraphs_are_not(seed_pdfs: list[Path]) -> None:
    engine = Engine(guests=1)
    try:
        answers = [engine.ask(AskContent(source=Source(key=str(p), path=str(p)))).result(60) for p in seed_pdfs]
    finally:
        engine.close()
    headings = 0
    for content in answers:
        assert isinstance(content, Content)
        sizes = TypeSizes(content)
        headings += sum(sizes.of(piece) > 1 for piece in pieces_of(content))
        body = [piece for piece in pieces_of(content) if not piece.muted and piece.end - piece.start > 300]
        assert all(sizes.of(piece) == 1 for piece in body)
    assert headings >= 3


def test_that_a_word_broken_at_a_line_end_reads_whole_and_copies_as_it_stands(make: Make) -> None:
    content = document([["Scholen besteden meer aandacht aan weer-", "baarheid dan drie jaar geleden, zegt men."]])
    piece = next(piece for piece in pieces_of(content) if not piece.muted)
    visible = "".join(c for c in shown(content.text, piece) if c not in "\u00ad\u2060")
    assert "weerbaarheid" in visible
    view = make(content)
    start = content.text.index("weer-")
    box = view.boxes((start, start + 3))[0]
    Hand(view).double(box.center())
    assert view.selection() == (start, start + len("weer-\nbaarheid"))


def test_that_selection_skips_page_ends_and_furniture(make: Make) -> None:
    view = make(REPORT)
    start, end = REPORT.text.index("groot"), REPORT.text.index("regio’s") + len("regio’s")
    drag(view, start, end)
    assert view.selection() == (start, end)
    assert all(rect.height() < 40 for rect in view.rects((start, end)))


def test_that_the_place_stays_when_letters_grow_or_the_pane_narrows(make: Make) -> None:
    view = make(plain("\n\n".join(f"Alinea {i}. " + "Woorden en nog eens woorden. " * 12 for i in range(400))))
    view.go_to(Place(offset=60_000))
    start = view.visible_range()[0]
    view.resize(500, 600)
    assert abs(view.visible_range()[0] - start) < 120
    view.set_zoom("1.5")
    assert abs(view.visible_range()[0] - start) < 120


def test_that_a_kept_zoom_comes_back_within_what_letters_can_be(make: Make) -> None:
    view = make(plain("Woorden. " * 2000))
    letter = view.boxes((0, 1))[0].height()
    view.go_to(Place(offset=900, zoom="2"))
    assert view.zoom() == "2"
    assert view.boxes((900, 901))[0].height() == pytest.approx(2 * letter, rel=0.1)
    view.go_to(Place(zoom="8"))
    assert view.zoom() == "4"


def test_that_scrolling_down_and_up_again_comes_back(make: Make, qtbot: QtBot) -> None:
    view = make(plain("\n\n".join(f"Alinea {i}. " + "Woorden. " * (i % 60) for i in range(300))))
    top = view.visible_range()[0]
    for key in (Qt.Key.Key_PageDown,) * 8 + (Qt.Key.Key_Home,):
        qtbot.keyClick(view, key)
    assert view.visible_range()[0] == top
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.visible_range()[1] == len(view.selector.text)


def test_that_what_shows_does_not_jump_while_scrolling_up_over_guessed_heights(make: Make) -> None:
    view = make(plain("\n\n".join(f"Alinea {i}. " + "iiiiil " * (i % 90) for i in range(300))))
    view.go_to(Place(offset=len(view.selector.text) * 2 // 3))
    bar = view.verticalScrollBar()
    for _ in range(40):
        mark_at = view.visible_range()[0]
        before = view.caret_box(mark_at).top()
        bar.setValue(bar.value() - 30)
        assert view.caret_box(mark_at).top() == pytest.approx(before + 30, abs=1.5)


def test_that_shift_and_arrows_select_by_line_and_word(make: Make, qtbot: QtBot) -> None:
    view = make(plain("Een twee drie.\nVier vijf zes.\n"))
    view.selector.put(4)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == (4, 8)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    found = view.selection()
    assert found is not None
    assert found[0] == 4
    assert 20 <= found[1] <= 27


def test_that_marks_are_tinted_and_clicked(make: Make) -> None:
    text = "Scholen besteden meer aandacht aan weerbaarheid dan drie jaar geleden."
    view = make(plain(text))
    view.set_marks((mark("a", 8, 16, "D#2e7d32", "P#1d63c4"),))
    box = view.boxes((8, 16))[0]
    colour = view.viewport().grab().toImage().pixelColor(round(box.right()) - 1, round(box.top()) + 1)
    assert colour.green() > colour.red()
    assert colour != QColor("#ffffff")
    clicked: list[str] = []
    view.mark_clicked.connect(lambda name, _add: clicked.append(name))
    Hand(view).click(box.center())
    assert clicked == ["a"]


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", "\f"])
def test_that_a_text_without_words_is_shown_and_can_be_touched(make: Make, qtbot: QtBot, text: str) -> None:
    view = make(plain(text))
    view.viewport().repaint()
    Hand(view).double(QPointF(200, 100))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view.reveal((0, 0))
    assert view.page_count() == 0
