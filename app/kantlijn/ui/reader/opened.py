"""What a reader pane needs of a version, read in one turn on the desk thread, and its annotations as marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kantlijn.model.annotation import Anchor, Passage
from kantlijn.model.document import Content, Document, Range, Version
from kantlijn.model.theme import Theme
from kantlijn.text.within import words_of
from kantlijn.ui.margin.card import Card, Related
from kantlijn.ui.page.view import Mark
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Desk, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A version ready to be shown. source: where the engine finds its pages; None for texts."""

    document: Document
    version: Version
    versions: int
    content: Content
    source: Source | None
    recognised: bool = False
    """Part of the text was read from pictures, and may hold mistakes."""
    encoding: str = ""
    """In which the text was read, where that was not certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """Passages of the version and the themes by id."""

    passages: tuple[Passage, ...]
    themes: Mapping[str, Theme]
    relations: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    """What each annotation is related to, of those that have relations."""


def read_version(desk: Desk, version_id: str) -> Opened:
    """Everything but the annotations. NotFound when the version is no more."""
    from kantlijn.usecases import read
    from kantlijn.usecases.shelf import ocr, text_encoding

    version = read.version(desk, version_id)
    row = next(row for row in read.shelf(desk) if row.document.id == version.document)
    content = read.content(desk, version.id)
    return Opened(
        document=row.document,
        version=version,
        versions=len(row.versions),
        content=content,
        source=read.source(desk, version.id) if content.pages else None,
        recognised=ocr.is_recognised(version),
        encoding=text_encoding.uncertain(version, content),
    )


def read_tagged(desk: Desk, version_id: str, ids: Collection[str] | None = None) -> Tagged:
    """The version's passages (those of these annotations), and all themes."""
    from kantlijn.usecases import read

    passages = read.passages(desk, version_id, ids)
    return Tagged(
        passages=passages,
        themes={row.theme.id: row.theme for row in read.themes(desk)},
        relations=_relations(desk, {passage.id for passage in passages}),
    )


def _relations(desk: Desk, annotations: Collection[str]) -> dict[str, tuple[Related, ...]]:
    """The relations of these annotations, each seen from its end."""
    from kantlijn.usecases import read
    from kantlijn.usecases.marking import relate

    wanted = read.relation_counts(desk).keys() & set(annotations)
    kinds, statuses = relate.type_names(), relate.status_names()
    found: dict[str, tuple[Related, ...]] = {}
    for row in relate.relation_rows(desk, wanted) if wanted else ():
        ends = ((row.source, row.target, "→ {}"), (row.target, row.source, "← {}"))
        for here, there, arrow in ends:
            passage = there.passage
            if here.passage.id not in wanted:
                continue
            page = say("p. {page}", page=passage.anchor.page_label) if passage.anchor.page_label else ""
            place = " · ".join(part for part in (page, there.document_title) if part)
            related = Related(
                annotation=passage.id, version=passage.anchor.version, range=passage.anchor.range,
                kind=arrow.format(kinds[row.relation.type]), status=statuses[row.relation.status],
                quote=there.readable, place=place,
            )  # fmt: skip
            found[here.passage.id] = (*found.get(here.passage.id, ()), related)
    return found


def mark_of(
    passage: Passage, themes: Mapping[str, Theme], selected: Collection[str], relations: int
) -> Mark:
    """The passage as the page shows it."""
    found = [themes[name] for name in passage.annotation.themes if name in themes]
    return Mark(
        id=passage.id,
        range=passage.anchor.range,
        colours=tuple(theme.colour for theme in found) or _brought(passage),
        letters=tuple(theme.letter for theme in found),
        has_note=bool(passage.annotation.note.strip()),
        selected=passage.id in selected,
        style=passage.annotation.style,
        areas=passage.anchor.quads,
        relations=relations,
        doubtful=passage.anchor.review == "open",
    )


def citation(opened: Opened, chosen: Range) -> str:
    """Where a range stands, for a quotation: title, identifier, date, and pages where there are any."""
    document, pages = opened.document, opened.content.pages
    parts = [document.title, document.identifier, document.date]
    if opened.versions > 1:
        parts.append(say("version {number}", number=opened.version.number))
    labels = [page.label for page in pages if page.range[0] < chosen[1] and page.range[1] > chosen[0]]
    if len(labels) > 1:
        parts.append(say("pp. {first}–{last}", first=labels[0], last=labels[-1]))
    elif labels:
        parts.append(say("p. {page}", page=labels[0]))
    return ", ".join(part for part in parts if part)


def _carried(anchor: Anchor) -> str:
    """How it came from another version; "" for what was made here."""
    if anchor.state == "original":
        return ""
    if anchor.review == "open":
        percent = round(100 * anchor.score)
        return say("Carried over, {percent} % the same: to be checked", percent=percent)
    return {
        "unchanged": say("Carried over, unchanged"),
        "moved": say("Carried over, moved"),
        "changed": say("Carried over, changed"),
    }.get(anchor.state, "")


def _brought(passage: Passage) -> tuple[str, ...]:
    """The colour that an annotation without a theme had in the program it came from."""
    return (passage.annotation.colour,) if passage.annotation.colour else ()


def card_of(
    passage: Passage, themes: Mapping[str, Theme], content: Content, relations: tuple[Related, ...]
) -> Card:
    """The passage as the margin tells of it."""
    found = [themes[name] for name in passage.annotation.themes if name in themes]
    return Card(
        themes=tuple((theme.called(language()), theme.colour, theme.letter) for theme in found),
        note=passage.annotation.note,
        quote=words_of(content, passage.anchor),
        relations=relations,
        carried=_carried(passage.anchor),
    )
