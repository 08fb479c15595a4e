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
    before, after = whole_words(before, after)
    lead = paint.elided(metrics, before, int(words.width() * _LEAD), Qt.TextElideMode.ElideLeft)
    if lead != before and " " in lead:
        lead = "… " + lead.partition(" ")[2]  # begins with a whole word
    pieces = ((lead, "same"), (hit, "hit"), (after, "same"))
    painter.save()
    draw_pieces(painter, words, pieces, _LINES, _SIZE)
    painter.restore()


def whole_words(before: str, after: str) -> tuple[str, str]:
    """Both without the half of a word that they were cut off in, … in its place; without dots that lead on."""
    from kantlijn.usecases.searching.places_in import AROUND

    if len(before) >= AROUND and " " in before.rstrip():
        before = "… " + before.partition(" ")[2]
    if len(after) >= AROUND and " " in after.lstrip():
        after = after.rpartition(" ")[0] + "\u00a0…"
    return without_leaders(before).lstrip(), without_leaders(after)
