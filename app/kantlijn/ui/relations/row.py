"""How a relation is drawn: what was said first, what became of it, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.marking.relate import RelationRow
    from kantlijn.usecases.read import AnnotationRow

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_SIDE, _TOP, _GAP, _LINES = 12, 10, 8, 2
STATUS_COLOURS = {"open": "#57606a", "adopted": "#2e7d32", "partly": "#8a6d00", "rejected": "#b3275f"}
SIGNS = {"open": "○", "adopted": "●", "partly": "◐", "rejected": "✕"}
"""Never by colour alone."""


class RelationCard(QStyledItemDelegate):
    """The target's words above, type and status in the middle, the source's words below."""

    def __init__(self, types: dict[str, str], statuses: dict[str, str]) -> None:
        super().__init__()
        self._types, self._statuses = types, statuses

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else 300
        row: RelationRow = index.data(ROW)
        inner = wide - 2 * _SIDE - 24
        high = 2 * _TOP + _GAP + 2 * (_small_height() + 2) + 26
        lines = sum(len(_lines(words_of(end), inner)) for end in (row.target, row.source))
        high += lines * _line_height()
        if row.relation.note:
            high += _small_height() + 4
        return QSize(wide, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RelationRow = index.data(ROW)
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
        y = self._end(painter, inner, inner.top(), row.target)
        y = self._middle(painter, inner, y, row)
        y = self._end(painter, inner, y, row.source)
        if row.relation.note:
            painter.setPen(QColor(tokens.muted))
            painter.setFont(fonts.chrome(12))
            said = paint.elided(
                QFontMetrics(painter.font()), " ".join(row.relation.note.split()), int(inner.width())
            )
            painter.drawText(QRectF(inner.left(), y + 2, inner.width(), _small_height()), said)
        painter.restore()

    def _end(self, painter: QPainter, inner: QRectF, y: float, row: AnnotationRow) -> float:
        """Where a passage stands, and its first words; returns where that ends."""
        tokens = colours.current()
        painter.setFont(fonts.chrome(11.5))
        painter.setPen(QColor(tokens.muted))
        label = row.passage.anchor.page_label
        where = f"{row.document_title} · {say('p. {label}', label=label)}" if label else row.document_title
        shown = paint.elided(painter.fontMetrics(), where, int(inner.width()), Qt.TextElideMode.ElideMiddle)
        painter.drawText(QRectF(inner.left(), y, inner.width(), _small_height()), shown)
        y += _small_height() + 2
        painter.setFont(fonts.serif(13.5))
        painter.setPen(QColor(tokens.text))
        ascent = painter.fontMetrics().ascent()
        for line in _lines(words_of(row), int(inner.width())):
            painter.drawText(int(inner.left()), round(y + ascent), line)
            y += _line_height()
        return y

    def _middle(self, painter: QPainter, inner: QRectF, y: float, row: RelationRow) -> float:
        tokens = colours.current()
        font = fonts.chrome(11.5, QFont.Weight.Medium)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        left = inner.left()
        kind = f"↳ {self._types[row.relation.type]}"
        painter.setPen(QColor(tokens.muted))
        box = QRectF(left, y + 4, inner.width(), 18)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), kind)
        status = status_box(QRect(inner.toAlignedRect()), y + 4, self._statuses[row.relation.status], metrics)
        colour = STATUS_COLOURS[row.relation.status]
        ground = QColor(colour)
        ground.setAlphaF(0.22 if tokens.dark else 0.12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(status), 9, 9)
        painter.setPen(QColor(colours.ink(colour, tokens.dark)))
        said = f"{SIGNS[row.relation.status]} {self._statuses[row.relation.status]}"
        painter.drawText(status, int(Qt.AlignmentFlag.AlignCenter), said)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return y + 26

    def status_rect(self, item: QRect, row: RelationRow) -> QRect:
        """Where the status stands in a row drawn in this rectangle."""
        inner = item.adjusted(_SIDE + 12, _TOP, -_SIDE - 12, -_TOP - _GAP)
        lines = len(_lines(words_of(row.target), inner.width()))
        y = inner.top() + _small_height() + 2 + lines * _line_height()
        metrics = QFontMetrics(fonts.chrome(11.5, QFont.Weight.Medium))
        return status_box(inner, y + 4, self._statuses[row.relation.status], metrics)


def status_box(inner: QRect, y: float, said: str, metrics: QFontMetrics) -> QRect:
    wide = metrics.horizontalAdvance(f"◐ {said}") + 18
    return QRect(inner.right() - wide, round(y), wide, 18)


def words_of(row: AnnotationRow) -> str:
    """What a passage says; of an area without words, that it is one."""
    return row.readable or say("Area of the page")


def _small_height() -> int:
    return QFontMetrics(fonts.chrome(11.5)).height()


def _line_height() -> int:
    return round(QFontMetrics(fonts.serif(13.5)).height() * 1.04)


def _lines(text: str, wide: int) -> list[str]:
    """The first lines of a quote at this width, the last ended by … when there is more."""
    font = fonts.serif(13.5)
    flat = " ".join(text[:300].split())
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    end = 0
    units = flat.encode("utf-16-le")
    while len(found) < _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(wide, 40))
        start, end = line.textStart(), line.textStart() + line.textLength()
        found.append(units[2 * start : 2 * end].decode("utf-16-le", "replace"))
    layout.endLayout()
    if found and (2 * end < len(units) or len(text) > 300):
        found[-1] = QFontMetrics(font).elidedText(found[-1] + " …", Qt.TextElideMode.ElideRight, max(wide, 40))
    return found or [""]
