"""On real documents: a drag from one letter to another selects exactly the text between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from kantlijn.model.document import Content, Range
from kantlijn.ui.page.page_view import PageView
from kantlijn.usecases.desk import AskContent, Engine, Source
from panes.page.stand_ins import Draws, Hand

_RANGES = 40  # per document


@pytest.fixture(scope="module")
def contents(seed_pdfs: list[Path]) -> Iterator[list[tuple[Source, Content]]]:
    engine = Engine(guests=1)
    try:
        sources = [Source(key=str(path), path=str(path)) for path in seed_pdfs]
        asked = [(source, engine.ask(AskContent(source=source))) for source in sources]
        yield [(source, found) for source, future in asked if isinstance(found := future.result(60), Content)]
    finally:
        engine.close()


def letters_to_aim_at(view: PageView, content: Content) -> list[int]:
    """Letters wide enough to hit the left or the right half of, and not in furniture."""
    found = []
    for page in content.pages:
        geometry = view.layers.geometry(page.index)
        edges = geometry.layer.edges
        for index in geometry.readable:
            strip = geometry.strips[index]
            found += [
                page.range[0] + i
                for i in range(strip.start, strip.end)
                if edges[2 * i + 1] - edges[2 * i] > 2.5 and not content.text[page.range[0] + i].isspace()
            ]
    return found


def drag_over(view: PageView, wanted: Range) -> None:
    """From the left part of the first letter to the right part of the last; scrolled in between as needed."""
    hand = Hand(view)
    first, last = (wanted[0], wanted[0] + 1), (wanted[1] - 1, wanted[1])
    view.reveal(first)
    box = view.boxes(first)[0]
    hand.press(QPointF(box.left() + 0.2 * box.width(), box.center().y()))
    view.reveal(last)
    box = view.boxes(last)[0]
    end = QPointF(box.right() - 0.2 * box.width(), box.center().y())
    hand.move(end + QPointF(0, 1))
    hand.move(end)
    hand.release(end)


def test_that_a_drag_from_letter_to_letter_is_exactly_the_text_between(
    qtbot: QtBot, contents: list[tuple[Source, Content]]
) -> None:
    for number, (source, content) in enumerate(contents):
        view = PageView(Draws())
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.set_content(source, content)
        view.show()
        letters = letters_to_aim_at(view, content)
        chance = random.Random(number)
        for _ in range(_RANGES):
            at = chance.randrange(len(letters) - 2)
            start, last = letters[at], letters[min(len(letters) - 1, at + chance.choice((4, 60, 900, 5000)))]
            drag_over(view, (start, last + 1))
            assert view.selection() == (start, last + 1), (source.path, content.text[start : start + 40])
        view.close()


def test_that_no_point_of_a_page_selects_furniture(qtbot: QtBot, contents: list[tuple[Source, Content]]) -> None:
    for source, content in contents:
        view = PageView(Draws())
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.set_content(source, content)
        view.show()
        for page in content.pages:
            geometry = view.layers.geometry(page.index)
            for x in range(0, int(page.width), 23):
                for y in range(0, int(page.height), 19):
                    offset = geometry.offset_at(x, y)
                    if offset is not None:
                        at = page.range[0] + offset
                        inside = [a for a in content.auxiliary if a[0] < at < a[1]]
                        assert not inside, (source.path, page.index, x, y)
        view.close()
