"""How our annotations are drawn in a PDF: shapes in the page's own coordinates, as a content stream."""

from __future__ import annotations

from math import hypot
from typing import Any

from kantlijn.engine.written import numbers
from kantlijn.model.layer import Quad

Box = tuple[float, float, float, float]
OPACITY = 0.4
"""Of the tint of a highlight: as strong as Zotero's."""
_AROUND = 1.0
"""Points kept free around what is drawn, so that no viewer cuts a line in half."""
_PLAIN = "#ffd400"


def rgb(colour: str) -> tuple[float, float, float]:
    """A colour "#rrggbb" as parts of one; yellow for what is none."""
    try:
        whole = int((colour or _PLAIN).removeprefix("#"), 16)
    except ValueError:
        whole = int(_PLAIN[1:], 16)
    return (whole >> 16 & 255) / 255, (whole >> 8 & 255) / 255, (whole & 255) / 255


def moved(quad: Quad, matrix: Any) -> Quad:
    """The corners in other coordinates, in the same order."""
    a, b, c, d, e, f = matrix
    points: list[float] = []
    for x, y in zip(quad[0::2], quad[1::2], strict=True):
        points += (a * x + c * y + e, b * x + d * y + f)
    one, two, three, four, five, six, seven, eight = points
    return (one, two, three, four, five, six, seven, eight)


def in_pdf_order(quad: Quad) -> Quad:
    """Top left, top right, bottom left, bottom right: not what the standard says, but what every program reads."""
    a, b, c, d, e, f, g, h = quad
    return (a, b, c, d, g, h, e, f)


def drawn(kind: str, quads: list[Quad], colour: tuple[float, float, float]) -> tuple[Box, str]:
    """The box around it, and the operators that draw it. kind: Highlight, Underline, StrikeOut or Square."""
    paint = numbers(colour)
    if kind == "Highlight":
        rows = ["/G gs", f"{paint} rg", *(_filled(quad) for quad in quads)]
    elif kind == "Square":
        rows = [f"{paint} RG 1.5 w", *(_outline(quad) for quad in quads)]
    else:
        share = 0.06 if kind == "Underline" else 0.5
        rows = [f"{paint} RG", *(_line(quad, share) for quad in quads)]
    xs = [x for quad in quads for x in quad[0::2]]
    ys = [y for quad in quads for y in quad[1::2]]
    # the box of an area is its place; a line may stand out of the letters' box by half its width
    room = 0.0 if kind in ("Square", "Highlight") else _AROUND
    return (min(xs) - room, min(ys) - room, max(xs) + room, max(ys) + room), "\n".join(rows)


def _filled(quad: Quad) -> str:
    return f"{_path(quad)} h f"


def _outline(quad: Quad) -> str:
    """Inside the box, by half the width of the line."""
    x0, y0, x1, y1 = min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])
    return f"{numbers((x0 + 0.75, y0 + 0.75, max(0.1, x1 - x0 - 1.5), max(0.1, y1 - y0 - 1.5)))} re S"


def _line(quad: Quad, share: float) -> str:
    """Along the words, at this share of their height from below."""
    ax, ay, bx, by, cx, cy, dx, dy = quad
    width = max(0.5, 0.07 * hypot(ax - dx, ay - dy))
    start = dx + share * (ax - dx), dy + share * (ay - dy)
    end = cx + share * (bx - cx), cy + share * (by - cy)
    return f"{numbers((width,))} w {numbers(start)} m {numbers(end)} l S"


def _path(quad: Quad) -> str:
    corners = [numbers(quad[place : place + 2]) for place in range(0, 8, 2)]
    return f"{corners[0]} m " + " ".join(f"{corner} l" for corner in corners[1:])
