"""Backups of a project: made aside in small steps while others write, looked through, and thinned out by age.

A backup is a whole project file. Its name has a number, so that a clock that went back does no harm.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from kantlijn.errors import Cancelled, DiskTrouble, NotAProject
from kantlijn.store.connection import REFUSALS, damaged, is_project, readable, sentences, unwatched
from kantlijn.store.copies import sync_folder
from kantlijn.store.lock import is_taken
from kantlijn.store.schema import VERSION, is_ours
from kantlijn.words import say

PAGES = 256
"""Pages of the file copied at a time: 1 MiB."""
_REST = 0.002  # seconds between steps, so that the disk is there for others too
_LAST, _DAYS, _WEEKS = 10, 7, 8
BUDGET = 2 << 30
"""Bytes that the backups of one project may take, but for the newest two."""
_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)\.kantlijn")
_REFUSED = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")
_COUNTED = ("document", "annotation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """number: 1 for the oldest ever. at: UTC, "2026-01-31T12:00:00Z". size: bytes. counts: None when damaged."""

    path: Path
    number: int
    at: str
    size: int
    counts: dict[str, int] | None = None


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first, without their counts. OSError."""
    found = []
    for entry in folder.iterdir() if folder.is_dir() else ():
        if (match := _NAME.fullmatch(entry.name)) is not None:
            said = match[2]
            at = f"{said[:4]}-{said[4:6]}-{said[6:11]}:{said[11:13]}:{said[13:]}"
            with suppress(FileNotFoundError):  # thinned out by another program meanwhile
                found.append(Backup(path=entry, number=int(match[1]), at=at, size=entry.stat().st_size))
    return sorted(found, key=lambda one: one.number, reverse=True)


def counted(path: Path) -> dict[str, int] | None:
    """How many documents and annotations a backup holds; None when that cannot be read."""
    try:
        with closing(unwatched(path)) as db:
            if not is_ours(db, db.execute("PRAGMA user_version").fetchone()[0]):
                return None
            return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED}
    except REFUSALS:
        return None


def state_of(db: sqlite3.Connection) -> str:
    """What tells two states of a project apart: it is the same when no step was made, undone or redone."""
    row = db.execute(
        "SELECT count(*), total(undone), max(seq), (SELECT at || title FROM history ORDER BY seq DESC LIMIT 1),"
        " (SELECT total(length(after)) FROM history_step WHERE seq = (SELECT max(seq) FROM history)) FROM history"
    ).fetchone()
    return repr(row)


def state_in(path: Path) -> str:
    """The same of a backup; "" when it cannot be read."""
    try:
        with closing(unwatched(path)) as db:
            return state_of(db)
    except REFUSALS:
        return ""


def fact_in(path: Path, name: str) -> str | None:
    """A fact of the project at this path, "" for none, None when that cannot be told.

    A log that a killed program left is not read: that would fold it in, before anyone looks what it lacks.
    """
    log = path.with_name(path.name + "-wal")
    try:
        taken = is_taken(path)
        with closing(readable(path) if taken else unwatched(path)) as db:
            row = db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        if row is None and not taken and log.exists() and log.stat().st_size:
            return None
    except (*REFUSALS, OSError):
        return None
    return str(row[0]) if row is not None else ""


def write_small(file: Path, data: bytes) -> None:
    """Write a small file among the backups, whole or not at all. OSError."""
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())
    fresh.replace(file)


def make(source: Path, folder: Path, at: str, cancelled: Callable[[], bool] | None = None) -> Backup:
    """A backup of the project as it is now; it counts only when it was found whole.

    Cancelled when that was asked; NotAProject when the project, and so its backup, is damaged; DiskTrouble;
    OSError when the folder cannot be written. at: UTC as a Backup has it.
    """
    for left in folder.glob(".*.new*"):  # by a run that was killed
        left.unlink(missing_ok=True)
    number = max((one.number for one in listed(folder)), default=0) + 1
    target = folder / f"{number:06}-{re.sub('[-:]', '', at)}.kantlijn"
    fresh = folder / f".{target.name}.new"
    with sentences(source):
        size = source.stat().st_size
    look_for_space(folder, size)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        counts = _copied(source, fresh, cancelled)
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(target)
        sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    return Backup(path=target, number=number, at=at, size=target.stat().st_size, counts=counts)


def _copied(source: Path, fresh: Path, cancelled: Callable[[], bool] | None) -> dict[str, int]:
    """What the copy holds. OSError when it could not be written, else a Known error about the project."""
    try:
        copy_pages(source, fresh, cancelled)
        return must_be_whole(fresh, source)
    except REFUSALS as trouble:
        code = getattr(trouble, "sqlite_errorname", "") or ""
        if code.startswith(_REFUSED):  # the project is only read
            number = errno.ENOSPC if code == "SQLITE_FULL" else errno.EIO
            raise OSError(number, "refused", str(fresh)) from trouble
        with sentences(source):
            raise


def look_for_space(folder: Path, size: int) -> None:
    """DiskTrouble when there is no room for so many bytes, and some more."""
    free = shutil.disk_usage(folder).free
    if free < size + (size >> 3) + (8 << 20):
        raise DiskTrouble(
            say(
                "There is not enough room in “{folder}” for a copy of the project: it takes {n} MB, and {m} MB are"
                " free. Free some space.",
                folder=str(folder), n=(size >> 20) + 9, m=free >> 20,
            )
        )  # fmt: skip


def copy_pages(source: Path, fresh: Path, cancelled: Callable[[], bool] | None = None) -> None:
    """Page by page through a connection of its own; one moment of the project, whatever is written meanwhile."""

    def step(_status: int, _left: int, _total: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled(say("The backup was stopped."))

    with closing(readable(source)) as db, closing(sqlite3.connect(fresh, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=OFF")  # a copy that fails half-way is thrown away
        made.execute("PRAGMA synchronous=OFF")
        if db.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            db.execute("BEGIN")  # else it would begin anew with every write; in a WAL this keeps nobody waiting
            db.execute("SELECT count(*) FROM fact").fetchone()
        db.backup(made, pages=PAGES, progress=step, sleep=_REST)


def must_be_whole(path: Path, name: Path) -> dict[str, int]:
    """What a resting project file holds. NotAProject, saying name, when it is not whole or not one of ours."""
    if not is_project(path):
        raise NotAProject(damaged(name))
    try:
        with closing(unwatched(path)) as db:
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version <= VERSION and is_ours(db, version):
                sound = db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
                if sound and db.execute("PRAGMA foreign_key_check").fetchone() is None:
                    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED}
    except REFUSALS as trouble:
        if (getattr(trouble, "sqlite_errorname", "") or "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise
    raise NotAProject(damaged(name))


def too_many(found: Sequence[Backup], budget: int = BUDGET) -> list[Backup]:
    """Which of these to delete, the oldest first: the last ten, seven days and eight weeks stay.

    The newest two stay whatever they take; of the others the oldest go until the rest fits the budget (bytes).
    """
    ordered = sorted(found, key=lambda one: one.number, reverse=True)
    stays = {one.number for one in ordered[:_LAST]}
    stays |= _one_each(ordered, lambda one: one.at[:10], _DAYS)
    stays |= _one_each(ordered, lambda one: _week(one.at), _WEEKS)
    kept, size = [], 0
    for place, one in enumerate(ordered):
        if one.number in stays and (place < 2 or size + one.size <= budget):
            kept.append(one.number)
            size += one.size
        elif one.number in stays:
            size = budget + 1  # nothing older than what did not fit
    return [one for one in reversed(ordered) if one.number not in kept]


def _one_each(ordered: Iterable[Backup], of: Callable[[Backup], str], most: int) -> set[int]:
    """Numbers of the newest of each of the newest so many days or weeks."""
    first: dict[str, int] = {}
    for one in ordered:
        first.setdefault(of(one), one.number)
    return {first[name] for name in sorted(first, reverse=True)[:most]}


def _week(at: str) -> str:
    try:
        return time.strftime("%G-%V", time.strptime(at[:10], "%Y-%m-%d"))
    except ValueError:
        return at[:10]


def thin_out(folder: Path, budget: int = BUDGET) -> None:
    """Delete what too_many() names; what cannot be deleted stays."""
    for one in too_many(listed(folder), budget):
        with suppress(OSError):
            one.path.unlink()
