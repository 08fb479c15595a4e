"""A project whose file is moved, deleted or replaced under it: nothing more is acknowledged, nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kantlijn.errors import DiskTrouble
from kantlijn.model.changes import Change
from kantlijn.store.project import Project

from .conftest import THEME, step

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: open files cannot be moved there")


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.kantlijn"))


def folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_name("other.kantlijn")
    shutil.copy(path, other)
    other.replace(path)


@pytest.mark.parametrize("happens", [moved, folder_moved, deleted, replaced])
def test_that_nothing_is_acknowledged_that_would_go_to_a_file_nobody_finds(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1))
    happens(path)
    for write in (lambda: project.commit(step(2)), project.undo, lambda: project.keep_fact("a", "b")):
        with pytest.raises(DiskTrouble, match=r"p.kantlijn” was (moved or renamed|deleted or replaced) while"):
            write()
    assert project.lost_its_file == (happens in (deleted, replaced))
    project.copy_to(tmp_path / "copy.kantlijn")
    project.close()
    if happens is not folder_moved:  # there its file is beside it
        assert not [file.name for file in tmp_path.rglob("*-*")], "a log without its file"
    found = {file for file in tmp_path.rglob("*.kantlijn") if file.name != "p.kantlijn" or happens is folder_moved}
    for file in found:
        opened = Project.open(file)
        assert opened.undo().title == "Step 1"
        opened.close()
    assert len(found) == (1 if happens in (deleted, replaced) else 2)


def test_that_a_deleted_project_can_be_put_back_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1))
    path.unlink()
    project.copy_to(path)
    project.close()
    again = Project.open(path)
    assert again.undo().title == "Step 1"
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == ["p.kantlijn"]


def copied_over(path: Path) -> None:
    path.write_bytes(path.with_name("other.kantlijn").read_bytes() + bytes(4096))


def cut_short(path: Path) -> None:
    os.truncate(path, 4096)


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))  # as it would be a second later


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another project, closed, of the same kind and size."""
    other = Project.create(tmp_path / "other.kantlijn")
    other.commit(step(9))
    other.close()
    return tmp_path / "other.kantlijn"


@pytest.mark.parametrize("happens", [copied_over, cut_short, zeroed])
def test_that_nothing_is_read_from_or_mixed_into_a_file_that_was_written_over(
    tmp_path: Path, other: Path, happens: Callable[[Path], None]
) -> None:
    path = tmp_path / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1, Change(None, THEME)))
    happens(path)
    written = path.read_bytes()
    for call in (lambda: project.commit(step(2)), project.undo, lambda: project.fact("a")):
        with pytest.raises(DiskTrouble, match=r"Another program wrote into “p.kantlijn”"):
            call()
    assert project.lost_its_file
    looked = [sys.executable, "-m", "kantlijn", "themes", str(path)]  # another program finds no log to mix it with
    seen = subprocess.run(looked, capture_output=True, text=True, check=False)
    assert "Prevention" not in seen.stdout and "Traceback" not in seen.stderr
    project.close()
    assert path.read_bytes() == written
    left = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert left.keys() <= {"p.kantlijn", "other.kantlijn", "p.kantlijn-wal", "p.kantlijn-shm"}
    assert not left.get("p.kantlijn-wal")


def test_that_a_file_written_over_while_a_step_is_written_gets_none_of_it(tmp_path: Path, other: Path) -> None:
    path = tmp_path / "p.kantlijn"
    project = Project.create(path)
    with pytest.raises(DiskTrouble, match="Another program"), project.aside() as db:
        db.execute("INSERT INTO fact VALUES ('a', 'b')")
        copied_over(path)
        written = path.read_bytes()
    project.close()
    assert path.read_bytes() == written


def test_that_a_log_that_is_deleted_while_the_project_is_open_costs_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1))
    path.with_name("p.kantlijn-wal").unlink()
    project.commit(step(2))
    project.commit(step(3))
    with sqlite3.connect(path) as another:  # what a program finds that was started after ours was killed
        titles = another.execute("SELECT title FROM history").fetchall()
    another.close()
    assert titles == [("Step 1",), ("Step 2",), ("Step 3",)]
    project.close()


@pytest.mark.parametrize("unit", [1_000, 1_000_000_000])
def test_that_a_time_told_less_exactly_is_no_writing(tmp_path: Path, unit: int) -> None:
    path = tmp_path / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1))
    written = path.stat().st_mtime_ns
    os.utime(path, ns=(written, written - written % unit))
    project.commit(step(2))
    project.close()
    again = Project.open(path)
    assert again.undo().title == "Step 2"
    again.close()
