"""What is on a page beside its text: links that may be followed, and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

from kantlijn.engine.library import Document, mupdf
from kantlijn.engine.render import load_page

LINKS_MOST, PICTURES_MOST = 1000, 400
ADDRESS_MOST = 4096
"""Code points of a link's address; longer ones are left out."""
_WEB = ("http://", "https://", "mailto:")
_SCAN = 0.85
"""Share of the page from which a picture is the page."""
_TINY = 4.0
"""Points; smaller pictures are rules and dots."""


def page_things(document: Document, page: int) -> dict[str, Any]:
    """PageThings in plain form. EngineTrouble when the page cannot be read.

    Links that would start a program, open a file or leave the machine by another scheme are left out: a launch
    action may come in the guise of a link to another file, so that the kind of action proves nothing.
    """
    loaded = load_page(document, page)
    bound = mupdf.fz_bound_page(loaded)
    return {
        "links": list(_links(document, loaded, bound)),
        "pictures": _pictures(loaded, bound),
    }


def _links(document: Document, page: Any, bound: Any) -> Iterator[dict[str, Any]]:
    count = document.page_count
    try:
        link = mupdf.fz_load_links(page)
        for _ in range(LINKS_MOST):
            if not link.m_internal:
                return
            found = _link(document, link, bound, count)
            if found is not None:
                yield found
            link = link.next()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds; a page with damaged links can still be read
        return


def _link(document: Document, link: Any, bound: Any, count: int) -> dict[str, Any] | None:
    uri = str(link.m_internal.uri or "")
    rect = link.m_internal.rect
    box = _box(rect, bound)
    if box is None or not uri or len(uri) > ADDRESS_MOST:
        return None
    if mupdf.fz_is_external_link(uri):
        clean = uri.strip()
        if clean.casefold().startswith(_WEB) and clean.isprintable():
            return {"box": box, "kind": "web", "uri": clean}
        return None
    place, _, y = mupdf.fz_resolve_link(document.this, uri)
    number = mupdf.fz_page_number_from_location(document.this, place)
    if not 0 <= number < count:
        return None
    return {"box": box, "kind": "page", "page": int(number), "y": max(0.0, y) if isfinite(y) else 0.0}


def _box(rect: Any, bound: Any) -> tuple[float, float, float, float] | None:
    """The part of a rectangle that lies on the page, from the page's top left; None for none."""
    x0, y0 = max(rect.x0, bound.x0) - bound.x0, max(rect.y0, bound.y0) - bound.y0
    x1, y1 = min(rect.x1, bound.x1) - bound.x0, min(rect.y1, bound.y1) - bound.y0
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _pictures(page: Any, bound: Any) -> list[tuple[float, float, float, float]]:
    """The boxes of raster images, the largest first; none when the page is too damaged to say.

    One that covers nearly the whole page is a scan: the page itself, and no picture on it.
    """
    options = mupdf.FzStextOptions()
    options.flags = mupdf.FZ_STEXT_PRESERVE_IMAGES
    try:
        text = mupdf.FzStextPage(page, options)
        blocks = [block for block in text if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_IMAGE]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds
        return []
    boxes = [box for block in blocks if (box := _box(block.m_internal.bbox, bound)) is not None]
    whole = _SCAN * (bound.x1 - bound.x0) * (bound.y1 - bound.y0)
    fit = [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) >= _TINY and _area(box) < whole]
    return sorted(fit, key=_area, reverse=True)[:PICTURES_MOST]


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
