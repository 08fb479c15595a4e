"""What lists draw alike: theme chips, key caps, pills, and the ground of a row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from kantlijn.ui.kit import colours, fonts

CHIP = 18
_KEY = 24  # letters of the longest combination of keys
LETTERS = 1000
"""Of a text on one line, more are never looked at."""


def chip(painter: QPainter, where: QRectF, letter: str, colour: str) -> None:
    """A theme's letter on its colour."""
    ground, ink = colours.chip(colour, colours.current().dark)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(where, 4, 4)
    painter.setPen(QColor(ink))
    painter.setFont(fonts.chrome(where.height() * 0.61, QFont.Weight.DemiBold))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, letter[:4])
    painter.restore()


def key_cap(painter: QPainter, right: float, middle: float, key: str) -> float:
    """A key in a frame, ending at right; returns where it begins."""
    tokens = colours.current()
    font = fonts.chrome(11)
    key = key[:_KEY]
    wide = max(18, QFontMetrics(font).horizontalAdvance(key) + 10)
    high = QFontMetrics(font).height() + 4
    frame = QRectF(right - wide + 0.5, middle - high / 2 + 0.5, wide - 1, high - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.mix(tokens.line_strong, tokens.raised, 0.5)), 1))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(frame, 4, 4)
    painter.setPen(QColor(tokens.muted))
    painter.setFont(font)
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
    return frame.left()


def row(painter: QPainter, where: QRect, *, selected: bool, hovered: bool, focused: bool = False) -> None:
    """The rounded ground of a list row."""
    tokens = colours.current()
    frame = QRectF(where).adjusted(8.5, 0.5, -8.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.accent), 1.2) if focused else Qt.PenStyle.NoPen)
    if selected or hovered:
        painter.setBrush(QColor(tokens.accent_soft if selected else tokens.hover))
    if selected or hovered or focused:
        painter.drawRoundedRect(frame, 6, 6)
    painter.restore()


def elided(
    metrics: QFontMetrics, text: str, wide: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> str:
    """What fits, with … where there is more. Qt looks at all of it, so that megabytes would stop the window."""
    if len(text) > LETTERS:
        text = text[-LETTERS:] if mode == Qt.TextElideMode.ElideLeft else text[:LETTERS]
    return metrics.elidedText(text, mode, wide)


def words(
    painter: QPainter,
    where: QRectF,
    text: str,
    *,
    colour: str,
    font: QFont,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text, ended by … where it does not fit."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = elided(QFontMetrics(font), text, int(where.width()))
    painter.drawText(where, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def fold_arrow(painter: QPainter, middle: QPointF, *, opened: bool) -> None:
    """The small arrow of a row with rows under it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.current().muted), 1.3, c=Qt.PenCapStyle.RoundCap))
    x, y = middle.x(), middle.y()
    points = ((-3, -1.5, 0, 1.5, 3, -1.5) if opened else (-1.5, -3, 1.5, 0, -1.5, 3))
    painter.drawPolyline([QPointF(x + points[i], y + points[i + 1]) for i in (0, 2, 4)])
    painter.restore()
