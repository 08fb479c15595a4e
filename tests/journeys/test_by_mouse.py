"""From two files to a tagged, noted, related and filtered list, with the mouse; typing only the note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from kantlijn.ui.shell.window import Window
from panes.shell import reading_desk
from panes.shell.reading_desk import quotes, settle

look, make_window = reading_desk.look, reading_desk.make_window
LEFT = Qt.MouseButton.LeftButton
REPORT = "Publish the figures every quarter, and say where they come from. More follows here.\n" * 3
REPLY = "The figures come out twice a year from now on. That is enough.\n"


def click(widget: QWidget, where: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, pos=where if where is not None else widget.rect().center())


def drop(widget: QWidget, files: list[Path]) -> None:
    """Files let go over a widget, as the file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(widget.rect().center()), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


def drag_over(window: Window, number: int, words: str) -> None:
    """Select these words by dragging over them."""
    pane = window.panes.panes[number]
    start = pane.content.text.index(words)
    viewport = pane.view.viewport()
    first, last = (pane.view.caret_box(at).center().toPoint() for at in (start, start + len(words)))
    QTest.mousePress(viewport, LEFT, pos=first)
    QTest.mouseMove(viewport, (first + last) / 2)
    QTest.mouseMove(viewport, last)
    QTest.mouseRelease(viewport, LEFT, pos=last)
    assert pane.view.selected_text() == words


def tag_with_popup(window: Window, qtbot: Any, number: int, words: str, key: str) -> str:
    """Select, and choose the theme in the popup; the annotation."""
    drag_over(window, number, words)
    qtbot.waitUntil(window.tagging.popup.isVisible)
    theme = next(row.theme.id for row in window.themes.rows if row.theme.key == key)
    click(window.tagging.popup._choices[theme])
    settle(qtbot, window)
    (made,) = window.tagging.selected
    return made


def test_that_everything_from_files_to_filtered_list_goes_by_mouse(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "report.txt", tmp_path / "reply.txt"]
    for file, text in zip(files, (REPORT, REPLY), strict=True):
        file.write_text(text, "utf-8")
    made = tmp_path / "mouse.kantlijn"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(made), ""))
    window = make_window()
    window.actions_["new"].trigger()
    qtbot.waitUntil(lambda: window.jobs.desk is not None)
    drop(window.panes, files)
    qtbot.waitUntil(lambda: window.sources.tree.topLevelItemCount() == 2 and bool(window.panes.panes))
    qtbot.waitUntil(lambda: window.panes.panes[0].content is not None)
    settle(qtbot, window)

    first = tag_with_popup(window, qtbot, 0, "Publish the figures every quarter", "1")
    drag_over(window, 0, "say where they come from")
    qtbot.waitUntil(window.tagging.popup.isVisible)
    note = [one for one in window.tagging.popup.findChildren(QWidget) if one.accessibleName() == "Note"]
    click(note[-1])
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "Ask for the plan.")
    click(window.annotations)
    settle(qtbot, window)

    (split,) = [one for one in window.toolbar.findChildren(QToolButton) if one.text().strip() == "Split right"]
    click(split)
    tree = window.sources.tree
    click(tree.viewport(), tree.visualItemRect(tree.topLevelItem(1)).center())
    qtbot.waitUntil(lambda: len(window.panes.panes) == 2 and window.panes.panes[1].content is not None)
    qtbot.waitUntil(lambda: "twice a year" in window.panes.panes[1].content.text)
    settle(qtbot, window)
    second = tag_with_popup(window, qtbot, 1, "twice a year from now on", "2")
    window.actions_["relate"].trigger()
    qtbot.waitUntil(window.relating.picker.isVisible)
    choices = window.relating.picker.list
    click(choices.viewport(), choices.visualRect(choices.model().index(0, 0)).center())
    settle(qtbot, window)
    assert {row.source.passage.id for row in window.relations.rows} == {second}

    if window.annotations.narrow.here.isChecked():
        click(window.annotations.narrow.here)
    qtbot.waitUntil(lambda: len(quotes(window)) == 3)
    themes = window.themes.tree
    item = themes.item_of(next(row.theme.id for row in window.themes.rows if row.theme.key == "1"))
    click(themes.viewport(), themes.visualItemRect(item).center())
    qtbot.waitUntil(lambda: [row.passage.id for row in window.annotations.model.rows] == [first])
