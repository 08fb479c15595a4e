"""Files laid out for the engine: whole, private, and gone afterwards, even after a kill."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kantlijn import paths
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import open_desk

from .conftest import TEXT


def test_that_a_file_asked_for_by_many_at_once_is_laid_out_whole_and_taken_away(desk, version):
    with ThreadPoolExecutor(8) as pool:
        sources = set(pool.map(lambda _: read.source(desk, version), range(40)))
    (source,) = sources
    assert Path(source.path).read_text("utf-8") == TEXT
    assert Path(source.path).stat().st_mode & 0o077 == 0
    assert [entry.name for entry in Path(source.path).parent.iterdir()] == [Path(source.path).name]
    desk.close()
    assert list(paths.open_files_folder().parent.iterdir()) == [paths.open_files_folder()]


def test_that_what_a_killed_program_left_open_is_swept_and_a_living_ones_files_stay(desk, version):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        folder = paths.open_files_folder().parent
        for pid in (living.pid, _dead()):
            (folder / str(pid)).mkdir(exist_ok=True)
            (folder / str(pid) / "a.pdf").write_bytes(b"%PDF")
        open_desk(desk.path, settings=Settings(), read_only=True).close()
        assert sorted(entry.name for entry in folder.iterdir()) == [str(living.pid)]
        living.stdin.write(b"\n")


def _dead() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as one:
        one.wait()
    assert one.pid != os.getpid()
    return one.pid
