"""The annotated summary: a preview that is the file, and a file where the reader wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kantlijn.ui.shell.window import Window
from kantlijn.ui.summary.dialog import SummaryDialog
from panes.shell.reading_desk import press, select, settle


@pytest.fixture
def dialog(window: Window, qtbot: Any) -> SummaryDialog:
    """The dialog, on a project with two annotations."""
    for words, key in (("Two out of three schools", Qt.Key.Key_1), ("Signals come in", Qt.Key.Key_3)):
        select(window, words)
        press(window, key)
        settle(qtbot, window)
    window.actions_["summary"].trigger()
    found = window.findChild(SummaryDialog)
    assert found is not None
    return found


def test_that_the_preview_shows_the_passages_by_theme(dialog: SummaryDialog, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: "Two out of three schools" in dialog.preview.toPlainText(), timeout=15_000)
    text = dialog.preview.toPlainText()
    assert text.index("Prevention") < text.index("Two out of three") < text.index("Signals come in")
    dialog.by.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "report" in dialog.preview.toPlainText(), timeout=15_000)
    dialog.accept()


def test_that_the_preview_in_markdown_is_what_is_written(
    dialog: SummaryDialog, qtbot: Any, tmp_path: Path
) -> None:
    dialog.form.setCurrentIndex(dialog.form.findData("markdown"))
    qtbot.waitUntil(lambda: "# " in dialog.preview.toPlainText(), timeout=15_000)
    dialog.write(tmp_path / "summary")
    qtbot.waitUntil(lambda: dialog.saved is not None, timeout=15_000)
    assert dialog.saved == tmp_path / "summary.md"
    written = dialog.saved.read_text("utf-8")
    assert "Two out of three schools" in written
    assert "summary.md" in dialog.outcome.text() and dialog.open_folder.isVisible()
    dialog.accept()


def test_that_a_place_that_cannot_be_written_is_said_in_the_dialog(
    dialog: SummaryDialog, qtbot: Any, tmp_path: Path
) -> None:
    dialog.write(tmp_path / "no" / "such" / "folder" / "summary.html")
    qtbot.waitUntil(lambda: bool(dialog.outcome.text()), timeout=15_000)
    assert dialog.saved is None and dialog.outcome.objectName() == "trouble" and dialog.save.isEnabled()
    dialog.accept()
