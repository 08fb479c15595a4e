"""An annotation as the engine is to write it into a PDF: where, in which colour, and what it says to readers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kantlijn.model.document import Content, Page, Range, Version
from kantlijn.model.theme import Theme
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.gathered import Gathered, quote_mark
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.relate import RelationRow, relation_rows, status_names, type_names
from kantlijn.usecases.read import AnnotationRow
from kantlijn.words import language, say

_SIGN = "▸ "
"""In front of each line below the note; the engine knows it too, to tell our lines from the note."""
_QUOTE = 160
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the annotations of a version lean on: its SHA-256, the themes, and a line for each relation."""

    sha256: str
    themes: Mapping[str, Theme]
    relations: Mapping[str, Sequence[str]]


def said_of(desk: Desk, version: Version, rows: Sequence[AnnotationRow]) -> Said:
    """Read once for all these annotations."""
    themes = {theme.id: theme for theme in shelf.themes(desk.project)}
    ids = {row.passage.id for row in rows if row.relations}
    return Said(sha256=version.sha256, themes=themes, relations=_relations(desk, ids))


def mark_of(
    row: AnnotationRow, said: Said, content: Content, ours: Mapping[tuple[str, int, int], int]
) -> Plain:
    """As engine/annotate.py takes it. ours: objects to use again, by (annotation, part, page)."""
    annotation, anchor = row.passage.annotation, row.passage.anchor
    themes = [said.themes[theme] for theme in annotation.themes if theme in said.themes]
    places = _areas(row) if row.passage.is_area else _ranges(content, anchor.range)
    for part, place in enumerate(places):
        place["xref"] = ours.get((annotation.id, part, place["page"]), 0)
    return {
        "id": annotation.id, "own": _own(row, said, content, id=annotation.id), "contents": annotation.note,
        "tail": _tail(annotation.note, themes, said.relations.get(annotation.id, ())),
        "tags": [theme.called(language()) for theme in themes], "author": annotation.author,
        "created": annotation.created, "modified": annotation.modified, "style": annotation.style,
        "colour": themes[0].colour if themes else annotation.colour, "places": places,
    }  # fmt: skip


def dress_of(row: AnnotationRow, said: Said, content: Content, there: Gathered) -> Plain | None:
    """For an annotation that another program made in the file: its themes, and its note where that was changed.

    None when it says all that already.
    """
    annotation, marking = row.passage.annotation, there.marking
    themes = [said.themes[theme] for theme in annotation.themes if theme in said.themes]
    tags = [theme.called(language()) for theme in themes]
    lines = said.relations.get(annotation.id, ())
    note = marking.contents if annotation.note == there.note else annotation.note
    had = list(marking.own.themes) if marking.own is not None else []
    plain = marking.own is None and not themes and not lines
    if note == marking.contents and (plain or (had == list(annotation.themes) and not lines)):
        return None
    return {
        "page": marking.page, "xref": marking.xref, "contents": note, "tail": _tail(note, themes, lines),
        "tags": tags, "own": _own(row, said, content, id=""),
    }  # fmt: skip


def pages_of(content: Content, marks: Sequence[Plain]) -> tuple[list[int], list[bytes]]:
    """The pages with text of these marks; for each its packed layer and its text, UTF-8."""
    wanted = sorted({place["page"] for mark in marks for place in mark["places"] if place["range"] is not None})
    blobs: list[bytes] = []
    for page in wanted:
        start, end = content.pages[page].range
        blobs += (content.layers[page], content.text[start:end].encode())
    return wanted, blobs


def _own(row: AnnotationRow, said: Said, content: Content, *, id: str) -> Plain:
    """What tells the annotation when it comes back."""
    annotation, anchor = row.passage.annotation, row.passage.anchor
    themes = [theme for theme in annotation.themes if theme in said.themes]  # in step with the tags
    where = None if row.passage.is_area else list(anchor.range)
    return {
        "id": id, "version": said.sha256, "themes": themes, "range": where,
        "quote": "" if where is None else quote_mark(content.text, anchor.range), "colour": annotation.colour,
        "origin": annotation.origin,
    }  # fmt: skip


def _areas(row: AnnotationRow) -> list[Plain]:
    return [{"page": page, "range": None, "quad": quad, "alone": True} for page, quad in row.passage.anchor.quads]


def _ranges(content: Content, range: Range) -> list[Plain]:
    """The part of a passage on each page it touches, counted from the page's start."""
    start, end = range
    found: list[Plain] = []
    touched: list[Page] = []
    for page in content.pages[max(0, bisect_right(content.pages, start, key=_begin) - 1) :]:
        if page.range[0] >= end:
            break
        if page.range[1] > start:
            touched.append(page)
    for page in touched:
        a, b = page.range
        within = [max(start, a) - a, min(end, b) - a]
        found.append({"page": page.index, "range": within, "quad": None, "alone": len(touched) == 1})
    return found


def _begin(page: Page) -> int:
    return page.range[0]


def _tail(note: str, themes: Sequence[Theme], relations: Sequence[str]) -> str:
    """The lines below a note, with what parts them from it; "" for none."""
    lines = []
    if themes:
        names = "; ".join(" ".join(theme.called(language()).split()) for theme in themes)
        lines.append(say("Themes: {names}", names=names))
    lines += relations
    if not lines:
        return ""
    return ("\n\n" if note else "") + "\n".join(_SIGN + line for line in lines)


def _relations(desk: Desk, ids: set[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in relation_rows(desk, ids) if ids else ():
        for here, there, arrow in ((row.source, row.target, "→"), (row.target, row.source, "←")):
            if here.passage.id in ids:
                found[here.passage.id].append(_line(row, there, arrow))
    return found


def _line(row: RelationRow, there: AnnotationRow, arrow: str) -> str:
    """One relation as its other end: how, what, where, and what became of it."""
    words = shortened(" ".join(there.readable.split()), _QUOTE) or say("Area of the page")
    label = there.passage.anchor.page_label
    place = [there.document_title, say("p. {page}", page=label) if label else ""]
    status = status_names()[row.relation.status]
    line = f"{arrow} {type_names()[row.relation.type]}: “{words}” ({', '.join(filter(None, place))})"
    return " ".join(f"{line} – {status}".split())
