"""One project file: open, write with history, undo, copy, close. Callable from any thread.

One connection and one lock. Short calls take turns; nothing waits inside for an engine or a reader.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from kantlijn.errors import InUse, Known, NewerProject, NotAProject, ReadOnly
from kantlijn.model.changes import Changes
from kantlijn.model.document import Content
from kantlijn.store import content as contents
from kantlijn.store import history
from kantlijn.store.connection import APPLICATION, connect, damaged, sentences, transaction
from kantlijn.store.lock import Lock
from kantlijn.store.schema import VERSION, is_ours
from kantlijn.words import say

_QUICK = 64 << 20
"""Bytes; projects up to this size are looked through for damage whenever they are opened (some 20 ms)."""


class Readable(Protocol):
    """Where the bytes of a file come from."""

    def read(self, size: int, /) -> bytes: ...


class Project:
    """An open project. Made by create() or open(); every call may raise a Known error with its sentence."""

    def __init__(self, path: Path, db: sqlite3.Connection, lock: Lock | None, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._db = db
        self._lock_file = lock
        self._turn = threading.RLock()
        self._closed = False

    # -- opening and closing ----------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, first: Changes | None = None) -> Project:
        """A new project; first is written without becoming a step that could be undone."""
        if path.exists():
            raise NotAProject(say("“{name}” is already there. Choose another name.", name=path.name))
        if not path.parent.is_dir():
            raise NotAProject(say("The folder “{folder}” does not exist.", folder=str(path.parent)))
        with sentences(path):
            lock = Lock(path)
            lock.take()
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                db = connect(path)
                db.execute(f"PRAGMA application_id = {APPLICATION}")
                _migrate(db)
                if first is not None:
                    with transaction(db):
                        history.apply(db, first)
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # others tell a project by the head of the file
            except BaseException:
                with suppress(OSError):
                    path.unlink()
                lock.release()
                raise
        return cls(path, db, lock, read_only=False)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """An existing project. InUse when another program writes it; NotAProject, NewerProject."""
        _look(path)
        lock = None
        if not read_only:
            if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
                raise ReadOnly(say("“{name}” can be read but not written here.", name=path.name))
            lock = Lock(path)
            with sentences(path):
                lock.take()
        try:
            with sentences(path):
                db = _opened(path, read_only=read_only)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(path, db, lock, read_only=read_only)

    def close(self) -> None:
        """Fold the write-ahead log into the one file and let go of it. Twice does no harm."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            with suppress(sqlite3.Error):
                if not self.read_only:
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with suppress(sqlite3.Error):
                self._db.close()
            if self._lock_file is not None:
                self._lock_file.release()

    # -- reading and writing ----------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection for a moment of reading."""
        with self._turn, sentences(self.path):
            yield self._db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise ReadOnly(say("“{name}” is open for reading only.", name=self.path.name))
        with self._turn, sentences(self.path), transaction(self._db):
            yield self._db

    def commit(self, changes: Changes) -> None:
        """Write the records and their history, all or nothing; on disk when this returns."""
        with self._writing() as db:
            history.write(db, changes)

    def undo(self) -> Changes | None:
        """Take back the last step; what it then changed, or None when there is none."""
        with self._writing() as db:
            row = history.last_done(db)
            if row is None:
                return None
            changes = _known_form(row, db).inverse()
            history.apply(db, changes)
            history.mark(db, row, undone=True)
            return changes

    def redo(self) -> Changes | None:
        """Do the first undone step again, or None."""
        with self._writing() as db:
            row = history.first_undone(db)
            if row is None:
                return None
            changes = _known_form(row, db)
            history.apply(db, changes)
            history.mark(db, row, undone=False)
            return changes

    def fact(self, name: str) -> str | None:
        """A thing the project remembers outside its history, such as how panes stood."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return str(row[0]) if row else None

    def keep_fact(self, name: str, value: str) -> None:
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, value))

    # -- content ----------------------------------------------------------------------------------------------

    def add_content(
        self, sha256: str, size: int, data: Readable, content: Content, changes: Changes, go_on: Callable[[], None]
    ) -> None:
        """Stage the bytes, then publish them with their text and the changes that bring the version in.

        go_on is called between chunks and may raise Cancelled; then nothing stays.
        """
        if self.read_only:
            raise ReadOnly(say("“{name}” is open for reading only.", name=self.path.name))
        staged = False
        try:
            with self.reading() as db:
                there = contents.has_bytes(db, sha256)
            if not there:
                staged = True
                self._stage(sha256, data, go_on)
            go_on()
            with self._writing() as db:
                if not contents.has(db, sha256, content.extractor):
                    contents.publish(db, sha256, size, content)
                history.write(db, changes)
        except BaseException:
            if staged:
                with suppress(Known), self._turn, sentences(self.path):
                    contents.unstage(self._db, sha256)
            raise

    def _stage(self, sha256: str, data: Readable, go_on: Callable[[], None]) -> None:
        place = 0
        while chunk := data.read(contents.CHUNK):
            go_on()
            with self._writing() as db:
                contents.stage(db, sha256, place, chunk)
            place += 1

    def content(self, sha256: str, extractor: str) -> Content | None:
        with self.reading() as db:
            return contents.read(db, sha256, extractor)

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file, a chunk at a time; the lock is free between them."""
        place = 0
        while True:
            with self.reading() as db:
                chunk = contents.chunk(db, sha256, place)
            if chunk is None:
                return
            yield chunk
            place += 1

    # -- copies -----------------------------------------------------------------------------------------------

    def copy_to(self, path: Path) -> None:
        """A whole, consistent copy under another name, made aside and moved into place."""
        fresh = path.with_name(f".{path.name}.new")
        with self._turn, sentences(path):
            fresh.unlink(missing_ok=True)
            os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            copy = sqlite3.connect(fresh)
            try:
                self._db.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.execute("PRAGMA journal_mode=WAL")
                copy.close()
                with fresh.open("rb") as written:
                    os.fsync(written.fileno())
                fresh.replace(path)
            except BaseException:
                copy.close()
                fresh.unlink(missing_ok=True)
                raise


def _known_form(row: history.HistoryRow, db: sqlite3.Connection) -> Changes:
    try:
        return history.changes_of(db, row)
    except (ValueError, TypeError) as newer:
        raise NewerProject(
            say("The step “{title}” was written by a newer Kantlijn and cannot be undone here.", title=row.title)
        ) from newer


def _look(path: Path) -> None:
    """Refuse what is plainly no project, before SQLite touches it."""
    name = path.name
    if path.is_dir():
        raise NotAProject(say("“{name}” is a folder, not a Kantlijn project.", name=name))
    if not path.exists():
        raise NotAProject(say("“{name}” does not exist. Check the name, or make a new project.", name=name))
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as trouble:
        raise NotAProject(
            say(
                "“{name}” cannot be read: {why}. Ask for permission, or copy it elsewhere.",
                name=name,
                why=trouble.strerror,
            )
        ) from trouble
    if head[:16] != b"SQLite format 3\0" or int.from_bytes(head[68:72], "big") != APPLICATION:
        raise NotAProject(say("“{name}” is not a Kantlijn project.", name=name))


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Connect, refuse a newer or foreign file, bring an older one up to date (a copy kept), sweep leftovers."""
    db = connect(path, read_only=read_only)
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise NewerProject(
                say(
                    "“{name}” was made by a newer Kantlijn (format {n}). Install that version to open it.",
                    name=path.name,
                    n=version,
                )
            )
        if version < VERSION:
            if read_only:
                raise InUse(say("“{name}” has an older format; open it for writing once first.", name=path.name))
            kept = path.with_name(f"{path.stem}-format{version}{path.suffix}")
            if not kept.exists():
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                shutil.copyfile(path, kept)
            _migrate(db)
        _compare_schema(db, path)
        if path.stat().st_size <= _QUICK and db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise NotAProject(damaged(path))
        if not read_only:
            with suppress(sqlite3.OperationalError):  # a full disk: they are swept another time
                contents.sweep(db)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection) -> None:
    """Apply every migration that is missing."""
    # here, since opening a project of today needs neither and importing them takes 65 ms
    from sqlite_utils import Database

    from kantlijn.store.migrations import steps

    steps.apply(Database(db, execute_plugins=False))


def _compare_schema(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a file with other tables, triggers or views than ours: it may run SQL of a stranger's."""
    if not is_ours(db):
        raise NotAProject(
            say("“{name}” is damaged or was changed by another program, and is not opened.", name=path.name)
        )
