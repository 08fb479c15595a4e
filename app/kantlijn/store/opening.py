"""From a path to a connection: new files made whole or not at all, strangers refused, older formats brought on."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from kantlijn.errors import NewerProject, NotAProject, reason_of
from kantlijn.model.changes import Changes
from kantlijn.store import content, history
from kantlijn.store.connection import APPLICATION, connect, damaged, transaction
from kantlijn.store.copies import LOGS, copy, free_name
from kantlijn.store.schema import VERSION, is_ours
from kantlijn.words import say

_QUICK = 64 << 20
"""Bytes; projects up to this size are looked through for damage whenever they are opened (some 20 ms)."""


def look_for_room(path: Path) -> None:
    """Refuse to make a project where something is, or where nothing can be. OSError when that cannot be seen."""
    if "\0" not in str(path):
        if os.path.lexists(path):  # a link to nowhere too: it is not ours to replace
            raise NotAProject(say("“{name}” is already there. Choose another name.", name=path.name))
        if path.parent.is_dir():
            return
    raise NotAProject(say("The folder “{folder}” does not exist.", folder=str(path.parent)))


def make(path: Path, first: Changes | None) -> sqlite3.Connection:
    """A new file with our tables and the records of first; when that fails there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        db = connect(path)
        try:
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            _migrate(db)
            if first is not None:
                with transaction(db):
                    history.apply(db, first)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # others tell a project by the head of the file
        except BaseException:
            db.close()
            raise
    except BaseException:
        for tail in ("", *LOGS):
            with suppress(OSError):
                path.with_name(path.name + tail).unlink()
        raise
    return db


def look(path: Path) -> None:
    """Refuse what is plainly no project, before SQLite touches it. OSError when it cannot be looked at."""
    name = path.name
    if path.is_dir():
        raise NotAProject(say("“{name}” is a folder, not a Kantlijn project.", name=name))
    if not path.exists():
        raise NotAProject(say("“{name}” does not exist. Check the name, or make a new project.", name=name))
    if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
        raise NotAProject(say("“{name}” is not a Kantlijn project.", name=name))
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as trouble:
        raise NotAProject(
            say(
                "“{name}” cannot be read: {why}. Ask for permission, or copy it elsewhere.",
                name=name,
                why=reason_of(trouble),
            )
        ) from trouble
    if head[:16] != b"SQLite format 3\0" or int.from_bytes(head[68:72], "big") != APPLICATION:
        raise NotAProject(say("“{name}” is not a Kantlijn project.", name=name))


def opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Connect, refuse a newer or foreign file, bring an older one up to date (a copy kept), sweep leftovers.

    For reading only, an older one is left as it is: what comes back is a copy, brought up to date, that passes.
    """
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
        _hold_to(db, version, path)
        if version < VERSION:
            if read_only:
                db = _passing_copy(db)
            else:
                copy(db, free_name(path.with_name(f"{path.stem}-format{version}{path.suffix}")))
            _bring_on(db, path)
            _hold_to(db, VERSION, path)
            if read_only:
                db.execute("PRAGMA query_only=ON")
        if path.stat().st_size <= _QUICK and db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise NotAProject(damaged(path))
        if not read_only:
            with suppress(sqlite3.OperationalError):  # a full disk: they are swept another time
                content.sweep(db)
    except BaseException:
        db.close()
        raise
    return db


def _passing_copy(db: sqlite3.Connection) -> sqlite3.Connection:
    """All of it in a file without a name, which goes when it is closed; what it is of is closed now."""
    passing = sqlite3.connect("", check_same_thread=False)
    try:
        db.backup(passing)
    except BaseException:
        passing.close()
        raise
    db.close()
    return passing


def _bring_on(db: sqlite3.Connection, path: Path) -> None:
    """Every step that is missing, and the links between rows looked through, or nothing of it."""
    db.execute("PRAGMA foreign_keys=OFF")  # a step may build a table anew
    with transaction(db):
        _migrate(db)
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise NotAProject(damaged(path))
    db.execute("PRAGMA foreign_keys=ON")


def _migrate(db: sqlite3.Connection) -> None:
    """Apply every migration that is missing."""
    # here, since opening a project of today needs neither and importing them takes 65 ms
    from sqlite_utils import Database

    from kantlijn.store.migrations import steps

    steps.apply(Database(db, execute_plugins=False))


def _hold_to(db: sqlite3.Connection, version: int, path: Path) -> None:
    """Refuse a file with other tables, triggers or views than ours: it may run SQL of a stranger's."""
    if not is_ours(db, version):
        raise NotAProject(
            say("“{name}” is damaged or was changed by another program, and is not opened.", name=path.name)
        )
