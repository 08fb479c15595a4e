"""A PDF made of HTML that we wrote ourselves: A4, with page numbers, its headings as bookmarks and as contents."""

from __future__ import annotations

import io
import re
from html import escape
from typing import Any, NamedTuple

from kantlijn.engine.library import pymupdf

_PAGE = (0.0, 0.0, 595.0, 842.0)
_MARGINS = (62.0, 62.0, -62.0, -68.0)
_CONTENTS = re.compile(r'<p class="contents">(.*?)</p>')
_ROW = re.compile(r"row(\d+)")
_SHORT = 3
"""Pages that can be looked through without contents."""
_SHALLOW = 4
"""The deepest tag of headings that the contents list; the title is h1."""


class _Heading(NamedTuple):
    level: int
    text: str
    page: int


class _Laid(NamedTuple):
    """A file, its headings, where its rows of contents stand, and how many pages it has."""

    data: bytes
    headings: list[_Heading]
    rows: dict[int, tuple[int, Any]]
    pages: int


def pdf_of(html: str, *, wide: bool = False) -> bytes:
    """The file's bytes. Lines flow over as many pages as they need; wide: the pages lie on their side.

    Where a paragraph of class "contents" stands, what is before it becomes a page of its own with the contents
    under it, unless all is on a few pages.
    """
    page = pymupdf.Rect(0, 0, _PAGE[3], _PAGE[2]) if wide else pymupdf.Rect(*_PAGE)
    found, begin = _CONTENTS.search(html), html.find("<body>") + len("<body>")
    if found is None:
        laid = _laid_out(html, page)
        return _finished(laid.data, laid.headings)
    laid = _laid_out(html[:begin] + html[found.end() :], page)
    if laid.pages <= _SHORT:
        laid = _laid_out(html[: found.start()] + html[found.end() :], page)
        return _finished(laid.data, laid.headings)
    return _finished(laid.data, laid.headings, _front(html[: found.start()], found[1], laid.headings, page))


def _laid_out(html: str, page: Any) -> _Laid:
    room = page + _MARGINS
    story = pymupdf.Story(html=html)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    headings: list[_Heading] = []
    rows: dict[int, tuple[int, Any]] = {}

    def note(found: Any) -> None:  # the library wants a function of one argument
        if not found.open_close & 1:
            return
        if found.heading and (title := found.id or found.text):
            headings.append(_Heading(found.heading, " ".join(title.split()), found.page_number))
        elif row := _ROW.fullmatch(found.id or ""):
            rows[int(row[1])] = found.page_number, pymupdf.Rect(found.rect)

    more, number = True, 0
    while more:
        number += 1
        device = writer.begin_page(page)
        more, _ = story.place(room)
        story.element_positions(note, {"page_number": number})
        story.draw(device)
        writer.end_page()
    writer.close()
    return _Laid(out.getvalue(), headings, rows, number)


def _front(before: str, contents: str, headings: list[_Heading], page: Any) -> _Laid:
    """The title and the contents. How many pages they take is seen from a first try."""
    pages = 1
    while True:
        rows = "".join(
            f'<tr><td id="row{place}" width="92%" style="padding-left: {14 * (one.level - 2)}pt">'
            f'{escape(one.text)}</td><td width="8%" style="text-align: right">{one.page + pages}</td></tr>'
            for place, one in enumerate(headings)
            if one.level <= _SHALLOW
        )
        listed = f'<p class="contents">{contents}</p><table class="list">{rows}</table>'
        laid = _laid_out(f"{before}{listed}</body></html>", page)
        if laid.pages <= pages:
            return laid
        pages = laid.pages


def _outline(headings: list[_Heading], before: int) -> list[list[Any]]:
    """Bookmarks: [level, title, page], no level more than one below the one before. The title needs none."""
    made: list[list[Any]] = []
    for level, text, page in headings:
        if level > 1:
            deepest = made[-1][0] + 1 if made else 1
            made.append([max(1, min(level - 1, deepest)), text[:200], page + before])
    return made


def _finished(data: bytes, headings: list[_Heading], front: _Laid | None = None) -> bytes:
    """The same behind its front, with bookmarks, and a number at the foot of each page."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        if front is not None:
            with pymupdf.open(stream=front.data, filetype="pdf") as first:
                document.insert_pdf(first, start_at=0)
            for place, (page, area) in front.rows.items():
                to = {"kind": pymupdf.LINK_GOTO, "from": area, "page": headings[place].page + front.pages - 1}
                document[page - 1].insert_link({**to, "to": pymupdf.Point(0, 0)})
        for page in document:
            foot = pymupdf.Rect(0, page.rect.height - 44, page.rect.width, page.rect.height - 24)
            page.insert_textbox(
                foot, f"{page.number + 1} / {document.page_count}", fontsize=8, align=pymupdf.TEXT_ALIGN_CENTER,
                color=(0.34, 0.38, 0.42),
            )  # fmt: skip
        document.set_toc(_outline(headings, front.pages if front is not None else 0))
        return bytes(document.tobytes(garbage=3, deflate=True))
