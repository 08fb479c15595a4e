"""Nothing done with the open project's own file drops the locks by which others leave its log alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kantlijn.errors import Known
from kantlijn.usecases import read
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.compact import compact
from kantlijn.usecases.keeping.projects import save_copy
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.whole_file import must_not_be_a_source

LOOKING = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("SELECT count(*) FROM annotation").fetchone()
db.close()
"""


def refused(desk) -> None:
    with pytest.raises(Known, match="nothing is written over it"):
        must_not_be_a_source(desk, desk.path)


def copied(desk) -> None:
    with pytest.raises(Known):
        save_copy(desk, desk.path)
    save_copy(desk, desk.path.with_name("copy.kantlijn"))


def added(desk) -> None:
    (failed,) = add_documents(desk, [desk.path]).failed
    assert "the open project itself" in failed.error


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: locks there belong to handles, not to processes")
@pytest.mark.parametrize("work", [
    refused, copied, added, lambda desk: backups.back_up(desk, even_unchanged=True), compact,
    lambda desk: backups.backups_of(desk.path),
])  # fmt: skip
def test_that_another_program_that_looked_leaves_the_log(desk, version, work):
    """As the last to close it, it would fold the log into the file and delete it under our hands."""
    tag(desk, version, (0, 9), ["prevention"])
    work(desk)
    tag(desk, version, (10, 16), ["prevention"])
    subprocess.run([sys.executable, "-c", LOOKING, str(desk.path)], check=True)
    assert desk.path.with_name(desk.path.name + "-wal").exists()
    tag(desk, version, (20, 26), ["prevention"])
    asked = [sys.executable, "-m", "kantlijn", "annotations", str(desk.path), "--json"]
    seen = subprocess.run(asked, capture_output=True, check=True)
    assert seen.stdout.count(b'"quote"') == 3 == len(read.annotation_rows(desk))
