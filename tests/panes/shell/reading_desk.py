"""A real window on a real project of two texts; the engine is not needed for those."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kantlijn.settings import Settings
from kantlijn.ui.kit.style import Look
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents

REPORT = """Report on safety

Schools give more attention to resilience than three years ago. Two out of three schools work with an
approved programme. The differences between regions remain large.

The confidential adviser is appointed on paper, but half of the pupils do not know the name. That makes
the step towards help larger than it needs to be.

Reporting points see a shift towards closed groups. Signals come in later and are harder to interpret.
""" + "\n".join(f"Paragraph {n} tells what supervision found in that place.\n" for n in range(40))

LETTER = """Letter to Parliament

The programme is extended by two years. Municipalities publish their figures every quarter.
"""


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp, "light")
    yield made
    qapp.setStyleSheet("")
    made.deleteLater()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two texts, closed."""
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    path = tmp_path / "safety.kantlijn"
    desk = new_desk(path)
    added = add_documents(desk, [tmp_path / "report.txt", tmp_path / "letter.txt"])
    assert not added.failed
    desk.close()
    return path


@pytest.fixture
def make_window(look: Look, qtbot: Any) -> Iterator[Callable[..., Window]]:
    """Opens windows, and closes those that the test leaves."""
    made: list[Window] = []

    def make(project: Path | None = None, *, settings: Settings | None = None) -> Window:
        window = Window(settings or Settings(), look)
        made.append(window)
        window.gone.connect(lambda: made.remove(window))
        window.furnish()
        window.resize(1280, 800)
        window.show()
        if project is not None:
            window.opening.open(project)
            ready(qtbot, window)
        return window

    yield make
    for window in made.copy():
        window.closing.decided = True
        window.close()


@pytest.fixture
def window(make_window: Callable[..., Window], project: Path) -> Window:
    """A window on the project, with the report in its pane."""
    return make_window(project)


def ready(qtbot: Any, window: Window) -> None:
    """Wait until the project is open and its first document is to be read."""
    qtbot.waitUntil(lambda: bool(window.panes.panes) and window.panes.panes[0].content is not None, timeout=10_000)
    settle(qtbot, window)


def settle(qtbot: Any, window: Window) -> None:
    """Wait until all that was asked is done and shown."""
    qtbot.waitUntil(lambda: not window.jobs.pending and not window.importing.running, timeout=20_000)


def select(window: Window, words: str) -> None:
    """Select these words in the active pane, as the mouse does."""
    pane = window.panes.active
    assert pane is not None and pane.view is not None and pane.content is not None
    start = pane.content.text.index(words)
    pane.view.select((start, start + len(words)))
    pane.view.selection_changed.emit()
    pane.view.setFocus()


def press(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, where the focus is."""
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def quotes(window: Window) -> list[str]:
    """What the annotation list shows."""
    return [row.readable for row in window.annotations.model.rows]


def themes_of(window: Window, number: int) -> list[str]:
    """Names of the themes of one card."""
    row = window.annotations.model.rows[number]
    return [name for name in window.annotations.model.theme_names(row).split(", ") if name]
