"""The power fails, or the disk refuses, at any write of any verb: what was acknowledged stays, work goes on."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from a_disk import FULL, IOERR_WRITE, Disk, under_sqlite
from kantlijn.errors import DiskTrouble, Known
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.arrange_themes import add_theme
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.undo import undo
from kantlijn.usecases.versions import carry

TEXT = "Preventie begint op school. De wachttijd voor hulp liep op. Meldpunten zien meer signalen. " * 30


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    with under_sqlite(made) as there:
        if not there:
            pytest.skip("NOT RUN: this Python's SQLite lets no file layer be put under it")
        yield made


def _desk(path: Path) -> Desk:
    file = path.with_name("nota.txt")
    file.write_text(TEXT, "utf-8")
    desk = new_desk(path, settings=Settings())
    add_documents(desk, [file])
    return desk


def _version(desk: Desk) -> str:
    return read.shelf(desk)[0].versions[0].id


def _tag(desk: Desk, number: int) -> None:
    theme = read.themes(desk)[number % 3].theme.id
    tag.tag(desk, _version(desk), (number % 300, number % 300 + 12), [theme], id=f"a{number}")


# -- the power fails ------------------------------------------------------------------------------------------


def _cut(folder: Path, disk: Disk, rounds: int, chance: random.Random) -> tuple[int, int]:
    """Work until the power was cut so many times at some write; how many projects were damaged or had lost."""
    path = folder / "p.kantlijn"
    desk = _desk(path)
    acknowledged = 0
    snapshots: list[tuple[int, dict[str, bytes]]] = []
    countdown = [chance.randrange(1, 12)]

    def before_write() -> None:
        countdown[0] -= 1
        if not countdown[0]:
            snapshots.append((acknowledged, disk.after_power_cut(chance)))
            countdown[0] = chance.randrange(1, 12)

    damaged = lost = done = 0
    disk.before_write = before_write
    while done < rounds:
        _tag(desk, acknowledged)
        acknowledged += 1
        if acknowledged % 40 == 0:
            extra = folder / f"extra{acknowledged}.txt"
            extra.write_text(f"{acknowledged} " + TEXT, "utf-8")
            add_documents(desk, [extra])
        if acknowledged % 25 == 0:  # the log is folded into the file
            with desk.project.rewriting() as db:
                db.execute("PRAGMA wal_checkpoint(RESTART)")
        disk.before_write = lambda: None
        for promised, files in snapshots:
            done += 1
            whole, kept = _after(folder / f"cut{done}", path.name, files)
            damaged += not whole
            lost += kept < promised
        snapshots.clear()
        disk.before_write = before_write
    disk.before_write = lambda: None
    desk.close()
    return damaged, lost


def _after(folder: Path, name: str, files: dict[str, bytes]) -> tuple[bool, int]:
    """Whether the project is whole after the cut, and how many annotations of the work are there."""
    folder.mkdir()
    for path, content in files.items():
        if Path(path).name.startswith(name):
            (folder / Path(path).name).write_bytes(content)
    try:
        desk = open_desk(folder / name, settings=Settings())
    except Known:
        return False, 0
    numbers = {int(row.passage.id[1:]) for row in read.annotation_rows(desk)}
    desk.close()
    for file in folder.iterdir():
        if file.name != name:
            file.unlink()
    whole = check(folder / name).ok and numbers == set(range(len(numbers)))
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    return whole, len(numbers)


def test_that_a_power_cut_at_any_write_loses_nothing_acknowledged(tmp_path, disk):
    assert _cut(tmp_path, disk, 25, random.Random(6)) == (0, 0)


@pytest.mark.long
def test_that_five_hundred_power_cuts_lose_nothing_acknowledged(tmp_path, disk):
    assert _cut(tmp_path, disk, 500, random.Random()) == (0, 0)


def test_that_the_simulator_tells_a_store_that_does_not_sync(tmp_path, disk, monkeypatch):
    """The same rounds with synchronous=NORMAL must lose something, or the tests above would prove nothing."""
    from kantlijn.store import opening

    plain = opening.connect

    def careless(path: Path, **how: bool) -> sqlite3.Connection:
        db = plain(path, **how)
        db.execute("PRAGMA synchronous=NORMAL")
        return db

    monkeypatch.setattr(opening, "connect", careless)
    damaged, lost = _cut(tmp_path, disk, 25, random.Random(6))
    assert lost > 5
    assert not damaged  # NORMAL keeps the file whole; it only forgets


# -- the disk refuses -----------------------------------------------------------------------------------------


def _new_version(desk: Desk) -> None:
    file = desk.path.with_name("nota-2.txt")
    file.write_text(TEXT.replace("begint", "start"), "utf-8")
    added = add_documents(desk, [file], version_of=read.shelf(desk)[0].document.id)
    if added.failed:
        raise DiskTrouble(added.failed[0].error)


def _carried(desk: Desk) -> None:
    shelved = read.shelf(desk)[0]
    carry.carry(desk, shelved.document.id, max(shelved.versions, key=lambda one: one.number).id)


VERBS: dict[str, tuple[Callable[[Desk], object], Callable[[Desk], object]]] = {
    "tag": (lambda desk: None, lambda desk: _tag(desk, 40)),
    "undo": (lambda desk: _tag(desk, 41), undo),
    "theme": (lambda desk: None, lambda desk: add_theme(desk, "Toezicht in de keten")),
    "import": (lambda desk: None, _new_version),
    "carry": (_new_version, _carried),
    "copy": (lambda desk: None, lambda desk: desk.project.copy_to(desk.path.with_name("kopie.kantlijn"))),
}


def _state(desk: Desk) -> object:
    rows = sorted((row.passage.id, row.passage.anchor.range) for row in read.annotation_rows(desk))
    with desk.project.reading() as db:
        counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                  for table in ("version", "theme", "anchor", "content", "history WHERE undone = 0")]  # fmt: skip
    return rows, counts


@pytest.mark.parametrize("answer", [FULL, IOERR_WRITE])
@pytest.mark.parametrize("verb", VERBS)
def test_that_a_write_refused_anywhere_is_said_loses_nothing_and_goes_on(tmp_path, disk, verb, answer):
    prepare, do = VERBS[verb]
    desk = _desk(tmp_path / "p.kantlijn")
    for number in range(3):
        _tag(desk, number)
    prepare(desk)
    before = _state(desk)
    refused = 0
    for at in range(1, 400):
        disk.fail(at, answer)
        try:
            do(desk)
        except Known as trouble:
            disk.heal()
            refused += 1
            assert "p.kantlijn" in trouble.sentence or "kopie.kantlijn" in trouble.sentence
            assert _state(desk) == before, f"write {at} left half of it"
            continue
        break
    disk.heal()
    assert refused, "no write was refused: it tells nothing"
    if verb != "copy":
        assert _state(desk) != before
    desk.close()
    assert check(tmp_path / "p.kantlijn").ok
    again = open_desk(tmp_path / "p.kantlijn", settings=Settings())
    with again.project.reading() as db:  # what an import had staged when it failed is swept
        assert not db.execute("SELECT 1 FROM chunk WHERE sha256 NOT IN (SELECT sha256 FROM version)").fetchone()
    _tag(again, 99)
    again.close()
    if verb == "copy":
        assert check(tmp_path / "kopie.kantlijn").ok
        assert not list(tmp_path.glob(".kopie*"))


@pytest.mark.parametrize("answer", [FULL, IOERR_WRITE])
def test_that_a_new_project_refused_anywhere_leaves_no_stump(tmp_path, disk, answer):
    path = tmp_path / "nieuw.kantlijn"
    for at in range(1, 400):
        disk.fail(at, answer)
        try:
            desk = new_desk(path, settings=Settings())
        except DiskTrouble:
            disk.heal()
            assert not [one for one in tmp_path.iterdir() if one.name.startswith("nieuw")]
            continue
        break
    disk.heal()
    desk.close()
    assert at > 3
    assert check(path).ok
