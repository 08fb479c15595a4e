"""The annotation list: reading order, filter, thousands of cards, hostile notes."""

from __future__ import annotations

import statistics
import time
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStyleOptionViewItem

from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.document import Version
from kantlijn.ui.annotations import card
from kantlijn.ui.annotations.crops import Crops
from kantlijn.ui.annotations.model import AnnotationModel
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.marking.tag import Wanted, tag_many
from kantlijn.usecases.read import AnnotationRow
from panes.shell.reading_desk import press, quotes, select, settle


def row(number: int, *, note: str = "", themes: tuple[str, ...] = ()) -> AnnotationRow:
    annotation = Annotation(
        id=f"a{number:05}", document="d", themes=themes, note=note, modified="2026-01-02T03:04:05Z"
    )
    anchor = Anchor(
        id=f"n{number}", annotation=annotation.id, version="v", range=(number * 10, number * 10 + 8), quote="q",
        prefix="", suffix="", page_label="7",
    )  # fmt: skip
    version = Version(
        id="v", document="d", number=1, file="f.txt", sha256="", extractor="", mime="text/plain", size=1, pages=0,
        characters=1, added="",
    )  # fmt: skip
    words = f"Passage {number} tells at some length what supervision found in that place, and what it advises."
    passage = Passage(annotation=annotation, anchor=anchor)
    return AnnotationRow(passage=passage, document_title="Report", version=version, readable=words)


def test_that_cards_stand_in_reading_order_however_they_came(window: Window, qtbot: Any) -> None:
    for words in ("Signals come in", "Two out of three", "The confidential adviser"):
        select(window, words)
        press(window, Qt.Key.Key_1)
        settle(qtbot, window)
    assert quotes(window) == ["Two out of three", "The confidential adviser", "Signals come in"]


def test_that_the_filter_looks_in_words_notes_and_theme_names(window: Window, qtbot: Any) -> None:
    desk = window.jobs.desk
    assert desk is not None
    pane = window.panes.active
    assert pane is not None
    themes = [one.theme.id for one in window.themes.rows]
    window.jobs.do(tag_many, pane.version_id, [
        Wanted(range=(0, 6), themes=(themes[0],)),
        Wanted(range=(10, 16), themes=(themes[2],), note="check figure"),
    ])  # fmt: skip
    settle(qtbot, window)
    field = window.annotations.narrow.field
    for typed, expected in (("FIGURE", 1), ("detection", 1), ("Report", 1), ("", 2), ("nowhere", 0)):
        field.setText(typed)
        qtbot.waitUntil(lambda expected=expected: len(quotes(window)) == expected)
    assert window.annotations.empty.isVisible() and "matches" in window.annotations.empty.sentence.text()
    window.annotations.empty.button.click()
    window.annotations.narrow.has_note.setChecked(True)
    qtbot.waitUntil(lambda: len(quotes(window)) == 1)


def test_that_several_cards_are_deleted_as_one_step(window: Window, qtbot: Any) -> None:
    for words in ("Two out of three", "Signals come in"):
        select(window, words)
        press(window, Qt.Key.Key_1)
        settle(qtbot, window)
    window.annotations.list.setFocus()
    window.annotations.list.selectAll()
    assert len(window.tagging.selected) == 2
    press(window, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert quotes(window) == []
    window.undo()
    settle(qtbot, window)
    assert len(quotes(window)) == 2


def test_that_five_thousand_cards_never_hold_up_the_window(window: Window, qtbot: Any) -> None:
    desk, pane = window.jobs.desk, window.panes.active
    assert desk is not None and pane is not None and pane.content is not None
    theme, room = window.themes.rows[0].theme.id, len(pane.content.text) - 200
    wanted = [
        Wanted(range=(n * 7 % room, n * 7 % room + 150), themes=(theme,), note="A **note**." if n % 5 == 0 else "")
        for n in range(5000)
    ]
    version = pane.version_id
    window.actions_["unsplit"].trigger()  # so many on a text this short are for the list alone
    window.jobs.do(tag_many, version, wanted)
    qtbot.waitUntil(lambda: len(quotes(window)) == 5000, timeout=30_000)
    settle(qtbot, window)
    view = window.annotations.list
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 5000 * 60, timeout=30_000)
    times = []
    for step in range(60):
        bar.setValue(bar.maximum() * step // 59)
        began = time.process_time()
        view.viewport().repaint()
        times.append(time.process_time() - began)
    assert statistics.median(times) < 0.05, f"a repaint takes {statistics.median(times) * 1000:.0f} ms"


def test_that_a_change_patches_its_own_card_only(qapp: Any) -> None:
    model = AnnotationModel()
    model.show([row(n) for n in range(5)])
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    assert model.patch({"a00002"}, [row(2, note="new")])
    assert model.rows[2].passage.annotation.note == "new"
    assert model.patch({"a00003"}, [])
    assert [one.passage.id for one in model.rows] == ["a00000", "a00001", "a00002", "a00004"]
    assert model.patch({"a00003"}, [row(3)])
    assert [one.passage.id for one in model.rows][3] == "a00003"
    assert not resets


def test_that_a_hostile_note_stays_text(qapp: Any) -> None:
    document = card._note("<b>bold</b> <img src='file:///etc/passwd'> <script>alert(1)</script>", 300)
    assert "<b>bold</b>" in document.toPlainText() and "<script>" in document.toPlainText()


def test_that_quotes_end_in_dots_where_they_do_not_fit(qapp: Any) -> None:
    lines, more = card._lines("word " * 200, 240)
    assert len(lines) == 3 and more and lines[-1].endswith("…")
    lines, more = card._lines("Één ﬁn 😀 slot", 400)
    assert lines == ["Één ﬁn 😀 slot"] and not more


def test_that_screen_readers_hear_place_themes_words_and_note(qapp: Any) -> None:
    model = AnnotationModel()
    model.show([row(1, note="Check this")])
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "p. 7" in said and "No theme" in said and "Passage 1" in said and "Check this" in said


def test_that_a_card_with_a_note_is_higher_and_cuts_no_line(qapp: Any) -> None:
    model = AnnotationModel()
    model.show([row(1), row(2, note="one\n\n1. two\n2. three\n3. four\n4. five\n5. six")])
    jobs = Jobs(model)
    made = card.Card(model, Crops(jobs, model))
    sizes = [made.sizeHint(QStyleOptionViewItem(), model.index(n)) for n in range(2)]
    assert isinstance(sizes[0], QSize) and sizes[1].height() > sizes[0].height()
    jobs.close()


def test_that_a_card_of_another_version_than_the_one_read_says_so() -> None:
    model = AnnotationModel()
    model.show([row(1)])
    model.show_active("d", "v")
    assert model.where(row(1)) == "p. 7"
    model.show_active("d", "newer")
    assert model.where(row(1)) == "version 1 · p. 7"
    model.show_active("another document", "w")
    assert model.where(row(1)) == "p. 7"
