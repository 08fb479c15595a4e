"""Questions about annotations and their anchors."""

from __future__ import annotations

import json
import sqlite3
from bisect import insort
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.document import Range
from kantlijn.model.filters import AnnotationFilter
from kantlijn.store.kept import Kept
from kantlijn.store.project import Project
from kantlijn.store.records import anchor_from, annotation_from, columns_of

_ANNOTATION = columns_of(Annotation, "a.")
_ANCHOR = columns_of(Anchor, "n.")
_WIDTH = _ANNOTATION.count(",") + 1
_ORDER = 'd.position, d.id, v.number DESC, n."start", n."end" DESC, a.id'
_FROM = (
    "FROM anchor n JOIN annotation a ON a.id = n.annotation"
    " JOIN document d ON d.id = a.document JOIN version v ON v.id = n.version"
)


def passages(project: Project, chosen: AnnotationFilter, *, original: bool = False) -> list[Passage]:
    """In order of document, newest version first, then reading. The filter's text is left to the caller.

    original: only the anchor that was made first, not those of other versions. Lost ones come only where the
    filter asks for that state. Themes in the filter are taken as they are, without subthemes.
    """
    where, values = _where(chosen)
    everything = original and not where
    if original:
        where.append("n.state = 'original'")
    elif not chosen.states:
        where.append("n.state <> 'lost'")
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    with project.reading() as db:
        project.kept.look(db)
        if everything and project.kept.originals is not None:
            return _originals(db, project.kept, project.kept.originals).copy()
        few = bool(chosen.ids or chosen.versions or chosen.documents)
        wanted = _in_order(db, project.kept, condition, values, few=few)
        missing = [ids[1] for ids in wanted if project.kept.of(*ids) is None]
        for passage in _read(db, missing) if missing else ():
            project.kept.keep(passage)
        found = [known for ids in wanted if (known := project.kept.of(*ids)) is not None]
        if everything:
            project.kept.originals = found.copy()
            project.kept.touched.clear()
        return found


def _originals(db: sqlite3.Connection, kept: Kept, before: list[Passage]) -> list[Passage]:
    """All passages where they were made, what changed since read anew and put where it now belongs."""
    if not kept.touched:
        return before
    found = [passage for passage in before if passage.annotation.id not in kept.touched]
    rows = db.execute(
        f"SELECT n.id {_FROM} WHERE n.state = 'original' AND a.id IN (SELECT value FROM json_each(?))",
        (_list(kept.touched),),
    ).fetchall()
    positions = dict(db.execute("SELECT id, position FROM document").fetchall())
    numbers = dict(db.execute("SELECT id, number FROM version").fetchall())

    def place(passage: Passage) -> tuple[int, str, int, int, int, str]:  # as _ORDER
        annotation, (start, end) = passage.annotation, passage.anchor.range
        number = numbers[passage.anchor.version]
        return positions[annotation.document], annotation.document, -number, start, -end, annotation.id

    for passage in _read(db, [row[0] for row in rows]):
        kept.keep(passage)
        insort(found, passage, key=place)
    kept.originals = found
    kept.touched.clear()
    return found


def not_at_hand(project: Project) -> list[str]:
    """Ids of annotations whose passages passages() would have to read first."""
    with project.reading() as db:
        project.kept.look(db)
        every = db.execute("SELECT annotation, id FROM anchor WHERE state = 'original'")
        return [annotation for annotation, anchor in every if project.kept.of(annotation, anchor) is None]


def all_at_hand(project: Project) -> bool:
    """Whether all passages where they were made are known, so that nothing need be read to look at them."""
    with project.reading() as db:
        project.kept.look(db)
        return project.kept.originals is not None


def _in_order(
    db: sqlite3.Connection, kept: Kept, condition: str, values: dict[str, Any], *, few: bool
) -> list[tuple[str, str]]:
    """(annotation, anchor) of what fulfils the condition. Sorting by four tables takes long: done but once."""
    if few:
        return db.execute(f"SELECT a.id, n.id {_FROM} {condition} ORDER BY {_ORDER}", values).fetchall()
    if kept.order is None:
        rows = db.execute(f"SELECT n.id {_FROM} ORDER BY {_ORDER}")
        kept.order = {anchor: place for place, (anchor,) in enumerate(rows)}
    order = kept.order
    rows = db.execute(
        f"SELECT a.id, n.id FROM anchor n JOIN annotation a ON a.id = n.annotation {condition}", values
    )
    return sorted((ids for ids in rows.fetchall() if ids[1] in order), key=lambda ids: order[ids[1]])


def _read(db: sqlite3.Connection, anchor_ids: list[str]) -> Iterator[Passage]:
    rows = db.execute(
        f"SELECT {_ANNOTATION}, {_ANCHOR} FROM anchor n JOIN annotation a ON a.id = n.annotation"
        " WHERE n.id IN (SELECT value FROM json_each(?))",
        (_list(anchor_ids),),
    ).fetchall()
    themes = _themes(db, {row[0] for row in rows})
    return (_passage(row, themes) for row in rows)


def themes_at(project: Project, version: str, within: Range) -> list[tuple[Range, str]]:
    """A passage's range and a theme on it, for all that touch these code points of a version."""
    with project.reading() as db:
        rows = db.execute(
            'SELECT n."start", n."end", t.theme'
            " FROM anchor n JOIN annotation_theme t ON t.annotation = n.annotation"
            " WHERE n.version = ? AND n.state <> 'lost' AND n.\"start\" < ? AND n.\"end\" > ?"
            ' ORDER BY n."start", t.place',
            (version, within[1], within[0]),
        ).fetchall()
    return [((start, end), theme) for start, end, theme in rows]


def annotations_with(project: Project, ids: Collection[str]) -> list[Annotation]:
    """These annotations, those that exist, in no particular order."""
    with project.reading() as db:
        rows = db.execute(
            f"SELECT {_ANNOTATION} FROM annotation a WHERE a.id IN (SELECT value FROM json_each(?))", (_list(ids),)
        ).fetchall()
        themes = _themes(db, {row[0] for row in rows})
    return [annotation_from(row, themes.get(row[0], ())) for row in rows]


def anchors(project: Project, annotation_ids: Collection[str]) -> list[Anchor]:
    """Every anchor of these annotations."""
    return _anchors(project, "annotation", annotation_ids)


def anchors_in(project: Project, version_ids: Collection[str]) -> list[Anchor]:
    """Every anchor in these versions."""
    return _anchors(project, "version", version_ids)


def ids_with_theme(project: Project, theme_id: str) -> list[str]:
    with project.reading() as db:
        rows = db.execute("SELECT annotation FROM annotation_theme WHERE theme = ?", (theme_id,)).fetchall()
    return [row[0] for row in rows]


def ids_in_document(project: Project, document_id: str) -> list[str]:
    with project.reading() as db:
        rows = db.execute("SELECT id FROM annotation WHERE document = ?", (document_id,)).fetchall()
    return [row[0] for row in rows]


def existing(project: Project, ids: Collection[str]) -> set[str]:
    """Which of these ids are annotations already."""
    with project.reading() as db:
        rows = db.execute(
            "SELECT id FROM annotation WHERE id IN (SELECT value FROM json_each(?))", (_list(ids),)
        ).fetchall()
    return {row[0] for row in rows}


def authors(project: Project) -> list[str]:
    """Everyone who made an annotation, by name."""
    with project.reading() as db:
        rows = db.execute("SELECT DISTINCT author FROM annotation WHERE author <> '' ORDER BY author").fetchall()
    return [row[0] for row in rows]


def _anchors(project: Project, column: str, ids: Collection[str]) -> list[Anchor]:
    with project.reading() as db:
        rows = db.execute(
            f"SELECT {_ANCHOR} FROM anchor n WHERE n.{column} IN (SELECT value FROM json_each(?))", (_list(ids),)
        ).fetchall()
    return [anchor_from(row) for row in rows]


def _where(chosen: AnnotationFilter) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}

    def among(name: str, ids: Iterable[str], condition: str) -> None:
        if ids:
            values[name] = _list(ids)
            where.append(condition.format(f"(SELECT value FROM json_each(:{name}))"))

    has = "a.id IN (SELECT t.annotation FROM annotation_theme t WHERE t.theme IN {0})"
    among("ids", chosen.ids, "a.id IN {0}")
    among("documents", chosen.documents, "a.document IN {0}")
    among("versions", chosen.versions, "n.version IN {0}")
    among("authors", chosen.authors, "a.author IN {0}")
    among("any_themes", chosen.any_themes, has)
    among("no_themes", chosen.no_themes, has.replace("IN (SELECT", "NOT IN (SELECT", 1))
    for place, theme in enumerate(chosen.all_themes):
        among(f"all_{place}", (theme,), has)
    if chosen.has_note is not None:
        where.append("trim(a.note) <> ''" if chosen.has_note else "trim(a.note) = ''")
    if chosen.untagged is not None:
        tagged = "EXISTS (SELECT 1 FROM annotation_theme t WHERE t.annotation = a.id)"
        where.append(f"NOT {tagged}" if chosen.untagged else tagged)
    among("kinds", chosen.kinds, "CASE n.quads WHEN '[]' THEN a.style ELSE 'area' END IN {0}")
    among("states", chosen.states, "n.state IN {0}")
    related = "EXISTS (SELECT 1 FROM relation r WHERE a.id IN (r.source, r.target){0})"
    among("relations", chosen.relations, related.format(" AND r.type IN {0}"))
    among("statuses", chosen.statuses, related.format(" AND r.status IN {0}"))
    if chosen.has_relation is not None:
        any_relation = related.format("")
        where.append(any_relation if chosen.has_relation else f"NOT {any_relation}")
    if chosen.since:
        values["since"] = chosen.since
        where.append("a.modified >= :since")
    if chosen.until:
        values["until"] = chosen.until + "~"  # after any time that begins with the day given
        where.append("a.modified <= :until")
    return where, values


def _themes(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for annotation, theme in db.execute(
        "SELECT annotation, theme FROM annotation_theme WHERE annotation IN (SELECT value FROM json_each(?))"
        " ORDER BY annotation, place",
        (_list(ids),),
    ):
        found.setdefault(annotation, []).append(theme)
    return {annotation: tuple(themes) for annotation, themes in found.items()}


def _passage(row: tuple[Any, ...], themes: dict[str, tuple[str, ...]]) -> Passage:
    annotation = annotation_from(row[:_WIDTH], themes.get(row[0], ()))
    return Passage(annotation=annotation, anchor=anchor_from(row[_WIDTH:]))


def _list(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
