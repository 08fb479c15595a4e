"""What pages a PDF has: sizes, labels, outline, and what it says of itself."""

from __future__ import annotations

from typing import Any

from kantlijn.engine.labels import page_labels
from kantlijn.engine.library import Document, mupdf

LARGEST = 14_400.0
"""Points; the largest page PDF itself allows."""
_A4 = (595.0, 842.0)


def sheets(document: Document) -> dict[str, Any]:
    """Sheets in plain form. A page too damaged to measure counts as A4: it says so itself when drawn."""
    count = int(document.page_count)
    sizes = [_size(document, page) for page in range(count)]
    return {
        "sizes": sizes,
        "labels": page_labels(_label_rules(document), count),
        "outline": _outline(document, count),
        "details": _details(document),
    }


def _size(document: Document, page: int) -> tuple[float, float]:
    try:
        bound = mupdf.fz_bound_page(mupdf.fz_load_page(document.this, page))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds
        return _A4
    width, height = bound.x1 - bound.x0, bound.y1 - bound.y0
    if not (0 < width <= LARGEST * 10 and 0 < height <= LARGEST * 10):
        return _A4
    return (width, height)


def _label_rules(document: Document) -> list[dict[str, Any]]:
    try:
        return list(document.get_page_labels())
    except Exception:  # noqa: BLE001 - a damaged label tree: plain numbers do
        return []


def _outline(document: Document, count: int) -> list[tuple[int, str, int]]:
    """(level from 1, title, page index); entries that lead out of the document are left out."""
    try:
        entries = document.get_toc(simple=True)
    except Exception:  # noqa: BLE001 - damaged or endless outlines are no reason not to read
        return []
    rows = []
    for level, title, page, *_ in entries:
        clean = _tidy(str(title))
        if clean and 1 <= page <= count:
            rows.append((int(level), clean, int(page) - 1))
    return rows


def _details(document: Document) -> dict[str, str]:
    """title, author, subject, keywords, producer, language. Never a date: a PDF's is that of its making."""
    said = document.metadata or {}
    details = {
        name: _tidy(str(said.get(name) or "")) for name in ("title", "author", "subject", "keywords", "producer")
    }
    try:
        details["language"] = _tidy(str(document.language or ""))
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds
        details["language"] = ""
    return {name: value for name, value in details.items() if value}


def _tidy(text: str) -> str:
    """One line without control characters and lone surrogates."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
