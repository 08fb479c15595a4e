"""Which characters of a page lie inside boxes drawn on it: for areas, and for what other programs highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Content, Range
from kantlijn.model.layer import Line, PageLayer, Quad, unpack
from kantlijn.text.readable import readable

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points on the page as shown."""

Frame = tuple[float, float, float, float, float, float]
"""A matrix a, b, c, d, e, f from points on the page as shown to those that another measure counts."""


def framed(box: Box, frame: Frame) -> Box:
    """The box around a box in that other measure."""
    a, b, c, d, e, f = frame
    x0, y0, x1, y1 = box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def unframed(box: Box, frame: Frame) -> Box:
    """The box on the page as shown, of one in that other measure."""
    a, b, c, d, e, f = frame
    whole = a * d - b * c
    return framed(box, (d / whole, -b / whole, -c / whole, a / whole,
                        (c * f - d * e) / whole, (b * e - a * f) / whole))  # fmt: skip


def upright(height: float) -> Frame:
    """The measure that counts from the bottom left of a page of this height as it is shown."""
    return 1, 0, 0, -1, 0, height


def box_of(quad: Quad) -> Box:
    """The box around a quad."""
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def quad_of(box: Box) -> Quad:
    """The corners of a box."""
    x0, y0, x1, y1 = box
    return (x0, y0, x1, y0, x1, y1, x0, y1)


def ranges_within(layer: PageLayer, boxes: Sequence[Box]) -> list[Range]:
    """Stretches of characters whose middle lies in one of the boxes, page-relative, in reading order.

    Page furniture counts only where nothing else is inside.
    """
    body = [found for line in layer.lines if not line.auxiliary for found in _on_line(layer, line, boxes)]
    return body or [found for line in layer.lines for found in _on_line(layer, line, boxes)]


def _on_line(layer: PageLayer, line: Line, boxes: Sequence[Box]) -> Iterator[Range]:
    ax, ay, bx, by = box_of(line.quad(layer.edges[2 * line.start], layer.edges[2 * line.end - 1])) if (
        line.end > line.start
    ) else (0.0, 0.0, -1.0, -1.0)  # fmt: skip
    near = [box for box in boxes if box[0] <= bx and box[2] >= ax and box[1] <= by and box[3] >= ay]
    if not near:
        return
    first = None
    for place in range(line.start, line.end):
        if _is_in(layer, line, place, near):
            first = place if first is None else first
        elif first is not None:
            yield first, place
            first = None
    if first is not None:
        yield first, line.end


def _is_in(layer: PageLayer, line: Line, place: int, boxes: Sequence[Box]) -> bool:
    begin, end = layer.edges[2 * place], layer.edges[2 * place + 1]
    if begin == end:  # a line break, or the rest of a ligature
        return False
    along, across = (begin + end) / 2, line.thickness / 2
    x = line.x + along * line.dx - across * line.dy
    y = line.y + along * line.dy + across * line.dx
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)


def over_letters(layer: PageLayer, box: Box) -> Box:
    """A box that misses the middle of letters, as some programs draw, over those of the line it lies on most."""
    best, most = box, 0.5  # of the lower of the two
    for line in layer.lines:
        if line.end <= line.start:
            continue
        around = box_of(line.quad(layer.edges[2 * line.start], layer.edges[2 * line.end - 1]))
        along, across = (0, 1) if abs(line.dx) >= abs(line.dy) else (1, 0)
        low, high = max(box[across], around[across]), min(box[across + 2], around[across + 2])
        shared = (high - low) / max(0.01, min(box[across + 2] - box[across], line.thickness))
        if shared > most and box[along] < around[along + 2] and box[along + 2] > around[along]:
            middle = (around[across] + around[across + 2]) / 2
            sides = list(box)
            sides[across], sides[across + 2] = min(box[across], middle), max(box[across + 2], middle)
            best, most = (sides[0], sides[1], sides[2], sides[3]), shared
    return best


def place_of(layer: PageLayer, box: Box) -> int:
    """Where an area stands in the text: before its first character, else before that nearest to its top left."""
    inside = ranges_within(layer, [box])
    if inside:
        return inside[0][0]
    nearest, best = 0, float("inf")
    for line in layer.lines:
        if line.auxiliary or line.end <= line.start:
            continue
        x0, y0, x1, y1 = box_of(line.quad(layer.edges[2 * line.start], layer.edges[2 * line.end - 1]))
        dx = max(x0 - box[0], 0.0, box[0] - x1)
        dy = max(y0 - box[1], 0.0, box[1] - y1)
        if dx * dx + dy * dy < best:
            nearest, best = line.start, dx * dx + dy * dy
    return nearest


def words_of(content: Content, anchor: Anchor) -> str:
    """The words of a passage as one reads them: of an area those inside it, of a running head its own."""
    if anchor.quads:
        return words_inside(content, anchor)
    return readable(content.text, anchor.range, content.auxiliary) or readable(content.text, anchor.range)


def words_inside(content: Content, anchor: Anchor) -> str:
    """The words that stand inside an area, line by line; "" where there are none."""
    said = [readable(content.text, range) for range in _inside(content, anchor)]
    return "\n".join(line for line in said if line)


def span_of(content: Content, anchor: Anchor) -> Range:
    """From the first to the last of an area's words; a passage's range, and of an area without words its place."""
    found = list(_inside(content, anchor))
    return (min(start for start, _ in found), max(end for _, end in found)) if found else anchor.range


def _inside(content: Content, anchor: Anchor) -> Iterator[Range]:
    for page, quad in anchor.quads:
        if 0 <= page < len(content.layers):
            base = content.pages[page].range[0]
            for start, end in ranges_within(unpack(content.layers[page]), [box_of(quad)]):
                yield base + start, base + end
