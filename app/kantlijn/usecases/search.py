"""Searching all documents, or all annotations, for words as people write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from kantlijn.errors import Known
from kantlijn.model.document import Content, Document, Range, Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.store import shelf
from kantlijn.text.locate import find_all
from kantlijn.text.readable import readable
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.find import find_document
from kantlijn.usecases.read import AnnotationRow, annotation_rows, passages
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.summary_entries import page_label
from kantlijn.words import say

WHERE = ("text", "annotations")
AROUND = 60
"""Readable code points shown before and after a hit, at most."""
_MOST = 10_000
_REACH = 4 * AROUND  # canonical code points that are sure to hold as many readable ones, short of long furniture


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where the words stand. before + hit + after reads on, spaces between them included.

    range counts in the version's canonical text; page is a label, None where there are no pages. In
    annotations the range is the passage's, before and after come from its quote or note, and annotation is
    its id.
    """

    document: str
    version: str
    title: str
    range: Range
    page: str | None
    before: str
    hit: str
    after: str
    annotation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """total counts all; hits are the first 10,000 of them, by document, the newest version first."""

    total: int
    hits: tuple[Hit, ...]


def search(desk: Desk, query: str, *, where: str = "text", document: str = "") -> Hits:
    """Where the query stands: case, accents, line breaks and hyphens aside. document: by any of its names.

    Known for an empty query or another where, NotFound for a document that is not there.
    """
    if where not in WHERE:
        raise Known(say("One searches in {places}, not in “{place}”.", places=", ".join(WHERE), place=where))
    query = query.strip()
    if not query:
        raise Known(say("Give the words to search for."))
    only = find_document(desk, document).id if document else ""
    found = _in_text(desk, query, only) if where == "text" else _in_annotations(desk, query, only)
    hits: list[Hit] = []
    total = 0
    for made in found:
        total += 1
        if total <= _MOST:
            hits.append(made())
    return Hits(total=total, hits=tuple(hits))


def places_in(
    desk: Desk, version_id: str, query: str, *, case: bool = False, whole: bool = False, annotated: bool = False
) -> tuple[Range, ...]:
    """Where the query stands in one version, in reading order, not overlapping.

    case: with these very capitals and accents; whole: not inside a longer word; annotated: only where an
    annotation stands too.
    """
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    text = content.text
    found = find_all(text, query, content.auxiliary)
    if case:
        letter = " ".join(query.split())
        found = [one for one in found if " ".join(readable(text, one, content.auxiliary).split()) == letter]
    if whole:
        found = [one for one in found if not _inside_word(text, *one)]
    if annotated:
        taken = sorted(passage.anchor.range for passage in passages(desk, version_id))
        found = [one for one in found if any(start < one[1] and end > one[0] for start, end in taken)]
    return tuple(found)


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) or (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    )


def _in_text(desk: Desk, query: str, only: str) -> Iterator[Callable[[], Hit]]:
    """What makes each hit: thousands of "e" are counted quicker than shown."""
    versions: dict[str, list[Version]] = {}
    for version in shelf.versions(desk.project):
        versions.setdefault(version.document, []).append(version)
    for document in shelf.documents(desk.project):
        if only not in ("", document.id):
            continue
        for version in reversed(versions.get(document.id, [])):
            content = desk.content_of(version)
            for found in find_all(content.text, query, content.auxiliary):
                yield partial(_hit, document, version, content, found)


def _hit(document: Document, version: Version, content: Content, found: Range) -> Hit:
    before, hit, after = surroundings(content, found)
    return Hit(
        document=document.id, version=version.id, title=document.title, range=found,
        page=page_label(content, found[0]), before=before, hit=hit, after=after,
    )  # fmt: skip


def surroundings(content: Content, range: Range) -> tuple[str, str, str]:
    """Before, the range itself, and after, readable on one line; before and after AROUND code points at most."""
    text, auxiliary = content.text, content.auxiliary
    start, end = range
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    hit = _line(readable(text, range, auxiliary))
    before = _line(readable(text, (first, start), auxiliary))
    after = _line(readable(text, (end, last), auxiliary))
    # readable() trims: whether a space stood between is seen from both parts read as one
    if before and _line(readable(text, (first, end), auxiliary)).endswith(f" {hit}"):
        before += " "
    if after and _line(readable(text, (start, last), auxiliary)).startswith(f"{hit} "):
        after = f" {after}"
    return before[-AROUND:], hit, after[:AROUND]


def _line(paragraphs: str) -> str:
    return paragraphs.replace("\n", " ")


def _in_annotations(desk: Desk, query: str, only: str) -> Iterator[Callable[[], Hit]]:
    """One hit for each place in a quote or note; one for the passage when only a theme's name has the words."""
    chosen = AnnotationFilter(text=query, documents=(only,) if only else ())
    for row in annotation_rows(desk, chosen):
        passage, content = row.passage, desk.content_of(row.version)
        plain = Hit(
            document=passage.annotation.document, version=row.version.id, title=row.document_title,
            range=passage.anchor.range, page=page_label(content, passage.anchor.range[0]), before="",
            hit=_line(row.readable), after="", annotation=passage.id,
        )  # fmt: skip
        places = [
            partial(replace, plain, before=before, hit=hit, after=after)
            for before, hit, after in _said(row, query)
        ]
        yield from places or [partial(replace, plain)]


def _said(row: AnnotationRow, query: str) -> Iterator[tuple[str, str, str]]:
    for text in (row.readable, row.passage.annotation.note):
        for start, end in find_all(text, query):
            before, hit, after = (
                " ".join(text[a:b].split("\n"))
                for a, b in ((max(0, start - AROUND), start), (start, end), (end, end + AROUND))
            )
            yield before, hit, after
