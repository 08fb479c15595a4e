"""The page view with the real engine behind it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.page.page_view import PageView
from kantlijn.usecases.desk import AskSheets, Engine, Priority, Sheets, Source


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(engine=Engine(guests=1))
    yield made
    made.close()


def shown(qtbot: QtBot, jobs: Jobs, path: Path) -> PageView:
    source = Source(key=str(path), path=str(path))
    answers: list[Sheets] = []
    jobs.sheets(AskSheets(source=source), Priority.VISIBLE, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=15_000)
    view = PageView(jobs)
    qtbot.addWidget(view)
    view.resize(700, 800)
    view.open(source, answers[0].sizes, answers[0].labels)
    view.show()
    return view


def has_ink(view: PageView) -> bool:
    image = view.viewport().grab().toImage()
    return any(
        QColor(image.pixel(x, y)).lightness() < 90
        for y in range(60, image.height() - 20, 3)
        for x in range(60, view.page_edge() - 40, 3)
    )


def test_that_a_page_is_drawn_sharp_with_its_letters(qtbot: QtBot, jobs: Jobs, seed_pdfs: list[Path]) -> None:
    view = shown(qtbot, jobs, seed_pdfs[0])
    qtbot.waitUntil(lambda: view.tiles.bytes_kept > 0 and view.tiles.waiting == 0, timeout=15_000)
    assert has_ink(view)


def test_that_an_engine_killed_while_drawing_is_replaced_and_the_page_comes_back(
    qtbot: QtBot, jobs: Jobs, seed_pdfs: list[Path]
) -> None:
    view = shown(qtbot, jobs, seed_pdfs[0])
    qtbot.waitUntil(lambda: view.tiles.bytes_kept > 0 and view.tiles.waiting == 0, timeout=15_000)
    view.set_zoom("2.5")
    assert jobs.engine is not None
    qtbot.waitUntil(lambda: view.tiles.waiting > 0)
    for process in jobs.engine.processes:
        os.kill(process, signal.SIGKILL)
    qtbot.waitUntil(lambda: view.tiles.waiting == 0, timeout=15_000)
    assert not any(view.tiles.trouble(page) for page in range(view.page_count()))
    assert has_ink(view)
