"""The log of a file that was replaced while it was open, as programs that keep folders in step do it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kantlijn.model.changes import Change
from kantlijn.store.backups import fact_in
from kantlijn.store.check import problems
from kantlijn.store.lock import Lock, has_strange_log, lock_path
from kantlijn.store.project import Project

from .conftest import THEME, step

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: open files cannot be replaced there")
KILLED = """
import os, sys
from pathlib import Path
from kantlijn.model.changes import Changes
from kantlijn.store.project import Project
project = Project.open(Path(sys.argv[1]))
for number in range(20):
    project.keep_fact(f"fact {number}", "x" * 3000)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """What will come in the place of the project: one with another theme."""
    path = tmp_path / "other.kantlijn"
    project = Project.create(path)
    project.commit(step(7, Change(None, THEME), Change(None, replace(THEME, id="u"))))
    project.close()
    return path


def killed(path: Path) -> None:
    """A program that writes twenty facts and is killed, so that they are in its log alone."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -9
    assert path.with_name(path.name + "-wal").stat().st_size > 20 * 3000


def themes(project: Project) -> int:
    with project.reading() as db:
        return int(db.execute("SELECT count(*) FROM theme").fetchone()[0])


def test_that_reading_beside_the_program_that_had_the_former_file_changes_nothing(kept, other):
    writer = Project.open(kept)
    writer.keep_fact("a", "x" * 90_000)
    other.replace(kept)
    before = kept.read_bytes()
    for _ in range(2):
        reader = Project.open(kept, read_only=True)
        assert "is another file than the one that was opened here" in reader.missing
        assert themes(reader) == 2
        assert list(problems(reader)) == [reader.missing]
        reader.close()
    assert fact_in(kept, "a") == ""
    assert kept.read_bytes() == before
    writer.close()
    again = Project.open(kept)
    assert (again.missing, themes(again)) == ("", 2)
    again.close()


@pytest.mark.parametrize("first", ["read", "written", "locked"])
def test_that_the_log_of_a_killed_program_stays_out_of_a_file_that_came_instead(kept, other, first):
    killed(kept)
    other.replace(kept)
    before = kept.read_bytes()
    if first == "read":
        reader = Project.open(kept, read_only=True)
        assert "is not read" in reader.missing and themes(reader) == 2
        reader.close()
        assert kept.read_bytes() == before
    if first == "locked":  # as a repair does
        lock = Lock(kept)
        lock.take()
        lock.release()
    project = Project.open(kept)
    assert themes(project) == 2
    assert ("kept out of it" in project.missing) == (first != "locked")
    assert project.fact("fact 0") is None
    project.commit(step(8))
    project.close()
    aside = kept.with_name(kept.name + "-wal.aside")
    assert aside.stat().st_size > 20 * 3000
    again = Project.open(kept, read_only=True)
    assert list(problems(again)) == []
    again.close()


def test_that_a_log_that_moved_or_was_copied_with_its_file_is_read(kept, tmp_path):
    """With the lock that the program left, or without."""
    killed(kept)
    for number, how in enumerate(("copied", "moved", "copied without lock")):
        folder = tmp_path / str(number)
        folder.mkdir()
        for file in (kept, *kept.parent.glob(f"{kept.name}-*"), lock_path(kept)):
            if how == "moved":
                shutil.move(shutil.copy(file, tmp_path / f"x{file.name}"), folder / file.name)
            elif how == "copied" or file != lock_path(kept):
                shutil.copy(file, folder)
        project = Project.open(folder / kept.name)
        assert (project.missing, project.fact("fact 19")) == ("", "x" * 3000)
        project.close()
    project = Project.open(kept)
    assert (project.missing, project.fact("fact 19")) == ("", "x" * 3000)
    project.close()
    assert not list(tmp_path.rglob("*.aside"))


@pytest.mark.parametrize("said", [b"", b"{", b"[1]", b'{"file": "x", "log": null}', b"\xff"])
def test_that_a_lock_that_says_nothing_of_files_means_nothing(kept, said):
    killed(kept)
    lock_path(kept).write_bytes(said)
    assert not has_strange_log(kept)
    project = Project.open(kept)
    assert project.fact("fact 19") == "x" * 3000
    assert json.loads(lock_path(kept).read_text("utf-8"))["file"] == kept.stat().st_ino
    project.close()
    assert not lock_path(kept).exists()


def test_that_a_log_that_was_begun_anew_is_known(kept):
    project = Project.open(kept)
    log = kept.with_name(kept.name + "-wal")
    log.unlink()
    project.keep_fact("a", "b")
    assert json.loads(lock_path(kept).read_text("utf-8"))["log"] == log.stat().st_ino
    project.close()
