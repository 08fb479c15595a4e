"""A repaired project on a disk that fills up at any write: whole, or not there and said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from a_disk import FULL, IOERR_WRITE, Disk, under_sqlite
from kantlijn.errors import DiskTrouble
from kantlijn.settings import Settings
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.repair import repair


def _writes(disk: Disk, project: Path, new: Path) -> int:
    """How many writes a repair takes."""
    disk.fail(0)
    repair(project, new)
    new.unlink()
    return disk.writes


@pytest.mark.parametrize("answer", [FULL, IOERR_WRITE])
def test_that_a_disk_that_refuses_leaves_a_whole_project_or_none(tmp_path, answer):
    project, new = tmp_path / "p.kantlijn", tmp_path / "new.kantlijn"
    new_desk(project, settings=Settings()).close()
    disk = Disk()
    with under_sqlite(disk) as there:
        if not there:
            pytest.skip("NOT RUN: SQLite cannot be reached here")
        last = _writes(disk, project, new)
        told = 0
        for number in {*range(1, last, 9), *range(last - 9, last + 2)}:
            disk.fail(number, answer)
            try:
                assert repair(project, new).lost == ()
            except DiskTrouble as trouble:
                told += 1
                assert "“new.kantlijn”" in trouble.sentence
                assert not new.exists()
            disk.heal()
            if new.exists():
                assert check(new).ok
                new.unlink()
            assert [one.name for one in tmp_path.iterdir()] == [project.name], number
    assert told > last // 9
