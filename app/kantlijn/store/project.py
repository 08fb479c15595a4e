"""One project file: open, write with history, undo, copy, close. Callable from any thread.

One connection and one lock. Short calls take turns; nothing waits inside for an engine or a reader.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from kantlijn.errors import DiskTrouble, InUse, Known, NewerProject, NotAProject, ReadOnly
from kantlijn.model.changes import Changes
from kantlijn.model.document import Content
from kantlijn.store import content as contents
from kantlijn.store import copies, history, log_sound, opening
from kantlijn.store.connection import REFUSALS, damaged, must_have_room, sentences, transaction
from kantlijn.store.kept import Kept
from kantlijn.store.lock import Lock, is_taken
from kantlijn.store.standing import Standing
from kantlijn.words import say


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
        self._standing = None if read_only else Standing(path)
        self._tell()
        self.kept = Kept()
        self.missing = ""
        """A sentence when changes that were acknowledged before its program last died are not there any more."""

    # -- opening and closing ----------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, first: Changes | None = None) -> Project:
        """A new project; first is written without becoming a step that could be undone."""
        with sentences(path):
            opening.look_for_room(path)
            lock = Lock(path)
            lock.take()
            try:
                db = opening.make(path, first)
            except BaseException:
                lock.release()
                raise
        return cls(path, db, lock, read_only=False)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """An existing project. InUse when another program writes it; NotAProject, NewerProject."""
        with sentences(path):
            opening.look(path)
        lock = None
        if not read_only:
            if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
                raise ReadOnly(say("“{name}” can be read but not written here.", name=path.name))
            lock = Lock(path)
            with sentences(path):
                lock.take()
            copies.drop(copies.hidden(path, ".new"))  # by a program that was killed while it made a copy
        try:
            with sentences(path):
                missing = log_sound.strange(path, lock.set_aside if lock is not None else None)
                if not missing and (lock is not None or not is_taken(path)):
                    missing = log_sound.missing(path)
                db = opening.opened(path, read_only=read_only)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        project = cls(path, db, lock, read_only=read_only)
        project.missing = missing
        return project

    def _tell(self) -> None:
        if self._lock_file is not None and self._standing is not None:
            self._lock_file.tell(self._standing.numbers)

    def close(self) -> None:
        """Fold the write-ahead log into the one file and let go of it. Twice does no harm."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            with suppress(*REFUSALS):
                if self._standing is not None and not self._standing.overwritten:
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with suppress(sqlite3.Error):
                self._db.close()
            if self._standing is not None:
                self._standing.close()
            if self._lock_file is not None:
                self._lock_file.release()

    def settle(self) -> None:
        """Fold the log into the one file, which close() does only where it can. DiskTrouble, InUse."""
        with self.rewriting() as db:
            busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise InUse(
                say("“{name}” is being written by another program. Try again in a moment.", name=self.path.name)
            )

    @property
    def lost_its_file(self) -> bool:
        """Whether its file was deleted, replaced or written over: closing it now loses what is in it."""
        return self._standing is not None and not self._closed and self._standing.gone

    @property
    def overwritten(self) -> bool:
        """Whether another program was seen to have written into its file, so that a copy may be of two files."""
        return self._standing is not None and self._standing.overwritten

    # -- reading and writing ----------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection for a moment of reading."""
        with self._turn, sentences(self.path):
            self._must_be_open()
            if self._standing is not None:
                self._standing.look()
            yield self._db

    def must_stand(self) -> None:
        """DiskTrouble when its file was moved, deleted, replaced or written over: its path leads elsewhere."""
        with self.reading():
            if self._standing is not None and not self._standing.holds:
                raise self._standing.trouble()

    def _must_be_open(self) -> None:
        if self._closed:
            raise Known(say("“{name}” has been closed.", name=self.path.name))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Several readings that see one state of the project, whoever writes meanwhile."""
        with self.reading() as db:
            if db.in_transaction:
                yield
                return
            db.execute("BEGIN")
            try:
                yield
            finally:
                db.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise ReadOnly(say("“{name}” is open for reading only.", name=self.path.name))
        with self.rewriting() as db, transaction(db):
            yield db
            if self._standing is not None:
                self._standing.look()  # before COMMIT, that may fold the log into the file

    @contextmanager
    def rewriting(self) -> Iterator[sqlite3.Connection]:
        """The connection to write with outside a transaction, where SQLite wants that."""
        with self.reading() as db:
            if self._standing is None:
                yield db
                return
            with self._standing.writing():
                if not self._standing.holds:
                    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its log has a name that leads elsewhere
                    raise self._standing.trouble()
                if self._standing.lost_its_log:
                    self._standing.renew_log(db)
                    self._tell()
                yield db

    def commit(self, changes: Changes) -> None:
        """Write the records and their history, all or nothing; on disk when this returns."""
        with self._writing() as db:
            self.kept.forget(changes)
            history.write(db, changes)

    def undo(self) -> Changes | None:
        """Take back the last step; what it then changed, or None when there is none."""
        with self._writing() as db:
            row = history.last_done(db)
            if row is None:
                return None
            changes = _known_form(row, db).inverse()
            self.kept.forget(changes)
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
            self.kept.forget(changes)
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

    @contextmanager
    def aside(self) -> Iterator[sqlite3.Connection]:
        """To write what can be made again at any time: all or nothing, and not in the history."""
        with self._writing() as db:
            yield db

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
                must_have_room(self.path, size)  # else what is left of the disk would be filled in vain
                staged = True
                self._stage(sha256, data, go_on)
            go_on()
            with self._writing() as db:
                if not contents.has(db, sha256, content.extractor):
                    contents.publish(db, sha256, size, content)
                self.kept.forget(changes)
                history.write(db, changes)
        except BaseException:
            if staged:
                with suppress(Known), self.rewriting() as db:
                    contents.unstage(db, sha256)
            raise

    def add_text(self, sha256: str, size: int, content: Content) -> None:
        """Another text of bytes that are here already, by another extractor."""
        with self._writing() as db:
            contents.publish(db, sha256, size, content)

    def add_chunk(self, sha256: str, place: int, chunk: bytes) -> None:
        """A part of a file's bytes (contents.CHUNK each) whose text is here already."""
        with self._writing() as db:
            contents.stage(db, sha256, place, chunk)

    def _stage(self, sha256: str, data: Readable, go_on: Callable[[], None]) -> None:
        place = 0
        while chunk := data.read(contents.CHUNK):
            go_on()
            with self._writing() as db:
                contents.stage(db, sha256, place, chunk)
            place += 1

    def content(self, sha256: str, extractor: str) -> Content | None:
        """None when the project lost it; NotAProject when it cannot be understood any more."""
        with self.reading() as db:
            try:
                return contents.read(db, sha256, extractor)
            except (ValueError, TypeError, KeyError) as trouble:
                raise NotAProject(damaged(self.path)) from trouble

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
        """A whole, consistent copy under another name. InUse when a project of that name is open somewhere."""
        with sentences(path):
            path = Path(os.path.realpath(path))
            if path.is_dir():
                raise DiskTrouble(say("“{name}” is a folder. Choose another name.", name=path.name))
            if path.exists() and not path.is_file():
                raise DiskTrouble(
                    say("“{file}” is not a file that can be written. Choose another name.", file=path.name)
                )
            lock = None if path == Path(os.path.realpath(self.path)) else Lock(path)  # that of its own name it has
            if lock is not None:
                lock.take()  # whoever has a project of that name open would lose all they write from now on
            try:
                with self._turn:
                    self._must_be_open()
                    copies.copy(self._db, path)
            finally:
                if lock is not None:
                    lock.release()


def _known_form(row: history.HistoryRow, db: sqlite3.Connection) -> Changes:
    try:
        return history.changes_of(db, row)
    except (ValueError, TypeError) as newer:
        raise NewerProject(
            say("The step “{title}” was written by a newer Kantlijn and cannot be undone here.", title=row.title)
        ) from newer
