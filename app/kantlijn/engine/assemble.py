"""What can be said only of all pages together: page furniture; and the layers packed with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kantlijn.model.layer import PageLayer, from_bytes
from kantlijn.text.furniture import EdgeLine, furniture


def find_page_furniture(
    heights: Sequence[float], texts: Sequence[bytes], layers: Sequence[bytes]
) -> list[list[tuple[int, int, int]]]:
    """For every page its lines that are furniture: number, start, end. texts in UTF-8, layers by to_bytes()."""
    made = [from_bytes(layer) for layer in layers]
    pages = [
        _edge_lines(text.decode(), layer, height) for text, layer, height in zip(texts, made, heights, strict=True)
    ]
    return [
        [(number, layer.lines[number].start, layer.lines[number].end) for number in sorted(found)]
        for found, layer in zip(furniture(pages), made, strict=True)
    ]


def _edge_lines(text: str, layer: PageLayer, height: float) -> list[EdgeLine]:
    """The lines of a page with their place on it, upright ones only."""
    return [
        EdgeLine(number, text[line.start : line.end].strip(), line.x, line.y, line.y + line.thickness, height)
        for number, line in enumerate(layer.lines)
        if line.dx > 0.99
    ]


def pack_layer(layer: bytes, auxiliary: Sequence[int]) -> bytes:
    """A layer for the store, the lines with these numbers marked as furniture."""
    made = from_bytes(layer)
    if auxiliary:
        lines = list(made.lines)
        for number in auxiliary:
            lines[number] = replace(lines[number], auxiliary=True)
        made = PageLayer(tuple(lines), made.edges)
    return made.pack()
