"""From nothing to a tagged, noted, related and filtered list, without the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from kantlijn.ui.shell.window import Window
from panes.shell import reading_desk
from panes.shell.reading_desk import press, quotes, settle

look, make_window = reading_desk.look, reading_desk.make_window
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


def walk_to(window: Window, wanted: Callable[[], bool]) -> None:
    """F6 until the focus is where it is wanted."""
    for _ in range(12):
        if wanted():
            return
        press(window, Qt.Key.Key_F6)
    raise AssertionError("F6 does not lead there")


def in_pane(window: Window, number: int) -> Callable[[], bool]:
    def there() -> bool:
        focus = window.focusWidget()
        return focus is not None and window.panes.panes[number].isAncestorOf(focus)

    return there


def tag_first_sentence(window: Window, qtbot: Any, number: int, key: Qt.Key) -> str:
    walk_to(window, in_pane(window, number))
    press(window, Qt.Key.Key_Down, ALT | SHIFT)
    press(window, key)
    settle(qtbot, window)
    assert len(window.tagging.selected) == 1
    return window.tagging.selected[0]


def test_that_everything_from_project_to_filtered_list_goes_by_keyboard(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.txt").write_text("Publish the figures every quarter. More follows here.\n" * 3, "utf-8")
    (tmp_path / "reply.txt").write_text("The figures come out twice a year. That is enough.\n", "utf-8")
    made, files = tmp_path / "keys.kantlijn", [str(tmp_path / name) for name in ("report.txt", "reply.txt")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(made), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_named: (files, ""))
    window = make_window()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: window.jobs.desk is not None)
    press(window, Qt.Key.Key_O, CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.sources.tree.topLevelItemCount() == 2 and bool(window.panes.panes))
    qtbot.waitUntil(lambda: window.panes.panes[0].content is not None)
    settle(qtbot, window)

    first = tag_first_sentence(window, qtbot, 0, Qt.Key.Key_1)
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "Ask for the plan.")
    press(window, Qt.Key.Key_Escape)
    settle(qtbot, window)

    walk_to(window, window.sources.tree.hasFocus)
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(window.panes.panes) == 2 and window.panes.panes[1].content is not None)
    settle(qtbot, window)
    second = tag_first_sentence(window, qtbot, 1, Qt.Key.Key_2)

    press(window, Qt.Key.Key_R)
    qtbot.waitUntil(window.relating.picker.isVisible)
    press(window, Qt.Key.Key_Return)
    settle(qtbot, window)
    (row,) = window.relations.rows
    assert (row.source.passage.id, row.target.passage.id) == (second, first)

    press(window, Qt.Key.Key_F, CTRL | ALT)
    for _ in range(3):
        if not window.annotations.narrow.here.hasFocus():
            press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)  # not this document only
    qtbot.waitUntil(lambda: len(quotes(window)) == 2)
    press(window, Qt.Key.Key_F, CTRL | ALT)
    QTest.keyClicks(window.focusWidget(), "plan")
    qtbot.waitUntil(lambda: [row.passage.id for row in window.annotations.model.rows] == [first])
    kept = window.annotations.model.rows[0]
    assert kept.passage.annotation.note == "Ask for the plan." and kept.relations == 1
    assert kept.passage.annotation.themes and "Publish the figures every quarter." in kept.readable
