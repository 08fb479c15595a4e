"""The JSON shapes of docs/cli.md: from what verbs return to plain data. Language does not change them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kantlijn.model.annotation import Passage
from kantlijn.model.comparison import Carried, Comparison
from kantlijn.model.document import Content, Range
from kantlijn.model.theme import Theme
from kantlijn.usecases.marking.relate import RelationRow
from kantlijn.usecases.read import AnnotationRow, HistoryRow, ShelfRow, ThemeRow
from kantlijn.usecases.searching.hits import Hit
from kantlijn.usecases.shelf.add_documents import Added
from kantlijn.usecases.versions.carry import CarriedRow

Plain = dict[str, Any]


def added(result: Added) -> Plain:
    return {
        "added": [
            {
                "document": one.document, "version": one.version, "title": one.title, "file": one.file,
                "pages": one.pages, "characters": one.characters, "trouble": one.trouble,
            }
            for one in result.added
        ],
        "known": [
            {"document": one.document, "version": one.version, "title": one.title, "file": one.file}
            for one in result.known
        ],
        "failed": [{"file": one.file, "error": one.error} for one in result.failed],
    }  # fmt: skip


def document(row: ShelfRow) -> Plain:
    of = row.document
    return {
        "document": of.id, "title": of.title, "author": of.author, "organisation": of.organisation,
        "date": of.date, "kind": of.kind, "identifier": of.identifier, "language": of.language, "url": of.url,
        "annotations": row.annotations,
        "versions": [
            {
                "version": one.id, "number": one.number, "file": one.file, "sha256": one.sha256,
                "mime": one.mime, "size": one.size, "pages": one.pages, "characters": one.characters,
                "added": one.added,
            }
            for one in row.versions
        ],
    }  # fmt: skip


def theme(row: ThemeRow, paths: dict[str, str]) -> Plain:
    of = row.theme
    return {
        "id": of.id, "path": paths[of.id], "name": of.name, "name_nl": of.name_nl, "key": of.key,
        "letter": of.letter, "colour": of.colour, "parent": of.parent, "depth": row.depth,
        "definition": of.definition, "search_words": list(of.search_words), "annotations": row.annotations,
    }  # fmt: skip


def theme_paths(rows: Sequence[ThemeRow]) -> dict[str, str]:
    """Paths by id: English names from the top, joined by "/"; each leads back to its theme."""
    themes: dict[str, Theme] = {row.theme.id: row.theme for row in rows}
    paths: dict[str, str] = {}
    for row in rows:  # tree order: a parent comes before its subthemes
        above = paths.get(row.theme.parent or "") if row.theme.parent in themes else None
        paths[row.theme.id] = f"{above}/{row.theme.name}" if above else row.theme.name
    return paths


def annotation(passage: Passage, paths: dict[str, str], page: str | None) -> Plain:
    of, anchor = passage.annotation, passage.anchor
    return {
        "id": of.id, "document": of.document, "version": anchor.version, "range": list(anchor.range),
        "quote": anchor.quote, "themes": [paths.get(one, one) for one in of.themes],
        "theme_ids": list(of.themes), "note": of.note, "page": page, "author": of.author,
        "created": of.created, "modified": of.modified, "state": anchor.state, "style": of.style,
        "areas": [{"page": index, "quad": list(quad)} for index, quad in anchor.quads],
    }  # fmt: skip


def page_of(content: Content, passage: Passage) -> str | None:
    """The label of the page on which the passage begins; None where there are no pages."""
    first = passage.anchor.first_page
    return None if first is None or not content.pages else content.pages[first].label


def text(content: Content) -> Plain:
    return {
        "text": content.text,
        "pages": [{"label": page.label, "range": list(page.range)} for page in content.pages],
        "auxiliary": [list(one) for one in content.auxiliary],
    }


def hit(found: Hit) -> Plain:
    return {
        "document": found.document, "version": found.version, "title": found.title,
        "range": list(found.range), "page": found.page, "context": found.before + found.hit + found.after,
        "before": found.before, "hit": found.hit, "after": found.after,
        "annotation": found.annotation or None, "theme": found.theme or None, "themes": list(found.themes),
    }  # fmt: skip


def relation(row: RelationRow) -> Plain:
    of = row.relation
    return {
        "id": of.id, "type": of.type, "status": of.status, "note": of.note, "author": of.author,
        "created": of.created, "modified": of.modified, "source": _end(row.source), "target": _end(row.target),
    }  # fmt: skip


def _end(row: AnnotationRow) -> Plain:
    passage = row.passage
    return {
        "id": passage.id, "document": passage.annotation.document, "version": passage.anchor.version,
        "title": row.document_title, "range": list(passage.anchor.range), "quote": row.readable,
        "page": passage.anchor.page_label,
    }  # fmt: skip


def comparison(found: Comparison) -> Plain:
    return {
        "changes": [
            {"kind": edit.kind, "old": _ranges(edit.old), "new": _ranges(edit.new)} for edit in found.edits
        ],
        "ignored": {
            "old": [list(one) for one in found.ignored_old], "new": [list(one) for one in found.ignored_new],
        },
        "loss": list(found.loss),
        "conserved": found.conserved,
        "related": found.is_related,
        "shared": round(found.shared, 4),
        "stats": {"seconds": found.seconds, "peak_mb": found.peak_mb},
    }  # fmt: skip


def _ranges(ranges: tuple[Range, ...]) -> list[list[int]] | None:
    return [list(one) for one in ranges] or None


def carried(name: str, passage: Carried) -> Plain:
    return {
        "id": name, "status": passage.status, "old": list(passage.old),
        "new": list(passage.new) if passage.new else None, "score": passage.score, "review": passage.review,
    }  # fmt: skip


def anchor(row: CarriedRow) -> Plain:
    target = row.target
    return {
        "id": row.annotation.id, "status": target.state, "old": list(row.source.range),
        "new": None if target.state == "lost" else list(target.range), "score": target.score,
        "review": target.review == "open", "decided": target.review if target.review != "open" else "",
    }  # fmt: skip


def step(row: HistoryRow) -> Plain:
    return {
        "seq": row.seq, "id": row.id, "at": row.at, "author": row.author, "title": row.title,
        "undone": row.undone,
    }  # fmt: skip
