"""How a carried annotation is drawn: its themes, where it was and is, how sure that is, and the words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.kit.pieces import draw_pieces, line_height
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.versions.review import ReviewRow

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_SIDE, _TOP, _GAP, _LINES = 12, 9, 8, 4


class ReviewCard(QStyledItemDelegate):
    """All as high as four lines of words and one of what stands there now."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, 2 * _TOP + _GAP + 2 * (_small() + 4) + _LINES * line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ReviewRow = index.data(ROW)
        tokens = colours.current()
        card = QRectF(option.rect).adjusted(_SIDE + 0.5, 0.5, -_SIDE - 0.5, -_GAP - 0.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(card, 8, 8)
        painter.fillPath(shape, QColor(tokens.raised))
        edge = tokens.accent if selected else tokens.line_strong if hovered else tokens.line
        painter.setPen(QPen(QColor(edge), 2 if selected else 1))
        painter.drawPath(shape)
        inner = card.adjusted(12, _TOP, -12, -_TOP)
        self._head(painter, inner, row)
        top = inner.top() + _small() + 4
        space = QRectF(inner.left(), top, inner.width(), _LINES * line_height())
        draw_pieces(painter, space, row.words, _LINES)
        foot = QRectF(inner.left(), space.bottom() + 3, inner.width(), _small())
        paint.words(painter, foot, foot_of(row), colour=tokens.muted, font=fonts.chrome(11.5))
        painter.restore()

    def _head(self, painter: QPainter, inner: QRectF, row: ReviewRow) -> None:
        tokens = colours.current()
        left = inner.left()
        for theme in row.themes[:4]:
            paint.chip(painter, QRectF(left, inner.top(), 15, 15), theme.letter, theme.colour)
            left += 18
        small = fonts.chrome(11.5)
        state = state_of(row)
        wide = QFontMetrics(small).horizontalAdvance(state) + 4
        strong = fonts.chrome(11.5, QFont.Weight.Medium)
        box = QRectF(inner.right() - wide - 6, inner.top(), wide + 6, _small())
        paint.words(
            painter, box, state, colour=tokens.text if row.group == "check" else tokens.muted, font=strong,
            align=Qt.AlignmentFlag.AlignRight,
        )  # fmt: skip
        room = QRectF(left + (4 if row.themes else 0), inner.top(), box.left() - left - 8, _small())
        paint.words(painter, room, where_of(row), colour=tokens.muted, font=small)


def where_of(row: ReviewRow) -> str:
    """Version and page it was made on → the page it is on now."""
    source, target = row.carried.source, row.carried.target
    said = say("v{number}", number=row.source_version.number)
    if source.page_label:
        said += f" · {say('p. {page}', page=source.page_label)}"
    if target.page_label and target.state != "lost":
        said += f" → {target.page_label}"
    return said


def state_of(row: ReviewRow) -> str:
    """How it came through, in a few words."""
    target = row.carried.target
    percent = round(100 * target.score)
    decided = {"accepted": say("accepted"), "placed": say("placed by hand"), "dropped": say("dropped")}
    if target.review in decided:
        return decided[target.review]
    if target.state == "lost":
        return say("lost")
    if target.review == "open":
        return say("to check, {percent} % the same", percent=percent)
    if target.state == "changed" and percent == 100:
        return say("changed, words added")
    if target.state == "changed":
        return say("changed, {percent} % the same", percent=percent)
    return say("moved") if target.state == "moved" else say("unchanged")


def foot_of(row: ReviewRow) -> str:
    """Of a lost one what stands there now, else the beginning of its note."""
    if row.near:
        return say("It stood here: {words}", words=row.near)
    return " ".join(row.carried.annotation.note.split())


def _small() -> int:
    return QFontMetrics(fonts.chrome(11.5)).height() + 2
