"""HTML that we wrote ourselves, laid out on A4: where it ends on each page, and where its headings and links are.

The library goes through all of a story again for each of its pages, so that 800 pages took 6 s. A long text is
therefore laid out as several stories, each going on where the one before ended: 1.5 s. Two engines at once, each
with a half, take half of that; bind.py makes one file of what they laid out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from kantlijn.engine.library import mupdf, pymupdf
from kantlijn.engine.story_parts import Part, parts, shared
from kantlijn.engine.written import pdf_string

_PAGE = (0.0, 0.0, 595.0, 842.0)
_MARGINS = (62.0, 62.0, -62.0, -68.0)
_ROW = re.compile(r"row(\d+)")
_HEAD = re.compile(r"head\d*")
_CELL = re.compile(r"<th[^>]*>.*?</th>")
_AFTER = "</body></html>"
_ROOM = 80
"""Points that are left of a page, at the least, for another story to begin on it."""
_EFFORT = 50
"""Of 100, to make the file small: half the time of the usual effort, and a tenth larger."""

Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the top of the page."""


class Heading(NamedTuple):
    level: int
    text: str
    page: int


class Laid(NamedTuple):
    """A file with its links, its headings, and where its rows of contents stand. Pages are counted from 1."""

    data: bytes
    headings: list[Heading]
    rows: dict[int, tuple[int, Area]]
    links: dict[int, list[tuple[Area, str]]]
    pages: int

    @classmethod
    def told(cls, pages: int, headings: Iterable[tuple[int, str, int]], data: bytes) -> Laid:
        """What another engine laid out, as far as it is needed to bind it."""
        return cls(data, [Heading(*one) for one in headings], {}, {}, pages)


def lay_out(before: str, body: str, *, wide: bool = False, share: int = 0, of: int = 1) -> Laid:
    """Lines flow over as many pages as they need; wide: the pages lie on their side.

    share: the how many-eth, from 0, of so many that are about as long, for several engines at once; each begins a
    page.
    """
    mine = shared(list(parts(body)), share, of)
    laid = _laid_out(before, mine, pymupdf.Rect(0, 0, _PAGE[3], _PAGE[2]) if wide else pymupdf.Rect(*_PAGE))
    return laid._replace(data=_linked(laid)) if laid.pages else laid


def _laid_out(before: str, some: Sequence[Part], page: Any) -> Laid:
    room = page + _MARGINS
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    laid = Laid(b"", [], {}, {}, 0)
    number, top, device = 0, room.y0, None
    for part in some:
        story, head = pymupdf.Story(html=f"{before}{part.body}{_AFTER}"), _Head(before, part.head)
        more, begins = True, True
        if part.turns and device is not None:
            writer.end_page()
            device = None
        while more:
            if device is None:
                number, top, device = number + 1, room.y0, writer.begin_page(page)
                top += 0 if begins else head.draw(top, device)
            begins = False
            more, filled = story.place(pymupdf.Rect(room.x0, top, room.x1, room.y1))
            # the library's element_positions makes a class for each of thousands of elements
            mupdf.fz_story_positions(story.this, _notes(laid, head, number))
            story.draw(device)
            top = filled[3]
            if more or room.y1 - top < _ROOM:
                writer.end_page()
                device = None
    if device is not None:
        writer.end_page()
    writer.close()
    return laid._replace(data=out.getvalue(), pages=number)


class _Head:
    """The first row of a table, which stands again where that goes on on another page."""

    def __init__(self, before: str, row: str) -> None:
        self._before, self._row = before.removesuffix("<body>"), row
        self._cells: list[Any] = []
        self.areas: list[Area] = []
        """Where the row stood at first, and then each of its cells."""

    def draw(self, top: float, device: Any) -> float:
        """Each cell as wide as it was; how high it is, 0 where there is none."""
        if not self.areas:
            return 0.0
        (left, upper, right, lower), *cells = self.areas
        edges = [left, *((one[2] + other[0]) / 2 for one, other in pairwise(cells)), right]
        self._cells = self._cells or [self._story(cell) for cell in _CELL.findall(self._row)]
        for story, (x0, x1) in zip(self._cells, pairwise(edges), strict=True):
            story.reset()
            story.place(pymupdf.Rect(x0, top, x1, top + lower - upper + 1))
            story.draw(device)
        return lower - upper

    def _story(self, cell: str) -> Any:
        return pymupdf.Story(html=f'{self._before}<body style="margin: 0"><table><tr>{cell}</tr></table>{_AFTER}')


def _notes(laid: Laid, head: _Head, page: int) -> Callable[[Any], None]:
    """Write down where a heading, a row of the contents or a link stands on this page."""

    def note(found: Any) -> None:
        if not found.open_close & 1:
            return
        if found.heading:
            if title := " ".join((found.id or found.text).split()):
                laid.headings.append(Heading(found.heading, title, page))
        elif row := _ROW.fullmatch(found.id or ""):
            laid.rows[int(row[1])] = page, _area(found.rect)
        elif _HEAD.fullmatch(found.id or ""):
            head.areas.append(_area(found.rect))
        elif found.href:
            _lead(laid.links.setdefault(page, []), _area(found.rect), found.href)

    return note


def _area(rect: Any) -> Area:
    return rect.x0, rect.y0, rect.x1, rect.y1


def _lead(links: list[tuple[Area, str]], area: Area, address: str) -> None:
    """The library tells of a link word by word; on one line they are one."""
    if links and links[-1][1] == address:
        x0, y0, x1, y1 = links[-1][0]
        if abs(y1 - area[3]) < 1 and area[0] >= x0:
            links[-1] = (x0, min(y0, area[1]), max(x1, area[2]), y1), address
            return
    links.append((area, address))


def _linked(laid: Laid) -> bytes:
    """All links of a page in one go: the library's own way takes one at a time, and seconds for thousands."""
    with pymupdf.open(stream=laid.data, filetype="pdf") as document:
        for number, links in laid.links.items():
            page = document[number - 1]
            made, high = [], page.rect.height
            for (x0, y0, x1, y1), address in links:
                area = f"[{x0:.1f} {high - y1:.1f} {x1:.1f} {high - y0:.1f}]"
                to = f"<</S/URI/URI{pdf_string(address)}>>"
                made.append(f"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect{area}/A{to}>>")
            document.xref_set_key(page.xref, "Annots", f"[{''.join(made)}]")
        return bytes(document.tobytes(deflate=True, compression_effort=_EFFORT))
