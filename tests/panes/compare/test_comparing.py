"""Two versions compared in the window: the list, the pages, the way through, and back to reading."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kantlijn.ui.compare.choose import ChooseVersions, likely_pair
from kantlijn.ui.compare.export_dialog import ExportComparison
from kantlijn.ui.compare.rows import ROW
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from panes.compare.two_versions import MOVED
from panes.shell.reading_desk import press, select, settle


def rows(window: Window) -> list[Any]:
    model = window.changes.model
    return [model.index(place, 0).data(ROW) for place in range(model.rowCount())]


def test_that_both_versions_stand_side_by_side(compared: Window, versions: tuple[str, str]) -> None:
    assert [pane.version_id for pane in compared.panes.panes] == list(versions)
    kinds = [row.kind for row in rows(compared)]
    assert "moved" in kinds and "changed" in kinds
    old, new = (pane.view for pane in compared.panes.panes)
    assert all(mark.old for mark in old.changes.marks) and not any(mark.old for mark in new.changes.marks)
    text = compared.panes.panes[1].content.text
    (moved,) = [mark for mark in new.changes.marks if mark.kind == "moved"]
    assert MOVED[:-1] in text[slice(*moved.range)]
    assert not compared.sidebar.isVisible()
    assert "letter for letter" in compared.status.message.text()


def test_that_keys_go_from_change_to_change_on_both_sides(compared: Window, qtbot: Any) -> None:
    compared.panes.panes[1].view.setFocus()
    QTest.keyClick(compared.focusWidget(), Qt.Key.Key_BracketRight)
    assert compared.comparing.current == rows(compared)[0].number
    QTest.keyClick(compared.focusWidget(), Qt.Key.Key_BracketLeft)
    last = rows(compared)[-1].number
    assert compared.comparing.current == last
    assert all(pane.view.changes.current == last for pane in compared.panes.panes)
    edit = compared.comparing.compared.comparison.edits[last]
    start, end = compared.panes.panes[1].view.visible_range()
    assert start <= edit.new[0][0] <= end


def test_that_one_pane_takes_the_other_along_by_what_it_says(compared: Window, qtbot: Any) -> None:
    old, new = (pane.view for pane in compared.panes.panes)
    words = "what supervision found in place 41"
    start = compared.panes.panes[0].content.text.index(words)
    old.setFocus()
    old.verticalScrollBar().setValue(0)
    old.reveal((start, start + 5))
    there = compared.panes.panes[1].content.text.index(words)
    first, last = new.visible_range()
    assert first <= there <= last
    assert abs(old.caret_box(start).top() - new.caret_box(there).top()) < 60


def test_that_the_list_is_narrowed_by_kind_and_to_ones_own(compared: Window, qtbot: Any) -> None:
    changes = compared.changes
    changes.pills["moved"].click()
    assert [row.kind for row in rows(compared)] == ["moved"]
    changes.pills["all"].click()
    compared.panes.activate(compared.panes.panes[0])
    select(compared, "must be known to every pupil")
    press(compared, Qt.Key.Key_2)
    settle(qtbot, compared)
    qtbot.waitUntil(lambda: changes.pills["mine"].isVisible())
    changes.pills["mine"].click()
    (row,) = rows(compared)
    said = [words for words, kind in row.pieces if kind in ("deleted", "inserted")]
    assert [words.split()[0] for words in said] == ["must", "may"]
    assert row.chips
    changes.pills["all"].click()
    theme = next(one.theme.id for one in compared.themes.rows if one.theme.key == "2")
    changes.theme_wanted.emit(theme)
    settle(qtbot, compared)
    assert [one.number for one in rows(compared)] == [row.number]


def test_that_the_redline_holds_what_came_and_what_went(compared: Window, qtbot: Any) -> None:
    compared.comparing.go_to_edit(rows(compared)[0].number)
    compared.actions_["redline"].trigger()
    qtbot.waitUntil(lambda: compared.comparing.redlined)
    view = compared.comparing._redline
    text = view.content.text
    assert "must be known" in text or ("must" in text and "may be introduced" in text)
    struck = [text[slice(*mark.range)] for mark in view.changes.marks if mark.old]
    assert any("before the summer" in words for words in struck)
    assert view.changes.current == compared.comparing.current
    compared.actions_["redline"].trigger()
    assert not compared.comparing.redlined


def test_that_back_to_reading_puts_the_panes_back(window: Window, versions: tuple[str, str], qtbot: Any) -> None:
    before = [pane.version_id for pane in window.panes.panes]
    window.comparing.compare(*versions)
    qtbot.waitUntil(lambda: window.comparing.compared is not None, timeout=20_000)
    assert len(window.panes.panes) == 2
    window.middle.bar.back.click()
    settle(qtbot, window)
    assert [pane.version_id for pane in window.panes.panes] == before
    assert window.sidebar.isVisible() and not window.middle.bar.isVisible()
    assert window.panes.splitter.handleWidth() == 1
    assert all(not pane.view.changes.marks for pane in window.panes.panes if pane.view is not None)


def test_that_opening_another_document_ends_the_comparison(compared: Window, versions: tuple[str, str]) -> None:
    compared.panes.close_pane(compared.panes.panes[1])
    assert compared.comparing.wanted is None
    assert not compared.middle.bar.isVisible()


def test_that_what_is_ignored_is_no_change(compared: Window, qtbot: Any) -> None:
    before = compared.comparing.compared
    compared.middle.bar._ignored["case"].trigger()
    qtbot.waitUntil(lambda: compared.comparing.compared not in (None, before), timeout=20_000)
    assert compared.comparing.compared.comparison.ignore == ("case",)


def test_that_two_versions_are_asked_for_and_the_likely_ones_chosen(
    window: Window, versions: tuple[str, str], qtbot: Any
) -> None:
    window.actions_["compare"].trigger()
    settle(qtbot, window)
    (dialog,) = window.findChildren(ChooseVersions)
    assert dialog.versions == versions
    dialog.new.setCurrentIndex(dialog.new.findData(versions[0]))
    assert not dialog.go.isEnabled()
    dialog.new.setCurrentIndex(dialog.new.findData(versions[1]))
    dialog.go.click()
    qtbot.waitUntil(lambda: window.comparing.compared is not None, timeout=20_000)


def test_that_a_version_is_compared_from_the_list_of_documents(
    window: Window, versions: tuple[str, str], qtbot: Any
) -> None:
    for version in versions:
        window.sources.compare_wanted.emit(version)
        settle(qtbot, window)
        dialog = window.findChildren(ChooseVersions)[-1]
        assert dialog.versions == versions
        dialog.reject()


def test_that_escape_goes_from_the_redline_back_to_the_pages(compared: Window, qtbot: Any) -> None:
    compared.comparing.present("redline")
    qtbot.waitUntil(lambda: compared.comparing.redlined)
    press(compared, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not compared.comparing.redlined)
    assert compared.comparing.compared is not None


def test_that_a_comparison_comes_back_with_the_project(compared: Window, versions: tuple[str, str]) -> None:
    kept = compared._state()["comparison"]
    assert (kept["old"], kept["new"]) == versions


def test_that_it_is_written_to_a_file(compared: Window, qtbot: Any, tmp_path: Path) -> None:
    compared.actions_["export_comparison"].trigger()
    (dialog,) = compared.findChildren(ExportComparison)
    dialog.write(tmp_path / "changes")
    qtbot.waitUntil(lambda: dialog.saved is not None, timeout=20_000)
    assert "introduced</ins>" in dialog.saved.read_text("utf-8")
    dialog.write(tmp_path / "no such folder" / "x.html")
    qtbot.waitUntil(lambda: "could not be written" in dialog.outcome.text(), timeout=20_000)


def test_that_tagging_goes_on_inside_a_comparison(compared: Window, qtbot: Any, versions: tuple[str, str]) -> None:
    compared.panes.activate(compared.panes.panes[1])
    select(compared, "A new desk for young people")
    press(compared, Qt.Key.Key_1)
    settle(qtbot, compared)
    assert len(read.passages(compared.jobs.desk, versions[1])) == 1
    assert compared.comparing.compared is not None


def test_that_the_versions_of_a_document_come_before_what_stands_beside_it() -> None:
    def row(*versions: str) -> Any:
        return SimpleNamespace(versions=[SimpleNamespace(id=one, number=n) for n, one in enumerate(versions)])

    shelf = [row("2023", "2024"), row("letter"), row("release")]
    assert likely_pair(shelf, "2024", ["letter"]) == ("2023", "2024")
    assert likely_pair(shelf, "letter", ["2024"]) == ("2023", "2024")
    assert likely_pair(shelf, "2024", ["2023"]) == ("2023", "2024")
    assert likely_pair(shelf, "letter", ["release"]) == ("letter", "release")
    assert likely_pair(shelf, "letter", []) == ("2023", "2024")
