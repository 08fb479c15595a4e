"""A PDF made of HTML that we wrote ourselves: A4, with page numbers, its headings as bookmarks."""

from __future__ import annotations

import io
from typing import Any

from kantlijn.engine.library import pymupdf

_PAGE = (0.0, 0.0, 595.0, 842.0)
_MARGINS = (62.0, 62.0, -62.0, -68.0)


def pdf_of(html: str, *, wide: bool = False) -> bytes:
    """The file's bytes. Lines flow over as many pages as they need; wide: the pages lie on their side."""
    page = pymupdf.Rect(0, 0, _PAGE[3], _PAGE[2]) if wide else pymupdf.Rect(*_PAGE)
    room = page + _MARGINS
    story = pymupdf.Story(html=html)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    headings: list[tuple[int, str, int]] = []

    def note(found: Any) -> None:  # the library wants a function of one argument
        if found.heading and found.open_close & 1 and found.text:
            headings.append((found.heading, " ".join(found.text.split()), found.page_number))

    more, number = True, 0
    while more:
        number += 1
        device = writer.begin_page(page)
        more, _ = story.place(room)
        story.element_positions(note, {"page_number": number})
        story.draw(device)
        writer.end_page()
    writer.close()
    return _numbered(out.getvalue(), headings)


def _outline(headings: list[tuple[int, str, int]]) -> list[list[Any]]:
    """Bookmarks: [level, title, page], no level more than one below the one before; the first is the title."""
    made: list[list[Any]] = []
    for level, text, page in headings[1:]:
        deepest = made[-1][0] + 1 if made else 1
        made.append([max(1, min(level - 1, deepest)), text[:200], page])
    return made


def _numbered(data: bytes, headings: list[tuple[int, str, int]]) -> bytes:
    """The same with bookmarks, and a number at the foot of each page."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            foot = pymupdf.Rect(0, page.rect.height - 44, page.rect.width, page.rect.height - 24)
            page.insert_textbox(
                foot, f"{page.number + 1} / {document.page_count}", fontsize=8, align=pymupdf.TEXT_ALIGN_CENTER,
                color=(0.34, 0.38, 0.42),
            )  # fmt: skip
        document.set_toc(_outline(headings))
        return bytes(document.tobytes(garbage=3, deflate=True))
