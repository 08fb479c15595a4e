"""Is a project whole? The file, the links between rows, the bytes, the anchors, the history."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from kantlijn.errors import NotAProject
from kantlijn.model.annotation import Annotation
from kantlijn.model.changes import KINDS, Record, from_plain
from kantlijn.model.document import Content
from kantlijn.model.layer import unpack
from kantlijn.model.written import read_json
from kantlijn.store import records
from kantlijn.store.content import digest, digest_name
from kantlijn.store.index_sound import is_sound
from kantlijn.store.project import Project
from kantlijn.words import say


def problems(project: Project) -> Iterator[str]:
    """A sentence for each thing that is wrong."""
    said = ""
    if project.missing:
        yield project.missing
    for part in (_file, _bytes, _anchors, _themes, _history, _last_steps):
        try:
            yield from part(project)
        except NotAProject as trouble:  # what is damaged so that SQLite does not give it
            if trouble.sentence != said:
                said = trouble.sentence
                yield said


def _file(project: Project) -> Iterator[str]:
    with project.reading() as db:
        for (found,) in db.execute("PRAGMA integrity_check").fetchall():
            if found != "ok":
                yield say("The file is damaged: {detail}.", detail=found)
        for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
            yield say(
                "A row of {table} ({row}) points to a missing {parent}.", table=table, row=row, parent=parent
            )
        if not is_sound(db):
            yield say("The index for searching is damaged. It is made again when the project is opened.")


def counts(project: Project) -> dict[str, int]:
    """How many of each the project has."""
    tables = ("document", "version", "theme", "annotation", "anchor", "relation", "history")
    with project.reading() as db:
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def _bytes(project: Project) -> Iterator[str]:
    with project.reading() as db:
        versions = db.execute(
            "SELECT DISTINCT sha256, extractor, file, size, characters, pages FROM version"
        ).fetchall()
    for sha256, extractor, file, size, characters, pages in versions:
        digest, length = hashlib.sha256(), 0
        for chunk in project.chunks(sha256):
            digest.update(chunk)
            length += len(chunk)
        if digest.hexdigest() != sha256 or length != size:
            yield say("The bytes of “{file}” are not those that were imported.", file=file)
        try:
            content = project.content(sha256, extractor)
        except NotAProject:
            yield say("The text of “{file}” cannot be read.", file=file)
            continue
        if content is None:
            yield say("The text of “{file}” is missing.", file=file)
        elif (
            len(content.text) != characters
            or len(content.pages) != pages
            or not _in_order(content)
            or (not _as_imported(project, sha256, content))
        ):
            yield say("The text of “{file}” is not the one that was imported.", file=file)


def _as_imported(project: Project, sha256: str, content: Content) -> bool:
    """By its digest; one that was imported when none was kept, by what else can be told of it."""
    said = project.fact(digest_name(sha256, content.extractor))
    if said is not None:
        return said == digest(content)
    try:
        for layer in content.layers:
            unpack(layer)
    except ValueError:
        return False
    return True


def _in_order(content: Content) -> bool:
    """Whether the pages' ranges follow each other inside the text."""
    place = 0
    for page in content.pages:
        start, end = page.range
        if not place <= start <= end <= len(content.text):
            return False
        place = end
    return True


def _anchors(project: Project) -> Iterator[str]:
    with project.reading() as db:
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


def _themes(project: Project) -> Iterator[str]:
    with project.reading() as db:
        parents = dict(db.execute("SELECT id, parent FROM theme").fetchall())
        for theme, parent in parents.items():
            met, above = set(), parent
            while above is not None and above not in met:
                met.add(above)
                above = parents.get(above)
            if theme in met:
                yield say("Theme {id} lies inside itself.", id=theme)


def _history(project: Project) -> Iterator[str]:
    with project.reading() as db:
        first_undone, last_done = db.execute(
            "SELECT min(seq) FILTER (WHERE undone = 1), max(seq) FILTER (WHERE undone = 0) FROM history"
        ).fetchone()
        if first_undone is not None and last_done is not None and first_undone < last_done:
            yield say("The history is out of order: an undone step lies before one that was not.")
        for seq, before, after in db.execute("SELECT seq, before, after FROM history_step").fetchall():
            for written in (before, after):
                try:
                    if written is not None:
                        from_plain(read_json(written))
                except (ValueError, TypeError):
                    yield say("Step {seq} of the history cannot be read.", seq=seq)


def _last_steps(project: Project) -> Iterator[str]:
    """Whether steps follow on each other, and each record is what the last that was not undone made of it."""
    with project.reading() as db:
        ends: dict[tuple[str, str], str | None] = {}
        last: dict[tuple[str, str], str | None] = {}
        try:
            for seq, undone, kind, record, before, after in db.execute(
                "SELECT seq, undone, kind, record, before, after FROM history_step JOIN history USING (seq)"
                " ORDER BY seq, place"
            ).fetchall():
                if not _same(before, ends.get((kind, record), before)):
                    yield say("Step {seq} of the history does not begin where the one before ended.", seq=seq)
                ends[kind, record] = after
                if not undone:
                    last[kind, record] = after
            there = {(name, record.id): record for name, kind in KINDS.items() for record in _records(db, kind)}
            for (kind, id_), after in last.items():
                if there.get((kind, id_)) != (None if after is None else from_plain(read_json(after))):
                    yield say("The {kind} {id} is not what the history made of it.", kind=kind, id=id_)
        except NotAProject as trouble:
            yield trouble.sentence
        except (ValueError, TypeError):
            return  # a step that cannot be read has been told of


def _same(one: str | None, other: str | None) -> bool:
    """Whether two written records are the same one, also when one is of an older format."""
    if one is None or other is None or one == other:
        return one == other
    return from_plain(read_json(one)) == from_plain(read_json(other))


def _records(db: sqlite3.Connection, kind: type[Record]) -> Iterator[Record]:
    themes: dict[str, list[str]] = {}
    if kind is Annotation:
        for annotation, theme in db.execute(
            "SELECT annotation, theme FROM annotation_theme ORDER BY annotation, place"
        ):
            themes.setdefault(annotation, []).append(theme)
    for row in db.execute(f'SELECT {records.columns_of(kind)} FROM "{records.table_of(kind)}"').fetchall():
        yield records.record_from(kind, row, tuple(themes.get(row[0], ())))
