"""A page view of a small report, drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from kantlijn.model.document import Content
from kantlijn.ui.page.page_view import PageView
from panes.page.stand_ins import REPORT, SOURCE, Draws

USUAL = QSize(800, 600)


@pytest.fixture
def make(qtbot: QtBot) -> Callable[..., PageView]:
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
