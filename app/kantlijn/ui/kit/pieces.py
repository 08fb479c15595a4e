"""Words of which some came and some went, in the serif: struck through and underlined, never by colour alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from kantlijn.ui.kit import change_look, colours, fonts

_DOTS = 16  # pixels of the last line that are kept for …
Pieces = Sequence[tuple[str, str]]
"""Text, and "same", "inserted", "deleted", "moved" or "hit"."""


_LEADERS = re.compile(r"(?:[.…][ \u2060\u00a0]?){4,}")


def without_leaders(said: str) -> str:
    """Without the dots that lead to a page number."""
    return _LEADERS.sub(" ", said)


def draw_pieces(
    painter: QPainter, space: QRectF, pieces: Pieces, lines: int, size: float = 13.5
) -> None:
    """Words in the serif, what went struck through, what came underlined; so many lines, … for more."""
    tokens = colours.current()
    font = fonts.serif(size)
    layout = QTextLayout("".join(text for text, _ in pieces), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(pieces))
    layout.beginLayout()
    y, high, whole = 0.0, line_height(size), len(layout.text().encode("utf-16-le")) // 2
    end, reach = 0, 0.0
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(space.width() - (_DOTS if number == lines - 1 else 0))
        line.setPosition(QPointF(0, y))
        y += high
        end, reach = line.textStart() + line.textLength(), line.naturalTextWidth()
    layout.endLayout()
    painter.setPen(QColor(tokens.text))
    painter.save()
    painter.setClipRect(space.adjusted(-2, -2, 2, 4))
    layout.draw(painter, space.topLeft())
    painter.restore()
    if end < whole:
        painter.setPen(QColor(tokens.muted))
        painter.setFont(font)
        painter.drawText(space.topLeft() + QPointF(reach + 2, y - high + QFontMetrics(font).ascent()), "…")


def _formats(pieces: Pieces) -> list[QTextLayout.FormatRange]:
    tokens = colours.current()
    found = []
    place = 0
    for text, kind in pieces:
        length = len(text.encode("utf-16-le")) // 2
        style = QTextCharFormat()
        if kind == "hit":
            style.setFontWeight(QFont.Weight.DemiBold)
            style.setForeground(QColor(tokens.text))
        elif kind == "same":
            style.setForeground(QColor(tokens.muted))
        elif kind in ("inserted", "deleted"):
            colour = change_look.colour(kind, tokens.dark)
            style.setForeground(QColor(colours.ink(colour, tokens.dark)))
            style.setBackground(QColor(colours.tint(colour, tokens.dark)))
            style.setFontUnderline(kind == "inserted")
            style.setFontStrikeOut(kind == "deleted")
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = place, length, style
        found.append(one)
        place += length
    return found


def line_height(size: float = 13.5) -> int:
    """Pixels from line to line."""
    return round(QFontMetrics(fonts.serif(size)).height() * 1.08)


def pieces_html(pieces: Pieces, *, dark: bool) -> str:
    """The same for a label."""
    found = []
    for text, kind in pieces:
        said = escape(text)
        if kind in ("inserted", "deleted"):
            ink = colours.ink(change_look.colour(kind, dark), dark)
            tag = "u" if kind == "inserted" else "s"
            found.append(f'<{tag} style="color:{ink}">{said}</{tag}>')
        else:
            found.append(said)
    return "".join(found)
