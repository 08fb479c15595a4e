"""A query over what readers wrote: quotes and notes of annotations with their themes; notes on documents, and
the definitions of themes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kantlijn.model.document import Range
from kantlijn.model.filters import AnnotationFilter
from kantlijn.store import shelf
from kantlijn.store.search_index import page_label
from kantlijn.text.fold import squeeze
from kantlijn.text.locate import find_all
from kantlijn.text.search.heap import Heap
from kantlijn.text.search.match import Matcher
from kantlijn.text.search.query import Node, possible, signs_of
from kantlijn.text.search.signs import with_signs
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import AnnotationRow, annotation_rows
from kantlijn.usecases.searching.hits import Group, Hit
from kantlijn.usecases.searching.places_in import AROUND
from kantlijn.words import language

_APART = "\n\n\f\n\n"  # no phrase runs over a page's end
_Line = tuple[str, str, str]


class SaidSearch:
    """Quotes and notes of annotations, with their themes' names; with notes those on documents, and definitions.

    Annotations by document, in reading order; documents in the reader's order, then themes. A passage or theme
    of which only the name has the words is one hit. node: a query, or signs that are found to the letter; only:
    this document.
    """

    def __init__(self, desk: Desk, node: Node | str, only: str, *, notes: bool) -> None:
        self._desk, self._only, self._notes = desk, only, notes
        self._wanted = node
        self._hits: dict[tuple[str, str, str], list[Hit]] = {}

    def groups(self) -> Iterator[Group]:
        """Each version, document or theme with hits."""
        finder = _Finder(self._wanted)
        if self._notes:
            yield from self._documents(finder)
            yield from self._themes(finder)
        else:
            yield from self._annotations(finder)

    def hits(self, group: Group, first: int, most: int | None) -> list[Hit]:
        """Of one group, from number first on."""
        found = self._hits.get((group.document, group.version, group.theme), [])
        return found[first:] if most is None else found[first : first + most]

    def _annotations(self, finder: _Finder) -> Iterator[Group]:
        themes = {theme.id: f"{theme.name}{_APART}{theme.name_nl}" for theme in shelf.themes(self._desk.project)}
        rows = annotation_rows(self._desk, AnnotationFilter(documents=(self._only,) if self._only else ()))
        for version, passages in groupby(rows, lambda row: row.version):
            hits: list[Hit] = []
            title = ""
            for row in passages:
                annotation, title = row.passage.annotation, row.document_title
                named = [themes.get(theme, "") for theme in annotation.themes]
                found = finder.lines([row.readable, annotation.note], named)
                if found is not None:
                    whole = " ".join(row.readable.split("\n"))
                    hits += [self._in(row, line) for line in found or [("", whole, "")]]
            if hits:
                self._hits[version.document, version.id, ""] = hits
                yield Group(title=title, count=len(hits), document=version.document, version=version.id,
                            file=version.file)  # fmt: skip

    def _in(self, row: AnnotationRow, line: _Line) -> Hit:
        passage = row.passage
        start = passage.anchor.range[0]
        return Hit(
            document=passage.annotation.document, version=row.version.id, title=row.document_title,
            range=passage.anchor.range, page=page_label(self._desk.project, row.version, start), before=line[0],
            hit=line[1], after=line[2], annotation=passage.id, themes=passage.annotation.themes,
        )  # fmt: skip

    def _documents(self, finder: _Finder) -> Iterator[Group]:
        for document in shelf.documents(self._desk.project):
            asked = document.note and self._only in ("", document.id)
            if asked and (lines := finder.lines([document.note], [])):
                hits = [_note(document.title, line, document=document.id) for line in lines]
                self._hits[document.id, "", ""] = hits
                yield Group(title=document.title, count=len(hits), document=document.id)

    def _themes(self, finder: _Finder) -> Iterator[Group]:
        for theme in () if self._only else shelf.themes(self._desk.project):
            name = theme.called(language())
            lines = finder.lines([theme.definition, ", ".join(theme.search_words)], [theme.name, theme.name_nl])
            if lines is not None:
                hits = [_note(name, line, theme=theme.id) for line in lines or [("", name, "")]]
                self._hits["", "", theme.id] = hits
                yield Group(title=name, count=len(hits), theme=theme.id)


def _note(title: str, line: _Line, *, document: str = "", theme: str = "") -> Hit:
    before, hit, after = line
    return Hit(
        document=document, version="", title=title, range=(0, 0), page=None, before=before, hit=hit, after=after,
        theme=theme, themes=(theme,) if theme else (),
    )  # fmt: skip


class _Finder:
    """A text at a time: its letters tell quickly whether it is worth looking closer."""

    def __init__(self, wanted: Node | str) -> None:
        self._wanted = wanted

    def lines(self, shown: list[str], silent: list[str]) -> list[_Line] | None:
        """Lines of the places in what is shown, taken as one text with what is silent; None where nothing is."""
        places = self._places(_APART.join([*shown, *silent]))
        if not places:
            return None
        lines, begin = [], 0
        for part in shown:
            end = begin + len(part)
            lines += [_line(part, (start - begin, last - begin)) for start, last in places if begin <= start < end]
            begin = end + len(_APART)
        return lines

    def _places(self, text: str) -> list[Range]:
        if isinstance(self._wanted, str):
            return find_all(text, self._wanted)
        if not possible(self._wanted, squeeze(text).text):
            return []
        heap = Heap()
        row = heap.add("", text)
        found = heap.places("", Matcher(self._wanted, heap.spelling).spans(row))
        signs = sorted(signs_of(self._wanted), key=len, reverse=True)
        return [with_signs(text, (), place, signs) or place for place in found]


def _line(text: str, place: Range) -> _Line:
    start, end = place
    parts = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    before, hit, after = (" ".join(part.split("\n")) for part in parts)
    return before, hit, after
