"""A PDF made of HTML that we wrote ourselves: A4, with page numbers, links, bookmarks and contents.

The library goes through all of a story again for each of its pages, so that 800 pages took 6 s. A long text is
therefore laid out as several stories, each going on where the one before ended: 1.5 s.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from kantlijn.engine.library import pymupdf

_PAGE = (0.0, 0.0, 595.0, 842.0)
_MARGINS = (62.0, 62.0, -62.0, -68.0)
_CONTENTS = re.compile(r'<p class="contents">(.*?)</p>')
_ROW = re.compile(r"row(\d+)")
_BLOCK = re.compile(r"\n(?=<(?:h\d|p|blockquote|div)\b)")
_APART = re.compile(r'<h\d|<\w+ class="(?:[a-z ]+ )?(?:apart|change)"')
"""How a block begins before which a story may end: what belongs together stays in one."""
_TABLE = re.compile(r'<table><tr id="head">.*?</table>', re.DOTALL)
"""A table whose first row stands again over what goes on on another page."""
_HEAD = re.compile(r"head\d*")
_CELL = re.compile(r"<th[^>]*>.*?</th>")
_BLOCKS = 400
"""Of a story, at least, when there are more."""
_ROOM = 80
"""Points that are left of a page, at the least, for another story to begin on it."""
_FONT = "Number"
_SHORT = 3
"""Pages that can be looked through without contents."""
_SHALLOW = 4
"""The deepest tag of headings that the contents list; the title is h1."""


_Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the top of the page."""


class _Heading(NamedTuple):
    level: int
    text: str
    page: int


class _Laid(NamedTuple):
    """A file, its headings, where its rows of contents and its links stand, and how many pages it has.

    head: where the first row of the table that was laid last stands, and then each of its cells.
    """

    data: bytes
    headings: list[_Heading]
    rows: dict[int, tuple[int, _Area]]
    links: dict[int, list[tuple[_Area, str]]]
    head: list[_Area]
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
        return _finished(laid)
    laid = _laid_out(html[:begin] + html[found.end() :], page)
    if laid.pages <= _SHORT:
        laid = _laid_out(html[: found.start()] + html[found.end() :], page)
        return _finished(laid)
    return _finished(laid, _front(html[: found.start()], found[1], laid.headings, page))


def _laid_out(html: str, page: Any) -> _Laid:
    room = page + _MARGINS
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    laid = _Laid(b"", [], {}, {}, [], 0)
    number, top, device = 0, room.y0, None
    for part in _stories(html):
        story, more, fresh = pymupdf.Story(html=part), True, True
        laid.head.clear()
        while more:
            if device is None:
                number, top, device = number + 1, room.y0, writer.begin_page(page)
                top += 0 if fresh else _headed(part, laid.head, top, device)
            fresh = False
            more, filled = story.place(pymupdf.Rect(room.x0, top, room.x1, room.y1))
            # the library's element_positions makes a class for each of thousands of elements
            pymupdf.mupdf.fz_story_positions(story.this, _notes(laid, number))
            story.draw(device)
            top = filled[3]
            if more or room.y1 - top < _ROOM:
                writer.end_page()
                device = None
    if device is not None:
        writer.end_page()
    writer.close()
    return laid._replace(data=out.getvalue(), pages=number)


def _headed(part: str, head: list[_Area], top: float, device: Any) -> float:
    """Draw the first row of the part's table again, each cell as wide as it was; how high it is, 0 for none."""
    if not head:
        return 0.0
    (left, upper, right, lower), *cells = head
    edges = [left, *((one[2] + other[0]) / 2 for one, other in pairwise(cells)), right]
    before = part[: part.find("<body>")]
    for cell, (x0, x1) in zip(_CELL.findall(part), pairwise(edges), strict=True):
        story = pymupdf.Story(html=f'{before}<body style="margin: 0"><table><tr>{cell}</tr></table></body></html>')
        story.place(pymupdf.Rect(x0, top, x1, top + lower - upper + 1))
        story.draw(device)
    return lower - upper


def _stories(html: str) -> Iterator[str]:
    """The same in parts that each are whole, in order; a table with a head is a part."""
    begin, end = html.find("<body>") + len("<body>"), html.rfind("</body>")
    at = begin
    for table in _TABLE.finditer(html, begin, end):
        for part in (*_parts(html[at : table.start()]), table[0]):
            yield html[:begin] + part + html[end:]
        at = table.end()
    for part in _parts(html[at:end]):
        yield html[:begin] + part + html[end:]


def _parts(body: str) -> Iterator[str]:
    part: list[str] = []
    for block in _BLOCK.split(body):
        if len(part) >= _BLOCKS and _APART.match(block):
            yield "\n".join(part)
            part = []
        part.append(block)
    if any(block.strip() for block in part):
        yield "\n".join(part)


def _notes(laid: _Laid, page: int) -> Callable[[Any], None]:
    """Write down where a heading, a row of the contents or a link stands on this page."""

    def note(found: Any) -> None:
        if not found.open_close & 1:
            return
        if found.heading:
            if title := " ".join((found.id or found.text).split()):
                laid.headings.append(_Heading(found.heading, title, page))
        elif row := _ROW.fullmatch(found.id or ""):
            laid.rows[int(row[1])] = page, _area(found.rect)
        elif _HEAD.fullmatch(found.id or ""):
            laid.head.append(_area(found.rect))
        elif found.href:
            _lead(laid.links.setdefault(page, []), _area(found.rect), found.href)

    return note


def _area(rect: Any) -> _Area:
    return rect.x0, rect.y0, rect.x1, rect.y1


def _lead(links: list[tuple[_Area, str]], area: _Area, address: str) -> None:
    """The library tells of a link word by word; on one line they are one."""
    if links and links[-1][1] == address:
        x0, y0, x1, y1 = links[-1][0]
        if abs(y1 - area[3]) < 1 and area[0] >= x0:
            links[-1] = (x0, min(y0, area[1]), max(x1, area[2]), y1), address
            return
    links.append((area, address))


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


def _finished(laid: _Laid, front: _Laid | None = None) -> bytes:
    """The same behind its front, with links, bookmarks, and a number at the foot of each page."""
    with pymupdf.open(stream=laid.data, filetype="pdf") as document:
        for number, links in laid.links.items():
            _link(document, document[number - 1], links)
        if front is not None:
            with pymupdf.open(stream=front.data, filetype="pdf") as first:
                document.insert_pdf(first, start_at=0)
            for place, (page, area) in front.rows.items():
                to = laid.headings[place].page + front.pages - 1
                link = {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(area), "to": pymupdf.Point(0, 0)}
                document[page - 1].insert_link({**link, "page": to})
        _number(document)
        document.set_toc(_outline(laid.headings, front.pages if front is not None else 0))
        return bytes(document.tobytes(garbage=1, deflate=True))


def _link(document: Any, page: Any, links: list[tuple[_Area, str]]) -> None:
    """All links of a page in one go: the library's own way takes one at a time, and seconds for thousands."""
    made, high = [], page.rect.height
    for (x0, y0, x1, y1), address in links:
        area = f"[{x0:.1f} {high - y1:.1f} {x1:.1f} {high - y0:.1f}]"
        to = f"<</S/URI/URI{pymupdf.get_pdf_str(address)}>>"
        made.append(f"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect{area}/A{to}>>")
    document.xref_set_key(page.xref, "Annots", f"[{''.join(made)}]")


def _number(document: Any) -> None:
    """The same for the numbers of pages. They go before what is there, where nothing has moved the origin yet."""
    font = document.get_new_xref()
    document.update_object(font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for place in range(document.page_count):
        page = document.page_xref(place)
        wide = float(document.xref_get_key(page, "MediaBox")[1].strip("[]").split()[2])
        label = f"{place + 1} / {document.page_count}"
        left = (wide - pymupdf.get_text_length(label, fontsize=8)) / 2
        foot = document.get_new_xref()
        document.update_object(foot, "<<>>")
        words = f"q 0.34 0.38 0.42 rg BT /{_FONT} 8 Tf {left:.1f} 32 Td ({label}) Tj ET Q\n"
        document.update_stream(foot, words.encode(), compress=False)
        _, content = document.xref_get_key(page, "Contents")
        document.xref_set_key(page, "Contents", f"[{foot} 0 R {content.strip('[]')}]")
        kind, to = document.xref_get_key(page, "Resources")
        holder, path = (int(to.split()[0]), "") if kind == "xref" else (page, "Resources/")
        document.xref_set_key(holder, f"{path}Font/{_FONT}", f"{font} 0 R")
