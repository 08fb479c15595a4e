"""One careful connection to a project file: pragmas, transactions, and what SQLite says turned into sentences."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from kantlijn.errors import DiskTrouble, InUse, Known, NotAProject, ReadOnly, reason_of
from kantlijn.store.lock import has_strange_log
from kantlijn.store.places import is_network
from kantlijn.words import say

APPLICATION = 0x4B4C4A4E
"""application_id: "KLJN", at offset 68 of the file."""
_PRAGMAS = ("foreign_keys=ON", "cell_size_check=ON", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-16000")
REFUSALS = (sqlite3.Error, UnicodeDecodeError)
"""Of reading a damaged file: what SQLite says of it may quote bytes that are no text, and Python trips over it."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open an existing file. A read-only one where nothing can be written is opened immutable."""
    if read_only:
        connection = readable(path)
    else:
        connection = _opened(path, "mode=rw")
    try:
        if not read_only:
            _prepare(connection, network=is_network(path))
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # one that stays would stand in the way of opening it otherwise
        raise
    return connection


def _prepare(connection: sqlite3.Connection, *, network: bool) -> None:
    """How it is written. On a network drive without a write-ahead log, since that wants memory both ends share."""
    if network:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # a log that is there is read without such memory
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA locking_mode=NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # lets go of the lock
        connection.execute("PRAGMA synchronous=EXTRA")
    else:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")


def _opened(path: Path, how: str) -> sqlite3.Connection:
    name = Path(os.path.realpath(path)).as_uri()
    return sqlite3.connect(f"{name}?{how}", uri=True, timeout=5, check_same_thread=False)


def unwatched(path: Path) -> sqlite3.Connection:
    """A file at rest that nobody writes, such as a backup: only looked at, nothing made beside it."""
    return _opened(path, "mode=ro&immutable=1")


def is_project(path: Path) -> bool:
    """Whether the head of a file at rest is a project's. OSError. Never for one that this program has open:

    closing any handle on it would drop the locks that SQLite holds.
    """
    with path.open("rb") as file:
        head = file.read(100)
    return head[:16] == b"SQLite format 3\0" and int.from_bytes(head[68:72], "big") == APPLICATION


def readable(path: Path) -> sqlite3.Connection:
    """For reading. SQLite wants to write a little beside the file even for that, unless it is called immutable.

    Without a write-ahead log, and where none can be made (a medium for reading only, a full disk), nobody writes.
    Nor does anybody where there is a log without its index, and that cannot be made: both are read from a copy.
    """
    if has_strange_log(path):
        return _opened(path, "mode=ro&immutable=1")
    log = path.with_name(path.name + "-wal")
    empty = not log.exists() or log.stat().st_size == 0
    if empty and not os.access(path.parent, os.W_OK):
        return _opened(path, "mode=ro&immutable=1")
    # only one that could write takes SQLite's -wal and -shm away again when it is the last to close
    could = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    connection = _opened(path, "mode=rw" if could else "mode=ro")
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as trouble:
        connection.close()
        code = getattr(trouble, "sqlite_errorname", "") or ""
        if not code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_READONLY")):
            raise
        if not empty and path.with_name(path.name + "-shm").exists():
            raise
        return _opened(path, "mode=ro&immutable=1") if empty else _copied_apart(path)
    except REFUSALS:
        connection.close()
        raise
    return connection


def _copied_apart(path: Path) -> sqlite3.Connection:
    """All of a project and its log, for reading, in a file without a name that goes when it is closed. OSError."""
    with tempfile.TemporaryDirectory(prefix="kantlijn-") as folder:
        copy = Path(folder) / "copy"
        for tail in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + tail), copy.with_name(copy.name + tail))
        passing = sqlite3.connect("", check_same_thread=False)
        with closing(_opened(copy, "mode=rw")) as db:
            db.backup(passing)
    passing.execute("PRAGMA query_only=ON")
    return passing


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Raise what SQLite or the file system raises inside as a Known error about this project."""
    try:
        yield
    except sqlite3.Error as trouble:
        raise _known(trouble, path) from trouble
    except UnicodeDecodeError as trouble:
        raise NotAProject(damaged(path)) from trouble
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(path) from trouble
        raise DiskTrouble(
            say("“{name}” cannot be reached: {why}. Nothing was changed.", name=path.name, why=reason_of(trouble))
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
    if code.startswith("SQLITE_CORRUPT") or "Could not decode to UTF-8" in str(trouble):
        return NotAProject(damaged(path))
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")) and _no_room_beside(path):
        return _full(path)
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH")):
        return DiskTrouble(
            say("“{name}” could not be read or written: the disk refused. Nothing was changed.", name=name)
        )
    raise trouble  # a mistake of ours: a bug, not something a reader can mend


def _no_room_beside(path: Path) -> bool:
    """Whether that is why: the files SQLite needs beside it (32 KiB and more) are refused with other words."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < 1 << 17
    return False


def must_have_room(path: Path, size: int) -> None:
    """DiskTrouble, before anything is written, where so many bytes more cannot be kept and worked with."""
    with suppress(OSError):
        if shutil.disk_usage(path.parent).free < size + (size >> 2) + (2 << 20):
            raise _full(path)


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
