"""A handover as plain tables: rows of annotations, themes by documents, relations, themes and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kantlijn.model.document import Document, Version
from kantlijn.model.handover import Handed, Handover
from kantlijn.model.theme import Theme
from kantlijn.words import say

Cell = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """name is what a sheet is called; every row has as many cells as there are headers.

    widths: how wide each column should be, in letters. moments: places of columns with moments, ISO texts in UTC.
    Texts are as the project has them: whoever writes a file makes them harmless there.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    moments: tuple[int, ...] = ()


class _Known:
    """What rows look up, by id."""

    def __init__(self, handover: Handover) -> None:
        self.language = handover.language
        self.documents = {one.id: one for one in handover.documents}
        self.versions = {one.id: one for one in handover.versions}
        self.themes = {one.id: one for one in handover.themes}

    def document(self, handed: Handed) -> Document:
        return self.documents[handed.passage.annotation.document]

    def version(self, handed: Handed) -> Version:
        return self.versions[handed.passage.anchor.version]

    def path(self, theme: Theme) -> str:
        """The theme's name after those above it: "Prevention / Schools"."""
        return " / ".join(one.called(self.language) for one in line_of(theme, self.themes))

    def names(self, handed: Handed) -> str:
        chosen = (self.themes[one] for one in handed.passage.annotation.themes if one in self.themes)
        return "; ".join(self.path(theme) for theme in chosen)


def line_of(theme: Theme, by_id: dict[str, Theme]) -> tuple[Theme, ...]:
    """The theme with all above it, from the top."""
    line = [theme]
    while (above := by_id.get(line[-1].parent or "")) is not None and above not in line:
        line.append(above)
    return tuple(reversed(line))


def in_order(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """The tree from top to bottom, each theme before its subthemes."""
    every = list(themes)
    ids = {theme.id for theme in every}
    children: dict[str | None, list[Theme]] = {}
    for theme in every:
        children.setdefault(theme.parent if theme.parent in ids else None, []).append(theme)
    found: list[Theme] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        theme = waiting.pop()
        found.append(theme)
        waiting.extend(reversed(children.get(theme.id, [])))
    return tuple(found)


def annotation_table(handover: Handover) -> Table:
    """One annotation a row, in the handover's order. Start and end count code points of the whole text."""
    known = _Known(handover)
    states = state_names()
    rows = []
    for one in handover.handed:
        annotation, anchor = one.passage.annotation, one.passage.anchor
        document, version = known.document(one), known.version(one)
        rows.append((
            document.title, document.identifier, document.date, version.number, version.file, one.page or "",
            "" if one.line is None else one.line, one.readable, known.names(one), annotation.note,
            annotation.author, annotation.created, annotation.modified, states.get(anchor.state, anchor.state),
            anchor.range[0], anchor.range[1], annotation.id,
        ))  # fmt: skip
    return Table(
        name=say("Annotations"),
        headers=(
            say("Document"), say("Identifier"), say("Date"), say("Version"), say("File"), say("Page"),
            say("Line"), say("Quote"), say("Themes"), say("Note"), say("Author"), say("Made"), say("Changed"),
            say("State"), say("Start"), say("End"), say("Annotation"),
        ),
        rows=tuple(rows), widths=(28, 16, 11, 8, 20, 7, 7, 60, 28, 40, 18, 21, 21, 12, 9, 9, 29), moments=(11, 12),
    )  # fmt: skip


def matrix_table(handover: Handover) -> Table:
    """How many annotations each theme itself has in each document; the last row counts each annotation once."""
    known = _Known(handover)
    counts: Counter[tuple[str, str]] = Counter()
    bare: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for one in handover.handed:
        annotation = one.passage.annotation
        themes = [theme for theme in dict.fromkeys(annotation.themes) if theme in known.themes]
        counts.update((theme, annotation.document) for theme in themes)
        totals[annotation.document] += 1
        bare[annotation.document] += not themes
    ids = [document.id for document in handover.documents]

    def row(name: str, numbers: Sequence[int]) -> tuple[Cell, ...]:
        return (name, *numbers, sum(numbers))

    rows = [row(known.path(one), [counts[one.id, d] for d in ids]) for one in in_order(handover.themes)]
    if sum(bare.values()):
        rows.append(row(say("Without a theme"), [bare[d] for d in ids]))
    rows.append(row(say("Annotations"), [totals[d] for d in ids]))
    return Table(
        name=say("Themes × documents"),
        headers=(say("Theme"), *(document.title for document in handover.documents), say("Total")),
        rows=tuple(rows), widths=(36, *(16 for _ in ids), 10),
    )  # fmt: skip


def relation_table(handover: Handover) -> Table:
    """One relation a row, in reading order of what they are about: of recommendations, for responses."""
    known = _Known(handover)
    places = {one.passage.id: place for place, one in enumerate(handover.handed)}
    types, statuses = type_names(), status_names()
    rows = []
    found = [one for one in handover.relations if one.source in places and one.target in places]
    for one in sorted(found, key=lambda one: (places[one.target], places[one.source], one.id)):
        source, target = handover.handed[places[one.source]], handover.handed[places[one.target]]
        rows.append((
            known.document(source).title, known.version(source).number, _where(source), source.readable,
            types.get(one.type, one.type), known.document(target).title, known.version(target).number,
            _where(target), target.readable, statuses.get(one.status, one.status), one.note, one.author,
            one.created, one.modified, one.source, one.target, one.id,
        ))  # fmt: skip
    return Table(
        name=say("Relations"),
        headers=(
            say("From: document"), say("From: version"), say("From: page or line"), say("From: quote"),
            say("Relation"), say("To: document"), say("To: version"), say("To: page or line"), say("To: quote"),
            say("Status"), say("Note"), say("Author"), say("Made"), say("Changed"), say("From: annotation"),
            say("To: annotation"), say("Relation ID"),
        ),
        rows=tuple(rows), moments=(12, 13),
        widths=(28, 8, 9, 55, 14, 28, 8, 9, 55, 14, 40, 18, 21, 21, 29, 29, 29),
    )  # fmt: skip


def theme_table(handover: Handover) -> Table:
    """One theme a row, each before its subthemes, with how many of the annotations carry it."""
    known = _Known(handover)
    used = Counter(theme for one in handover.handed for theme in set(one.passage.annotation.themes))
    rows = tuple(
        (known.path(one), one.name, one.name_nl, one.colour, one.letter, one.key, one.definition,
         "; ".join(one.search_words), used[one.id], one.id)
        for one in in_order(handover.themes)
    )  # fmt: skip
    return Table(
        name=say("Themes"),
        headers=(
            say("Theme"), say("English name"), say("Dutch name"), say("Colour"), say("Letter"), say("Key"),
            say("Definition"), say("Search words"), say("Annotations"), say("Theme ID"),
        ),
        rows=rows, widths=(36, 24, 24, 10, 8, 6, 60, 40, 13, 29),
    )  # fmt: skip


def document_table(handover: Handover) -> Table:
    """One version a row, documents in the reader's order, with how many of the annotations stand there."""
    stand = Counter(one.passage.anchor.version for one in handover.handed)
    versions: dict[str, list[Version]] = {}
    for version in handover.versions:
        versions.setdefault(version.document, []).append(version)
    rows = tuple(
        (one.title, one.author, one.organisation, one.date, one.kind, one.identifier, one.language, one.url,
         one.note, version.number, version.file, version.pages, version.characters, version.added,
         stand[version.id], version.sha256)
        for one in handover.documents
        for version in versions.get(one.id, ())
    )  # fmt: skip
    return Table(
        name=say("Documents"),
        headers=(
            say("Title"), say("Author"), say("Organisation"), say("Date"), say("Kind"), say("Identifier"),
            say("Language"), say("Web address"), say("Note"), say("Version"), say("File"), say("Pages"),
            say("Characters"), say("Added"), say("Annotations"), say("SHA-256"),
        ),
        rows=rows, widths=(36, 20, 24, 11, 14, 16, 10, 30, 40, 8, 24, 8, 11, 21, 13, 66), moments=(13,),
    )  # fmt: skip


TABLES: dict[str, Callable[[Handover], Table]] = {
    "annotations": annotation_table, "matrix": matrix_table, "relations": relation_table, "themes": theme_table,
    "documents": document_table,
}  # fmt: skip
"""By name, in the order of the sheets of a workbook."""


def _where(one: Handed) -> Cell:
    if one.page is not None:
        return one.page
    return "" if one.line is None else one.line


def type_names() -> dict[str, str]:
    """What types of relation are called in the language spoken now."""
    return {
        "responds-to": say("responds to"), "supports": say("supports"), "contradicts": say("contradicts"),
        "repeats": say("repeats"), "elaborates": say("elaborates"),
    }  # fmt: skip


def status_names() -> dict[str, str]:
    """What statuses of relations are called in the language spoken now."""
    return {
        "open": say("open"), "adopted": say("adopted"), "partly": say("partly adopted"),
        "rejected": say("rejected"),
    }  # fmt: skip


def state_names() -> dict[str, str]:
    """What became of a passage in another version, in the language spoken now; "" where it was made."""
    return {
        "original": "", "unchanged": say("unchanged"), "moved": say("moved"), "changed": say("changed"),
        "lost": say("lost"),
    }  # fmt: skip
