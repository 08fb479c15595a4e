"""Where text stands on a page, and which text stands at a point: pure geometry over a page's text layer.

Offsets are code points from the start of the page's range; coordinates are points on the page as shown.
Furniture (running heads, page numbers) is never hit and never covered, unless a range holds nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from kantlijn.model.layer import Line, PageLayer, Quad

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_BREAKS = "\n\f"
_MANY_BLOCKS = 200
_ACROSS_BLOCKS = 4.0  # a point of distance to another block weighs as much as four within one
_SIDEWAYS = 4.0
_SAME_WAY = 0.99
_ALONG = 0.02  # beside a line is better than above it, however far


def _bounds(quad: Quad) -> Box:
    xs, ys = quad[0::2], quad[1::2]
    return (min(xs), min(ys), max(xs), max(ys))


def _hull(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _distance(box: Box, x: float, y: float) -> float:
    """How far the point is outside the box; sideways weighs more, so that a column keeps what is below it."""
    across = _SIDEWAYS * max(box[0] - x, 0.0, x - box[2])
    down = max(box[1] - y, 0.0, y - box[3])
    return float((across * across + down * down) ** 0.5)


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of print: its first code point, the end of its text before line breaks, its box."""

    start: int
    end: int
    first: float
    last: float
    box: Box
    line: Line

    def along(self, x: float, y: float) -> float:
        """How far along the line's direction the point is, from the line's origin."""
        return (x - self.line.x) * self.line.dx + (y - self.line.y) * self.line.dy

    @property
    def origin(self) -> float:
        """The line's origin across the page, in its own direction: added to "along" it gives a goal."""
        return self.line.x * self.line.dx + self.line.y * self.line.dy

    @property
    def height(self) -> float:
        """Where the line's top is across its direction: its y where it runs to the right."""
        return self.line.y * self.line.dx - self.line.x * self.line.dy

    def outside(self, goal: float) -> float:
        """How far the goal is beside the strip's text; 0 within it."""
        return max(self.origin + self.first - goal, 0.0, goal - self.origin - self.last)

    def beside(self, x: float, y: float) -> float:
        """How far the point is outside the line's band, 0 within it; negative above, positive below."""
        down = -(x - self.line.x) * self.line.dy + (y - self.line.y) * self.line.dx
        return down if down < 0 else max(0.0, down - self.line.thickness)


class PageGeometry:
    """A page's lines, ready for questions. text is the page's own text: it tells line breaks from letters."""

    def __init__(self, layer: PageLayer, text: str = "") -> None:
        self.layer = layer
        self._text = text
        self._starts = [line.start for line in layer.lines]

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """One for each line of the layer."""
        return tuple(map(self._strip, self.layer.lines))

    def _end_of(self, line: Line) -> int:
        """Where its text ends, before the closing line break."""
        end = min(line.end, len(self.layer.edges) // 2)
        if not self._text:
            return max(line.start, end - 1)
        while end > line.start and self._text[end - 1 : end] in ("\n", "\f", ""):
            end -= 1
        return end

    def _strip(self, line: Line) -> Strip:
        end = self._end_of(line)
        stretch = self.layer.edges[2 * line.start : 2 * end]
        first, last = (min(stretch), max(stretch)) if stretch else (0.0, 0.0)
        return Strip(line.start, end, first, last, _bounds(line.quad(first, last)), line)

    @cached_property
    def readable(self) -> tuple[int, ...]:
        """Indexes of the strips that are not furniture and hold text."""
        return tuple(i for i, s in enumerate(self.strips) if not s.line.auxiliary and s.end > s.start)

    @cached_property
    def _groups(self) -> dict[int, int]:
        """For each readable strip its group: its block, parted where the lines go on in another column."""
        groups: dict[int, int] = {}
        last, hull = None, (0.0, 0.0, 0.0, 0.0)
        for i in self.readable:
            box = self.strips[i].box
            goes_on = last is not None and self.strips[last].line.block == self.strips[i].line.block
            if last is not None and goes_on and not self._level(last, i):
                goes_on = box[0] < hull[2] and box[2] > hull[0]
            groups[i] = groups[last] if last is not None and goes_on else i
            hull = _hull([hull, box]) if goes_on else box
            last = i
        return groups

    @cached_property
    def _columns(self) -> dict[int, Box]:
        """Per group its box, widened to the column it stands in as far as nothing stands beside it."""
        members: dict[int, list[Box]] = {}
        for i in self.readable:
            members.setdefault(self._groups[i], []).append(self.strips[i].box)
        boxes = {group: _hull(found) for group, found in members.items()}
        if len(boxes) > _MANY_BLOCKS:
            return boxes
        return {block: _widened(block, boxes) for block in boxes}

    def strip_at(self, offset: int) -> int:
        """Index of the strip that holds the offset; the last one that begins before it, 0 at least."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def strip_near(self, x: float, y: float) -> int | None:
        """Index of the strip a reader means by this point; None when the page has nothing to read."""
        columns = self._columns
        best, least = None, float("inf")
        apart = {block: _ACROSS_BLOCKS * _distance(box, x, y) for block, box in columns.items()}
        for i in self.readable:
            strip = self.strips[i]
            cost = apart[self._groups[i]]
            if cost >= least:
                continue
            along = strip.along(x, y)
            outside = max(strip.first - along, 0.0, along - strip.last)
            cost += abs(strip.beside(x, y)) + _ALONG * outside
            if cost < least:
                best, least = i, cost
        return best

    def offset_at(self, x: float, y: float) -> int | None:
        """The caret offset a reader means by this point; None when the page has nothing to read."""
        nearest = self.strip_near(x, y)
        if nearest is None:
            return None
        strip = self.strips[nearest]
        beyond = strip.beside(x, y)
        if beyond > strip.line.thickness / 2 and self._is_bottom(nearest):
            return strip.end
        if beyond < -strip.line.thickness / 2 and nearest == self.readable[0]:
            return strip.start
        return self.offset_on(nearest, strip.along(x, y))

    def _is_bottom(self, index: int) -> bool:
        """Nothing to read stands below this strip in its column."""
        left, _, right, bottom = self.strips[index].box
        return not any(
            self.strips[i].box[1] >= bottom - 1 and self.strips[i].box[0] < right and self.strips[i].box[2] > left
            for i in self.readable
            if i != index
        )

    def offset_on(self, index: int, along: float) -> int:
        """The caret offset on this strip nearest to a place along it (points from the line's origin)."""
        strip = self.strips[index]
        edges = self.layer.edges
        best, least = strip.start, float("inf")
        for i in range(strip.start, strip.end):
            begin, end = edges[2 * i], edges[2 * i + 1]
            if begin == end and i > strip.start:
                # a combining mark or the rest of a ligature: no caret between it and what it belongs to
                if abs(end - along) <= least:
                    best, least = i + 1, abs(end - along)
                continue
            for offset, edge in ((i, begin), (i + 1, end)):
                if abs(edge - along) < least:
                    best, least = offset, abs(edge - along)
        return best

    def caret(self, offset: int) -> tuple[float, float, float, float]:
        """The caret's two ends: x, y at the top of the line and at its bottom."""
        if not self.strips:
            return (0.0, 0.0, 0.0, 12.0)
        strip = self.strips[self.strip_at(offset)]
        along = self._along_of(strip, offset)
        quad = strip.line.quad(along, along)
        return (quad[0], quad[1], quad[6], quad[7])

    def _along_of(self, strip: Strip, offset: int) -> float:
        """Where on this strip the caret at the offset stands, from the line's origin."""
        edges = self.layer.edges
        if strip.start <= offset < strip.end:
            return edges[2 * offset]
        return edges[2 * strip.end - 1] if strip.end > strip.start else strip.first

    def goal(self, offset: int) -> float:
        """Where the caret stands across the page: what steps up and down aim for."""
        if not self.strips:
            return 0.0
        strip = self.strips[self.strip_at(offset)]
        return strip.origin + self._along_of(strip, offset)

    def step(self, offset: int, goal: float, down: bool) -> int | None:
        """The caret one line further (or back), as near to the goal as it gets; None at the page's edge."""
        if not self.strips:
            return None
        here = self.strip_at(offset)
        order = [i for i in self.readable if (i > here if down else i < here)]
        if not down:
            order.reverse()
        found = next((i for i in order if not self._level(here, i)), None)
        return None if found is None else self._on_level(found, goal)

    def edge(self, goal: float, last: bool) -> int | None:
        """The caret on the page's first or last line, as near to the goal as it gets."""
        return self._on_level(self.readable[-1 if last else 0], goal) if self.readable else None

    def _on_level(self, index: int, goal: float) -> int:
        """The caret nearest to the goal on this strip, or on one beside it in the same group."""
        group = self._groups[index]
        level = [i for i in self.readable if self._groups[i] == group and self._level(index, i)]
        nearest = min(level or [index], key=lambda i: self.strips[i].outside(goal))
        return self.offset_on(nearest, goal - self.strips[nearest].origin)

    def _level(self, one: int, other: int) -> bool:
        """Both run the same way at the same height, which way up they may lie: parts of one line of print."""
        a, b = self.strips[one], self.strips[other]
        if a.line.dx * b.line.dx + a.line.dy * b.line.dy < _SAME_WAY:
            return False
        shared = min(a.height + a.line.thickness, b.height + b.line.thickness) - max(a.height, b.height)
        return shared > 0.5 * min(a.line.thickness, b.line.thickness)

    def quads(self, start: int, end: int, *, alone: bool = True) -> list[Quad]:
        """One box per line that the range touches, in reading order; white space at a line's end has none.

        alone: the range ends on this page, so that when it touches nothing but furniture that is shown.
        """
        found: list[Quad] = []
        furniture: list[Quad] = []
        edges = self.layer.edges
        for line in self.layer.lines[self.strip_at(start) :]:
            if line.start >= end:
                break
            finish = self._end_of(line)
            a, b = max(start, line.start), min(end, finish)
            if b == finish:
                b -= len(self._text[a:b]) - len(self._text[a:b].rstrip())
            if a >= b:
                continue
            stretch = edges[2 * a : 2 * b]
            left, right = min(stretch), max(stretch)
            if right > left:
                (furniture if line.auxiliary else found).append(line.quad(left, right))
        return found or (furniture if alone else [])


def _widened(block: int, boxes: dict[int, Box]) -> Box:
    """The block's box, as wide as the blocks above and below it that cover it, where nothing is in between."""
    left, top, right, bottom = boxes[block]
    low, high = -float("inf"), float("inf")
    covers = []
    for other, (a, b, c, d) in boxes.items():
        if other == block:
            continue
        if a <= left + 2 and c >= right - 2:
            covers.append((a, c))
        if min(d, bottom) - max(b, top) > 1:  # stands beside it
            if a >= right - 2:
                high = min(high, a)
            elif c <= left + 2:
                low = max(low, c)
    wide_left = min([left, *(a for a, _ in covers if a >= low)])
    wide_right = max([right, *(c for _, c in covers if c <= high)])
    return (wide_left, top, wide_right, bottom)


def quads(layer: PageLayer, start: int, end: int) -> list[Quad]:
    """One box per line that the range touches, in reading order; furniture only when there is nothing else."""
    return PageGeometry(layer).quads(start, end)


def offset_at(layer: PageLayer, x: float, y: float) -> int:
    """The caret offset a reader means by this point; 0 on a page without anything to read."""
    return PageGeometry(layer).offset_at(x, y) or 0


def line_of(layer: PageLayer, offset: int) -> int:
    """Index in layer.lines of the line that holds the offset."""
    return PageGeometry(layer).strip_at(offset)
