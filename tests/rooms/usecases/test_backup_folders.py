"""Whose backups are whose: copies, projects of one name, those that moved, and folders that refuse."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from kantlijn import paths
from kantlijn.cli.main import main
from kantlijn.errors import DiskTrouble, NotFound
from kantlijn.settings import Settings
from kantlijn.store import backups as stored
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.marking.tag import tag


def folder_of(path: Path) -> Path:
    """That of the newest backup."""
    return backups.backups_of(path)[0].path.parent


@pytest.fixture
def copy(desk, version, tmp_path) -> Path:
    """A copy under the same name in another folder, of a project that has one backup."""
    backups.back_up(desk)
    path = tmp_path / "elsewhere" / desk.path.name
    path.parent.mkdir()
    desk.project.copy_to(path)
    return path


def test_that_a_copy_of_the_same_name_has_backups_of_its_own(desk, version, copy):
    other = open_desk(copy, settings=Settings())
    for number in range(12):
        tag(other, version, (number, number + 5), ["prevention"])
        backups.back_up(other)
    other.close()
    assert [one.counts["annotation"] for one in backups.backups_of(desk.path)] == [0]
    assert len(backups.backups_of(copy)) == 10
    assert folder_of(copy) != folder_of(desk.path)
    tag(desk, version, (0, 9), ["prevention"])
    backups.back_up(desk)
    assert [one.counts["annotation"] for one in backups.backups_of(desk.path)] == [1, 0]


def test_that_a_copy_without_backups_has_those_of_its_past(desk, copy):
    assert backups.backups_of(copy) == backups.backups_of(desk.path)


def test_that_another_project_of_the_same_name_is_not_restored_from_these(desk, version, tmp_path):
    backups.back_up(desk)
    path = tmp_path / "other" / desk.path.name
    path.parent.mkdir()
    new_desk(path, settings=Settings()).close()
    assert backups.backups_of(path) == ()
    with pytest.raises(NotFound):
        backups.chosen_backup(path, "")


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: links need rights there")
def test_that_a_project_that_moved_or_got_another_name_goes_on_with_its_backups(desk, version, tmp_path):
    backups.back_up(desk)
    desk.close()
    before = folder_of(desk.path)
    (tmp_path / "moved").mkdir()
    moved = desk.path.rename(tmp_path / "moved" / desk.path.name)
    assert folder_of(moved) == before
    link = tmp_path / "link.kantlijn"
    link.symlink_to(moved)
    for path in (moved, link):
        again = open_desk(path, settings=Settings())
        backups.back_up(again, even_unchanged=True)
        again.close()
    assert len(backups.backups_of(moved)) == 3 or folder_of(link) != before
    renamed = moved.rename(moved.with_name("another.kantlijn"))
    assert len(backups.backups_of(renamed)) >= 2


@pytest.mark.parametrize("left", ["", "{", '{"path": 3}', None])
def test_that_backups_are_found_when_what_is_said_of_them_is_lost(desk, version, left):
    """As a full disk or a power cut may leave it."""
    about = backups.back_up(desk).path.with_name("about.json")
    desk.close()
    about.unlink()
    if left is not None:
        about.write_text(left, "utf-8")
    assert len(backups.backups_of(desk.path)) == 1
    desk.path.write_bytes(b"damaged")
    assert len(backups.backups_of(desk.path)) == 1
    desk.path.unlink()
    assert len(backups.backups_of(desk.path)) == 1


def test_that_a_disk_that_refuses_leaves_what_is_said_of_the_backups(desk, version, monkeypatch):
    made = backups.back_up(desk)
    desk.close()
    (desk.path.parent / "moved").mkdir()
    moved = desk.path.rename(desk.path.parent / "moved" / desk.path.name)
    again = open_desk(moved, settings=Settings())

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(stored.os, "fsync", refuse)
        with pytest.raises(DiskTrouble, match=r"No backup could be made: “.*backups.*No space left"):
            backups.back_up(again, even_unchanged=True)
    again.close()
    assert json.loads(made.path.with_name("about.json").read_text("utf-8")) == {"path": str(desk.path)}
    assert backups.backups_of(moved)[0].path == made.path


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: open files cannot be replaced there")
@pytest.mark.parametrize("even_unchanged", [False, True])
def test_that_another_file_in_its_place_is_never_backed_up_as_the_project(desk, version, tmp_path, even_unchanged):
    backups.back_up(desk)
    tag(desk, version, (0, 9), ["prevention"])
    stranger = tmp_path / "stranger.kantlijn"
    new_desk(stranger, settings=Settings()).close()
    stranger.replace(desk.path)
    with pytest.raises(DiskTrouble, match="was deleted or replaced while it was open"):
        backups.back_up(desk, even_unchanged=even_unchanged)
    assert len(list(paths.backups_folder().rglob("0*.kantlijn"))) == 1


def test_that_what_refuses_is_named_and_not_the_project(desk, version, tmp_path, capsys):
    desk.close()
    shutil.rmtree(paths.backups_folder())
    place = Path(os.environ["XDG_DATA_HOME"]) / "kantlijn" / "backups"
    place.write_text("no folder", "utf-8")
    for verb, *more in (("backup",), ("backup", "--list"), ("restore",)):
        assert main([verb, str(desk.path), *more]) == 1
        said = capsys.readouterr()
        assert str(place) in said.err and "could not be written" not in said.err and not said.out


@pytest.mark.parametrize(("code", "why"), [("FULL", "No space left"), ("IOERR_WRITE", "Input/output")])
def test_that_a_disk_of_backups_that_refuses_is_told_from_the_projects(desk, version, monkeypatch, code, why):
    def refuse(*_: object) -> None:
        trouble = stored.sqlite3.OperationalError("refused")
        trouble.sqlite_errorname = f"SQLITE_{code}"
        raise trouble

    monkeypatch.setattr(stored, "copy_pages", refuse)
    with pytest.raises(DiskTrouble, match=f"No backup could be made: “.*backups.*” cannot be written .{why}"):
        backups.back_up(desk)
    assert not list(paths.backups_folder().rglob("*.new*"))
