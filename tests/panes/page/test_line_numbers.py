"""Numbers beside flowing text: the lines of the printed page or of the file, at every width, never in a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kantlijn.model.document import Content
from kantlijn.model.layer import PageLayer, unpack
from kantlijn.ui.page.line_numbers import LineNumbers
from kantlijn.ui.page.text_view import TextView
from panes.page.stand_ins import document

PRINTED = [f"Regel {n} van de bladzijde loopt door tot het einde" for n in range(1, 13)]
Make = Callable[..., TextView]


def plain(text: str) -> Content:
    return Content(extractor="plain/1", mime="text/plain", text=text)


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(content: Content, every: int, width: int = 800) -> TextView:
        view = TextView(line_numbers=every)
        qtbot.addWidget(view)
        view.resize(width, 600)
        view.show()
        view.open(content)
        return view

    return made


def beside(view: TextView) -> list[int]:
    return [number for index, _ in enumerate(view.pieces) for number in view.numbered(index).values()]


def test_that_a_page_counts_its_own_lines_and_leaves_furniture_out() -> None:
    content = document([["een", "twee", "", "drie"], ["vier"]])
    numbers = LineNumbers(content)
    words = {
        content.text[at:].split("\n")[0].strip("\f"): number
        for page in content.pages
        for at, number in numbers.within(*page.range)
    }
    assert words == {"een": 1, "twee": 2, "drie": 3, "vier": 1}


def test_that_the_cells_of_a_row_are_one_line() -> None:
    content = document([["Jaar", "2023", "2024", "slot"]])
    layer = unpack(content.layers[0])
    lines = list(layer.lines)
    first, second, third, fourth = (n for n, line in enumerate(lines) if not line.auxiliary)
    for number, x in ((second, 200.0), (third, 300.0)):
        lines[number] = replace(lines[number], x=x, y=lines[first].y)
    content = replace(content, layers=(PageLayer(tuple(lines), layer.edges).pack(),))
    numbers = LineNumbers(content).within(*content.pages[0].range)
    assert numbers == [(lines[first].start, 1), (lines[fourth].start, 2)]


def test_that_a_file_counts_as_an_editor_does_wherever_one_asks_first() -> None:
    text = "een\n\ndrie\nvier\n\nzes\n"
    numbers = LineNumbers(plain(text))
    for word, number in (("zes", 6), ("een", 1), ("vier", 4), ("drie", 3)):
        at = text.index(word)
        assert numbers.within(at, at + len(word)) == [(at, number)]
    assert numbers.within(1, 3) == []
    assert [number for _, number in numbers.within(0, len(text))] == [1, 2, 3, 4, 5, 6]


def test_that_every_fifth_line_is_numbered_at_every_width(make: Make) -> None:
    content = document([PRINTED, PRINTED])
    for width in (400, 800, 1200):
        view = make(content, 5, width)
        assert beside(view) == [5, 10, 5, 10]
        view.close()


def test_that_lines_are_numbered_where_they_begin(make: Make) -> None:
    text = "\n".join(f"{n}. punt" for n in range(1, 9))
    view = make(plain(text), 1)
    assert beside(view) == list(range(1, 9))
    view.set_line_numbers(0)
    assert beside(view) == []


def test_that_numbers_stand_left_of_the_text_and_are_not_copied(make: Make) -> None:
    view = make(plain("\n".join(f"{n}. punt" for n in range(1, 9))), 0)

    def in_margin() -> int:
        shot: QImage = view.viewport().grab().toImage()
        left, column = view.sheet_sides()[0] + 4, view.column()[0] - 4
        ground = QColor(view.colours.page)
        return sum(shot.pixelColor(x, y) != ground for x in range(left, column) for y in range(60, 200))

    view.select((0, len(view.content.text)))
    without = view.selected_text()
    assert in_margin() == 0
    view.set_line_numbers(1)
    assert in_margin() > 40
    assert view.selected_text() == without
