"""What can be said only of all pages together: which lines are page furniture."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kantlijn.model.layer import PageLayer, mark_auxiliary
from kantlijn.text.furniture import EdgeLine, edge_lines, furniture

TEXT_MOST = 200
"""Code points of a line that are looked at; furniture is short."""


def edges_of(text: str, layer: PageLayer, height: float) -> bytes:
    """The outer lines of a page as JSON, all that find_furniture() needs of it. height: the page's, in points."""
    upright = [
        EdgeLine(number, text[line.start : line.end].strip(), line.x, line.y, line.y + line.thickness, height)
        for number, line in enumerate(layer.lines)
        if line.dx > 0.99
    ]
    rows = [
        (line.number, line.text[:TEXT_MOST], line.x, line.top, line.bottom, line.page_height)
        for line in edge_lines(upright)
    ]
    ranges = [(layer.lines[number].start, layer.lines[number].end) for number, *_ in rows]
    return json.dumps([rows, ranges]).encode()


def find_furniture(edges: Sequence[bytes]) -> list[list[tuple[int, int, int]]]:
    """For every page, given by its edges_of(), the lines that are furniture: number, start, end."""
    read = [json.loads(page) for page in edges]
    found = furniture([[EdgeLine(*row) for row in rows] for rows, _ in read])
    return [
        [(row[0], *where) for row, where in zip(rows, ranges, strict=True) if row[0] in numbers]
        for (rows, ranges), numbers in zip(read, found, strict=True)
    ]


def mark(packed: Sequence[bytes], auxiliary: Sequence[Sequence[int]]) -> list[bytes]:
    """Packed layers with the lines of these numbers marked as furniture."""
    return [mark_auxiliary(layer, set(lines)) for layer, lines in zip(packed, auxiliary, strict=True)]
