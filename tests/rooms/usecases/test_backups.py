"""Backups: made beside a writer, looked through, thinned out, listed, put back without losing what was there."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn import paths
from kantlijn.cli.main import main
from kantlijn.errors import Cancelled, DiskTrouble, InUse, NotAProject, NotFound, ReadOnly
from kantlijn.settings import Settings
from kantlijn.store import backups as stored
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.undo import undo


def spoil(path: Path, begin: int = 4096 * 3) -> None:
    """Overwrite pages in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(begin)
        file.write(b"\xff" * 4096 * 4)


def test_that_a_backup_holds_what_the_project_holds(desk, version):
    tag(desk, version, (0, 9), ["prevention"])
    made = backups.back_up(desk)
    assert made is not None
    assert made.counts == {"document": 1, "annotation": 1}
    assert made.path.is_relative_to(paths.backups_folder())
    assert made.path.stat().st_mode & 0o077 == 0
    assert check(made.path).ok
    assert [entry.suffix for entry in made.path.parent.iterdir() if entry.name.startswith(".")] == []


def test_that_nothing_is_made_when_nothing_changed(desk, version):
    assert backups.back_up(desk) is not None
    assert backups.back_up(desk) is None
    tag(desk, version, (0, 9), ["prevention"])
    assert backups.back_up(desk) is not None
    undo(desk)
    assert backups.back_up(desk) is not None
    assert backups.back_up(desk, even_unchanged=True) is not None
    assert [one.number for one in backups.backups_of(desk.path)] == [4, 3, 2, 1]


def test_that_a_project_that_is_only_read_is_not_backed_up(desk, version):
    desk.close()
    reader = open_desk(desk.path, settings=Settings(), read_only=True)
    try:
        with pytest.raises(ReadOnly):
            backups.back_up(reader)
    finally:
        reader.close()


def test_that_a_backup_of_a_busy_project_is_of_one_moment_and_nobody_waits(desk, version):
    """Every change is either wholly in it or not at all, and writing goes on meanwhile."""
    stop, written, slowest = threading.Event(), [], 0.0

    def write() -> None:
        nonlocal slowest
        while not stop.is_set():
            begin = datetime.now(UTC)
            tag(desk, version, (0, 9), ["prevention"], id=f"a{len(written)}")
            slowest = max(slowest, (datetime.now(UTC) - begin).total_seconds())
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backups.back_up(desk, even_unchanged=True) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    for one in made:
        assert one is not None
        report = check(one.path)
        assert report.ok, report.problems
    assert len(written) > 3
    assert slowest < 2.0


def test_that_a_backup_can_be_stopped_and_leaves_nothing(desk, version):
    with pytest.raises(Cancelled):
        backups.back_up(desk, cancelled=lambda: True)
    assert backups.backups_of(desk.path) == ()
    assert not list(paths.backups_folder().rglob("*.new*"))


def test_that_a_damaged_project_never_pushes_a_good_backup_out(desk, version):
    for _ in range(3):
        backups.back_up(desk, even_unchanged=True)
    with desk.project.rewriting() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    then = desk.path.stat().st_mtime_ns
    spoil(desk.path)
    os.utime(desk.path, ns=(then, then))  # as a failing disk does it, not another program
    with pytest.raises(NotAProject, match="damaged"):
        backups.back_up(desk, even_unchanged=True)
    assert len([one for one in backups.backups_of(desk.path) if one.counts is not None]) == 3


def test_that_a_full_disk_is_said_and_the_older_backups_stay(desk, version, monkeypatch):
    backups.back_up(desk)
    full = type("Usage", (), {"free": 1 << 20})()
    monkeypatch.setattr(stored.shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(DiskTrouble, match="not enough room"):
        backups.back_up(desk, even_unchanged=True)
    assert len(backups.backups_of(desk.path)) == 1


def made_of(times: list[datetime], size: int = 1) -> list[stored.Backup]:
    return [
        stored.Backup(path=Path(str(number)), number=number, at=time.strftime("%Y-%m-%dT%H:%M:%SZ"), size=size)
        for number, time in enumerate(times, 1)
    ]


def test_that_hourly_backups_of_half_a_year_leave_days_and_weeks():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    every = made_of([start + timedelta(hours=hour) for hour in range(24 * 180)])
    gone = {one.number for one in stored.too_many(every)}
    left = [one for one in every if one.number not in gone]
    assert [one.number for one in left[-10:]] == [one.number for one in every[-10:]]
    assert len({one.at[:10] for one in left[-16:]}) >= 7
    assert 18 <= len(left) <= 25
    assert left[0].at[:10] < left[-1].at[:10]
    assert datetime.fromisoformat(left[-1].at) - datetime.fromisoformat(left[0].at) > timedelta(weeks=6)


ANY_TIME = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


@given(
    st.lists(st.tuples(ANY_TIME, st.integers(1, 900)), max_size=60),
    st.integers(0, 2000),
)
def test_that_thinning_out_keeps_the_newest_two_and_the_budget(found, budget):
    """Whatever the clock said, and however large they are."""
    every = [
        stored.Backup(path=Path(str(number)), number=number, at=time.strftime("%Y-%m-%dT%H:%M:%SZ"), size=size)
        for number, (time, size) in enumerate(found, 1)
    ]
    gone = {one.number for one in stored.too_many(every, budget)}
    left = [one for one in every if one.number not in gone]
    assert every[-2:] == left[-2:]
    assert len(left) <= 2 or sum(one.size for one in left) <= budget
    assert stored.too_many(left, budget) == []


def test_that_restoring_in_place_keeps_what_was_there(desk, version, tmp_path):
    tag(desk, version, (0, 9), ["prevention"])
    made = backups.back_up(desk)
    tag(desk, version, (10, 15), ["detection"])
    with pytest.raises(InUse):
        backups.restore_in_place(desk.path, made.path)
    desk.close()
    aside = backups.restore_in_place(desk.path, made.path)
    assert aside.name.startswith("Toezicht before restore 2")
    for path, number in ((desk.path, 1), (aside, 2)):
        report = check(path)
        assert report.ok and report.counts["annotation"] == number
    again = backups.restore_in_place(desk.path, made.path)
    assert again != aside and aside.exists() and again.exists()


def test_that_a_damaged_project_is_put_aside_with_its_log_and_the_backup_opens(desk, version):
    made = backups.back_up(desk)
    desk.close()
    path = desk.path
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"left by a crash")
    aside = backups.restore_in_place(path, made.path)
    assert aside.read_bytes().endswith(b"\xff")
    assert not log.exists()
    assert check(path).ok


def test_that_a_damaged_backup_is_refused_and_the_project_stays(desk, version):
    made = backups.back_up(desk)
    desk.close()
    before = desk.path.read_bytes()
    spoil(made.path)
    with pytest.raises(NotAProject, match=made.path.name):
        backups.restore_in_place(desk.path, made.path)
    with pytest.raises(NotAProject):
        backups.restore_to(made.path, desk.path.with_name("new.kantlijn"))
    assert desk.path.read_bytes() == before
    assert not desk.path.with_name("new.kantlijn").exists()
    assert not list(desk.path.parent.glob("*before*"))


def test_that_another_programs_file_is_no_backup(desk, tmp_path):
    desk.close()
    strange = tmp_path / "strange.db"
    with sqlite3.connect(strange) as db:
        db.execute("CREATE TABLE a (b)")
    db.close()
    with pytest.raises(NotAProject):
        backups.restore_in_place(desk.path, strange)


def test_that_backups_of_a_moved_or_lost_project_are_found_by_its_name(desk, version):
    backups.back_up(desk)
    desk.close()
    desk.path.unlink()
    assert len(backups.backups_of(desk.path)) == 1
    assert len(backups.backups_of(desk.path.parent / "elsewhere" / desk.path.name)) == 1
    assert backups.backups_of(desk.path.with_name("other.kantlijn")) == ()
    with pytest.raises(NotFound):
        backups.chosen_backup(desk.path, "2")


def test_that_the_command_line_backs_up_lists_and_restores(desk, version, capsys):
    tag(desk, version, (0, 9), ["prevention"])
    desk.close()
    path = str(desk.path)
    assert main(["backup", path]) == 0
    assert main(["undo", path]) == 0
    assert main(["backup", path, "--list"]) == 0
    assert "1 document, 1 annotation" in capsys.readouterr().out
    assert main(["restore", path]) == 0
    assert "is kept as" in capsys.readouterr().out
    assert check(desk.path).counts["annotation"] == 1
    assert main(["restore", path, "-o", str(desk.path.with_name("n.kantlijn"))]) == 0
    assert check(desk.path.with_name("n.kantlijn")).ok
    assert main(["restore", path, "--from", "7"]) == 1


WORK = """
import sys
from pathlib import Path
from kantlijn.settings import Settings
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.compact import compact
from kantlijn.usecases.desk import open_desk
path, how = Path(sys.argv[1]), sys.argv[2]
print("go", flush=True)
if how == "restore":
    for _ in range(50):
        backups.restore_in_place(path, Path(sys.argv[3]))
desk = open_desk(path, settings=Settings())
for _ in range(50):
    compact(desk) if how == "compact" else backups.back_up(desk, even_unchanged=True)
"""


@pytest.mark.parametrize("how", ["backup", "restore", "compact"])
def test_that_kill_9_leaves_a_whole_project_and_whole_backups(how, tmp_path):
    _killed(how, tmp_path, 6)


@pytest.mark.long
@pytest.mark.parametrize("how", ["backup", "restore", "compact"])
def test_that_a_hundred_times_kill_9_leave_a_whole_project_and_whole_backups(how, tmp_path):
    _killed(how, tmp_path, 100)


def _killed(how: str, folder: Path, runs: int) -> None:
    path = folder / "p.kantlijn"
    desk = new_desk(path, settings=Settings())
    with desk.project.aside() as db:  # some weight, so that there is something to be killed in
        db.executemany(
            "INSERT INTO sketch (content, method, marks) VALUES (?, 'm', zeroblob(100000))",
            [(f"c{number}",) for number in range(60)],
        )
    good = backups.back_up(desk)
    desk.close()
    rng = random.Random(7)
    for _ in range(runs):
        command = [sys.executable, "-c", WORK, str(path), how, str(good.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as one:
            assert one.stdout.readline() == b"go\n"
            try:
                one.wait(rng.uniform(0.0, 0.5))
            except subprocess.TimeoutExpired:
                one.kill()
        desk = open_desk(path, settings=Settings())
        themes = len(read.themes(desk))
        desk.close()
        assert themes == 5
        report = check(path)
        assert report.ok, report.problems
        assert all(one.counts is not None for one in backups.backups_of(path))
    for aside in folder.glob("p before restore*.kantlijn"):
        assert check(aside).ok
