"""Whole copies of an open project, made by SQLite itself: copying the bare file would lose what its log holds."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kantlijn.errors import InUse
from kantlijn.store.lock import Lock, lock_path

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file that is open, or that was when its program died."""
_HOUR = 3600  # seconds
_LONGEST = 235
"""Bytes of a name to which something is to be added; systems take 255 together."""


def copy(db: sqlite3.Connection, path: Path) -> None:
    """A consistent copy at path, for its owner alone; made aside, and on disk before it takes that name."""
    fresh = fresh_beside(path)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        made = sqlite3.connect(fresh)
        try:
            db.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
            made.execute("PRAGMA journal_mode=WAL")
        finally:
            made.close()
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        drop_logs(path)
        fresh.replace(path)
        sync_folder(path.parent)
    except BaseException:
        drop(fresh)
        raise


def fresh_beside(path: Path) -> Path:
    """Where to make the file that is to get this name, whose lock is held; what killed programs left goes."""
    fresh = hidden(path, ".new")
    drop(fresh)
    sweep(path.parent)
    return fresh


def drop(fresh: Path) -> None:
    """Delete a file that came to nothing, and what lies beside it, as far as that can be done."""
    for file in (fresh, *(fresh.with_name(fresh.name + tail) for tail in LOGS), lock_path(fresh)):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete files that were to become projects here, whose programs were killed an hour ago or longer."""
    for fresh in folder.glob(".*.kantlijn.new"):
        with suppress(OSError, InUse):
            if time.time() - fresh.stat().st_mtime > _HOUR:
                lock = Lock(fresh.with_name(fresh.name[1 : -len(".new")]))
                lock.take()
                drop(fresh)
                lock.release()


def drop_logs(path: Path) -> None:
    """Delete what SQLite kept beside a file that had this name: it must never be read into the one that comes."""
    for log in LOGS:
        try:
            path.with_name(path.name + log).unlink(missing_ok=True)
        except OSError as trouble:
            if trouble.errno != errno.ENAMETOOLONG:  # then there is none
                raise


@contextmanager
def as_new(path: Path) -> Iterator[None]:
    """Around the making of a project where there is no file: nobody else takes the name, and no log lies there.

    InUse when a program still has open what had that name; OSError where no lock can be had.
    """
    lock = Lock(path)
    lock.take()
    try:
        drop_logs(path)
        yield
    finally:
        lock.release()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk, where it can be synced; the files are whole either way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def hidden(path: Path, ending: str) -> Path:
    """A hidden name beside a file; of a very long one the end is cut off, so that SQLite can add to it."""
    name = path.name
    while len(os.fsencode(name)) > _LONGEST:
        name = name[:-1]
    return path.with_name(f".{name}{ending}")


def free_name(path: Path) -> Path:
    """The path itself, or the first like it ("NAME-2.kantlijn") that nothing has."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
