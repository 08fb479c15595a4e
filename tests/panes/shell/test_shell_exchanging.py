"""Exporting annotations and taking them in, as a reader does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kantlijn.model.filters import AnnotationFilter
from kantlijn.ui.exchange.export_dialog import ExportDialog
from kantlijn.ui.exchange.told import ToldDialog
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.handing.hand_out import FORMS
from panes.shell.reading_desk import press, quotes, select, settle, themes_of

EVERYTHING = AnnotationFilter()


def tag_two(window: Window, qtbot: Any) -> None:
    for words, key in (("Reporting points", Qt.Key.Key_3), ("confidential adviser", Qt.Key.Key_1)):
        select(window, words)
        press(window, key)
        settle(qtbot, window)


def done(window: Window, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not window.exchanging.running, timeout=30_000)
    settle(qtbot, window)


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"pdf-copy"}))
def test_that_each_format_is_written_from_the_window(
    window: Window, qtbot: Any, tmp_path: Path, form: str
) -> None:
    tag_two(window, qtbot)
    path = tmp_path / f"out{FORMS[form]}"
    window.exchanging.write(path, form, EVERYTHING)
    done(window, qtbot)
    assert path.stat().st_size > 60


def test_that_the_dialog_leads_to_a_file_in_the_chosen_format(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag_two(window, qtbot)
    path = tmp_path / "table.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.findChild(ExportDialog)
    forms = [dialog.forms.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog.forms.count())]
    assert set(forms) == set(FORMS)
    assert not dialog.table.isVisible()
    dialog.forms.setCurrentRow(forms.index("csv"))
    assert dialog.table.isVisible()
    dialog.table.setCurrentIndex(dialog.table.findData("themes"))
    dialog._choose("export")
    done(window, qtbot)
    assert "Victim aid" in path.read_text("utf-8-sig")


def test_that_a_text_cannot_be_copied_as_a_pdf_and_says_so(window: Window, qtbot: Any, tmp_path: Path) -> None:
    dialog = ExportDialog(window, pdf="", narrowed=False)
    row = next(
        dialog.forms.item(row) for row in range(dialog.forms.count())
        if dialog.forms.item(row).data(Qt.ItemDataRole.UserRole) == "pdf-copy"
    )  # fmt: skip
    assert not row.flags() & Qt.ItemFlag.ItemIsEnabled
    dialog.deleteLater()
    version = window.panes.active.version_id
    with qtbot.waitSignal(window.jobs.trouble, timeout=20_000) as told:
        window.exchanging.write(tmp_path / "copy.pdf", "pdf-copy", EVERYTHING, version=version)
    assert "text without pages" in told.args[0]
    assert not (tmp_path / "copy.pdf").exists()


def test_that_a_name_gets_its_ending_and_writes_over_nothing_unasked(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag_two(window, qtbot)
    chosen = tmp_path / "Toezicht 2.0"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))

    def exported() -> None:
        window.exchanging.export("json")
        dialog = window.findChild(ExportDialog)
        dialog._choose("export")
        qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None)

    exported()
    done(window, qtbot)
    assert [one.name for one in tmp_path.glob("Toezicht 2*")] == ["Toezicht 2.0.json"]
    with qtbot.waitSignal(window.jobs.trouble) as told:
        exported()
    assert "“Toezicht 2.0.json” is there already" in told.args[0]


def test_that_what_was_exported_comes_in_again_after_a_look(window: Window, qtbot: Any, tmp_path: Path) -> None:
    tag_two(window, qtbot)
    path = tmp_path / "notes.jsonld"
    window.exchanging.write(path, "jsonld", EVERYTHING)
    done(window, qtbot)
    for _ in range(2):
        window.undo()
        settle(qtbot, window)
    assert quotes(window) == []
    window.exchanging.look_into(path)
    qtbot.waitUntil(lambda: window.findChild(ToldDialog) is not None, timeout=20_000)
    dialog = window.findChild(ToldDialog)
    assert "2 annotations" in dialog.sentence.text()
    dialog._choose("go")
    done(window, qtbot)
    qtbot.waitUntil(lambda: quotes(window) == ["confidential adviser", "Reporting points"])
    assert [themes_of(window, number) for number in (0, 1)] == [["Prevention"], ["Detection"]]
    window.undo()
    qtbot.waitUntil(lambda: quotes(window) == [])


def test_that_what_has_no_place_is_told_with_its_words(window: Window, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "others.jsonld"
    path.write_text(json.dumps({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x", "type": "Annotation",
        "target": {"source": "report.txt", "selector": {"type": "TextQuoteSelector", "exact": "no such words"}},
    }), "utf-8")  # fmt: skip
    window.exchanging.look_into(path)
    qtbot.waitUntil(lambda: window.findChild(ToldDialog) is not None, timeout=20_000)
    assert "no such words" in window.findChild(ToldDialog).remarks.toPlainText()


def test_that_a_damaged_file_gets_a_sentence(window: Window, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "broken.qdpx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with qtbot.waitSignal(window.jobs.trouble, timeout=20_000) as told:
        window.exchanging.look_into(path)
    assert "broken.qdpx" in told.args[0]
    done(window, qtbot)
