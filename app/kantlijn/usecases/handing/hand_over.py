"""Gathering what formats of other programs are made from: the chosen annotations, and all they lean on."""

from __future__ import annotations

from kantlijn.model.document import Page, Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.handover import Handed, Handover
from kantlijn.store import relations as related
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.read import AnnotationRow, annotation_rows
from kantlijn.usecases.summaries.summary_entries import page_label
from kantlijn.words import language, say

_EVERYTHING = AnnotationFilter()


def handover(desk: Desk, chosen: AnnotationFilter = _EVERYTHING) -> Handover:
    """The chosen annotations in reading order, where they were made; with versions or states in the filter,
    where they stand in one of those. NotFound when the project lost a text.
    """
    rows = annotation_rows(desk, chosen)
    ids = {row.passage.id for row in rows}
    versions = tuple(shelf.versions(desk.project))
    return Handover(
        project=say("Summary") if desk.scratch else desk.path.stem, made=now(), author=desk.author,
        language=language(), documents=tuple(shelf.documents(desk.project)), versions=versions,
        themes=tuple(shelf.themes(desk.project)), handed=tuple(_handed(desk, row) for row in rows),
        relations=tuple(
            one for one in related.relations(desk.project) if one.source in ids and one.target in ids
        ),
        pages=_pages(desk, versions, {row.version.id for row in rows}),
    )  # fmt: skip


def _handed(desk: Desk, row: AnnotationRow) -> Handed:
    content, start = desk.content_of(row.version), row.passage.anchor.range[0]
    return Handed(
        passage=row.passage, readable=row.readable, page=page_label(content, start),
        line=None if content.pages else content.text.count("\n", 0, start) + 1,
    )  # fmt: skip


def _pages(desk: Desk, versions: tuple[Version, ...], wanted: set[str]) -> dict[str, tuple[Page, ...]]:
    return {one.id: desk.content_of(one).pages for one in versions if one.id in wanted and one.pages}
