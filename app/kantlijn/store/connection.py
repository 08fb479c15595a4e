"""One careful connection to a project file: pragmas, transactions, and what SQLite says turned into sentences."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kantlijn.errors import DiskTrouble, InUse, Known, NotAProject, ReadOnly
from kantlijn.words import say

APPLICATION = 0x4B4C4A4E
"""application_id: "KLJN", at offset 68 of the file."""
_PRAGMAS = ("foreign_keys=ON", "cell_size_check=ON", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-16000")


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open an existing file. A read-only one on a medium that cannot be written is opened immutable."""
    uri = path.resolve().as_uri()
    if read_only:
        # without a -wal and where none can be made, WAL itself cannot be read: nobody writes it either
        still = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
        uri += "?mode=ro&immutable=1" if still else "?mode=ro"
    else:
        uri += "?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=5, check_same_thread=False)
    if not read_only:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Raise what SQLite or the file system raises inside as a Known error about this project."""
    try:
        yield
    except sqlite3.Error as trouble:
        raise _known(trouble, path) from trouble
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(path) from trouble
        raise DiskTrouble(
            say("“{name}” cannot be reached: {why}. Nothing was changed.", name=path.name, why=trouble.strerror)
        ) from trouble


def _known(trouble: sqlite3.Error, path: Path) -> Known:
    code = getattr(trouble, "sqlite_errorname", "") or ""
    name = path.name
    if code.startswith("SQLITE_FULL"):
        return _full(path)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return InUse(say("“{name}” is being written by another program. Try again in a moment.", name=name))
    if code.startswith("SQLITE_READONLY"):
        return ReadOnly(
            say("“{name}” can be read but not written here. Save a copy elsewhere to go on.", name=name)
        )
    if code.startswith("SQLITE_NOTADB"):
        return NotAProject(say("“{name}” is not a Kantlijn project.", name=name))
    if code.startswith("SQLITE_CORRUPT"):
        return NotAProject(damaged(path))
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH")):
        return DiskTrouble(
            say("“{name}” could not be read or written: the disk refused. Nothing was changed.", name=name)
        )
    raise trouble  # a mistake of ours: a bug, not something a reader can mend


def damaged(path: Path) -> str:
    """The sentence for a project that is not whole."""
    return say("“{name}” is damaged. Nothing was changed; open a backup or another copy of it.", name=path.name)


def _full(path: Path) -> DiskTrouble:
    return DiskTrouble(
        say(
            "The disk is full, so “{name}” could not be written; nothing was lost. Free space and try again.",
            name=path.name,
        )
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing. IMMEDIATE, so that a second writer waits instead of failing half-way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has already rolled back
            connection.execute("ROLLBACK")
        raise
