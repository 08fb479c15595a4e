"""The manual that is built in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kantlijn import words
from kantlijn.ui.shell.actions import table
from kantlijn.ui.shell.menus.manual import Manual
from kantlijn.ui.shell.window import Window

DUTCH = (Path(__file__).resolve().parents[3] / "docs" / "manual-nl.md").read_text("utf-8")


def test_that_help_shows_the_manual_and_leads_to_its_chapters(window: Window) -> None:
    window.actions_["manual"].trigger()
    window.actions_["manual"].trigger()
    (manual,) = window.findChildren(Manual)  # the second time the one that is there
    assert "You" in manual.text.toPlainText() or "you" in manual.text.toPlainText()
    (tagging,) = manual.chapters.findItems("Tagging", Qt.MatchFlag.MatchExactly)
    manual.chapters.setCurrentItem(tagging)
    assert manual.text.verticalScrollBar().value() > 0


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\*\*(\w+ › [^*]+)\*\*", DUTCH.replace("\n", " ")))))
def test_that_the_dutch_manual_names_menus_as_the_window_does(name: str) -> None:
    spoken = words.language()
    words.speak("nl")
    try:
        rows = table()
    finally:
        words.speak(spoken)
    plain = {f"{row.menu} › {text}".replace("&", "").rstrip("…") for row in rows for text in (row.text, row.group)}
    assert name in plain
