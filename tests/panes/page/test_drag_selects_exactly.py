"""On real documents, in every layout: a drag from one letter to another selects exactly the text between them.

Aimed at is the first part of a letter and the last part of another, as a reader does. A letter less than 2.5
points wide, or one of no width (the rest of a ligature, a combining mark), is not aimed at: the two carets
around it are nearer to each other than a hand is steady. No letter is left out for anything else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from kantlijn.model.document import Content, Range
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.view import Layout
from kantlijn.usecases.desk import AskContent, Engine, Source
from panes.page.stand_ins import Draws, Hand

_RANGES = 40  # per document
_PAGES = 40  # of a long document that are aimed at
_LENGTHS = (4, 60, 900, 5000)  # letters apart: within a line, over lines, over columns, over pages
LAYOUTS = [
    (Layout(), "width"), (Layout(), "trim"), (Layout(), "2"), (Layout(rotation=90), "width"),
    (Layout(rotation=180), "width"), (Layout(rotation=270), "page"), (Layout(spread="two"), "width"),
    (Layout(spread="cover"), "trim"), (Layout(rotation=90, spread="two"), "page"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = Engine(guests=1)
    yield made
    made.close()


def _read(engine: Engine, paths: list[Path]) -> list[tuple[Source, Content]]:
    sources = [Source(key=str(path), path=str(path)) for path in paths]
    asked = [(source, engine.ask(AskContent(source=source))) for source in sources]
    return [(source, found) for source, future in asked if isinstance(found := future.result(60), Content)]


@pytest.fixture(scope="module")
def contents(engine: Engine, seed_pdfs: list[Path]) -> list[tuple[Source, Content]]:
    return _read(engine, seed_pdfs)


@pytest.fixture(scope="module")
def long_content(engine: Engine, rapport300: Path) -> tuple[Source, Content]:
    return _read(engine, [rapport300])[0]


def shown(qtbot: QtBot, source: Source, content: Content) -> PageView:
    view = PageView(Draws())
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.set_content(source, content)
    view.show()
    return view


def letters_to_aim_at(view: PageView, content: Content) -> list[int]:
    """Letters wide enough to hit the left or the right half of, and not in furniture."""
    found = []
    for page in content.pages[:: max(1, len(content.pages) // _PAGES)]:
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


def spot(view: PageView, offset: int, share: float) -> QPointF:
    """Where in the viewport this share of a letter's width is passed, halfway its height, however it lies."""
    page = view.layers.page_of(offset)
    quad = view.quads(page, (offset, offset + 1))[0]
    x = quad[0] + share * (quad[2] - quad[0]) + 0.5 * (quad[6] - quad[0])
    y = quad[1] + share * (quad[3] - quad[1]) + 0.5 * (quad[7] - quad[1])
    box = view.area_rect(page, (x, y, x, y))
    assert box is not None
    return box.center()


def drag_over(view: PageView, wanted: Range) -> None:
    """From the first part of the first letter to the last part of the last; scrolled in between as needed."""
    hand = Hand(view)
    view.reveal((wanted[0], wanted[0] + 1))
    hand.press(spot(view, wanted[0], 0.2))
    view.reveal((wanted[1] - 1, wanted[1]))
    end = spot(view, wanted[1] - 1, 0.8)
    hand.move(end + QPointF(0, 1))
    hand.move(end)
    hand.release(end)


def drags_go_wrong(view: PageView, content: Content, layout: Layout, zoom: str, seed: int) -> list[str]:
    """Random ranges dragged over in this layout; those that selected something else."""
    view.set_layout(layout)
    view.set_zoom(zoom)
    letters, chance, wrong = letters_to_aim_at(view, content), random.Random(seed), []
    for _ in range(_RANGES):
        at = chance.randrange(len(letters) - 2)
        start, last = letters[at], letters[min(len(letters) - 1, at + chance.choice(_LENGTHS))]
        drag_over(view, (start, last + 1))
        if view.selection() != (start, last + 1):
            wrong.append(f"{(start, last + 1)} gave {view.selection()}: {content.text[start : start + 40]!r}")
    return wrong


@pytest.mark.parametrize(("layout", "zoom"), LAYOUTS, ids=str)
def test_that_a_drag_from_letter_to_letter_is_exactly_the_text_between(
    qtbot: QtBot, contents: list[tuple[Source, Content]], layout: Layout, zoom: str
) -> None:
    for number, (source, content) in enumerate(contents):
        view = shown(qtbot, source, content)
        assert drags_go_wrong(view, content, layout, zoom, number) == [], source.path
        view.close()


@pytest.mark.parametrize(("layout", "zoom"), LAYOUTS, ids=str)
def test_that_drags_are_exact_in_a_report_of_300_pages(
    qtbot: QtBot, long_content: tuple[Source, Content], layout: Layout, zoom: str
) -> None:
    view = shown(qtbot, *long_content)
    assert drags_go_wrong(view, long_content[1], layout, zoom, 7) == []
    view.close()


def test_that_no_point_of_a_page_selects_furniture(qtbot: QtBot, contents: list[tuple[Source, Content]]) -> None:
    for source, content in contents:
        view = shown(qtbot, source, content)
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
