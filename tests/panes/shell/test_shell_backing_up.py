"""Backups from the window: made in the background, listed in a dialog, put back in a window that comes instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kantlijn.errors import DiskTrouble
from kantlijn.settings import Settings
from kantlijn.ui.shell.keeping.backing_up import RestoreDialog
from kantlijn.ui.shell.windows import Windows
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.check import check
from panes.shell.reading_desk import ready, select, settle


def dialog_of(window, qtbot) -> RestoreDialog:
    window.actions_["restore"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(RestoreDialog)))
    return window.findChildren(RestoreDialog)[0]


def tagged(window, qtbot, words: str) -> None:
    before = window.annotations.total
    select(window, words)
    qtbot.keyClick(window.panes.active.view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: window.annotations.total == before + 1)
    settle(qtbot, window)


def test_that_the_window_makes_a_backup_once_and_again_after_a_change(window, qtbot, project):
    for expected in (1, 1):
        window.backing_up.begin()
        qtbot.waitUntil(lambda: not window.backing_up.running)
        assert len(backups.backups_of(project)) == expected
    tagged(window, qtbot, "resilience")
    window.backing_up.begin()
    qtbot.waitUntil(lambda: not window.backing_up.running)
    newest, oldest = backups.backups_of(project)
    assert (newest.counts["annotation"], oldest.counts["annotation"]) == (1, 0)


def test_that_the_dialog_lists_what_there_is_and_refuses_what_is_damaged(window, qtbot, project):
    window.backing_up.begin()
    qtbot.waitUntil(lambda: not window.backing_up.running)
    tagged(window, qtbot, "resilience")
    window.backing_up.begin()
    qtbot.waitUntil(lambda: not window.backing_up.running)
    newest = backups.backups_of(project)[0]
    newest.path.write_bytes(b"\0" * 5000)
    dialog = dialog_of(window, qtbot)
    texts = [dialog.list.item(number).text() for number in range(dialog.list.count())]
    assert texts[0].endswith("damaged") and texts[1].endswith("2 documents, 0 annotations")
    assert dialog.backup == backups.backups_of(project)[1].path
    dialog.reject()


def test_that_without_backups_nothing_can_be_restored(window, qtbot):
    dialog = dialog_of(window, qtbot)
    assert "no backup" in dialog.sentence.text()
    assert not dialog.in_place.isVisible() and not dialog.as_new.isVisible()
    dialog.reject()


@pytest.fixture
def windows(look):
    made = Windows(Settings(), look)
    yield made
    for window in list(made.open):
        window.closing.decided = True
        window.close()


def test_that_restoring_brings_a_window_with_the_backup_and_keeps_what_was_there(windows, qtbot, project: Path):
    window = windows.add()
    window.furnish()
    window.show()
    window.opening.open(project)
    ready(qtbot, window)
    window.backing_up.begin()
    qtbot.waitUntil(lambda: not window.backing_up.running)
    tagged(window, qtbot, "resilience")
    dialog = dialog_of(window, qtbot)
    qtbot.mouseClick(dialog.in_place, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window not in windows.open, timeout=10_000)
    (fresh,) = windows.open
    ready(qtbot, fresh)
    qtbot.waitUntil(lambda: "kept as" in fresh.banner.sentence)
    assert fresh.annotations.total == 0
    (aside,) = project.parent.glob("safety before restore*.kantlijn")
    assert check(aside).counts["annotation"] == 1


def test_that_a_project_too_damaged_to_open_is_restored_from_the_window(windows, qtbot, project: Path):
    window = windows.add()
    window.furnish()
    window.show()
    window.opening.open(project)
    ready(qtbot, window)
    window.backing_up.begin()
    qtbot.waitUntil(lambda: not window.backing_up.running)
    window.close()
    project.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    window = windows.add()
    window.furnish()
    window.show()
    window.opening.open(project)
    qtbot.waitUntil(lambda: "not a Kantlijn project" in window.banner.sentence, timeout=10_000)
    dialog = dialog_of(window, qtbot)
    qtbot.mouseClick(dialog.in_place, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window not in windows.open, timeout=10_000)
    ready(qtbot, windows.open[0])
    assert check(project).ok


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_that_a_backup_that_went_bad_meanwhile_leaves_the_project_open_as_it_was(windows, qtbot, project, harm):
    window = windows.add()
    window.furnish()
    window.show()
    window.opening.open(project)
    ready(qtbot, window)
    window.backing_up.begin()
    qtbot.waitUntil(lambda: not window.backing_up.running)
    tagged(window, qtbot, "resilience")
    dialog = dialog_of(window, qtbot)
    backup = dialog.backup
    if harm == "gone":
        backup.unlink()
    else:
        backup.write_bytes(backup.read_bytes()[:5000])
    qtbot.mouseClick(dialog.in_place, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window not in windows.open, timeout=10_000)
    (fresh,) = windows.open
    ready(qtbot, fresh)
    qtbot.waitUntil(lambda: backup.name in fresh.banner.sentence)
    assert fresh.annotations.total == 1
    assert not list(project.parent.glob("*before restore*"))


def test_that_a_project_and_backup_that_are_both_bad_are_told_once(windows, qtbot, project):
    window = windows.add()
    window.furnish()
    window.show()
    bad = project.with_name("bad.kantlijn")
    bad.write_bytes(b"bad")
    project.write_bytes(b"also bad")
    window.opening.restore(project, bad)
    qtbot.waitUntil(lambda: "bad.kantlijn" in window.banner.sentence)
    project.unlink()
    window.opening.new(project)
    qtbot.waitUntil(lambda: window.jobs.desk is not None)
    qtbot.waitUntil(lambda: not window.jobs.pending)
    assert "is back" not in window.banner.sentence


def test_that_backups_that_cannot_be_read_are_said(window, qtbot, monkeypatch):
    def refuse(_path: Path) -> None:
        raise DiskTrouble("The backups cannot be read.")

    monkeypatch.setattr(backups, "backups_of", refuse)
    said = []
    window.jobs.trouble.connect(said.append)
    window.actions_["restore"].trigger()
    assert said == ["The backups cannot be read."]
