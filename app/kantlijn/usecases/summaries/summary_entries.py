"""The entries of a summary: annotations with their places and what stands around them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from kantlijn.model.document import Content, Range
from kantlijn.model.entry import Entry, Source, UsedFile
from kantlijn.model.register import RegisterRow
from kantlijn.store import shelf
from kantlijn.text.within import span_of
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.marking.relate import RelationRow, status_names, type_names
from kantlijn.usecases.read import AnnotationRow, authors
from kantlijn.usecases.summaries.surroundings import Surroundings
from kantlijn.words import say

_SEEN = 3000
"""Code points of a quote or note that a preview shows at most."""


class Maker:
    """Makes the entries of a summary, each once, and no more than most of them in all places together.

    They name their authors where the project has more than one. most is for a preview: of very long quotes and
    notes only the beginning goes along then.
    """

    def __init__(self, desk: Desk, *, context: int = 0, notes: bool = True, most: int | None = None) -> None:
        self._desk = desk
        self._context = context
        self._notes = notes
        self._left = most
        self._longest = _SEEN if most is not None else None
        self._documents = {document.id: document for document in shelf.documents(desk.project)}
        self._versions = Counter(version.document for version in shelf.versions(desk.project))
        self._themes = {theme.id: theme for theme in shelf.themes(desk.project)}
        self._several = len(authors(desk)) > 1
        self._surroundings: dict[str, Surroundings] = {}
        self.made: dict[str, Entry] = {}

    def of(self, rows: Iterable[AnnotationRow]) -> tuple[Entry, ...]:
        """As many of their entries as there is room for."""
        found = []
        for row in rows:
            if not self._room():
                break
            found.append(self.one(row))
        return tuple(found)

    def relations(self, rows: Iterable[RelationRow]) -> tuple[RegisterRow, ...]:
        """As many of them, with both their entries, as there is room for."""
        found = []
        for row in rows:
            if not self._room():
                break
            found.append(self._relation(row))
        return tuple(found)

    def one(self, row: AnnotationRow) -> Entry:
        """Its entry."""
        found = self.made.get(row.passage.id)
        if found is None:
            found = self.made[row.passage.id] = self._entry(row)
        return found

    def used(self, rows: Iterable[AnnotationRow]) -> tuple[UsedFile, ...]:
        """The files these stand in, each once, in reading order."""
        found = {row.version.id: row.version for row in rows}
        places = {document: place for place, document in enumerate(self._documents)}
        return tuple(
            UsedFile(
                title=document.title, author=document.author, organisation=document.organisation,
                identifier=document.identifier, date=document.date, file=version.file,
                number=version.number if self._versions[document.id] > 1 else 0,
            )
            for version in sorted(found.values(), key=lambda one: (places[one.document], one.number))
            for document in (self._documents[version.document],)
        )  # fmt: skip

    def _room(self) -> bool:
        if self._left is None:
            return True
        self._left -= 1
        return self._left >= 0

    def _seen(self, text: str) -> str:
        long = self._longest is not None and len(text) > self._longest
        return f"{text[: self._longest]} […]" if long else text

    def _entry(self, row: AnnotationRow) -> Entry:
        annotation, anchor, version = row.passage.annotation, row.passage.anchor, row.version
        content, document = self._desk.content_of(version), self._documents[annotation.document]
        before, after = "", ""
        if self._context:
            before, after = self._around(version.id, content).of(span_of(content, anchor), self._context)
        return Entry(
            annotation=annotation.id, quote=self._seen(_quote(row, content)),
            note=self._seen(annotation.note) if self._notes else "",
            author=annotation.author if self._several else "",
            created=annotation.created, modified=annotation.modified,
            themes=tuple(self._themes[theme] for theme in annotation.themes if theme in self._themes),
            source=Source(
                document=document.id, version=version.id, title=document.title, identifier=document.identifier,
                date=document.date, file=version.file, page=page_label(content, anchor.range[0]),
                last_page=page_label(content, _last(content, anchor.range)),
                line=None if content.pages else content.text.count("\n", 0, anchor.range[0]) + 1,
                range=anchor.range, number=version.number if self._versions[document.id] > 1 else 0,
                sheet=_sheet(content, anchor.range[0]) if version.mime == "application/pdf" else None,
            ),
            before=before, after=after,
        )  # fmt: skip

    def _around(self, version: str, content: Content) -> Surroundings:
        if version not in self._surroundings:
            self._surroundings[version] = Surroundings(content)
        return self._surroundings[version]

    def _relation(self, row: RelationRow) -> RegisterRow:
        relation = row.relation
        answering = self._documents[row.source.passage.annotation.document]
        return RegisterRow(
            relation=relation.id, type=relation.type, status=relation.status,
            type_said=type_names()[relation.type], status_said=status_names()[relation.status],
            note=self._seen(relation.note) if self._notes else "",
            author=relation.author, modified=relation.modified,
            addressee=(answering.organisation or answering.author) if relation.type == "responds-to" else "",
            origin=self.one(row.source), target=self.one(row.target),
        )  # fmt: skip


def _quote(row: AnnotationRow, content: Content) -> str:
    """The passage's words; of an area, that it is one, and the words inside it."""
    if not row.passage.is_area:
        return row.readable
    area = say("[Area on page {page}]", page=page_label(content, row.passage.anchor.range[0]))
    return f"{area} {row.readable}".strip()


def _last(content: Content, place: Range) -> int:
    """The last code point of a passage that is to be seen."""
    start, end = place
    return start + max(0, len(content.text[start:end].rstrip()) - 1)


def page_label(content: Content, offset: int) -> str | None:
    """The label of the page this code point is on; None where there are no pages."""
    sheet = _sheet(content, offset)
    return None if sheet is None else content.pages[sheet - 1].label


def _sheet(content: Content, offset: int) -> int | None:
    """The page this code point is on, counted from 1; None where there are no pages."""
    if not content.pages:
        return None
    return max(1, bisect_right(content.pages, offset, key=lambda page: page.range[0]))
