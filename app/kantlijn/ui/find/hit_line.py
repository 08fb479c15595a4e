"""A hit as lists show it: where it stands and what is marked there, and its words in their line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from kantlijn.ui.kit import colours, fonts, paint

_CHIPS = 5


def hit_height() -> int:
    """Pixels that a hit takes."""
    return 2 * QFontMetrics(fonts.chrome(12.5)).height() + 16


def paint_hit(
    painter: QPainter, where: QRectF, label: str, before: str, hit: str, after: str,
    chips: Sequence[tuple[str, str]],
) -> None:  # fmt: skip
    """chips: letter and colour of each theme that stands on it."""
    tokens = colours.current()
    inner = where.adjusted(18, 6, -18, -6)
    small = fonts.chrome(11.5)
    high = QFontMetrics(small).height()
    paint.words(painter, QRectF(inner.left(), inner.top(), inner.width(), high), label,
                colour=tokens.muted, font=small)  # fmt: skip
    right = inner.right()
    for letter, colour in chips[:_CHIPS]:
        paint.chip(painter, QRectF(right - 14, inner.top(), 14, 14), letter, colour)
        right -= 17
    line = QRectF(inner.left(), inner.top() + high + 2, inner.width(), inner.height() - high - 2)
    _paint_words(painter, line, before, hit, after, tokens)


def _paint_words(
    painter: QPainter, line: QRectF, before: str, hit: str, after: str, tokens: colours.Tokens
) -> None:
    """One line with the hit strong and a third of the room before it."""
    plain, strong = fonts.chrome(12.5), fonts.chrome(12.5, QFont.Weight.DemiBold)
    metrics, bold = QFontMetrics(plain), QFontMetrics(strong)
    lead = paint.elided(metrics, before, int(line.width() * 0.36), Qt.TextElideMode.ElideLeft)
    left = line.left()
    parts = ((lead, plain, tokens.muted), (hit, strong, tokens.text), (after, plain, tokens.muted))
    for text, font, colour in parts:
        room = line.right() - left
        if room < 8:
            return
        measure = bold if font is strong else metrics
        shown = paint.elided(measure, text, int(room))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(left, line.top(), room, line.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
        left += measure.horizontalAdvance(shown)
