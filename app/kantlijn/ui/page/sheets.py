"""Where every sheet of a document stands on the desk, at the zoom and layout of the moment; thousands at once."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kantlijn.ui.page.view import Layout

LEAST, MOST = 0.1, 8.0
"""Zoom factors a reader can reach; 1 is the page's size on paper."""
FITS = ("width", "page", "trim")


@dataclass(frozen=True, slots=True)
class Room:
    """What there is to fill, in device pixels: the desk's width and height, the air around sheets."""

    width: int
    height: int
    side: int
    gap: int


class Sheets:
    """Rows of one or two sheets. All lengths are device pixels, whole ones, so that pictures land sharp.

    sizes are those of the pages as laid out: sides swapped where they lie turned. margins: what "trim" cuts off
    left and right, in points.
    """

    def __init__(self, sizes: Sequence[tuple[float, float]], layout: Layout | None = None) -> None:
        self.layout = layout or Layout()
        self.pages = tuple((max(1.0, w), max(1.0, h)) for w, h in sizes)
        turned = self.layout.rotation in (90, 270)
        self.sizes = tuple((h, w) for w, h in self.pages) if turned else self.pages
        self._common = Counter(self.sizes).most_common(1)[0][0] if self.sizes else (595.0, 842.0)
        self.margins = (0.0, 0.0)
        self.scales = array("d")
        self._tops = array("l")
        self._lefts = array("l")
        self._widths = array("l")
        self._heights = array("l")
        self._bottoms = array("l")
        """Of the row that each sheet stands in."""
        self._cells = array("l")
        """Where the desk of each row begins that shows one row at a time, and where the last ends."""
        self.height = 0
        self.width = 0
        self._room = Room(1, 1, 0, 0)

    def __len__(self) -> int:
        return len(self.sizes)

    def rows(self) -> Iterator[range]:
        """The sheets that stand beside each other, row by row."""
        count = len(self.sizes)
        if self.layout.spread == "one":
            yield from (range(page, page + 1) for page in range(count))
            return
        start = 0
        if self.layout.spread == "cover" and count:
            yield range(1)
            start = 1
        for page in range(start, count, 2):
            yield range(page, min(page + 2, count))

    def arrange(self, room: Room, zoom: str, unit: float) -> None:
        """Lay the sheets out. zoom: one of FITS or a factor; unit: pixels per point at factor 1."""
        self._room = room
        scale = self.scale_for(room, zoom, unit)
        beside = 1 if self.layout.spread == "one" else 2
        space = max(1, (room.width - 2 * room.side - (beside - 1) * room.gap) // beside)
        shrinks = zoom in ("width", "page")
        self.scales = array("d", (min(scale, space / w) if shrinks and w * scale > space else scale
                                  for w, _ in self.sizes))  # fmt: skip
        pairs = list(zip(self.sizes, self.scales, strict=True))
        self._widths = array("l", (max(1, round(w * s)) for (w, _), s in pairs))
        self._heights = array("l", (max(1, round(h * s)) for (_, h), s in pairs))
        self._tops, self._lefts, self._bottoms = array("l"), array("l"), array("l")
        rows = list(self.rows())
        widest = max((self._row_width(row) for row in rows), default=0)
        self.width = widest + 2 * room.side
        single = self.layout.single
        self._cells = array("l")
        top = 0 if single else room.gap
        for row in rows:
            high = max(self._heights[page] for page in row)
            cell = max(high + 2 * room.gap, room.height) if single else high
            self._cells.append(top)
            top += (cell - high) // 2
            left = (max(room.width, self.width) - self._row_width(row)) // 2
            for page in row:
                self._tops.append(top)
                self._lefts.append(left)
                self._bottoms.append(top + high)
                left += self._widths[page] + room.gap
            top += high + (cell - high - (cell - high) // 2 if single else room.gap)
        self._cells.append(top)
        self.height = top

    def cells(self) -> list[tuple[int, int]]:
        """For each row, one at a time, the first and last height at which the viewport shows nothing but it."""
        return [(begin, max(begin, end - self._room.height)) for begin, end in pairwise(self._cells)]

    def _row_width(self, row: range) -> int:
        return sum(self._widths[page] for page in row) + (len(row) - 1) * self._room.gap

    def scale_for(self, room: Room, zoom: str, unit: float) -> float:
        """Pixels per point of the common sheet at this zoom."""
        width, height = self._common
        beside = 1 if self.layout.spread == "one" else 2
        space = max(1, room.width - 2 * room.side - (beside - 1) * room.gap) / beside
        by_width = space / width
        if zoom == "width":
            scale = by_width
        elif zoom == "trim":
            scale = space / max(width / 4, width - sum(self.margins) / (1 if beside == 1 else 2))
        elif zoom == "page":
            scale = min(by_width, max(1, room.height - 2 * room.gap) / height)
        else:
            scale = float(zoom) * unit
        return min(max(scale, LEAST * unit), MOST * unit)

    def top(self, page: int) -> int:
        return self._tops[page]

    def size(self, page: int) -> tuple[int, int]:
        return self._widths[page], self._heights[page]

    def left(self, page: int) -> int:
        """Of the sheet on a desk as wide as the room or the widest row; scrolling sideways is not in it."""
        return self._lefts[page]

    def row_bottom(self, page: int) -> int:
        """Where the row that the sheet stands in ends."""
        return self._bottoms[page]

    def page_at(self, y: int, x: int | None = None) -> int:
        """The sheet at this height, or above it where there is desk; the first of its row, or that at x."""
        if not self.sizes:
            return 0
        last = max(0, bisect_right(self._tops, y) - 1)
        first = bisect_left(self._tops, self._tops[last])
        if x is None or first == last:
            return first
        return last if x >= self._lefts[last] - self._room.gap // 2 else first

    def next_row(self, page: int) -> int:
        """The first sheet below the row of this one; the number of sheets where there is none."""
        return bisect_right(self._tops, self._tops[page])

    def pages_between(self, top: int, bottom: int) -> range:
        """The sheets that show between two heights."""
        if not self.sizes:
            return range(0)
        first = self.page_at(top)
        if self._bottoms[first] <= top:
            first = self.next_row(first)
        return range(first, max(first, bisect_left(self._tops, bottom)))
