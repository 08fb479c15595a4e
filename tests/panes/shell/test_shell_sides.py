"""Outline and pages at the left follow what is read, and lead there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.kit.rows import COUNT
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.shell.reading_desk import press, select, settle


@pytest.fixture
def paged(tmp_path: Path, make_window: Any, qtbot: Any) -> Window:
    """A window on a PDF of five pages with an outline."""
    document = pymupdf.open()
    for number in range(1, 6):
        page = document.new_page()
        page.insert_text((72, 90), f"Chapter {number}", fontsize=18)
        for line in range(20):
            page.insert_text((72, 130 + 16 * line), f"Line {line} of chapter {number} tells of help.")
    document.set_toc([[1, f"Chapter {number}", number] for number in range(1, 6)])
    document.save(tmp_path / "report.pdf")
    desk = new_desk(tmp_path / "p.kantlijn")
    add_documents(desk, [tmp_path / "report.pdf"])
    desk.close()
    window: Window = make_window(tmp_path / "p.kantlijn")
    qtbot.waitUntil(lambda: window.panes.active is not None and window.panes.active.view is not None)
    return window


def test_that_the_outline_leads_there_and_marks_where_one_is(paged: Window, qtbot: Any) -> None:
    press(paged, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(paged.outline.rows) == 5)
    item = paged.outline.tree.topLevelItem(3)
    port = paged.outline.tree.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=paged.outline.tree.visualItemRect(item).center())
    assert paged.panes.active.view.place().page == 3
    qtbot.waitUntil(lambda: paged.outline.tree.currentItem() is item)
    paged.outline.field.setText("chapter 2")
    shown = [n for n in range(5) if not paged.outline.tree.topLevelItem(n).isHidden()]
    assert shown == [1]


def test_that_sections_count_the_annotations_in_them(paged: Window, qtbot: Any) -> None:
    paged.sidebar.show_list("outline")
    qtbot.waitUntil(lambda: len(paged.outline.rows) == 5)
    select(paged, "Line 3 of chapter 1")
    press(paged, Qt.Key.Key_1)
    settle(qtbot, paged)
    qtbot.waitUntil(lambda: paged.outline.tree.topLevelItem(0).data(0, COUNT) == 1)
    assert "Prevention: 1" in paged.outline.tree.topLevelItem(0).toolTip(0)
    assert paged.outline.tree.topLevelItem(1).data(0, COUNT) is None


def test_that_pages_are_drawn_lead_there_and_carry_theme_marks(paged: Window, qtbot: Any) -> None:
    paged.sidebar.show_list("pages")
    qtbot.waitUntil(lambda: paged.thumbnails.picture(0) is not None and paged.thumbnails.current == 0)
    paged.thumbnails.list.clicked.emit(paged.thumbnails.model.index(4, 0))
    assert paged.panes.active.view.place().page == 4
    qtbot.waitUntil(lambda: paged.thumbnails.current == 4)
    select(paged, "Line 2 of chapter 5")
    press(paged, Qt.Key.Key_3)
    settle(qtbot, paged)
    qtbot.waitUntil(lambda: [letter for letter, _ in paged.thumbnails.chips.get(4, ())] == ["D"])


def test_that_a_text_has_an_outline_or_says_that_it_has_none(window: Window, qtbot: Any) -> None:
    window.sidebar.show_list("outline")
    qtbot.waitUntil(lambda: "no outline" in window.outline.empty.sentence.text())
    window.sidebar.show_list("pages")
    qtbot.waitUntil(window.thumbnails.empty.isVisible)
