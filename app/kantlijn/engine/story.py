"""A PDF made of HTML that we wrote ourselves: A4, with page numbers."""

from __future__ import annotations

import io

from kantlijn.engine.library import pymupdf

_PAGE = (0.0, 0.0, 595.0, 842.0)
_MARGINS = (62.0, 62.0, -62.0, -68.0)


def pdf_of(html: str) -> bytes:
    """The file's bytes. Lines flow over as many pages as they need."""
    page = pymupdf.Rect(*_PAGE)
    room = page + _MARGINS
    story = pymupdf.Story(html=html)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    more = True
    while more:
        device = writer.begin_page(page)
        more, _ = story.place(room)
        story.draw(device)
        writer.end_page()
    writer.close()
    return _numbered(out.getvalue())


def _numbered(data: bytes) -> bytes:
    """The same with a number at the foot of each page."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            foot = pymupdf.Rect(0, page.rect.height - 44, page.rect.width, page.rect.height - 24)
            page.insert_textbox(
                foot, f"{page.number + 1} / {document.page_count}", fontsize=8, align=pymupdf.TEXT_ALIGN_CENTER,
                color=(0.34, 0.38, 0.42),
            )  # fmt: skip
        return bytes(document.tobytes(garbage=3, deflate=True))
