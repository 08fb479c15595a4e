"""kill -9 at random moments of every kind of work: what was said to be done is there, and the project is whole.

KANTLIJN_KILLS says how often in the long run, for each kind of work; the default makes 1,000 together.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest
from openpyxl import load_workbook

from kantlijn.settings import Settings
from kantlijn.store import schema
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.searching.index_texts import index_texts, not_indexed
from kantlijn.usecases.shelf.add_documents import add_documents

DRIVER = Path(__file__).with_name("work_until_killed.py")
KILLS = int(os.environ.get("KANTLIJN_KILLS", "143"))
TEXT = "Preventie begint op school. De wachttijd voor hulp liep op.\n\nMeldpunten zien meer signalen.\n\n" * 20
FRESH_EVERY = 40
"""Runs after which a new project is begun: looking through an old one would take longer than the work."""
ANNOTATIONS = 13
"""On a text with two versions, but for one on a PDF."""
Work = Callable[[str, float, Path], list[str]]


@pytest.fixture
def work(home: Path) -> Iterator[Work]:
    """Do this kind of work on this project for so many seconds, then die; what was said to be done."""
    with subprocess.Popen(
        [sys.executable, str(DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        assert driver.stdout.readline() == "ready\n"

        def one(job: str, seconds: float, path: Path) -> list[str]:
            driver.stdin.write(f"{job} {seconds} {path}\n")
            driver.stdin.flush()
            said = driver.stdout.readline()
            assert "FAILED" not in said, said.replace("|", "\n")
            return said.split()

        yield one
        driver.stdin.close()
        driver.wait(10)


def _project(folder: Path) -> Path:
    """A text in two versions with annotations on the first, a PDF, and files to bring in."""
    folder.mkdir()
    (folder / "in").mkdir()
    (folder / "in" / "brief.txt").write_text(TEXT, "utf-8")
    with pymupdf.open() as document:
        for number in range(3):
            document.new_page().insert_text((72, 100), f"Bladzijde {number + 1} over toezicht en hulp")
        document.save(folder / "in" / "rapport.pdf")
    (folder / "nota-1.txt").write_text(TEXT + "Einde.", "utf-8")
    (folder / "nota-2.txt").write_text("Vooraf.\n\n" + TEXT, "utf-8")
    path = folder / "p.kantlijn"
    desk = new_desk(path, settings=Settings())
    first = add_documents(desk, [folder / "nota-1.txt"], title="d0").added[0]
    add_documents(desk, [folder / "nota-2.txt"], version_of=first.document)
    pdf = add_documents(desk, [folder / "in" / "rapport.pdf"], title="d1").added[0].version
    theme = read.themes(desk)[0].theme.id
    for number in range(12):
        tag.tag(desk, first.version, (number * 30, number * 30 + 12), [theme], id=f"b{number}")
    tag.tag(desk, pdf, (0, 9), [theme], id="b12")
    desk.close()
    return path


def _opened(path: Path) -> Desk:
    return open_desk(path, settings=Settings())


def _killed(folder: Path, work: Work, job: str, runs: int, *, longest: float = 0.35) -> None:
    chance = random.Random(f"{job}{runs}")
    after = globals()[f"_after_{job}"]
    path, promised = Path(), []
    useful = 0
    for run in range(runs):
        if run % FRESH_EVERY == 0:
            if run:
                shutil.rmtree(path.parent)
            path, promised = _project(folder / str(run)), []
            if job == "migrating":
                shutil.copy(path, path.with_suffix(".whole"))
        if job == "migrating":
            _as_older(path)
        said = work(job, chance.uniform(0.0, longest), path)
        promised += said
        useful += bool(said)
        longest *= 0.9 if said else 1.5  # most runs do something, however busy the machine is
        after(path, promised)
        report = check(path)
        assert report.ok, report.problems
    assert useful > runs // 10, "most were killed before they had done anything"


def _after_tagging(path: Path, promised: list[str]) -> None:
    desk = _opened(path)
    kept = {row.passage.id for row in read.annotation_rows(desk)}
    desk.close()
    assert set(promised) <= kept
    assert {f"b{number}" for number in range(ANNOTATIONS)} <= kept


def _after_undoing(path: Path, promised: list[str]) -> None:
    """As the last step left it, or one that was on disk but not yet said."""
    if promised:
        desk = _opened(path)
        there = len(read.annotation_rows(desk))
        desk.close()
        assert abs(there - int(promised[-1])) <= 1
        promised[:] = [str(there)]


def _after_importing(path: Path, promised: list[str]) -> None:
    desk = _opened(path)
    shelved = {one.document.title: one.versions[0] for one in read.shelf(desk)}
    assert {"d0", "d1", *promised} <= set(shelved)
    for version in shelved.values():
        assert read.content(desk, version.id).text
        assert b"".join(desk.project.chunks(version.sha256))
    with desk.project.reading() as db:
        assert not db.execute("SELECT 1 FROM chunk WHERE sha256 NOT IN (SELECT sha256 FROM version)").fetchone()
    desk.close()
    for stray in path.parent.glob("[0-9]*.*"):  # the driver's own files
        stray.unlink()


def _after_carrying(path: Path, promised: list[str]) -> None:
    desk = _opened(path)
    with desk.project.reading() as db:
        anchors = db.execute("SELECT count(*) FROM anchor").fetchone()[0]
    desk.close()
    assert anchors in (ANNOTATIONS, 2 * ANNOTATIONS - 1), "half of a step is there"


def _after_exporting(path: Path, promised: list[str]) -> None:
    """What is there under its name is whole; files half made may lie beside it under hidden names."""
    for name in set(promised):
        assert (path.parent / name).is_file()
    for file in path.parent.glob("out.*"):
        if file.suffix == ".json":
            assert len(json.loads(file.read_text("utf-8"))["annotations"]) == ANNOTATIONS
        elif file.suffix == ".qdpx":
            with zipfile.ZipFile(file) as packed:
                assert packed.testzip() is None
        elif file.suffix == ".xlsx":
            load_workbook(file).close()
        else:
            with pymupdf.open(file) as document:
                assert document.page_count == 3


def _after_indexing(path: Path, promised: list[str]) -> None:
    desk = _opened(path)
    index_texts(desk)
    assert not not_indexed(desk)
    desk.close()


def _as_older(path: Path) -> None:
    """The project as the format before today's had it, but for the step that brings it on."""
    for left in path.parent.glob("p*.kantlijn*"):
        left.unlink()
    shutil.copy(path.with_suffix(".whole"), path)
    with sqlite3.connect(path) as db:
        while schema.digest(db) != schema.DIGESTS[schema.VERSION - 1]:
            tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            newest = NEWEST & tables
            assert newest, "today's format has tables this test does not know"
            for name in newest:
                db.execute(f"DROP TABLE {name}")
        db.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
        db.execute("DELETE FROM _sqlite_migrations WHERE rowid = (SELECT max(rowid) FROM _sqlite_migrations)")
    db.close()


NEWEST = {"recipe"}


def _after_migrating(path: Path, promised: list[str]) -> None:
    assert set(promised) <= {str(ANNOTATIONS)}
    desk = _opened(path)
    assert len(read.annotation_rows(desk)) == ANNOTATIONS
    desk.close()
    for copy in path.parent.glob("p-format*.kantlijn"):
        with sqlite3.connect(copy) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.close()


JOBS = ("tagging", "undoing", "importing", "carrying", "exporting", "indexing", "migrating")
LONGEST = {"importing": 0.8, "exporting": 2.5, "indexing": 0.8, "carrying": 0.6}
"""Seconds that a run may live, to begin with: long enough to have done something now and then."""


@pytest.mark.parametrize("job", JOBS)
def test_that_kill_9_at_any_moment_loses_nothing_that_was_done(tmp_path, work, job):
    _killed(tmp_path, work, job, 8, longest=LONGEST.get(job, 0.35))


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
def test_that_a_thousand_kills_lose_nothing_that_was_done(tmp_path, work, job):
    _killed(tmp_path, work, job, KILLS, longest=LONGEST.get(job, 0.35))
