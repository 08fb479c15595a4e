"""The text layer of one page: where each code point of its text stands, packed small.

Coordinates are points on the page as shown: rotation applied, origin at the top left, y down. A line has
an origin (the top-left corner of its box in its own direction of reading), a unit direction and a
thickness; each code point has an edge where it begins and one where it ends, along that direction. So
text at any angle keeps tight boxes, and the usual horizontal line is origin (x0, y0), direction (1, 0).
The line break that ends a line in the canonical text belongs to the line, with both edges at its end.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kantlijn.model.squeezed import unsqueezed

_LINE = struct.Struct("<IIfffffHB")
_HEAD = struct.Struct("<III")
_LINES_MOST, _EDGES_MOST = 8 << 20, 64 << 20
"""Bytes of lines (250,000 of them) and of edges (of eight million code points) that a page may have."""

Quad = tuple[float, float, float, float, float, float, float, float]
"""Corners x, y: top left, top right, bottom right, bottom left, in the line's direction of reading."""


@dataclass(frozen=True, slots=True)
class Line:
    """start, end: code points from the page's start, the closing line break included."""

    start: int
    end: int
    x: float
    y: float
    dx: float
    dy: float
    thickness: float
    block: int
    auxiliary: bool

    def quad(self, begin: float, end: float) -> Quad:
        """The corners of the stretch between two edges, in points."""
        ax, ay = self.x + begin * self.dx, self.y + begin * self.dy
        bx, by = self.x + end * self.dx, self.y + end * self.dy
        nx, ny = -self.dy * self.thickness, self.dx * self.thickness
        return (ax, ay, bx, by, bx + nx, by + ny, ax + nx, ay + ny)


@dataclass(frozen=True, slots=True)
class PageLayer:
    """Lines in reading order; edges[2·i], edges[2·i+1]: begin and end of code point i on its line, points."""

    lines: tuple[Line, ...]
    edges: array[float]

    def pack(self) -> bytes:
        """Bytes for the store, read back by unpack() on any machine."""
        edges = self.edges
        if sys.byteorder == "big":
            edges = array("f", edges)
            edges.byteswap()
        return _pack(self.lines, len(edges), zlib.compress(edges.tobytes(), 1))


def unpack(packed: bytes) -> PageLayer:
    """The layer again. ValueError when the bytes are not a packed layer."""
    lines, m, squeezed = _unpack(packed)
    try:
        edges = array("f")
        edges.frombytes(unsqueezed(squeezed, min(m * edges.itemsize, _EDGES_MOST)))
    except ValueError as trouble:
        raise ValueError("not a packed text layer") from trouble
    if len(edges) != m:
        raise ValueError("a packed text layer that ends early")
    if sys.byteorder == "big":
        edges.byteswap()
    return PageLayer(lines, edges)


def lines_of(packed: bytes) -> tuple[Line, ...]:
    """The lines alone, the edges left packed: quick. Nothing for bytes that are not a packed layer."""
    try:
        return _unpack(packed)[0]
    except ValueError:
        return ()


def mark_auxiliary(packed: bytes, numbers: Collection[int]) -> bytes:
    """A packed layer with these lines marked as page furniture, its edges left packed as they are."""
    lines, m, squeezed = _unpack(packed)
    marked = tuple(replace(line, auxiliary=True) if n in numbers else line for n, line in enumerate(lines))
    return _pack(marked, m, squeezed)


def _pack(lines: Iterable[Line], m: int, squeezed: bytes) -> bytes:
    rows = [
        _LINE.pack(n.start, n.end, n.x, n.y, n.dx, n.dy, n.thickness, n.block & 0xFFFF, n.auxiliary) for n in lines
    ]
    written = zlib.compress(b"".join(rows), 1)
    return _HEAD.pack(len(rows), m, len(written)) + written + squeezed


def _unpack(packed: bytes) -> tuple[tuple[Line, ...], int, bytes]:
    """The lines, the number of edges, and these still packed."""
    try:
        n, m, length = _HEAD.unpack_from(packed)
        written = unsqueezed(packed[_HEAD.size : _HEAD.size + length], min(n * _LINE.size, _LINES_MOST))
        lines = tuple(
            Line(s, e, x, y, dx, dy, h, block, bool(aux))
            for s, e, x, y, dx, dy, h, block, aux in _LINE.iter_unpack(written)
        )
    except (ValueError, struct.error) as trouble:
        raise ValueError("not a packed text layer") from trouble
    if len(lines) != n:
        raise ValueError("a packed text layer that ends early")
    return lines, m, packed[_HEAD.size + length :]
