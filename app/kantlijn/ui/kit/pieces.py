"""Words of which some came and some went, in the serif: struck through and underlined, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from kantlijn.ui.kit import change_look, colours, fonts

Pieces = Sequence[tuple[str, str]]
"""Text, and "same", "inserted", "deleted" or "moved"."""


def draw_pieces(
    painter: QPainter, space: QRectF, pieces: Pieces, lines: int, size: float = 13.5
) -> None:
    """Words in the serif, what went struck through, what came underlined; as many lines as fit."""
    tokens = colours.current()
    font = fonts.serif(size)
    layout = QTextLayout("".join(text for text, _ in pieces), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(pieces))
    layout.beginLayout()
    y, high, whole = 0.0, line_height(size), len(layout.text().encode("utf-16-le")) // 2
    end = 0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(space.width())
        line.setPosition(QPointF(0, y))
        y += high
        end = line.textStart() + line.textLength()
    layout.endLayout()
    painter.setPen(QColor(tokens.text))
    painter.save()
    painter.setClipRect(space.adjusted(-2, -2, 2, 4))
    layout.draw(painter, space.topLeft())
    painter.restore()
    if end < whole:
        painter.setPen(QColor(tokens.muted))
        dots = QRectF(space.right() - 16, space.top() + y - high, 16, high)
        painter.fillRect(dots, QColor(tokens.raised))
        painter.setFont(font)
        painter.drawText(dots, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "…")


def _formats(pieces: Pieces) -> list[QTextLayout.FormatRange]:
    tokens = colours.current()
    found = []
    place = 0
    for text, kind in pieces:
        length = len(text.encode("utf-16-le")) // 2
        style = QTextCharFormat()
        if kind == "same":
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
