"""Giving room back to the disk: what nothing points to is forgotten, and SQLite writes the file anew."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from kantlijn.errors import DiskTrouble
from kantlijn.model.written import read_json
from kantlijn.store.content import digest_name
from kantlijn.store.project import Project
from kantlijn.store.search_index import forget
from kantlijn.words import say

_IN_MEMORY = 100 << 20
"""Bytes; up to this size SQLite may keep the new file in memory on its way."""


def forget_unused(project: Project) -> int:
    """Drop bytes, texts, comparisons and index rows of files that no version and no step of the history has.

    How many files that were.
    """
    with project.aside() as db:
        needed = _needed(db)
        there = {(sha, "") for (sha,) in db.execute("SELECT DISTINCT sha256 FROM chunk")}
        there |= set(db.execute("SELECT sha256, extractor FROM content").fetchall())
        shas = {sha for sha, _ in needed}
        gone = {(sha, extractor) for sha, extractor in there if sha not in shas or
                (extractor and (sha, extractor) not in needed)}  # fmt: skip
        for sha, extractor in gone:
            if sha not in shas:
                db.execute("DELETE FROM chunk WHERE sha256 = ?", (sha,))
            db.execute("DELETE FROM page WHERE sha256 = ? AND extractor = ?", (sha, extractor))
            db.execute("DELETE FROM content WHERE sha256 = ? AND extractor = ?", (sha, extractor))
            db.execute("DELETE FROM fact WHERE name = ?", (digest_name(sha, extractor),))
        names = {f"{sha} {extractor}" for sha, extractor in needed}
        for old, new in db.execute("SELECT DISTINCT old, new FROM comparison").fetchall():
            if not {old, new} <= names:
                db.execute("DELETE FROM comparison WHERE old = ? AND new = ?", (old, new))
        for (content,) in db.execute("SELECT content FROM sketch").fetchall():
            if content not in names:
                db.execute("DELETE FROM sketch WHERE content = ?", (content,))
        rows = [row for row, name in db.execute("SELECT row, content FROM indexed") if name not in names]
    for row in rows:
        forget(project, row)
    return len({sha for sha, _ in gone})


def _needed(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """(sha256, extractor) of every version there is or was, as far as Undo and Redo reach."""
    needed = set(db.execute("SELECT sha256, extractor FROM version").fetchall())
    for pair in db.execute("SELECT before, after FROM history_step WHERE kind = 'version'"):
        for written in pair:
            if written is not None:
                record = read_json(written)
                needed.add((record["sha256"], record["extractor"]))
    return needed


def rewrite(project: Project) -> tuple[int, int]:
    """VACUUM: all or nothing, also when the program is killed. Bytes (before, after). DiskTrouble without room.

    Not into another file that takes the name: a second window that reads this one would go on reading the old.
    """
    with project.rewriting() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = project.path.stat().st_size
        _look_for_room(project.path, before)
        if before > _IN_MEMORY:
            db.execute("PRAGMA temp_store=FILE")
        try:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            db.execute("PRAGMA temp_store=MEMORY")
        return before, project.path.stat().st_size


def _passing_place() -> Path:
    """Where SQLite makes the new file: not always where Python would, such as in a /tmp that is memory."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())
    named = (os.environ.get("SQLITE_TMPDIR"), os.environ.get("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp")
    for place in filter(None, named):
        if Path(place).is_dir() and os.access(place, os.W_OK | os.X_OK):
            return Path(place)
    return Path()


def _look_for_room(path: Path, size: int) -> None:
    """The new file, and the log by which it takes the old one's place."""
    places = [(path.parent, 2 * size)]
    if size > _IN_MEMORY:
        places.append((_passing_place(), size))
    for folder, wanted in places:
        free = shutil.disk_usage(folder).free
        if free < wanted + (8 << 20):
            raise DiskTrouble(
                say(
                    "There is not enough room in “{folder}” to make the project smaller: it takes {n} MB for a"
                    " while, and {m} MB are free. Free some space.",
                    folder=str(folder), n=(wanted >> 20) + 9, m=free >> 20,
                )
            )  # fmt: skip
