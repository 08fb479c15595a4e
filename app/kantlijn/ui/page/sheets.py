"""Where every sheet of a document stands on the desk, at the zoom of the moment; thousands at once."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

LEAST, MOST = 0.1, 8.0
"""Zoom factors a reader can reach; 1 is the page's size on paper."""


@dataclass(frozen=True, slots=True)
class Room:
    """What there is to fill, in device pixels: the desk's width and height, the air around sheets."""

    width: int
    height: int
    side: int
    gap: int


class Sheets:
    """A stack of sheets. All lengths are device pixels, whole ones, so that pictures land sharp."""

    def __init__(self, sizes: Sequence[tuple[float, float]]) -> None:
        self.sizes = tuple((max(1.0, w), max(1.0, h)) for w, h in sizes)
        self._common = Counter(self.sizes).most_common(1)[0][0] if self.sizes else (595.0, 842.0)
        self.scales = array("d")
        self._tops = array("l")
        self._widths = array("l")
        self._heights = array("l")
        self.height = 0
        self.width = 0
        self._room = Room(1, 1, 0, 0)

    def __len__(self) -> int:
        return len(self.sizes)

    def arrange(self, room: Room, zoom: str, unit: float) -> None:
        """Lay the sheets out. zoom: "width", "page" or a factor; unit: pixels per point at factor 1."""
        fits = zoom in ("width", "page")
        scale = self.scale_for(room, zoom, unit)
        space = max(1, room.width - 2 * room.side)
        self.scales = array(
            "d", (min(scale, space / w) if fits and w * scale > space else scale for w, _ in self.sizes)
        )
        self._widths = array(
            "l", (max(1, round(w * s)) for (w, _), s in zip(self.sizes, self.scales, strict=True))
        )
        self._heights = array(
            "l", (max(1, round(h * s)) for (_, h), s in zip(self.sizes, self.scales, strict=True))
        )
        ends = accumulate((height + room.gap for height in self._heights), initial=room.gap)
        self._tops = array("l", ends)
        self.height = self._tops[-1] if self._tops else room.gap
        self.width = max(self._widths, default=0) + 2 * room.side
        self._room = room

    def scale_for(self, room: Room, zoom: str, unit: float) -> float:
        """Pixels per point of the common sheet at this zoom."""
        width, height = self._common
        by_width = max(1, room.width - 2 * room.side) / width
        if zoom == "width":
            scale = by_width
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
        """Of the sheet on a desk as wide as the room or the widest sheet; scrolling sideways is not in it."""
        return (max(self._room.width, self.width) - self._widths[page]) // 2

    def page_at(self, y: int) -> int:
        """The sheet at this height, or the one above it where there is desk; the first at least."""
        return min(max(0, bisect_right(self._tops, y) - 1), max(0, len(self.sizes) - 1))

    def pages_between(self, top: int, bottom: int) -> range:
        """The sheets that show between two heights."""
        if not self.sizes:
            return range(0)
        first = self.page_at(top)
        if self._tops[first] + self._heights[first] <= top:
            first += 1
        last = self.page_at(bottom - 1)
        return range(first, last + 1) if self._tops[last] < bottom else range(first, last)
