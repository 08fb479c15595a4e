"""Documents added in the window: copied text, and which files are offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from kantlijn.ui.sources.sources import version_words
from kantlijn.usecases import read


def test_that_copied_text_becomes_a_document_that_is_shown(make_window: Any, project: Path, qtbot: Any) -> None:
    window = make_window(project)
    QGuiApplication.clipboard().setText("Remark on detection\n\nSignals come in later.")
    window.actions_["add_text"].trigger()
    qtbot.waitUntil(lambda: len(read.shelf(window.jobs.desk)) == 3)
    qtbot.waitUntil(
        lambda: window.panes.active is not None and window.panes.active.content is not None
        and "Signals come in later" in window.panes.active.content.text
    )  # fmt: skip
    assert read.shelf(window.jobs.desk)[2].document.title == "Remark on detection"


def test_that_an_empty_clipboard_is_said(make_window: Any, project: Path, qtbot: Any) -> None:
    window = make_window(project)
    QGuiApplication.clipboard().clear()
    said: list[str] = []
    window.jobs.trouble.connect(said.append)
    window.actions_["add_text"].trigger()
    qtbot.waitUntil(lambda: bool(said))
    assert "no text to make a document of" in said[0]
    assert len(read.shelf(window.jobs.desk)) == 2


def test_that_a_page_of_the_web_comes_in_with_its_headings_set_larger(
    make_window: Any, project: Path, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>Oversight</h1><p>The inspectorate visits.</p>", "utf-8")
    offered: list[str] = []

    def choose(_parent: Any, _title: str, _folder: str, filters: str) -> tuple[list[str], str]:
        offered.append(filters)
        return [str(page)], filters

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    window = make_window(project)
    window.actions_["add"].trigger()
    qtbot.waitUntil(lambda: len(read.shelf(window.jobs.desk)) == 3, timeout=20_000)
    for ending in ("pdf", "docx", "odt", "rtf", "html", "epub", "txt", "md"):
        assert f"*.{ending} " in offered[0].replace(")", " ")
    version = read.shelf(window.jobs.desk)[2].versions[0]
    assert version_words(version) == "Version 1 · html"
    window.panes.open(version.id)
    qtbot.waitUntil(lambda: window.panes.active.content is not None and window.panes.active.view is not None)
    view = window.panes.active.view
    heading, words = view.pieces[0], view.pieces[-1]
    assert view.sizes.of(heading) > view.sizes.of(words) == 1.0
