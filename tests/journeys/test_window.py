"""The whole job through the real window on real documents: read, tag, note, undo, close, reopen, export."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from panes.shell import reading_desk
from panes.shell.reading_desk import press, quotes, select, settle

look, make_window = reading_desk.look, reading_desk.make_window  # the same window as the panes are tested in


def sentences(window: Window) -> list[str]:
    """Stretches of the active pane's text that stand there once, on one line."""
    pane = window.panes.active
    assert pane is not None and pane.content is not None
    text = pane.content.text
    found = [match.group().strip() for match in re.finditer(r"[A-Za-z][^\n.]{30,70}", text)]
    return [words for words in found if text.count(words) == 1]


def readable(window: Window, qtbot: Any) -> None:
    """Wait until every pane shows its text."""
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes), timeout=20_000)
    settle(qtbot, window)


def test_that_a_report_and_a_text_are_read_side_by_side_tagged_kept_and_summarised(
    make_window: Callable[..., Window], seed_pdfs: list[Path], seed_texts: list[Path], tmp_path: Path, qtbot: Any
) -> None:
    project = tmp_path / "reading.kantlijn"
    window = make_window()
    window.opening.new(project)
    window.add_files([seed_pdfs[0], seed_texts[0]])
    qtbot.waitUntil(lambda: window.sources.tree.topLevelItemCount() == 2, timeout=60_000)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: bool(window.panes.panes))

    second = window.sources.tree.topLevelItem(1)
    window.sources.tree.setFocus()
    window.sources.tree.setCurrentItem(second)
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    readable(window, qtbot)
    pdf, text = window.panes.panes
    assert pdf.content.pages and not text.content.pages

    window.panes.activate(pdf)
    in_pdf = sentences(window)[:2]
    for words, key in zip(in_pdf, (Qt.Key.Key_1, Qt.Key.Key_3), strict=False):
        select(window, words)
        press(window, key)
    settle(qtbot, window)
    window.panes.activate(text)
    in_text = sentences(window)[0]
    select(window, in_text)
    press(window, Qt.Key.Key_2)
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "Compare with the report.")
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.annotations.total == len(in_pdf) + 1

    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        press(window, Qt.Key.Key_Z, control)
        settle(qtbot, window)
    assert window.annotations.total == len(in_pdf)
    for _ in range(2):
        press(window, Qt.Key.Key_Z, control | shift)
        settle(qtbot, window)
    assert window.annotations.total == len(in_pdf) + 1
    window.close()

    again = make_window(project)
    qtbot.waitUntil(lambda: len(again.panes.panes) == 2)
    readable(again, qtbot)
    desk = again.jobs.desk
    assert desk is not None
    rows = read.annotation_rows(desk)
    assert [" ".join(row.passage.anchor.quote.split()) for row in rows] == [*in_pdf, in_text]
    assert rows[-1].passage.annotation.note == "Compare with the report."
    again.annotations.narrow.here.setChecked(False)
    qtbot.waitUntil(lambda: len(quotes(again)) == len(in_pdf) + 1)

    again.actions_["summary"].trigger()
    again.summarising.write(tmp_path / "summary.html")
    qtbot.waitUntil(lambda: again.summarising.builder.saved is not None, timeout=20_000)
    written = (tmp_path / "summary.html").read_text("utf-8")
    assert "Compare with the report." in written and "Prevention" in written


def test_that_a_loose_pdf_is_read_before_it_is_in_the_project_and_tagged_after(
    make_window: Callable[..., Window], rapport300: Path, qtbot: Any
) -> None:
    window = make_window()
    window.add_files([rapport300])
    pane = window.panes.panes[0]
    qtbot.waitUntil(lambda: pane.view is not None, timeout=10_000)
    if window.importing.running:
        assert pane.version_id == "" and window.status.progress.isVisible()
    qtbot.waitUntil(lambda: bool(pane.version_id) and pane.content is not None, timeout=120_000)
    settle(qtbot, window)
    select(window, sentences(window)[3])
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    assert window.annotations.total == 1 and window.opening.written


def test_that_an_import_that_is_cancelled_leaves_nothing(
    make_window: Callable[..., Window], rapport300: Path, tmp_path: Path, qtbot: Any
) -> None:
    window = make_window()
    window.opening.new(tmp_path / "empty.kantlijn")
    window.add_files([rapport300])
    qtbot.waitUntil(lambda: window.importing.running and window.status.cancel.isVisible())
    window.status.cancel.click()
    qtbot.waitUntil(lambda: not window.importing.running, timeout=30_000)
    settle(qtbot, window)
    assert window.sources.tree.topLevelItemCount() == 0
    assert not window.status.progress.isVisible()
