"""Choosing in which encoding a text is read, in the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kantlijn.ui.shell.window import Window
from kantlijn.ui.sources.encoding import EncodingDialog
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.shell.reading_desk import settle

WORDS = "Zpráva o prevenci. Pomoc obětem začíná u školy."


@pytest.fixture
def window(tmp_path: Path, make_window: Any, qtbot: Any) -> Window:
    (tmp_path / "report.txt").write_bytes(WORDS.encode("cp1250"))
    desk = new_desk(tmp_path / "p.kantlijn")
    add_documents(desk, [tmp_path / "report.txt"])
    desk.close()
    made: Window = make_window(tmp_path / "p.kantlijn")
    qtbot.waitUntil(lambda: made.panes.active is not None and made.panes.active.view is not None)
    return made


def asked(window: Window, qtbot: Any) -> EncodingDialog:
    window.actions_["encoding"].trigger()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(EncodingDialog)))
    return next(one for one in window.findChildren(EncodingDialog) if one.isVisible())


def test_that_the_lines_show_what_each_encoding_makes_of_them_and_the_pane_follows(
    window: Window, qtbot: Any
) -> None:
    pane = window.panes.active
    assert "Windows-1252" in pane.header.details
    dialog = asked(window, qtbot)
    assert dialog.list.currentRow() == 0 and "Windows-1252" in dialog.list.currentItem().text()
    assert dialog.lines.toPlainText() != WORDS and not dialog.done_button.isEnabled()
    dialog.list.setCurrentItem(dialog.list.findItems("Windows-1250", Qt.MatchFlag.MatchContains)[0])
    assert dialog.lines.toPlainText() == WORDS
    dialog.done_button.click()
    qtbot.waitUntil(lambda: not window.recognising.running, timeout=20_000)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: pane.content.text == WORDS)
    assert "Windows-1250" in pane.header.details
    again = asked(window, qtbot)
    assert "Windows-1250" in again.list.currentItem().text()
    again.reject()
    window.actions_["undo"].trigger()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: pane.content.text != WORDS)
