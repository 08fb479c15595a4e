"""A page in two columns with footnotes: one drag over columns and over the page break, tagged by a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
from PySide6.QtCore import Qt

from kantlijn.ui.shell.window import Window
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.page.test_drag_selects_exactly import drag_over
from panes.shell.reading_desk import press, settle

_WORDS = ("Prevention", "at", "schools", "asks", "for", "time", "and", "a", "plan", "that", "teachers", "know")


def _column(number: int) -> str:
    """Forty lines that tell where they stand."""
    return "\n".join(f"column {number} line {line} {_WORDS[line % len(_WORDS)]}" for line in range(40))


def _report(path: Path) -> None:
    document = pymupdf.open()
    for page in range(3):
        sheet = document.new_page()
        sheet.insert_text((72, 40), "Report on oversight", fontsize=8)
        for side in range(2):
            sheet.insert_text((60 + 250 * side, 80), _column(2 * page + side + 1), fontsize=10)
        sheet.insert_text((60, 770), f"{page + 1} Footnote with the source of page {page + 1}.", fontsize=7)
        sheet.insert_text((290, 820), str(page + 1), fontsize=8)
    document.save(path)


def test_that_a_drag_over_columns_footnotes_and_a_page_break_is_the_text_between(
    window: Window, tmp_path: Path, qtbot: Any
) -> None:
    _report(tmp_path / "report.pdf")
    desk = new_desk(tmp_path / "p.kantlijn")
    add_documents(desk, [tmp_path / "report.pdf"])
    desk.close()
    window.opening.open(tmp_path / "p.kantlijn")
    qtbot.waitUntil(lambda: window.panes.active is not None and window.panes.active.content is not None)
    settle(qtbot, window)
    pane = window.panes.active
    text = pane.content.text
    start, end = text.index("column 1 line 5 "), text.index("column 4 line 9 ") + len("column 4 line 9")
    drag_over(pane.view, (start, end))
    assert pane.view.selection() == (start, end)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    row = window.annotations.model.rows[0]
    assert row.passage.anchor.range == (start, end)
    order = [row.readable.index(f"column {number} line 9") for number in (1, 2, 3, 4)]
    assert order == sorted(order)
    assert "column 4 line 10" not in row.readable and "column 1 line 4 " not in row.readable
    assert "Report on oversight" not in row.readable
