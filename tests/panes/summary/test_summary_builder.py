"""The summary builder: a preview that lives, choices that are kept, files where the reader wants them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtTest import QTest

from kantlijn import paths
from kantlijn.ui.shell.window import Window
from kantlijn.ui.summary.builder import Builder
from kantlijn.ui.summary.choices import FORMS
from kantlijn.words import language, speak
from panes.shell.reading_desk import press, select, settle


@pytest.fixture
def builder(window: Window, qtbot: Any) -> Builder:
    """The builder, on a project with two annotations."""
    for words, key in (("Two out of three schools", Qt.Key.Key_1), ("Signals come in", Qt.Key.Key_3)):
        select(window, words)
        press(window, key)
        settle(qtbot, window)
    press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    made = window.summarising.builder
    shows(qtbot, made, "Two out of three schools")
    return made


def shows(qtbot: Any, builder: Builder, words: str, *, there: bool = True) -> None:
    qtbot.waitUntil(lambda: (words in builder.preview.toPlainText()) == there, timeout=20_000)


def write_templates(sources: dict[str, str]) -> None:
    """Templates of one's own for plain text, by name."""
    folder = paths.templates_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in sources.items():
        (folder / f"{name}.txt").write_text(source, "utf-8")


def choose(box: Any, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def test_that_the_preview_follows_what_is_chosen(builder: Builder, qtbot: Any) -> None:
    text = builder.preview.toPlainText()
    assert text.index("Prevention") < text.index("Two out of three") < text.index("Signals come in")
    assert "2 passages" in builder.told.text()
    choose(builder.choices.by, "document")
    shows(qtbot, builder, "Prevention\n", there=False)
    choose(builder.choices.context, "1")
    shows(qtbot, builder, "resilience than three years ago.")
    builder.choices.title_field.setText("What schools do")
    shows(qtbot, builder, "What schools do")


def test_that_the_preview_follows_what_is_tagged_meanwhile(builder: Builder, window: Window, qtbot: Any) -> None:
    window.undo()
    shows(qtbot, builder, "Signals come in", there=False)


def test_that_the_preview_of_plain_text_is_what_is_written(
    builder: Builder, window: Window, qtbot: Any, tmp_path: Path
) -> None:
    choose(builder.choices.form, "markdown")
    shows(qtbot, builder, "# Safety")
    window.summarising.save(tmp_path / "summary")
    qtbot.waitUntil(lambda: builder.saved is not None, timeout=20_000)
    assert builder.saved == tmp_path / "summary.md"
    assert builder.saved.read_text("utf-8").rstrip() == builder.preview.toPlainText().rstrip()
    assert "summary.md" in builder.outcome.text() and builder.open_folder.isVisible()


@pytest.mark.parametrize("form", sorted(FORMS))
def test_that_each_format_is_written(
    builder: Builder, window: Window, qtbot: Any, tmp_path: Path, form: str
) -> None:
    choose(builder.choices.form, form)
    window.summarising.save(tmp_path / "summary")
    qtbot.waitUntil(lambda: builder.saved is not None, timeout=30_000)
    assert builder.saved is not None and builder.saved.suffix == FORMS[form][1]
    assert builder.saved.stat().st_size > 100


def test_that_a_place_that_cannot_be_written_is_said(
    builder: Builder, window: Window, qtbot: Any, tmp_path: Path
) -> None:
    window.summarising.save(tmp_path / "no" / "such" / "folder" / "summary.html")
    qtbot.waitUntil(lambda: builder.outcome.objectName() == "trouble", timeout=20_000)
    assert "summary.html" in builder.outcome.text()
    assert builder.saved is None and builder.save.isEnabled()


def test_that_a_name_with_a_stop_gets_an_ending_and_a_file_nobody_was_asked_about_stays(
    builder: Builder, window: Window, qtbot: Any, tmp_path: Path
) -> None:
    window.summarising.save(tmp_path / "Report 2.0")
    qtbot.waitUntil(lambda: builder.saved is not None, timeout=20_000)
    assert builder.saved == tmp_path / "Report 2.0.html"
    before = builder.saved.read_bytes()
    window.summarising.save(tmp_path / "Report 2.0")
    assert "is there already" in builder.outcome.text() and builder.saved is None
    assert (tmp_path / "Report 2.0.html").read_bytes() == before


def test_that_a_recipe_is_chosen_once_it_is_kept_however_long_its_name(
    builder: Builder, window: Window, qtbot: Any
) -> None:
    window.summarising._keep("For the committee " * 20)
    qtbot.waitUntil(lambda: builder.choices.recipe.currentText().startswith("For the"), timeout=20_000)


def test_that_a_recipe_brings_the_choices_back(builder: Builder, window: Window, qtbot: Any) -> None:
    choose(builder.choices.by, "matrix")
    choose(builder.choices.form, "odt")
    builder.choices.notes.setChecked(False)
    builder.choices.used.setChecked(True)
    window.summarising._keep("For the committee")
    qtbot.waitUntil(lambda: builder.choices.recipe.currentText() == "For the committee", timeout=20_000)
    choose(builder.choices.by, "theme")
    choose(builder.choices.form, "html")
    builder.choices.notes.setChecked(True)
    builder.choices.used.setChecked(False)
    window.summarising._use_recipe(str(builder.choices.recipe.currentData()))
    assert (builder.choices.by.currentData(), builder.choices.form.currentData()) == ("matrix", "odt")
    assert not builder.choices.notes.isChecked()
    assert builder.choices.used.isChecked()
    window.undo()
    qtbot.waitUntil(lambda: builder.choices.recipe.currentText() == "No recipes yet", timeout=20_000)


def test_that_a_template_of_ones_own_is_shown_and_its_mistake_is_told(builder: Builder, qtbot: Any) -> None:
    write_templates({"short": "{{ title }}: {{ groups|length }} themes", "broken": "one\n{% for %}"})
    choose(builder.choices.form, "text")
    qtbot.waitUntil(lambda: builder.choices.template.findData("short") > 0, timeout=20_000)
    choose(builder.choices.template, "short")
    shows(qtbot, builder, "Safety: 2 themes")
    choose(builder.choices.template, "broken")
    qtbot.waitUntil(lambda: "line 2" in builder.preview.placeholderText(), timeout=20_000)
    assert not builder.preview.toPlainText() and not builder.told.text()


def test_that_a_template_that_never_ends_keeps_nobody_from_choosing_on(
    builder: Builder, window: Window, qtbot: Any
) -> None:
    write_templates({"endless": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"})
    choose(builder.choices.form, "text")
    qtbot.waitUntil(lambda: builder.choices.template.findData("endless") > 0, timeout=20_000)
    choose(builder.choices.template, "endless")
    qtbot.waitUntil(lambda: "Making the preview" in builder.told.text(), timeout=20_000)
    began = time.monotonic()
    choose(builder.choices.template, "")
    qtbot.waitUntil(lambda: "2 passages" in builder.told.text(), timeout=15_000)
    choose(builder.choices.template, "endless")
    qtbot.waitUntil(lambda: "Making the preview" in builder.told.text(), timeout=20_000)
    window.jobs.close()
    assert time.monotonic() - began < 19  # the template alone would be ended after twenty seconds


def test_that_the_choices_have_the_width_that_their_words_need(window: Window, qtbot: Any) -> None:
    spoken = language()
    speak("nl")
    try:
        made = Builder()
        qtbot.addWidget(made)
        choices = made.choices
        assert choices.widget().minimumSizeHint().width() <= choices.width()
    finally:
        speak(spoken)


def test_that_the_words_of_the_register_stay_whole_in_the_preview(builder: Builder) -> None:
    builder.show_html('<body class="wide"><table><tr><td>responsibilities</td></tr></table>')
    assert builder.preview.wordWrapMode() == QTextOption.WrapMode.WordWrap
    builder.show_html("<body><p>A very long address")
    assert builder.preview.wordWrapMode() == QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def test_that_a_link_in_the_preview_leads_to_the_passage(builder: Builder, window: Window, qtbot: Any) -> None:
    row = window.annotations.model.rows[1]
    builder.preview.anchorClicked.emit(QUrl(f"kantlijn://open/safety.kantlijn?annotation={row.passage.id}"))
    qtbot.waitUntil(lambda: not window.summarising.showing, timeout=20_000)
    qtbot.waitUntil(lambda: window.tagging.selected == [row.passage.id])


def test_that_the_summary_goes_to_the_clipboard_with_layout_and_without(
    builder: Builder, window: Window, qtbot: Any
) -> None:
    builder.copy.click()
    qtbot.waitUntil(lambda: "clipboard" in builder.outcome.text(), timeout=20_000)
    data = QGuiApplication.clipboard().mimeData()
    assert "<blockquote" in data.html() and "Two out of three schools" in data.text()


def test_that_annotations_are_copied_with_their_sources(window: Window, qtbot: Any) -> None:
    select(window, "Signals come in")
    press(window, Qt.Key.Key_3)
    settle(qtbot, window)
    for form, sign in (("markdown", "> Signals come in"), ("text", "“Signals come in”")):
        QGuiApplication.clipboard().clear()
        window.actions_[f"copy_{form}"].trigger()
        qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()), timeout=20_000)
        assert sign in QGuiApplication.clipboard().text()
        assert "report, line" in QGuiApplication.clipboard().text()
        assert QGuiApplication.clipboard().text().startswith(("> Signals", "    “Signals"))  # no title, no heading


def test_that_escape_and_ctrl_e_go_back_to_reading(builder: Builder, window: Window, qtbot: Any) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.summarising.showing and window.panes.isVisible()
    window.actions_["summary"].trigger()
    qtbot.waitUntil(lambda: window.summarising.showing)
    window.actions_["summary"].trigger()
    assert not window.summarising.showing


def test_that_a_link_to_what_is_selected_goes_to_the_clipboard(window: Window, qtbot: Any) -> None:
    select(window, "confidential adviser")
    QGuiApplication.clipboard().clear()
    window.actions_["copy_link"].trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("kantlijn://"), timeout=20_000)
    link = QGuiApplication.clipboard().text()
    select(window, "Report on safety")
    window.arriving.follow(link)
    pane = window.panes.active
    qtbot.waitUntil(lambda: pane.view.selected_text() == "confidential adviser", timeout=20_000)


def test_that_choices_are_remembered_with_the_project(builder: Builder, window: Window, qtbot: Any) -> None:
    choose(builder.choices.by, "document")
    choose(builder.choices.form, "odt")
    window.summarising.leave()
    settle(qtbot, window)
    window.summarising.forget()
    window.actions_["summary"].trigger()
    again = window.summarising.builder
    assert again is not builder
    qtbot.waitUntil(lambda: again.choices.by.currentData() == "document", timeout=20_000)
    assert again.choices.form.currentData() == "odt"
