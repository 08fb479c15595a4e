"""How the margin draws: brackets, chips with letters, notes, relations, and crowds of annotations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from kantlijn.ui.kit import fonts, icons
from kantlijn.ui.kit.colours import Tokens, chip, mix
from kantlijn.ui.page.view import Mark

CHIP = 17
GLYPH = 15
"""Logical pixels that the sign for relations takes below the letters."""
MOST_LETTERS = 4
_FAINT = 0.22  # outside the theme lens


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bracket with its chips, as laid out last; logical pixels of the viewport.

    marks: one annotation, or those that found no lane of their own, drawn as one. link: where the sign for
    relations is, empty where there are none.
    """

    marks: tuple[Mark, ...]
    bracket: QRect
    chips: QRect
    link: QRect

    @property
    def mark(self) -> Mark:
        return self.marks[0]


def paint_bracket(painter: QPainter, drawn: Drawn, colours: Tokens, *, lit: bool, faint: bool) -> None:
    """The bracket in the first theme's colour; a crowd's in grey, dashed."""
    mark, box = drawn.mark, QRectF(drawn.bracket)
    crowd = len(drawn.marks) > 1
    strong = lit or any(one.selected for one in drawn.marks)
    colour = QColor(colours.line_strong) if crowd else _colour(mark, colours)
    pen = QPen(colour, 2.6 if strong else 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if crowd:
        pen.setDashPattern((0.1, 2.2))
    elif mark.doubtful:
        pen.setDashPattern((2.4, 2.0))
    path = QPainterPath(QPointF(box.left() + 0.5, box.top() + 1))
    spine = box.right() - 1.5
    radius = min(2.0, box.height() / 3)
    path.lineTo(spine - radius, box.top() + 1)
    path.quadTo(spine, box.top() + 1, spine, box.top() + 1 + radius)
    path.lineTo(spine, box.bottom() - 1 - radius)
    path.quadTo(spine, box.bottom() - 1, spine - radius, box.bottom() - 1)
    path.lineTo(box.left() + 0.5, box.bottom() - 1)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setOpacity(_FAINT if faint else 1.0)
    painter.drawPath(path)
    painter.setOpacity(1.0)


def _colour(mark: Mark, colours: Tokens) -> QColor:
    colour = mark.colours[0] if mark.colours else colours.muted
    made = QColor(mix(colour, "#ffffff", 0.25) if colours.dark else colour)
    made.setAlphaF(0.35 if mark.dimmed else 1.0)
    return made


def paint_chips(painter: QPainter, drawn: Drawn, colours: Tokens, *, lit: bool, faint: bool) -> None:
    """The letters of the annotation's themes, or how many there are in a crowd."""
    mark = drawn.mark
    selected = any(one.selected for one in drawn.marks)
    painter.setFont(_letter_font())
    painter.setOpacity(_FAINT if faint else 0.4 if mark.dimmed else 1.0)
    if selected or lit:
        painter.setPen(QPen(QColor(colours.accent), 1.4) if selected else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawRoundedRect(QRectF(drawn.chips).adjusted(-1.7, -1.7, 1.7, 1.7), 5.5, 5.5)
    if len(drawn.marks) > 1:
        _paint_count(painter, drawn, colours)
        painter.setOpacity(1.0)
        return
    letters = list(mark.letters) or [""]
    if len(letters) > MOST_LETTERS:
        letters[MOST_LETTERS - 1 :] = ["…"]
    for number, letter in enumerate(letters):
        box = QRectF(drawn.chips.x(), drawn.chips.y() + number * (CHIP + 1), CHIP, CHIP)
        colour = mark.colours[number] if number < len(mark.colours) else colours.muted
        ground, ink = chip(colour, colours.dark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letter)
    if mark.doubtful:
        _paint_question(painter, drawn, colours)
    if mark.has_note:
        _paint_dot(painter, QPointF(drawn.chips.right() + 0.5, drawn.chips.top() + 0.5), colours)
    if not drawn.link.isEmpty():
        ratio = painter.device().devicePixelRatio()
        where = QRectF(0, 0, 12, 12)
        where.moveCenter(QRectF(drawn.link).center())
        picture = _link(colours.accent if lit or selected else colours.muted, ratio)
        painter.drawPixmap(where, picture, QRectF(picture.rect()))
    painter.setOpacity(1.0)


def _paint_count(painter: QPainter, drawn: Drawn, colours: Tokens) -> None:
    painter.setPen(QPen(QColor(colours.line_strong), 1))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(QRectF(drawn.chips).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(QColor(colours.muted))
    count = len(drawn.marks)
    font = _letter_font()
    font.setPixelSize(11 if count < 10 else 9)
    painter.setFont(font)
    painter.drawText(QRectF(drawn.chips), int(Qt.AlignmentFlag.AlignCenter), f"+{count}" if count < 100 else "99+")


def _paint_question(painter: QPainter, drawn: Drawn, colours: Tokens) -> None:
    """Carried over and still to be checked."""
    box = QRectF(drawn.chips.right() - 3, drawn.chips.bottom() - 6, 11, 11)
    painter.setPen(QPen(QColor(colours.desk), 1.2))
    painter.setBrush(QColor(colours.text))
    painter.drawEllipse(box)
    painter.setPen(QColor(colours.panel))
    font = _letter_font()
    font.setPixelSize(9)
    painter.setFont(font)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "?")
    painter.setFont(_letter_font())


def _paint_dot(painter: QPainter, at: QPointF, colours: Tokens) -> None:
    """There is a note."""
    painter.setPen(QPen(QColor(colours.desk), 1.4))
    painter.setBrush(QColor(colours.text))
    painter.drawEllipse(at, 3.4, 3.4)


@lru_cache(maxsize=16)
def _link(colour: str, ratio: float) -> QPixmap:
    return icons.pixmap("link", colour, 12, ratio)


def _letter_font() -> QFont:
    font = fonts.chrome(10.5, QFont.Weight.DemiBold)
    font.setPixelSize(11)
    return font
