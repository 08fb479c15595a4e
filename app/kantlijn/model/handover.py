"""What a project hands to formats that other programs read: annotations and what they lean on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.changes import from_plain, to_plain
from kantlijn.model.document import Document, Page, Version
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One annotation in one version. readable: its quote with hyphens joined and furniture left out.

    page is the label of the page it begins on, None where there are no pages; line counts from 1 there, and is
    None where there are pages.
    """

    passage: Passage
    readable: str
    page: str | None
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """documents, themes and versions are all there are; handed are the chosen annotations, by document in the
    reader's order, version and reading order; relations are those whose two ends are among them.

    made is UTC, "2026-11-20T19:29:00Z"; project is the file's name without ending; author is who hands it over.
    pages are those of each version that has any, by its id.
    """

    project: str
    made: str
    author: str
    language: str
    documents: tuple[Document, ...]
    versions: tuple[Version, ...]
    themes: tuple[Theme, ...]
    handed: tuple[Handed, ...]
    relations: tuple[Relation, ...]
    pages: dict[str, tuple[Page, ...]]


def handover_to_plain(handover: Handover) -> dict[str, Any]:
    """As JSON types."""
    return {
        "project": handover.project, "made": handover.made, "author": handover.author,
        "language": handover.language,
        **{name: [to_plain(one) for one in getattr(handover, name)] for name in _RECORDS},
        "handed": [
            [to_plain(one.passage.annotation), to_plain(one.passage.anchor), one.readable, one.page, one.line]
            for one in handover.handed
        ],
        "pages": {
            version: [[getattr(page, field.name) for field in fields(Page)] for page in pages]
            for version, pages in handover.pages.items()
        },
    }  # fmt: skip


def handover_from_plain(plain: dict[str, Any]) -> Handover:
    """The handover again. ValueError for records this program does not know."""
    records: dict[str, Any] = {name: tuple(map(from_plain, plain[name])) for name in _RECORDS}
    return Handover(
        project=plain["project"], made=plain["made"], author=plain["author"], language=plain["language"],
        **records, handed=tuple(map(_handed, plain["handed"])),
        pages={version: tuple(map(_page, pages)) for version, pages in plain["pages"].items()},
    )  # fmt: skip


_RECORDS = ("documents", "versions", "themes", "relations")


def _handed(plain: list[Any]) -> Handed:
    annotation, anchor = from_plain(plain[0]), from_plain(plain[1])
    if not isinstance(annotation, Annotation) or not isinstance(anchor, Anchor):
        raise ValueError("an annotation without its anchor")
    return Handed(
        passage=Passage(annotation=annotation, anchor=anchor), readable=plain[2], page=plain[3], line=plain[4]
    )


def _page(plain: list[Any]) -> Page:
    index, label, width, height, (start, end) = plain
    return Page(index=index, label=label, width=width, height=height, range=(start, end))
