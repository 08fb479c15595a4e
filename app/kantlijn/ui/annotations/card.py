"""Draws an annotation as a card: where and when, its themes, its words, its note."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QTextDocument,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kantlijn.ui.annotations.conditions import state_names
from kantlijn.ui.annotations.crops import Crops
from kantlijn.ui.annotations.model import ROW, AnnotationModel, Index
from kantlijn.ui.kit import colours, fonts, icons, paint
from kantlijn.ui.kit.browser import ClosedDocument
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.usecases.read import AnnotationRow

_SIDE, _TOP, _GAP = 12, 9, 8  # inside the card left and right, above; between cards
_UNDER = 6  # pixels under the picture of an area
_LINES = 3
_KEPT = 150_000
_LETTERS = 360  # more than three lines hold, at any width the list takes


class Card(QStyledItemDelegate):
    """Heights are kept per row and width, so that 100,000 cards scroll as easily as five."""

    def __init__(self, model: AnnotationModel, crops: Crops) -> None:
        super().__init__(model)
        self._model, self._crops = model, crops
        self._states = state_names()
        self.titles = True
        """Whether the document's title is shown."""
        self._heights: dict[int, tuple[AnnotationRow, int, int]] = {}  # by id(): row, width, height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: AnnotationRow = index.data(ROW)
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else 300
        kept = self._heights.get(id(row))
        if kept is None or kept[0] is not row or kept[1] != wide:
            if len(self._heights) >= _KEPT:
                self._heights.clear()
            kept = self._heights[id(row)] = (row, wide, self._height(row, wide - 2 * _SIDE - 24 - 3))
        return QSize(wide, kept[2])

    def _height(self, row: AnnotationRow, inner: int) -> int:
        high = 2 * _TOP + QFontMetrics(fonts.chrome(11.5)).height() + 4 + _GAP
        if picture := self._crops.size(row, inner)[1]:
            high += picture + _UNDER
        high += len(_lines(row.readable, inner)[0]) * _line_height()
        if row.passage.annotation.note:
            high += 4 + _note_height(_note(row.passage.annotation.note, inner))
        return high

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: AnnotationRow = index.data(ROW)
        tokens = colours.current()
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        card = QRectF(option.rect).adjusted(_SIDE + 0.5, 0.5, -_SIDE - 0.5, -_GAP - 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, card, row, selected=selected, hovered=bool(state & QStyle.StateFlag.State_MouseOver))
        inner = card.adjusted(12 + 3, _TOP, -12, -_TOP)
        y = self._head(painter, inner, row, tokens)
        if row.passage.is_area:
            y = self._crop(painter, inner, y, row, tokens)
        y = self._quote(painter, inner, y, row, tokens)
        if note := row.passage.annotation.note:
            painter.translate(inner.left(), y + 4)
            document = _note(note, int(inner.width()))
            painter.setClipRect(QRectF(0, 0, inner.width(), _note_height(document)))
            document.drawContents(painter)
        painter.restore()

    def _ground(
        self, painter: QPainter, card: QRectF, row: AnnotationRow, *, selected: bool, hovered: bool
    ) -> None:
        tokens = colours.current()
        shape = QPainterPath()
        shape.addRoundedRect(card, 8, 8)
        painter.fillPath(shape, QColor(tokens.raised))
        painter.save()
        painter.setClipPath(shape)
        colour = self._model.colour(row) or row.passage.annotation.colour
        bar = colours.ink(colour, tokens.dark) if colour and tokens.dark else colour or tokens.line_strong
        painter.fillRect(QRectF(card.left(), card.top(), 4, card.height()), QColor(bar))
        painter.restore()
        edge = tokens.accent if selected else tokens.line_strong if hovered else tokens.line
        painter.setPen(QPen(QColor(edge), 2 if selected else 1))
        painter.drawPath(shape)

    def _head(self, painter: QPainter, inner: QRectF, row: AnnotationRow, tokens: colours.Tokens) -> float:
        font = fonts.chrome(11.5)
        metrics = QFontMetrics(font)
        high = metrics.height()
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        date = when(row.passage.annotation.modified or row.passage.annotation.created)
        wide = metrics.horizontalAdvance(date) + self._related(painter, inner, row, metrics, tokens)
        line = QRectF(inner.left(), inner.top(), inner.width(), high)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, date)
        room = int(inner.width()) - wide - 8
        # page and themes are told whatever the title's length
        parts = [paint.elided(metrics, row.document_title, room * 2 // 5)] if self.titles else []
        parts += [self._model.where(row), self._model.theme_names(row) or say("No theme")]
        if "+ocr" in row.version.extractor:
            parts.append(say("recognised text"))
        if row.passage.anchor.state != "original":
            parts.append(self._states.get(row.passage.anchor.state, ""))
        head = " · ".join(part for part in parts if part)
        painter.drawText(line, paint.elided(metrics, head, room))
        return inner.top() + high + 4

    @staticmethod
    def _related(
        painter: QPainter, inner: QRectF, row: AnnotationRow, metrics: QFontMetrics, tokens: colours.Tokens
    ) -> int:
        """How many relations it has, before the date; returns the pixels they take."""
        if not row.relations:
            return 0
        number = str(row.relations)
        date = metrics.horizontalAdvance(when(row.passage.annotation.modified or row.passage.annotation.created))
        wide = 12 + 3 + metrics.horizontalAdvance(number) + 10
        left = inner.right() - date - wide
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        picture = icons.pixmap("link", tokens.accent, 12, ratio)
        painter.drawPixmap(QPointF(left, inner.top() + (metrics.height() - 12) / 2), picture)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(QPointF(left + 15, inner.top() + metrics.ascent()), number)
        return wide

    def _crop(
        self, painter: QPainter, inner: QRectF, y: float, row: AnnotationRow, tokens: colours.Tokens
    ) -> float:
        """The part of the page that an area stands for."""
        wide, high = self._crops.size(row, int(inner.width()))
        device = painter.device()
        image = self._crops.picture(row, int(inner.width()), device.devicePixelRatio() if device else 1.0)
        frame = QRectF(inner.left(), y, wide, high)
        if image is not None and not image.isNull():
            painter.drawImage(frame, image)
        else:
            painter.fillRect(frame, QColor(tokens.hover))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        return y + high + _UNDER

    def _quote(
        self, painter: QPainter, inner: QRectF, y: float, row: AnnotationRow, tokens: colours.Tokens
    ) -> float:
        style = row.passage.annotation.style
        font = fonts.serif(13.5)
        font.setUnderline(style == "underline")
        font.setStrikeOut(style == "strike")
        painter.setPen(QColor(tokens.text))
        painter.setFont(font)
        shown, high = _lines(row.readable, int(inner.width())), _line_height()
        ascent = QFontMetrics(fonts.serif(13.5)).ascent()
        for words in shown[0]:
            painter.drawText(QPointF(inner.left(), y + ascent), words)
            y += high
        return y


def _line_height() -> int:
    return round(QFontMetrics(fonts.serif(13.5)).height() * 1.04)


def _note_height(document: QTextDocument) -> int:
    """Pixels of its first lines, about three, none of them cut through."""
    room = QFontMetrics(fonts.chrome()).lineSpacing() * 3.4
    high = 0.0
    block = document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        layout = block.layout()
        for number in range(layout.lineCount()):
            bottom = top + layout.lineAt(number).rect().bottom()
            if bottom > room:
                return round(high) + 1
            high = bottom
        block = block.next()
    return round(high) + 1


def _lines(text: str, wide: int) -> tuple[list[str], bool]:
    """The first lines of a quote as they fit this width, the last ended by … when there is more."""
    font = fonts.serif(13.5)
    flat = " ".join(text[:_LETTERS].split())
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    start = 0
    while len(found) < _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(wide, 40))
        start = line.textStart() + line.textLength()
        found.append(_cut(flat, line.textStart(), start))
    layout.endLayout()
    more = start < _utf16(flat) or len(text) > _LETTERS
    if more and found:
        room = QFontMetrics(font)
        found[-1] = room.elidedText(found[-1].rstrip() + " …", Qt.TextElideMode.ElideRight, max(wide, 40))
    return found, more


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, start: int, end: int) -> str:
    """A piece by Qt's positions, which count UTF-16 units."""
    if text.isascii():
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


def _note(note: str, wide: int) -> QTextDocument:
    """A note laid out: Markdown without any HTML."""
    tokens = colours.current()
    document = ClosedDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(fonts.chrome())
    document.setTextWidth(wide)
    document.setMarkdown(
        note[:600],
        QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML,
    )
    fonts.soften(document)
    if tokens.dark:
        document.setDefaultStyleSheet(f"* {{ color: {tokens.text} }}")
    return document


def when(stamp: str) -> str:
    """"today", "12 Nov" or "12 Nov 2025", from a UTC time such as "2026-11-20T19:29:00Z"."""
    try:
        then = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    except ValueError:
        return ""
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    local, now = then.astimezone(), datetime.now().astimezone()
    if local.date() == now.date():
        return say("today")
    locale = QLocale(QLocale.Language.Dutch if language() == "nl" else QLocale.Language.English)
    form = "d MMM" if local.year == now.year else "d MMM yyyy"
    return locale.toString(QDate(local.year, local.month, local.day), form)


