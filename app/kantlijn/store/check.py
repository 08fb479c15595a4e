"""Is a project whole? The file, the links between rows, the bytes, the anchors, the history."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

from kantlijn.model.changes import from_plain
from kantlijn.store.project import Project
from kantlijn.words import say


def problems(project: Project) -> Iterator[str]:
    """A sentence for each thing that is wrong."""
    with project.reading() as db:
        for (found,) in db.execute("PRAGMA integrity_check").fetchall():
            if found != "ok":
                yield say("The file is damaged: {detail}.", detail=found)
        for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
            yield say(
                "A row of {table} ({row}) points to a missing {parent}.", table=table, row=row, parent=parent
            )
    yield from _bytes(project)
    with project.reading() as db:
        yield from _anchors(db)
        yield from _history(db)


def counts(project: Project) -> dict[str, int]:
    """How many of each the project has."""
    tables = ("document", "version", "theme", "annotation", "anchor", "history")
    with project.reading() as db:
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def _bytes(project: Project) -> Iterator[str]:
    with project.reading() as db:
        versions = db.execute("SELECT DISTINCT sha256, extractor, file, size, characters FROM version").fetchall()
    for sha256, extractor, file, size, characters in versions:
        digest, length = hashlib.sha256(), 0
        for chunk in project.chunks(sha256):
            digest.update(chunk)
            length += len(chunk)
        if digest.hexdigest() != sha256 or length != size:
            yield say("The bytes of “{file}” are not those that were imported.", file=file)
        content = project.content(sha256, extractor)
        if content is None:
            yield say("The text of “{file}” is missing.", file=file)
        elif len(content.text) != characters:
            yield say("The text of “{file}” is not the one that was imported.", file=file)


def _anchors(db: sqlite3.Connection) -> Iterator[str]:
    texts: dict[str, str] = {}
    for version, sha256, extractor in db.execute("SELECT id, sha256, extractor FROM version").fetchall():
        row = db.execute(
            "SELECT text FROM content WHERE sha256 = ? AND extractor = ?", (sha256, extractor)
        ).fetchone()
        texts[version] = bytes(row[0]).decode("utf-8", "replace") if row else ""
    anchors = db.execute('SELECT annotation, version, "start", "end", quote, state FROM anchor').fetchall()
    for annotation, version, start, end, quote, state in anchors:
        if state != "lost" and texts.get(version, "")[start:end] != quote:
            yield say("The passage of annotation {id} is not where it is said to be.", id=annotation)
    for (annotation,) in db.execute(
        "SELECT id FROM annotation WHERE id NOT IN (SELECT annotation FROM anchor)"
    ).fetchall():
        yield say("Annotation {id} has no passage.", id=annotation)


def _history(db: sqlite3.Connection) -> Iterator[str]:
    first_undone, last_done = db.execute(
        "SELECT min(seq) FILTER (WHERE undone = 1), max(seq) FILTER (WHERE undone = 0) FROM history"
    ).fetchone()
    if first_undone is not None and last_done is not None and first_undone < last_done:
        yield say("The history is out of order: an undone step lies before one that was not.")
    for seq, before, after in db.execute("SELECT seq, before, after FROM history_step").fetchall():
        for written in (before, after):
            try:
                if written is not None:
                    from_plain(json.loads(written))
            except (ValueError, TypeError):
                yield say("Step {seq} of the history cannot be read.", seq=seq)
