"""A project that another program wrote over while it was open: what can be read is kept, and how much is said."""

from __future__ import annotations

import os
import sys

import pytest

from kantlijn.errors import Known
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.keeping.backups import back_up, backups_of
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.projects import save_copy
from kantlijn.usecases.marking.tag import tag

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: open files are not watched there")


def test_that_a_whole_copy_is_kept_when_all_could_still_be_read(desk, version, tmp_path):
    tag(desk, version, (0, 9), ["prevention"])
    os.utime(desk.path, ns=(0, desk.path.stat().st_mtime_ns + 1_000_000_000))
    with pytest.raises(Known, match="Another program wrote into"):
        tag(desk, version, (10, 16), ["prevention"])
    copy = tmp_path / "copy.kantlijn"
    save_copy(desk, copy)
    assert check(copy).ok
    kept = open_desk(copy, settings=Settings())
    assert len(read.annotation_rows(kept)) == 1
    kept.close()


@pytest.mark.parametrize("left", [4096, 40 * 4096])
def test_that_what_is_not_whole_is_said_to_be_so_and_no_backup_is_made_of_it(desk, version, tmp_path, left):
    tag(desk, version, (0, 9), ["prevention"])
    path = desk.path
    desk.close()
    desk = open_desk(path, settings=Settings())
    back_up(desk)
    tag(desk, version, (10, 16), ["prevention"])
    with desk.project.reading() as db:
        db.execute("PRAGMA shrink_memory")  # nothing stays in hand, as with a large project
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(Known, match="Another program wrote into"):
        back_up(desk, even_unchanged=True)
    assert len(backups_of(path)) == 1
    with pytest.raises(Known, match=r"has what can still be read .* not whole|Nothing whole can be read any more"):
        save_copy(desk, tmp_path / "copy.kantlijn")
    desk.close()
