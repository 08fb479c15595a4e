"""Whole copies of an open project, made by SQLite itself: copying the bare file would lose what its log holds."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file that is open, or that was when its program died."""


def copy(db: sqlite3.Connection, path: Path) -> None:
    """A consistent copy at path, for its owner alone; made aside, and on disk before it takes that name."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
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
        for log in LOGS:  # the log of a file that had this name must never be read into this one
            path.with_name(path.name + log).unlink(missing_ok=True)
        fresh.replace(path)
    except BaseException:
        for tail in ("", *LOGS):
            with suppress(OSError):
                fresh.with_name(fresh.name + tail).unlink(missing_ok=True)
        raise


def free_name(path: Path) -> Path:
    """The path itself, or the first like it ("NAME-2.kantlijn") that nothing has."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
