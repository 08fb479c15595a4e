"""What the engine answers, checked and turned into the contract's data: it read a stranger's file."""

from __future__ import annotations

from math import isfinite
from typing import Any

from kantlijn.documents.contract import (
    Bitmap,
    Box,
    Link,
    Marking,
    Markings,
    Own,
    PageThings,
    Sheets,
    Source,
)
from kantlijn.documents.slate import Slate
from kantlijn.model.layer import Quad

PAGES_MOST = 1_000_000
SIDE_MOST = 1 << 16
Furnished = tuple[int, int, int]
"""A line of page furniture: its number on the page, and its range in the page's text."""


class BadAnswer(ValueError):
    """The engine answered something that cannot be."""


def plain_source(source: Source) -> dict[str, Any]:
    """A source as JSON types."""
    return {"key": source.key, "path": source.path, "password": source.password}


def sheets_from(plain: dict[str, Any]) -> Sheets:
    """BadAnswer when anything does not fit together."""
    try:
        sizes = tuple((float(width), float(height)) for width, height in plain["sizes"])
        labels = tuple(str(label) for label in plain["labels"])
        count = len(sizes)
        outline = tuple((int(level), str(title), int(page)) for level, title, page in plain["outline"])
        details = {str(name): str(value) for name, value in plain["details"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise BadAnswer("sheets of a wrong shape") from trouble
    if not 0 < count <= PAGES_MOST or len(labels) != count:
        raise BadAnswer("pages and labels that do not match")
    if not all(isfinite(side) and side > 0 for size in sizes for side in size):
        raise BadAnswer("a page without a size")
    if not all(level >= 1 and 0 <= page < count for level, _, page in outline):
        raise BadAnswer("an outline that leads nowhere")
    return Sheets(sizes=sizes, labels=labels, outline=outline, details=details)


def page_things_from(plain: dict[str, Any]) -> PageThings:
    """BadAnswer when a box or link is none."""
    try:
        links = tuple(
            Link(
                box=_box(link["box"]), kind=str(link["kind"]), page=int(link.get("page", 0)),
                y=float(link.get("y", 0.0)), uri=str(link.get("uri", "")),
            )
            for link in plain["links"]
        )  # fmt: skip
        pictures = tuple(_box(box) for box in plain["pictures"])
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise BadAnswer("links and pictures of a wrong shape") from trouble
    for link in links:
        if link.kind not in ("page", "web") or not 0 <= link.page <= PAGES_MOST or not isfinite(link.y):
            raise BadAnswer("a link that leads nowhere")
        if link.kind == "web" and not link.uri.casefold().startswith(("http://", "https://", "mailto:")):
            raise BadAnswer("a link by a way that is not followed")
    return PageThings(links=links, pictures=pictures)


def _box(values: Any) -> Box:
    """ValueError when it is empty or not finite."""
    x0, y0, x1, y1 = (float(value) for value in values)
    if not (all(isfinite(value) for value in (x0, y0, x1, y1)) and x0 < x1 and y0 < y1):
        raise ValueError("no box")
    return (x0, y0, x1, y1)


def markings_from(plain: dict[str, Any]) -> Markings:
    """BadAnswer when any is not one."""
    try:
        return Markings(
            markings=tuple(_marking(one) for one in plain["markings"]), revisions=int(plain.get("revisions", 1)),
            left_out=max(0, int(plain.get("left_out", 0))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise BadAnswer("annotations of a wrong shape") from trouble


_SAID = ("contents", "author", "created", "modified", "colour", "name", "reply_to")
_KINDS = ("highlight", "underline", "squiggly", "strike", "note", "area")


def _marking(plain: dict[str, Any]) -> Marking:
    quads = tuple(_quad(quad) for quad in plain["quads"])
    page, kind = int(plain["page"]), str(plain["kind"])
    if not quads or kind not in _KINDS or not 0 <= page <= PAGES_MOST:
        raise ValueError("no annotation")
    said = {name: str(plain[name]) for name in _SAID}
    return Marking(
        page=page, kind=kind, quads=quads, tags=tuple(str(tag) for tag in plain["tags"]),
        xref=int(plain.get("xref", 0)), own=_own(plain.get("own")), **said,
    )  # fmt: skip


def _own(plain: dict[str, Any] | None) -> Own | None:
    if plain is None:
        return None
    where = plain["range"]
    said = {name: str(plain[name]) for name in ("id", "version", "quote", "colour", "origin")}
    if not said["id"].isprintable():
        raise ValueError("no annotation's id")
    return Own(
        themes=tuple(str(theme) for theme in plain["themes"]), part=int(plain["part"]),
        range=(int(where[0]), int(where[1])) if where else None, edited=bool(plain["edited"]), **said,
    )  # fmt: skip


def _quad(values: Any) -> Quad:
    a, b, c, d, e, f, g, h = (float(value) for value in values)
    if not all(isfinite(value) for value in (a, b, c, d, e, f, g, h)):
        raise ValueError("no corners")
    return (a, b, c, d, e, f, g, h)


def bitmap_from(plain: dict[str, Any], blobs: list[memoryview], slate: Slate | None, generation: int) -> Bitmap:
    """The pixels, copied out of the slate or from the pipe. BadAnswer when sizes or generation do not fit."""
    try:
        width, height, stride = int(plain["width"]), int(plain["height"]), int(plain["stride"])
    except (KeyError, TypeError, ValueError) as trouble:
        raise BadAnswer("a bitmap of a wrong shape") from trouble
    if not (0 < width <= SIDE_MOST and 0 < height <= SIDE_MOST and stride == 4 * width):
        raise BadAnswer("a bitmap of an impossible size")
    length = stride * height
    if blobs:
        if len(blobs) != 1 or len(blobs[0]) != length:
            raise BadAnswer("a bitmap with too many or too few pixels")
        return Bitmap(width=width, height=height, stride=stride, pixels=bytes(blobs[0]))
    if slate is None or plain.get("generation") != generation or length > slate.size:
        raise BadAnswer("a bitmap that is not there")
    return Bitmap(width=width, height=height, stride=stride, pixels=slate.copy(length))


def extracted_from(plain: dict[str, Any], blobs: list[memoryview], most: int) -> list[tuple[str, bytes, bytes]]:
    """Text, packed layer and edge lines of each page done. BadAnswer when there are none, too many, or no text."""
    pages = plain.get("pages")
    if not isinstance(pages, int) or not 0 < pages <= most or len(blobs) != 3 * pages:
        raise BadAnswer("pages that were not asked for")
    try:
        texts = [bytes(blob).decode() for blob in blobs[0::3]]
    except UnicodeDecodeError as trouble:
        raise BadAnswer("text that is none") from trouble
    return list(zip(texts, map(bytes, blobs[1::3]), map(bytes, blobs[2::3]), strict=True))


def furniture_from(plain: dict[str, Any], count: int) -> list[list[Furnished]]:
    """Lines for each page. BadAnswer when they are no lines or pages are missing."""
    try:
        found = [[(int(n), int(start), int(end)) for n, start, end in lines] for lines in plain["auxiliary"]]
    except (KeyError, TypeError, ValueError) as trouble:
        raise BadAnswer("furniture of a wrong shape") from trouble
    if len(found) != count:
        raise BadAnswer("furniture of other pages")
    if not all(n >= 0 and 0 <= start < end for lines in found for n, start, end in lines):
        raise BadAnswer("furniture of impossible places")
    return found


def layers_from(blobs: list[memoryview], count: int) -> list[bytes]:
    """Packed layers. BadAnswer when some are missing."""
    if len(blobs) != count:
        raise BadAnswer("layers of other pages")
    return [bytes(blob) for blob in blobs]
