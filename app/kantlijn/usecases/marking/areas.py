"""Annotations on a part of a page: a table, a figure, anything on a scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kantlijn.errors import BadRange, NotFound
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.comparison import Stretch
from kantlijn.model.document import Content, Version
from kantlijn.model.ids import new_id
from kantlijn.model.layer import Quad, unpack
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.compare.stretches import across
from kantlijn.text.within import box_of, place_of, quad_of, words_inside
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.marking.tag import CONTEXT, annotations_to_write, by_hand
from kantlijn.usecases.read import version as read_version
from kantlijn.words import language, say

_LEAST = 3.0
"""Points; what is smaller was a slip of the hand."""


def tag_area(
    desk: Desk,
    version_id: str,
    page: int,
    quad: Quad,
    themes: Sequence[str],
    *,
    note: str = "",
    id: str | None = None,
) -> Changes:
    """A new annotation on this part of a page (index from 0, corners in points). BadRange, NotFound."""
    must_write(desk)
    version = read_version(desk, version_id)
    known = {theme.id: theme for theme in shelf.themes(desk.project)}
    for theme in themes:
        if theme not in known:
            raise NotFound(say("That theme is no longer in the project."))
    at = now()
    annotation = Annotation(
        id=id or new_id(), document=version.document, themes=tuple(dict.fromkeys(themes)), note=note,
        author=desk.author, created=at, modified=at,
    )  # fmt: skip
    anchor = anchor_on_area(desk.content_of(version), version, annotation.id, page, quad)
    label = anchor.page_label or str(page + 1)
    names = ", ".join(known[theme].called(language()) for theme in themes)
    if names:
        title = say("Tag an area on page {page} with {theme}", page=label, theme=names)
    else:
        title = say("Mark an area on page {page}", page=label)
    return desk.write(title, [Change(None, annotation), Change(None, anchor)])


def move_area(
    desk: Desk, annotation_id: str, page: int, quad: Quad, *, version_id: str | None = None
) -> Changes:
    """Let the area stand here from now on, on the same or another page; version_id: not where it was made."""
    (annotation,) = annotations_to_write(desk, [annotation_id])
    before = next(
        (
            one
            for one in stored.anchors(desk.project, [annotation_id])
            if one.quads and (one.state == "original" if version_id is None else one.version == version_id)
        ),
        None,
    )
    if before is None:
        raise NotFound(say("That annotation marks no area of a page."))
    version = read_version(desk, before.version)
    fresh = anchor_on_area(desk.content_of(version), version, annotation_id, page, quad)
    after = by_hand(before, fresh)
    steps = [Change(before, after), Change(annotation, replace(annotation, modified=now()))]
    return desk.write(say("Move an area on page {page}", page=after.page_label or str(page + 1)), steps)


def anchor_on_area(content: Content, version: Version, annotation_id: str, page: int, quad: Quad) -> Anchor:
    """A fresh anchor; the area is kept inside its page. BadRange when nothing of it is on the page."""
    if not 0 <= page < len(content.pages):
        raise BadRange(say("“{file}” has no page {page}.", file=version.file, page=page + 1))
    sheet = content.pages[page]
    x0, y0, x1, y1 = box_of(quad)
    box = (max(0.0, x0), max(0.0, y0), min(sheet.width, x1), min(sheet.height, y1))
    if box[2] - box[0] < _LEAST or box[3] - box[1] < _LEAST:
        raise BadRange(say("The area is too small, or lies beside the page."))
    start, end = sheet.range
    place = min(end, start + place_of(unpack(content.layers[page]), box))
    return Anchor(
        id=new_id(), annotation=annotation_id, version=version.id, range=(place, place), quote="",
        prefix=content.text[max(0, place - CONTEXT) : place], suffix=content.text[place : place + CONTEXT],
        first_page=page, last_page=page, page_label=sheet.label, quads=((page, quad_of(box)),),
    )  # fmt: skip


def carried_area(
    anchor: Anchor, same: Sequence[Stretch], old: Content, to: Version, content: Content
) -> Anchor | None:
    """The area in another version: as far from the words beside it as it was. None when those are not there.

    Unchanged when the same words lie inside; else it is left for review, score being the share of same words.
    """
    if not content.pages or not old.pages:
        return None
    place = anchor.range[0]
    target, sure = across(same, place)
    page, quad = anchor.quads[0]
    before, after = _corner(old, place), _corner(content, target) if sure else None
    if before is None or after is None or before[0] != page:
        return None
    x0, y0, x1, y1 = box_of(quad)
    right, down = after[1] - before[1], after[2] - before[2]
    moved = quad_of((x0 + right, y0 + down, x1 + right, y1 + down))
    try:
        fresh = anchor_on_area(content, to, anchor.annotation, after[0], moved)
    except BadRange:
        return None
    words, others = words_inside(old, anchor).split(), words_inside(content, fresh).split()
    whole = words == others and bool(words)
    share = len(set(words) & set(others)) / max(1, len(set(words) | set(others)))
    return replace(
        fresh, state="unchanged" if whole else "changed", score=1.0 if whole else round(share, 3),
        method="alignment", review="" if whole else "open",
    )  # fmt: skip


def _corner(content: Content, place: int) -> tuple[int, float, float] | None:
    """Page, x and y (points) of where the line begins that the character stands in; None for none."""
    for page in content.pages:
        if page.range[0] <= place < page.range[1]:
            layer = unpack(content.layers[page.index])
            for line in layer.lines:
                if line.start <= place - page.range[0] < line.end:
                    return page.index, line.x, line.y
    return None
