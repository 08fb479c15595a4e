"""A log that was damaged, cut short or deleted after a crash: what is missing is said, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kantlijn.store import log_sound
from kantlijn.store.project import Project
from kantlijn.usecases.keeping.check import check

from .conftest import step

KILLED = """
import os, sys
from pathlib import Path
from kantlijn.model.changes import Changes
from kantlijn.store import log_sound
from kantlijn.store.project import Project
project = Project.open(Path(sys.argv[1]))
for number in range(2, int(sys.argv[2])):
    project.commit(Changes(id=f"s{number}", at="2026", author="r", title=f"Step {number}", steps=()))
if len(sys.argv) > 3:
    with project.reading() as db:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")
os._exit(1)
"""
FRAME = 4096 + 24


@pytest.fixture
def killed(tmp_path: Path) -> Callable[..., Path]:
    def made(steps: int = 6, *more: str) -> Path:
        path = tmp_path / "p.kantlijn"
        project = Project.create(path)
        project.commit(step(1))
        project.close()
        subprocess.run([sys.executable, "-c", KILLED, str(path), str(steps), *more], check=False)
        return path

    return made


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def flipped(place: int) -> Callable[[Path], None]:
    def flip(log: Path) -> None:
        with log.open("r+b") as file:
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 0x10]))

    return flip


def cut(log: Path) -> None:
    os.truncate(log, log.stat().st_size - FRAME)


def emptied(log: Path) -> None:
    os.truncate(log, 0)


HARMS = {
    "page": flipped(32 + 24 + 100), "sum": flipped(32 + 18), "salt": flipped(32 + 9), "head": flipped(17),
    "cut": cut, "emptied": emptied, "deleted": Path.unlink,
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("read_only", [False, True])
def test_that_acknowledged_steps_that_are_gone_are_told_of(killed, harm: str, read_only: bool) -> None:
    path = killed()
    HARMS[harm](log_of(path))
    project = Project.open(path, read_only=read_only)
    with project.reading() as db:
        assert db.execute("SELECT count(*) FROM history").fetchone()[0] < 5
    assert "p.kantlijn-wal" in project.missing and "are missing" in project.missing
    project.close()
    again = Project.open(path)
    assert again.missing == ""  # told once, then it is as it is
    again.close()


@pytest.mark.parametrize("harm", ["page", "sum", "salt", "head"])
def test_that_damage_before_the_last_step_is_seen_without_the_index_too(killed, harm: str) -> None:
    path = killed()
    HARMS[harm](log_of(path))
    path.with_name(path.name + "-shm").unlink()
    report = check(path)
    assert not report.ok and "are missing" in report.problems[0]


@pytest.mark.parametrize("index", [True, False])
def test_that_a_crash_alone_is_no_loss(killed, index: bool) -> None:
    path = killed()
    with log_of(path).open("ab") as file:  # a step that was being written, and never acknowledged
        file.write(log_of(path).read_bytes()[32 : 32 + FRAME - 99])
    if not index:
        path.with_name(path.name + "-shm").unlink()
    project = Project.open(path)
    assert project.missing == "" and project.undo().title == "Step 5"
    project.close()


def test_that_a_damaged_log_whose_steps_are_in_the_file_is_no_loss(killed) -> None:
    path = killed(6, "folded")
    flipped(32 + 24 + 100)(log_of(path))
    project = Project.open(path)
    assert project.missing == "" and project.undo().title == "Step 5"
    project.close()


def test_that_the_frames_of_an_earlier_run_of_the_log_are_no_loss(tmp_path: Path, killed) -> None:
    path = killed(300)  # the log was folded and begun anew on the way
    project = Project.open(path)
    assert project.missing == "" and project.undo().title == "Step 299"
    project.close()


def test_that_the_log_of_a_project_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.kantlijn"
    writer = Project.create(path)
    writer.commit(step(1))
    flipped(32 + 24 + 100)(log_of(path))
    reader = Project.open(path, read_only=True)
    assert reader.missing == ""
    reader.close()
    writer.close()


@pytest.mark.parametrize("cut", [0, 3 * FRAME])
def test_that_of_a_huge_log_it_is_seen_whether_it_was_cut_short(
    killed, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    path = killed()
    monkeypatch.setattr(log_sound, "_MOST", 2 * FRAME)
    os.truncate(log_of(path), log_of(path).stat().st_size - cut)
    project = Project.open(path)
    assert ("cut short" in project.missing) == bool(cut)
    project.close()
