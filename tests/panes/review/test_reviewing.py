"""Annotations carried over in the window, looked over by key, placed by hand, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.review.card import ROW
from kantlijn.ui.review.through import ThroughVersions
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from kantlijn.usecases.marking import tag
from kantlijn.usecases.versions import carry
from panes.shell.reading_desk import select, settle

KEPT, CHANGED = "what supervision found in place 12", "known to every pupil"
LOST = "asks for an answer before the summer"


def carried(window: Window, versions: tuple[str, str], qtbot: Any) -> None:
    """Three annotations in the old version, carried to the new one."""
    old = versions[0]
    for words in (KEPT, CHANGED, LOST):
        window.jobs.do(lambda desk, words=words: tag.tag(desk, old, tag.locate_quote(desk, old, words), []))
    settle(qtbot, window)
    window.panes.open(old)
    qtbot.waitUntil(lambda: window.panes.active.content is not None, timeout=20_000)
    window.actions_["carry"].trigger()
    qtbot.waitUntil(lambda: len(window.review.model.rows) > 0, timeout=20_000)
    settle(qtbot, window)


def targets(window: Window, versions: tuple[str, str]) -> dict[str, Any]:
    return {row.source.quote: row.target for row in carry.carried_rows(window.jobs.desk, versions[1])}


def choose(window: Window, words: str) -> None:
    """The entry of this annotation, with all groups shown."""
    for pill in window.review.pills.values():
        pill.setChecked(True)
    window.review._list()
    model = window.review.model
    place = next(
        n for n in range(model.rowCount()) if words in model.index(n, 0).data(ROW).carried.source.quote
    )
    window.review.list.setCurrentIndex(model.index(place, 0))
    window.review.list.setFocus()


def test_that_annotations_are_carried_and_told(
    window: Window, versions: tuple[str, str], qtbot: Any
) -> None:
    carried(window, versions, qtbot)
    assert "Carried 3 annotations to" in window.status.message.text()
    assert window.status.undo.isVisible()
    assert window.listing.current == "review"
    states = {words: target.state for words, target in targets(window, versions).items()}
    assert states[KEPT] == "unchanged"
    assert states[LOST] == "lost"
    window.undo()
    settle(qtbot, window)
    assert targets(window, versions) == {}


def test_that_an_entry_shows_both_places(window: Window, versions: tuple[str, str], qtbot: Any) -> None:
    carried(window, versions, qtbot)
    choose(window, CHANGED)
    QTest.keyClick(window.review.list, Qt.Key.Key_J)
    QTest.keyClick(window.review.list, Qt.Key.Key_K)
    settle(qtbot, window)
    assert {pane.version_id for pane in window.panes.panes} == set(versions)
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes), timeout=20_000)
    for pane, version in zip(window.panes.panes, versions, strict=True):
        assert pane.version_id == version
        start, end = pane.view.visible_range()
        assert start <= pane.content.text.index("to every pupil") <= end


def test_that_each_is_decided_by_key(window: Window, versions: tuple[str, str], qtbot: Any) -> None:
    carried(window, versions, qtbot)
    choose(window, CHANGED)
    QTest.keyClick(window.review.list, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert targets(window, versions)[CHANGED].review == "accepted"
    choose(window, LOST)
    for pane in window.panes.panes:
        if pane.version_id == versions[1]:
            window.panes.activate(pane)
    select(window, "A new desk for young people")
    window.review.list.setFocus()
    QTest.keyClick(window.review.list, Qt.Key.Key_P)
    settle(qtbot, window)
    placed = targets(window, versions)[LOST]
    assert (placed.quote, placed.review) == ("A new desk for young people", "placed")
    choose(window, LOST)
    QTest.keyClick(window.review.list, Qt.Key.Key_D)
    settle(qtbot, window)
    assert targets(window, versions)[LOST].review == "dropped"
    window.undo()
    settle(qtbot, window)
    assert targets(window, versions)[LOST].review == "placed"


def test_that_placing_needs_a_selection_and_says_so(window: Window, versions: tuple[str, str], qtbot: Any) -> None:
    carried(window, versions, qtbot)
    choose(window, LOST)
    for pane in window.panes.panes:
        pane.view.select(None)
    QTest.keyClick(window.review.list, Qt.Key.Key_P)
    settle(qtbot, window)
    assert "Select the passage" in window.status.message.text()
    assert targets(window, versions)[LOST].state == "lost"


def test_that_a_passage_is_shown_in_every_version(window: Window, versions: tuple[str, str], qtbot: Any) -> None:
    carried(window, versions, qtbot)
    window.tagging.select([read.passages(window.jobs.desk, versions[0])[0].id])
    window.actions_["through"].trigger()
    settle(qtbot, window)
    (dialog,) = window.findChildren(ThroughVersions)
    went: list[str] = []
    dialog.wanted.connect(lambda version, _range: went.append(version))
    buttons = [one for one in dialog.findChildren(type(window.review.buttons["drop"])) if one.text() == "Show"]
    assert len(buttons) == 2
    buttons[1].click()
    assert went == [versions[1]]


def test_that_a_newer_file_is_offered_as_a_version(
    window: Window, versions: tuple[str, str], qtbot: Any, tmp_path: Path
) -> None:
    text = window.jobs.desk.content_of(read.version(window.jobs.desk, versions[1])).text
    later = tmp_path / "report-2025.txt"
    later.write_text(text.replace("in March", "in April, and one more in May"), "utf-8")
    window.add_files([later])
    qtbot.waitUntil(lambda: len(window.banner.choices) == 2, timeout=20_000)
    assert "looks like a newer version" in window.banner.sentence
    window.banner.choices[0].click()
    settle(qtbot, window)
    (row,) = read.shelf(window.jobs.desk)
    assert [version.file for version in row.versions] == ["report-2023.txt", "report-2024.txt", "report-2025.txt"]
    qtbot.waitUntil(lambda: "new version is in the project" in window.banner.sentence, timeout=20_000)
    next(choice for choice in window.banner.choices if "Compare" in choice.text()).click()
    qtbot.waitUntil(lambda: window.comparing.compared is not None, timeout=20_000)
    assert not window.banner.isVisible()


def test_that_a_card_leads_to_the_place_in_the_version_being_read(
    window: Window, versions: tuple[str, str], qtbot: Any
) -> None:
    carried(window, versions, qtbot)
    (new,) = [pane for pane in window.panes.panes if pane.version_id == versions[1]]
    window.panes.activate(new)
    kept = next(row for row in read.annotation_rows(window.jobs.desk) if KEPT in row.readable)
    qtbot.waitUntil(lambda: any(mark.id == kept.passage.id for mark in new.view.marks.unordered))
    window.annotations.jump_wanted.emit(kept.passage.id, kept.version.id, kept.passage.anchor.range)
    assert window.panes.active is new
    start, end = new.view.visible_range()
    assert start <= new.content.text.index(KEPT) <= end
