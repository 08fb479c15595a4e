"""Copies of a project: whole, and never made over what somebody has open."""

from __future__ import annotations

import os
import sys

import pytest

from kantlijn.errors import DiskTrouble, InUse
from kantlijn.model.changes import Change
from kantlijn.store.lock import Lock
from kantlijn.store.project import Project

from .conftest import THEME, step


def test_that_a_copy_is_whole_while_the_project_is_written(path, tmp_path):
    project = Project.create(path)
    project.commit(step(1, Change(None, THEME)))
    project.copy_to(tmp_path / "copy.kantlijn")
    project.commit(step(2, Change(THEME, None)))
    project.close()
    copy = Project.open(tmp_path / "copy.kantlijn")
    with copy.reading() as db:
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (1,)
    copy.close()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [path.name, "copy.kantlijn"]


def test_that_a_project_open_elsewhere_is_never_copied_over(path, tmp_path):
    project = Project.create(path)
    other = Project.create(tmp_path / "other.kantlijn")
    with pytest.raises(InUse, match=r"other\.kantlijn"):
        project.copy_to(tmp_path / "other.kantlijn")
    other.commit(step(1, Change(None, THEME)))
    other.close()
    project.copy_to(tmp_path / "other.kantlijn")
    project.close()
    copy = Project.open(tmp_path / "other.kantlijn")
    with copy.reading() as db:
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (0,)
    copy.close()


def test_that_the_log_of_a_killed_program_does_not_get_into_a_copy_put_in_its_place(path, tmp_path):
    other = Project.create(tmp_path / "other.kantlijn")
    other.commit(step(1, Change(None, THEME)))
    log = (tmp_path / "other.kantlijn-wal").read_bytes()
    other.close()
    (tmp_path / "other.kantlijn-wal").write_bytes(log)
    project = Project.create(path)
    project.copy_to(tmp_path / "other.kantlijn")
    project.close()
    copy = Project.open(tmp_path / "other.kantlijn")
    with copy.reading() as db:
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (0,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: names are shorter there")
@pytest.mark.parametrize("length", [230, 246, 249])
def test_that_a_copy_may_have_the_longest_name_that_a_project_may(kept, tmp_path, length):
    project = Project.open(kept)
    target = tmp_path / f"{'n' * (length - 9)}.kantlijn"
    project.copy_to(target)
    project.close()
    Project.open(target).close()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([kept.name, target.name])


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: no such files there")
def test_that_a_copy_never_takes_the_place_of_what_is_no_file(kept, tmp_path):
    pipe = tmp_path / "pipe.kantlijn"
    os.mkfifo(pipe)
    project = Project.open(kept)
    with pytest.raises(DiskTrouble, match="not a file that can be written"):
        project.copy_to(pipe)
    project.close()
    assert pipe.is_fifo()


def test_that_what_a_killed_program_left_of_a_copy_goes(kept, tmp_path):
    """Of the same name at once, of another when it is old, and never while its program lives."""
    names = ("copy", "old", "young", "busy")
    left = {name: tmp_path / f".{name}.kantlijn.new" for name in names}
    for file in left.values():
        for tail in ("", "-journal"):
            file.with_name(file.name + tail).write_bytes(b"half")
    for name in ("old", "busy"):
        os.utime(left[name], (1, 1))
    strange = tmp_path / ".strange.new"
    strange.write_bytes(b"of another program")
    os.utime(strange, (1, 1))
    busy = Lock(tmp_path / "busy.kantlijn")
    busy.take()
    project = Project.open(kept)
    project.copy_to(tmp_path / "copy.kantlijn")
    project.close()
    busy.release()
    there = {entry.name for entry in tmp_path.iterdir()}
    assert {name for name in names if left[name].name in there} == {"young", "busy"}
    assert strange.name in there and ".old.kantlijn.new-journal" not in there
    left["young"].rename(tmp_path / f".{kept.name}.new")
    Project.open(kept).close()
    assert not (tmp_path / f".{kept.name}.new").exists()
