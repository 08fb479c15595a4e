"""Reads the text of a scanned page from its picture, into the same text and layer as a printed page has."""

from __future__ import annotations

from typing import Any

from kantlijn.engine.extract import lines_of_blocks
from kantlijn.engine.library import Document, extra, mupdf, pymupdf
from kantlijn.engine.render import load_page
from kantlijn.errors import EngineTrouble
from kantlijn.model.layer import PageLayer
from kantlijn.words import say

_DPI = 300
_SIDE_MOST = 6000
"""Pixels of the picture's longer side; larger pages are read at a lower resolution."""


def recognise_page(document: Document, page: int, languages: str, tessdata: str) -> tuple[str, PageLayer, float]:
    """Text, layer and height, as extract_page() gives them. EngineTrouble when the page cannot be read."""
    loaded = load_page(document, page)
    bound = mupdf.fz_bound_page(loaded)
    wide, high = bound.x1 - bound.x0, bound.y1 - bound.y0
    try:
        scale = min(_DPI / 72, _SIDE_MOST / max(wide, high, 1.0))
        picture = document.load_page(page).get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
        picture.set_dpi(round(72 * scale), round(72 * scale))  # so that the read page has the size of the page
        read = pymupdf.open("pdf", picture.pdfocr_tobytes(language=languages, tessdata=tessdata))
        plain: dict[str, Any] = {}
        flags = pymupdf.TEXT_PRESERVE_WHITESPACE
        page_read = mupdf.fz_load_page(read.this, 0)
        found = mupdf.FzStextPage(extra.page_get_textpage(page_read, None, flags, mupdf.FzMatrix()))
        extra.JM_make_textpage_dict(found.m_internal, plain, True)
        text, layer = lines_of_blocks(plain["blocks"])
        read.close()
    except MemoryError:
        raise
    except Exception as trouble:  # MuPDF raises many kinds
        raise EngineTrouble(say("The text of page {page} could not be recognised.", page=page + 1)) from trouble
    return text, layer, high
