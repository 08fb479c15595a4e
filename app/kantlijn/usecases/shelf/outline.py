"""The outline of a version: the PDF's own, or derived from its headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kantlijn.model.document import Content, Range
from kantlijn.text.headings import headings
from kantlijn.text.locate import find_all
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.summaries.summary_entries import page_label


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """A heading. level from 1; page: index, None in a text without pages; range: the whole section.

    title_range is where the heading's own words stand, or the beginning of its page.
    """

    level: int
    title: str
    page: int | None
    label: str
    title_range: Range
    range: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """derived: made from headings, because the file has none."""

    rows: tuple[OutlineRow, ...]
    derived: bool


def outline(desk: Desk, version_id: str) -> Outline:
    """In reading order; no rows when nothing looks like a heading."""
    content = desk.content_of(read_version(desk, version_id))
    if content.outline and content.pages:
        starts = [(level, title, _place(content, title, page)) for level, title, page in content.outline]
    else:
        starts = [(heading.level, heading.title, heading.range) for heading in headings(content)]
    return Outline(rows=_rows(content, starts), derived=not content.outline)


def _place(content: Content, title: str, page: int) -> Range:
    """Where the title stands on its page; the page's beginning when it does not stand there."""
    if not 0 <= page < len(content.pages):
        return (0, 0)
    start, end = content.pages[page].range
    found = find_all(content.text[start:end], title)
    return (start + found[0][0], start + found[0][1]) if found else (start, start)


def _rows(content: Content, starts: list[tuple[int, str, Range]]) -> tuple[OutlineRow, ...]:
    """Each section ends where the next of its level or above begins."""
    rows = []
    for number, (level, title, where) in enumerate(starts):
        following = (other[0] for deeper, _, other in starts[number + 1 :] if deeper <= level)
        end = next((place for place in following if place >= where[0]), len(content.text))
        page = None
        if content.pages:
            page = next((p.index for p in content.pages if p.range[0] <= where[0] < max(p.range[1], 1)), 0)
        rows.append(
            OutlineRow(
                level=level, title=title, page=page, label=page_label(content, where[0]) or "",
                title_range=where, range=(where[0], max(end, where[0])),
            )
        )  # fmt: skip
    return tuple(rows)


def themes_in(desk: Desk, version_id: str, rows: tuple[OutlineRow, ...]) -> list[Counter[str]]:
    """How many annotations of each theme stand in each section, its subsections included."""
    from kantlijn.usecases.read import passages

    found: list[Counter[str]] = [Counter() for _ in rows]
    for passage in passages(desk, version_id):
        start = passage.anchor.range[0]
        for number, row in enumerate(rows):
            if row.range[0] <= start < row.range[1]:
                found[number].update(passage.annotation.themes)
    return found
