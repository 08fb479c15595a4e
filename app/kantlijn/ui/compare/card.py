"""How a change is drawn in the list: its sign, where it stands, and its words with what changed marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kantlijn.ui.compare.rows import ROW, Index, Row
from kantlijn.ui.kit import change_look, colours, fonts, paint
from kantlijn.ui.kit.pieces import draw_pieces, line_height

_SIDE, _TOP, _GAP, _LINES, _BADGE = 12, 8, 8, 3, 20


class ChangeCard(QStyledItemDelegate):
    """All as high as three lines of words."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, 2 * _TOP + _GAP + _small() + 6 + _LINES * line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        tokens = colours.current()
        view = option.widget
        card = QRectF(option.rect).adjusted(_SIDE + 0.5, 0.5, -_SIDE - 0.5, -_GAP - 0.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(card, 8, 8)
        painter.fillPath(shape, QColor(tokens.raised))
        edge = tokens.accent if selected else tokens.line_strong if hovered else tokens.line
        painter.setPen(QPen(QColor(edge), 2 if selected and _has_focus(view) else 1.4 if selected else 1))
        painter.drawPath(shape)
        inner = card.adjusted(10, _TOP, -12, -_TOP)
        self._head(painter, inner, row)
        left = inner.left() + _BADGE + 10
        space = QRectF(left, inner.top() + _small() + 6, inner.right() - left, _LINES * line_height())
        draw_pieces(painter, space, row.pieces, _LINES)
        painter.restore()

    def _head(self, painter: QPainter, inner: QRectF, row: Row) -> None:
        """The sign on its colour, pages, kind, and the themes of annotations it touches."""
        tokens = colours.current()
        ground = change_look.colour(row.kind, tokens.dark)
        badge = QRectF(inner.left(), inner.top(), _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(badge, 5, 5)
        painter.setPen(QColor(colours.chip(ground, tokens.dark)[1]))
        painter.setFont(fonts.chrome(13, QFont.Weight.DemiBold))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, change_look.SIGNS[row.kind])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        small = fonts.chrome(11.5)
        right = inner.right()
        for letter, colour in row.chips[:4]:
            paint.chip(painter, QRectF(right - 15, inner.top(), 15, 15), letter, colour)
            right -= 18
        metrics = QFontMetrics(small)
        where = QRectF(inner.left() + _BADGE + 10, inner.top(), metrics.horizontalAdvance(row.where) + 4, _small())
        paint.words(painter, where, row.where, colour=tokens.muted, font=small)
        room = QRectF(where.right() + 8, inner.top(), right - where.right() - 12, _small())
        paint.words(
            painter, room, row.about, colour=tokens.muted, font=small, align=Qt.AlignmentFlag.AlignRight
        )


def _has_focus(view: QWidget | None) -> bool:
    return view is not None and view.hasFocus()


def _small() -> int:
    return QFontMetrics(fonts.chrome(11.5)).height() + 2
