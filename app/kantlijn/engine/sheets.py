"""What pages a PDF has: sizes, labels, outline, and what it says of itself."""

from __future__ import annotations

from collections import deque
from typing import Any

from kantlijn.engine.labels import LabelRule, page_labels
from kantlijn.engine.library import Document, mupdf

LARGEST = 14_400.0
"""Points; the largest page PDF itself allows."""
_A4 = (595.0, 842.0)
_NODES_MOST = 2000


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


def _label_rules(document: Document) -> list[LabelRule]:
    """The rules of the tree of page labels; those read so far when it is damaged.

    PyMuPDF's get_page_labels() leaves prefixes encoded and stumbles over a slash in them.
    """
    rules: list[LabelRule] = []
    try:
        trailer = mupdf.pdf_trailer(mupdf.pdf_document_from_fz_document(document.this))
        nodes = deque([mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(trailer, "Root"), "PageLabels")])
        for _ in range(_NODES_MOST):  # a tree may lead into itself
            if not nodes:
                break
            node = nodes.popleft()
            rules += _rules_of(node)
            kids = mupdf.pdf_dict_gets(node, "Kids")
            nodes += [mupdf.pdf_array_get(kids, at) for at in range(min(mupdf.pdf_array_len(kids), _NODES_MOST))]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - MuPDF raises many kinds
        return rules
    return rules


def _rules_of(node: Any) -> list[LabelRule]:
    """The rules that stand in this node of the tree itself."""
    numbers = mupdf.pdf_dict_gets(node, "Nums")
    rules = []
    for at in range(0, mupdf.pdf_array_len(numbers) - 1, 2):
        rule = mupdf.pdf_array_get(numbers, at + 1)
        rules.append(
            LabelRule(
                page=mupdf.pdf_to_int(mupdf.pdf_array_get(numbers, at)),
                prefix=mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(rule, "P")),
                style=mupdf.pdf_to_name(mupdf.pdf_dict_gets(rule, "S")),
                first=mupdf.pdf_dict_get_int_default(rule, mupdf.pdf_new_name("St"), 1),
            )
        )
    return rules


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
