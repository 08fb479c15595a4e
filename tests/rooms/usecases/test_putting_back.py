"""Backups and repaired projects put where something was: none of that gets in, and it is kept."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from kantlijn.cli.main import main
from kantlijn.errors import InUse, NotAProject
from kantlijn.model.ids import new_id
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.repair import repair
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.whole_file import write_whole


@pytest.fixture
def orphan(desk, version, tmp_path) -> Path:
    """A name that has no file any more, but the log of one: its program was killed, and then it was deleted."""
    path = tmp_path / "lost.kantlijn"
    desk.close()
    shutil.copy(desk.path, path)
    other = open_desk(path, settings=Settings())
    for number in range(3):
        tag(other, version, (number, number + 5), ["prevention"])
    log = path.with_name(path.name + "-wal")
    left = log.read_bytes()
    other.close()
    path.unlink()
    log.write_bytes(left)
    return path


@pytest.mark.parametrize("how", ["restored", "repaired"])
def test_that_the_log_of_a_deleted_project_does_not_get_into_one_made_in_its_place(desk, orphan, how):
    if how == "restored":
        backups.restore_to(desk.path, orphan)
    else:
        repair(desk.path, orphan)
    report = check(orphan)
    assert report.ok and report.counts["annotation"] == 0
    assert not orphan.with_name(orphan.name + "-wal").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: open files cannot be deleted there")
def test_that_nothing_is_made_under_the_name_of_a_deleted_project_that_is_still_open(desk, version, tmp_path):
    made = backups.back_up(desk)
    tag(desk, version, (0, 9), ["prevention"])
    desk.path.unlink()
    with pytest.raises(InUse):
        backups.restore_to(made.path, desk.path)
    desk.project.copy_to(desk.path)
    assert check(desk.path).counts["annotation"] == 1


def test_that_a_project_that_is_open_is_taken_with_what_its_log_holds(desk, version, tmp_path):
    tag(desk, version, (0, 9), ["prevention"])
    assert desk.path.with_name(desk.path.name + "-wal").stat().st_size
    new, old = tmp_path / "new.kantlijn", tmp_path / "old.kantlijn"
    backups.restore_to(desk.path, new)
    shutil.copy(new, old)
    tag(desk, version, (3, 9), ["prevention"])
    backups.restore_in_place(old, desk.path)
    assert (check(new).counts["annotation"], check(old).counts["annotation"]) == (1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: a file that is read cannot be replaced there")
def test_that_a_reader_of_what_was_there_costs_no_file_that_stays(desk, version):
    made = backups.back_up(desk)
    desk.close()
    reader = open_desk(desk.path, settings=Settings(), read_only=True)
    assert read.annotation_rows(reader) == ()
    aside = backups.restore_in_place(desk.path, made.path)
    reader.close()
    assert sorted(one.name for one in desk.path.parent.glob("*kantlijn*")) == sorted([desk.path.name, aside.name])


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: names are shorter there")
@pytest.mark.parametrize("length", [230, 249])
@pytest.mark.parametrize("letter", ["n", "é"])
def test_that_a_very_long_name_is_cut_for_what_was_there(desk, version, length, letter):
    made = backups.back_up(desk)
    desk.close()
    path = desk.path.with_name(letter * ((length - 9) // len(letter.encode())) + ".kantlijn")
    desk.path.rename(path)
    aside = backups.restore_in_place(path, made.path)
    assert " before restore 2" in aside.name
    assert check(aside).ok and check(path).ok
    open_desk(aside, settings=Settings()).close()


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: links need rights there")
def test_that_links_in_a_circle_and_what_is_no_backup_are_said(desk, tmp_path, capsys):
    desk.close()
    loop, text = tmp_path / "loop.kantlijn", tmp_path / "brief.txt"
    loop.symlink_to(loop)
    text.write_text("no project", "utf-8")
    for wanted in ("7", "²", str(text)):
        assert main(["restore", str(desk.path), "--from", wanted]) == 1
    for arguments in (["restore", str(loop)], ["backup", str(loop), "--list"], ["check", str(loop)]):
        main(arguments)
    assert "did not foresee" not in capsys.readouterr().err
    with pytest.raises(NotAProject, match=r"brief\.txt"):
        backups.restore_to(text, tmp_path / "new.kantlijn")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="NOT RUN: root reads everything")
def test_that_a_backup_that_cannot_be_read_is_named(desk, version, tmp_path):
    made = backups.back_up(desk)
    desk.close()
    made.path.chmod(0)
    for put in (lambda: backups.restore_in_place(desk.path, made.path),
                lambda: backups.restore_to(made.path, tmp_path / "n.kantlijn")):  # fmt: skip
        with pytest.raises(NotAProject, match=made.path.name):
            put()


def test_that_what_a_killed_export_left_a_day_ago_goes_with_the_next(tmp_path):
    old, young, other = (tmp_path / f".{name}.{new_id()}" for name in ("a[1].html", "a[1].html", "b.html"))
    for file in (old, young, other):
        file.write_bytes(b"half")
    for file in (old, other):
        os.utime(file, (1, 1))
    write_whole(tmp_path / "a[1].html", b"whole")
    assert set(tmp_path.iterdir()) == {young, other, tmp_path / "a[1].html"}
