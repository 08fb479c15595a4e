"""A hit as lists show it: at the left where it stands and what is marked there, then its words in their lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.kit.pieces import draw_pieces, line_height, without_leaders

_SIZE, _LINES = 13.0, 2
_LEAD = 0.4  # of the first line is before the hit, at most
_CHIP, _CHIPS = 14, 3


def hit_height() -> int:
    """Pixels that a hit takes."""
    return _LINES * line_height(_SIZE) + 12


def paint_hit(
    painter: QPainter, where: QRectF, label: str, before: str, hit: str, after: str,
    chips: Sequence[tuple[str, str]],
) -> None:  # fmt: skip
    """chips: letter and colour of each theme that stands on it."""
    inner = where.adjusted(18, 6, -18, -6)
    small = fonts.chrome(11.5)
    column = max(42, QFontMetrics(small).horizontalAdvance("p. 000") + 8)
    line = line_height(_SIZE)
    paint.words(painter, QRectF(inner.left(), inner.top(), column - 4, line), label,
                colour=colours.current().muted, font=small)  # fmt: skip
    left = inner.left()
    for letter, colour in chips[:_CHIPS]:
        paint.chip(painter, QRectF(left, inner.top() + line + 2, _CHIP, _CHIP), letter, colour)
        left += _CHIP + 1
    words = inner.adjusted(column, 0, 0, 0)
    metrics = QFontMetrics(fonts.serif(_SIZE))
    lead = paint.elided(metrics, without_leaders(before), int(words.width() * _LEAD), Qt.TextElideMode.ElideLeft)
    if lead.startswith("…") and " " in lead:
        lead = "… " + lead.partition(" ")[2]  # begins with a whole word
    pieces = ((lead, "same"), (hit, "hit"), (without_leaders(after), "same"))
    painter.save()
    draw_pieces(painter, words, pieces, _LINES, _SIZE)
    painter.restore()
