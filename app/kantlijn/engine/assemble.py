"""What can be said only of all pages together: which lines are page furniture, line numbers among them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kantlijn.model.layer import PageLayer, mark_auxiliary
from kantlijn.text.furniture import EdgeLine, edge_lines, furniture
from kantlijn.text.line_numbers import Upright, figures_beside, is_figure, line_numbers

TEXT_MOST = 200
"""Code points of a line that are looked at; furniture is short."""


def edges_of(text: str, layer: PageLayer, height: float) -> bytes:
    """The outer lines of a page as JSON, and what may be line numbers, all that find_furniture() needs of it.

    height: the page's, in points. Figures in the margin are no part of a running head beside them.
    """
    upright = [
        EdgeLine(number, text[line.start : line.end].strip(), line.x, line.y, line.y + line.thickness, height)
        for number, line in enumerate(layer.lines)
        if line.dx > 0.99
    ]
    beside = _beside(upright, layer, height)
    certain = {number for number, *_, sure in beside if sure}
    rows = [
        (line.number, line.text[:TEXT_MOST], line.x, line.top, line.bottom, line.page_height)
        for line in edge_lines(line for line in upright if line.number not in certain)
    ]
    numbers = [row[0] for row in rows] + [figure[0] for figure in beside]
    ranges = [(layer.lines[number].start, layer.lines[number].end) for number in numbers]
    return json.dumps([rows, ranges, beside]).encode()


def _beside(upright: Sequence[EdgeLine], layer: PageLayer, height: float) -> list[tuple[int, float, float, bool]]:
    """As line_numbers() takes them."""
    if sum(1 for line in upright if is_figure(line.text)) == 0:
        return []
    boxes = [
        Upright(line.number, line.text, line.x, line.top, line.x + _length(layer, line.number), line.bottom)
        for line in upright
    ]
    return [(line.number, line.left, line.right, sure) for line, sure in figures_beside(boxes, height)]


def _length(layer: PageLayer, number: int) -> float:
    line = layer.lines[number]
    return max(layer.edges[2 * line.start : 2 * line.end], default=0.0)


def find_furniture(edges: Sequence[bytes]) -> list[list[tuple[int, int, int]]]:
    """For every page, given by its edges_of(), the lines that are furniture: number, start, end."""
    read = [json.loads(page) for page in edges]
    found = furniture([[EdgeLine(*row) for row in rows] for rows, *_ in read])
    counted = line_numbers([beside for *_, beside in read])
    return [
        sorted({
            (row[0], *where)
            for row, where in zip((*rows, *beside), ranges, strict=True)
            if row[0] in numbers or row[0] in figures
        })
        for (rows, ranges, beside), numbers, figures in zip(read, found, counted, strict=True)
    ]  # fmt: skip


def mark(packed: Sequence[bytes], auxiliary: Sequence[Sequence[int]]) -> list[bytes]:
    """Packed layers with the lines of these numbers marked as furniture."""
    return [mark_auxiliary(layer, set(lines)) for layer, lines in zip(packed, auxiliary, strict=True)]
