"""Records of the model to rows and back, one table a kind. Dull on purpose: columns are named as fields are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, cast

from kantlijn.errors import NotAProject
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Record
from kantlijn.model.document import Document, Version
from kantlijn.model.filters import SavedFilter
from kantlijn.model.layer import Quad
from kantlijn.model.recipe import Recipe
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme
from kantlijn.model.written import read_json
from kantlijn.words import say

_PLAIN = {
    Document: ("document", ("id", "title", "author", "organisation", "date", "kind", "identifier", "language",
                            "url", "note", "position")),
    Version: ("version", ("id", "document", "number", "file", "sha256", "extractor", "mime", "size", "pages",
                          "characters", "added")),
    Theme: ("theme", ("id", "name", "name_nl", "colour", "letter", "key", "parent", "position", "definition",
                      "search_words")),
    Annotation: ("annotation", ("id", "document", "note", "author", "created", "modified", "style", "colour",
                                "origin")),
    Anchor: ("anchor", ("id", "annotation", "version", "start", "end", "quote", "prefix", "suffix", "first_page",
                        "last_page", "page_label", "state", "score", "method", "quads",
                        "review")),
    Relation: ("relation", ("id", "source", "target", "type", "status", "note", "author", "created", "modified")),
    SavedFilter: ("saved_filter", ("id", "name", "chosen", "position")),
    Recipe: ("recipe", ("id", "name", "form", "wanted", "position")),
}  # fmt: skip


def table_of(kind: type[Record]) -> str:
    return _PLAIN[kind][0]


def columns_of(kind: type[Record], prefix: str = "") -> str:
    """Its columns for a SELECT, in the order that record_from() expects."""
    return ", ".join(f'{prefix}"{name}"' for name in _PLAIN[kind][1])


def put(db: sqlite3.Connection, record: Record) -> None:
    """Insert or replace the row (and an annotation's themes) of this record."""
    table, columns = _PLAIN[type(record)]
    values = [_cell(record, column) for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
    marks = ", ".join("?" * len(columns))
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {update}', values)
    if isinstance(record, Annotation):
        db.execute("DELETE FROM annotation_theme WHERE annotation = ?", (record.id,))
        db.executemany(
            "INSERT INTO annotation_theme (annotation, place, theme) VALUES (?, ?, ?)",
            [(record.id, place, theme) for place, theme in enumerate(record.themes)],
        )


def take_away(db: sqlite3.Connection, record: Record) -> None:
    """Delete the row of this record."""
    db.execute(f'DELETE FROM "{table_of(type(record))}" WHERE id = ?', (record.id,))


def _cell(record: Record, column: str) -> Any:
    if isinstance(record, Anchor):
        if column in ("start", "end"):
            return record.range[column == "end"]
        if column == "quads":
            return json.dumps(record.quads)
    if isinstance(record, Theme) and column == "search_words":
        return json.dumps(record.search_words, ensure_ascii=False)
    return getattr(record, column)


def _parsed(written: str) -> list[Any]:
    try:
        return list(read_json(written))
    except (ValueError, TypeError) as trouble:
        raise NotAProject(say("The project is damaged: part of it cannot be read. Open a backup.")) from trouble


def document_from(row: Iterable[Any]) -> Document:
    return Document(**dict(zip(_PLAIN[Document][1], row, strict=True)))


def version_from(row: Iterable[Any]) -> Version:
    return Version(**dict(zip(_PLAIN[Version][1], row, strict=True)))


def theme_from(row: Iterable[Any]) -> Theme:
    values = dict(zip(_PLAIN[Theme][1], row, strict=True))
    values["search_words"] = tuple(_parsed(values["search_words"]))
    return Theme(**values)


def annotation_from(row: Iterable[Any], themes: tuple[str, ...]) -> Annotation:
    return Annotation(themes=themes, **dict(zip(_PLAIN[Annotation][1], row, strict=True)))


def record_from(kind: type[Record], row: Iterable[Any], themes: tuple[str, ...] = ()) -> Record:
    """The record of this kind that the row holds; themes are an annotation's."""
    if kind is Annotation:
        return annotation_from(row, themes)
    made: dict[type[Record], Callable[[Iterable[Any]], Record]] = {
        Document: document_from, Version: version_from, Theme: theme_from, Anchor: anchor_from,
        Relation: relation_from, SavedFilter: saved_filter_from, Recipe: recipe_from,
    }  # fmt: skip
    return made[kind](row)


def anchor_from(row: Iterable[Any]) -> Anchor:
    values = dict(zip(_PLAIN[Anchor][1], row, strict=True))
    quads = values["quads"]
    values["quads"] = () if quads == "[]" else _quads(quads)
    values["range"] = (values.pop("start"), values.pop("end"))
    return Anchor(**values)


def _quads(kept: str) -> tuple[tuple[int, Quad], ...]:
    """Of an area: pages and corners. NotAProject when that is not what was kept."""
    found: list[tuple[int, Quad]] = []
    for one in _parsed(kept):
        page, quad = one if isinstance(one, list) and len(one) == 2 else (None, ())
        numbers = [x for x in quad if isinstance(x, int | float)] if isinstance(quad, list) else []
        if not isinstance(page, int) or len(numbers) != 8:
            raise NotAProject(say("The project is damaged: part of it cannot be read. Open a backup."))
        found.append((page, cast(Quad, tuple(numbers))))
    return tuple(found)


def relation_from(row: Iterable[Any]) -> Relation:
    return Relation(**dict(zip(_PLAIN[Relation][1], row, strict=True)))


def recipe_from(row: Iterable[Any]) -> Recipe:
    return Recipe(**dict(zip(_PLAIN[Recipe][1], row, strict=True)))


def saved_filter_from(row: Iterable[Any]) -> SavedFilter:
    return SavedFilter(**dict(zip(_PLAIN[SavedFilter][1], row, strict=True)))
