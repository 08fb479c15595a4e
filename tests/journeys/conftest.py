"""The real window, empty, for journeys within this process."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kantlijn.settings import Settings
from kantlijn.ui.kit.style import Look
from kantlijn.ui.shell.window import Window


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
