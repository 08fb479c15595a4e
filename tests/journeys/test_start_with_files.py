"""`kantlijn REPORT.pdf LETTER.txt`: both side by side, the first with the keys, nothing asked."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kantlijn.settings import Settings
from kantlijn.ui.kit.style import Look
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read


@pytest.fixture
def window(qapp: QApplication, qtbot: Any) -> Any:
    look = Look(qapp, "light")
    made = Window(Settings(), look)
    made.furnish()
    made.resize(1200, 800)
    made.show()
    yield made
    made.closing.decided = True
    made.close()
    qapp.setStyleSheet("")
    look.deleteLater()


def test_that_the_files_a_window_is_started_with_open_side_by_side(window, qtbot, seed_pdfs, seed_texts):
    window.add_files([seed_pdfs[0], seed_texts[0]])
    panes = window.panes
    qtbot.waitUntil(lambda: len(panes.panes) == 2 and all(pane.content for pane in panes.panes), timeout=20_000)
    assert [bool(pane.content.pages) for pane in panes.panes] == [True, False]
    assert panes.active is panes.panes[0]
    window.add_files([seed_texts[-1]])
    qtbot.waitUntil(
        lambda: len(read.shelf(window.jobs.desk)) == 3 and not window.importing.running, timeout=20_000
    )
    assert len(panes.panes) == 2, "a document added later waits in the sidebar"
