"""A scan in the window: said to be one, annotated by area, its text recognised in the background."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPointF, Qt

from kantlijn.ui.shell.window import Window
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf import ocr
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.page.stand_ins import Hand
from panes.shell.reading_desk import press, settle, themes_of


@pytest.fixture
def scan(tmp_path: Path, make_window: Any, qtbot: Any) -> Window:
    printed = pymupdf.open()
    printed.new_page().insert_text((72, 100), "Prevention begins at school.", fontsize=16)
    document = pymupdf.open()
    document.new_page().insert_image(pymupdf.Rect(0, 0, 595, 842), pixmap=printed[0].get_pixmap(dpi=200))
    document.save(tmp_path / "scan.pdf")
    desk = new_desk(tmp_path / "p.kantlijn")
    add_documents(desk, [tmp_path / "scan.pdf"])
    desk.close()
    window: Window = make_window(tmp_path / "p.kantlijn")
    qtbot.waitUntil(lambda: window.panes.active is not None and window.panes.active.view is not None)
    return window


def test_that_a_scan_says_so_and_is_annotated_by_drawing_and_a_key(scan: Window, qtbot: Any) -> None:
    pane = scan.panes.active
    assert pane.scan.isVisible() and "scan" in pane.scan.sentence.text()
    pane.view.setFocus()
    Hand(pane.view).drag(QPointF(120, 120), QPointF(300, 200))
    assert pane.view.area_selection() is not None and scan.tagging.popup.isVisible()
    press(scan, Qt.Key.Key_3)
    settle(qtbot, scan)
    assert themes_of(scan, 0) == ["Detection"]
    assert scan.annotations.model.rows[0].passage.is_area
    assert len(pane.view.marks.areas_on(0)) == 1
    press(scan, Qt.Key.Key_1)
    settle(qtbot, scan)
    assert themes_of(scan, 0) == ["Detection", "Prevention"]
    pane.scan.shut.click()
    assert not pane.scan.isVisible()


@pytest.mark.skipif(not ocr.languages(), reason="NOT RUN: no Tesseract language data is installed")
def test_that_recognised_text_can_be_selected_and_undone(scan: Window, qtbot: Any) -> None:
    scan.panes.active.scan.button.click()
    qtbot.waitUntil(lambda: not scan.recognising.running, timeout=30_000)
    settle(qtbot, scan)
    qtbot.waitUntil(lambda: "Prevention" in scan.panes.active.content.text)
    assert not scan.panes.active.scan.isVisible()
    assert "recognised text" in scan.panes.active.header.details
    assert scan.panes.active.view.selector.text == scan.panes.active.content.text
    scan.undo()
    settle(qtbot, scan)
    qtbot.waitUntil(lambda: "Prevention" not in scan.panes.active.content.text)
    qtbot.waitUntil(scan.panes.active.scan.isVisible)
