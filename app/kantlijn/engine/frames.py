"""Where points of a page as shown lie in the file's own measure: from the bottom left of the whole sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kantlijn.engine.library import Document, mupdf


def frames(document: Document, pages: Sequence[int]) -> list[list[float] | None]:
    """For each page the matrix a, b, c, d, e, f from points as shown; None for a page too damaged to tell."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    return [_frame(pdf, page) for page in pages]


def _frame(pdf: Any, page: int) -> list[float] | None:
    try:
        found = mupdf.pdf_lookup_page_obj(pdf, page)
        box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
        mupdf.pdf_page_obj_transform(found, box, matrix)
        media = mupdf.pdf_to_rect(mupdf.pdf_dict_gets_inheritable(found, "MediaBox"))
        back = mupdf.fz_invert_matrix(matrix)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds
        return None
    left, bottom = min(media.x0, media.x1), min(media.y0, media.y1)
    return [back.a, back.b, back.c, back.d, back.e - left, back.f - bottom]
