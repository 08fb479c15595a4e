"""Annotations of another program come in through the dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtWidgets import QPushButton

from kantlijn.ui.imported.dialog import ImportDialog
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from panes.shell.reading_desk import quotes, settle, themes_of


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 90), "Prevention begins at school and at home.")
    mark = page.add_highlight_annot(page.search_for("begins at school", quads=True))
    mark.set_colors(stroke=(0.18, 0.49, 0.2))
    mark.set_info(title="A reader", content="Compare with last year.")
    mark.update()
    document.save(tmp_path / "marked.pdf")
    return tmp_path / "marked.pdf"


def test_that_a_pdf_with_annotations_says_so_and_they_come_in_as_chosen(
    window: Window, marked: Path, qtbot: Any
) -> None:
    window.add_files([marked])
    qtbot.waitUntil(lambda: "other program" in window.status.message.text() or "another" in
                    window.status.message.text(), timeout=20_000)  # fmt: skip
    versions = [row.versions[0] for row in read.shelf(window.jobs.desk)]
    version = next(one.id for one in versions if one.file == "marked.pdf")
    window.panes.open(version)
    qtbot.waitUntil(lambda: window.panes.active.version_id == version and window.panes.active.source is not None)
    settle(qtbot, window)
    window.actions_["import_annotations"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportDialog)))
    (dialog,) = window.findChildren(ImportDialog)
    assert list(dialog.boxes) == ["#2e7d33"]
    assert dialog.boxes["#2e7d33"].currentText() == "Detection"
    button = next(one for one in dialog.findChildren(QPushButton) if "Import 1" in one.text())
    button.click()
    settle(qtbot, window)
    assert quotes(window) == ["begins at school"]
    assert themes_of(window, 0) == ["Detection"]
    assert window.annotations.model.rows[0].passage.annotation.note == "Compare with last year."
    window.undo()
    settle(qtbot, window)
    assert quotes(window) == []


def test_that_a_text_is_said_to_hold_none(window: Window) -> None:
    window.actions_["import_annotations"].trigger()
    assert "only PDFs" in window.status.message.text()
