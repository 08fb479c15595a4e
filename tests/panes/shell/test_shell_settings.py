"""Settings are asked in groups and what is chosen for texts holds at once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from kantlijn.ui.shell.menus.preferences import PreferencesDialog
from kantlijn.ui.shell.menus.shortcuts import ShortcutsDialog
from kantlijn.ui.shell.window import Window
from panes.shell.reading_desk import settle


def test_that_only_what_was_changed_is_given(window: Window, qtbot: Any) -> None:
    dialog = PreferencesDialog(window.settings, window)
    qtbot.addWidget(dialog)
    assert dialog.changed() == {}
    dialog._size.setCurrentIndex(dialog._size.findData(14))
    dialog._popup.setChecked(False)
    assert dialog.changed() == {"text_size": 14, "popup": False}


def test_that_size_and_width_of_texts_hold_at_once(
    window: Window, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: PreferencesDialog) -> int:
        dialog._size.setCurrentIndex(dialog._size.findData(16))
        dialog._width.setCurrentIndex(dialog._width.findData(60))
        dialog._numbers.setCurrentIndex(dialog._numbers.findData(5))
        dialog._face.setCurrentIndex(dialog._face.findData("sans"))
        return 1

    monkeypatch.setattr(PreferencesDialog, "exec", choose)
    pane = window.panes.active
    assert pane is not None
    view = pane._text_view()
    window.actions_["settings"].trigger()
    settle(qtbot, window)
    assert (view._size, view._measure, view.line_numbers) == (16, 60, 5)
    assert view._font.families()[0] == "Inter"
    assert (window.settings["text_size"], window.settings["text_width"]) == (16, 60)


def test_that_an_action_without_a_key_shows_no_english(window: Window, qtbot: Any) -> None:
    dialog = ShortcutsDialog(window.actions_, window.settings, window)
    qtbot.addWidget(dialog)
    line = dialog._lines["sample"]
    inner = line.edit.findChild(QLineEdit)
    assert inner.placeholderText() == "—"
    line.edit.clear()
    line.refresh()
    assert inner.placeholderText() == "—"
