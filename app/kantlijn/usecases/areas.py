"""Annotations on a part of a page: a table, a figure, anything on a scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kantlijn.errors import BadRange, NotFound
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Version
from kantlijn.model.ids import new_id
from kantlijn.model.layer import Quad, unpack
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.within import box_of, place_of, quad_of
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.tag import CONTEXT, annotations_to_write
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


def move_area(desk: Desk, annotation_id: str, page: int, quad: Quad) -> Changes:
    """Let the area stand here from now on, on the same or another page of its version."""
    (annotation,) = annotations_to_write(desk, [annotation_id])
    before = next(
        (one for one in stored.anchors(desk.project, [annotation_id]) if one.quads and one.state == "original"),
        None,
    )
    if before is None:
        raise NotFound(say("That annotation marks no area of a page."))
    version = read_version(desk, before.version)
    fresh = anchor_on_area(desk.content_of(version), version, annotation_id, page, quad)
    after = replace(fresh, id=before.id, state=before.state)
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
