"""Draws a page, or a part of it, as pixels that Qt takes as they are."""

from __future__ import annotations

from math import ceil
from typing import Any

from kantlijn.engine.library import Document, mupdf
from kantlijn.errors import EngineTrouble
from kantlijn.words import say

PIXELS_MOST = 16 << 20
"""Pixels of one bitmap; a whole A4 page at 340 dpi. Views ask for more in tiles."""


def load_page(document: Document, page: int) -> Any:
    """MuPDF's page (not PyMuPDF's). EngineTrouble when it is not there or cannot be read."""
    try:
        return mupdf.fz_load_page(document.this, page)
    except MemoryError:
        raise
    except Exception as trouble:  # MuPDF raises many kinds
        raise EngineTrouble(say("Page {page} of this file is damaged.", page=page + 1)) from trouble


def render(
    document: Document, page: int, scale: float, clip: tuple[int, int, int, int] | None, rotation: int = 0
) -> tuple[int, int, Any]:
    """Width, height, and a MuPDF pixmap whose samples are B, G, R, X in rows without padding.

    clip counts pixels of the whole page at this scale; what lies outside the page is white. Annotations and
    form fields of the PDF are drawn. rotation turns the page clockwise, by 90 degrees or more. EngineTrouble when
    the bitmap would be too large.
    """
    loaded = load_page(document, page)
    bound = mupdf.fz_bound_page(loaded)
    wide, high = bound.x1 - bound.x0, bound.y1 - bound.y0
    if clip is None:
        sides = (high, wide) if rotation in (90, 270) else (wide, high)
        clip = (0, 0, ceil(sides[0] * scale), ceil(sides[1] * scale))
    x0, y0, x1, y1 = clip
    width, height = max(1, x1 - x0), max(1, y1 - y0)
    if width * height > PIXELS_MOST:
        raise EngineTrouble(say("Page {page} is too large to draw at this size; zoom out.", page=page + 1))
    # An opaque BGR pixmap with an alpha channel is byte for byte Format_RGB32: no conversion afterwards.
    box = mupdf.FzIrect(x0, y0, x0 + width, y0 + height)
    pixmap = mupdf.fz_new_pixmap_with_bbox(mupdf.fz_device_bgr(), box, mupdf.FzSeparations(), 1)
    mupdf.fz_clear_pixmap_with_value(pixmap, 0xFF)
    place = _placed(bound, wide, high, scale, rotation)
    device = mupdf.fz_new_draw_device(place, pixmap)
    try:
        mupdf.fz_run_page(loaded, device, mupdf.FzMatrix(), mupdf.FzCookie())
        mupdf.fz_close_device(device)
    except MemoryError:
        raise
    except Exception as trouble:  # MuPDF raises many kinds
        raise EngineTrouble(
            say("Page {page} cannot be drawn; the file is damaged there.", page=page + 1)
        ) from trouble
    return width, height, pixmap


def _placed(bound: Any, wide: float, high: float, scale: float, rotation: int) -> Any:
    """The matrix that brings the page's top left corner, once turned, to 0, 0 and to scale."""
    aside = {0: (0.0, 0.0), 90: (high, 0.0), 180: (wide, high), 270: (0.0, wide)}[rotation % 360]
    place = mupdf.fz_translate(-bound.x0, -bound.y0)
    place = mupdf.fz_concat(place, mupdf.fz_rotate(rotation))
    place = mupdf.fz_concat(place, mupdf.fz_translate(*aside))
    return mupdf.fz_concat(place, mupdf.fz_scale(scale, scale))
