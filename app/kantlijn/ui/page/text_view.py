"""The View of flowing text: for texts, and for any PDF in text mode."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Content, Range
from kantlijn.text.flow import pieces_of
from kantlijn.ui.page.changes import paint_changes, paint_gap, paint_signs
from kantlijn.ui.page.column import AIR, PAGE_END, SIDE
from kantlijn.ui.page.flowing import Flowing
from kantlijn.ui.page.line_numbers import LineNumbers
from kantlijn.ui.page.marks import merged
from kantlijn.ui.page.page_paint import Sheet, paint_marks, paint_selection, paint_sheet
from kantlijn.ui.page.tints import hits_among, paint_hits, paint_lens
from kantlijn.ui.page.type_sizes import TypeSizes
from kantlijn.ui.page.view import Place
from kantlijn.words import say

_SMALL = 11  # pixels: page ends and line numbers
_BESIDE = 14  # air between line numbers and text


class TextView(Flowing):
    """Canonical text with its marks, painted as the page view paints them."""

    def __init__(
        self, parent: QWidget | None = None, *, size: int = 11, width: int = 76, line_numbers: int = 0,
        face: str = "serif",
    ) -> None:  # fmt: skip
        super().__init__(parent, size=size, width=width, face=face)
        self.line_numbers = line_numbers
        """Which lines are numbered: 0 none, 1 every, 5 every fifth."""
        self._numbers = LineNumbers(self.content)

    # -- the document ---------------------------------------------------------------------------------------

    def open(self, content: Content) -> None:
        """Show this text from its beginning."""
        if self.level is not None:
            self.level.end()
        self.content = content
        self.sizes = TypeSizes(content)
        self.pieces = pieces_of(content)
        self._numbers = LineNumbers(content)
        self._starts = [piece.start for piece in self.pieces]
        self.selector.adopt(content.text, content.auxiliary, printed=True)
        self._estimate()
        self.go_to(Place(zoom=self._zoom))

    def set_type(self, size: int, width: int, face: str = "serif") -> None:
        """Size of the letters (points), width of the column (letters), and "serif" or "sans"."""
        go_back = self._kept()
        self._size, self._measure, self._face = size, width, face
        self._refont(go_back)

    def set_line_numbers(self, every: int) -> None:
        """Number no line (0), every one (1) or every fifth (5), beside the text; never part of it."""
        self.line_numbers = every
        self.viewport().update()

    def numbered(self, index: int) -> dict[int, int]:
        """The numbers beside a piece, by its line on screen; of lines that begin on the same one the first."""
        piece, found = self.pieces[index], dict[int, int]()
        if not self.line_numbers or piece.page is not None:
            return found
        lines = self.lines_of(index)
        for offset, number in self._numbers.within(piece.start, piece.end):
            if number % self.line_numbers == 0:
                found.setdefault(lines.line_at(offset - piece.start), number)
        return found

    # -- pages --------------------------------------------------------------------------------------------

    def page_index(self, offset: int) -> int:
        return max(0, bisect_right([page.range[0] for page in self.content.pages], offset) - 1)

    def page_label(self) -> str:
        """Label of the page whose text is in the upper third; "" for texts without pages."""
        if not self.content.pages:
            return ""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        index = self.piece_at_height(middle)
        offset = self.pieces[index].start if self.pieces else 0
        return self.content.pages[self.page_index(offset)].label

    def page_count(self) -> int:
        return len(self.content.pages)

    # -- painting and events --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        painter.fillRect(exposed, QColor(self.colours.desk))
        self._paint_sheet(painter)
        left, width = self.sheet_sides()
        for top, high in self.shown_gaps():
            paint_gap(painter, QRectF(left, top, width, high), QRectF(self.viewport().rect()), self.colours)
        visible = self.visible_range()
        near = [mark for mark in self.marks.between(*visible) if not mark.areas]
        marks = [(mark, list(self.boxes(mark.range))) for mark in merged(near)]
        paint_marks(painter, marks, 1.0, self.colours.dark)
        self._paint_changes(painter, visible)
        self._paint_hits(painter, visible)
        chosen = self.shown_selection()
        if chosen is not None:
            paint_selection(painter, list(self.boxes(chosen)), self.colours, self.colours.dark)
        left = self.column()[0]
        for index, top in self.shown_pieces():
            piece = self.pieces[index]
            if piece.page is not None:
                self._paint_page_end(painter, piece.page, round(top))
            else:
                painter.setPen(QColor(self.colours.muted if piece.muted else self.colours.text))
                self.lines_of(index).layout.draw(painter, QPointF(left, top))
                self._paint_numbers(painter, index, top)
        if self.lens is not None:
            start, end = visible
            kept = [box for n in hits_among(self.lens, start, end) for box in self.boxes(self.lens[n])]
            left, width = self.sheet_sides()
            ground = QRect(left, 0, width, self.viewport().height())
            paint_lens(painter, ground, kept, self.colours.page)
        self.paint_caret(painter)
        self.handles.paint(painter)
        self.paint_overlays(painter, exposed)

    def _paint_changes(self, painter: QPainter, visible: Range) -> None:
        found = [(mark, list(self.boxes(mark.range))) for mark in self.changes.between(*visible)]
        if found:
            paint_changes(painter, found, self.changes.current, 1.0, self.colours.dark)
            paint_signs(painter, found, self.sheet_sides()[0], 1.0, self.colours.dark)

    def _paint_hits(self, painter: QPainter, visible: Range) -> None:
        if self.hits:
            found = {n: list(self.boxes(self.hits[n])) for n in hits_among(self.hits, *visible)}
            current = found.pop(self.hit, []) if self.hit is not None else []
            paint_hits(painter, found.values(), current, 1.0, self.colours.dark)

    def _paint_numbers(self, painter: QPainter, index: int, top: float) -> None:
        """Small and quiet in the sheet's left margin, on the letters' baseline."""
        found = self.numbered(index)
        if not found:
            return
        font = QFont(self.font())
        font.setPixelSize(_SMALL)
        painter.setFont(font)
        painter.setPen(QColor(self.colours.muted))
        right, lines = self.column()[0] - _BESIDE, self.lines_of(index).lines
        for at, number in found.items():
            wide = painter.fontMetrics().horizontalAdvance(str(number))
            painter.drawText(QPointF(right - wide, top + lines[at].y() + lines[at].ascent()), str(number))

    def _paint_sheet(self, painter: QPainter) -> None:
        left, width = self.sheet_sides()
        value = self.verticalScrollBar().value()
        bottom = max(self.tops[-1] + AIR, self.viewport().height() - SIDE + value)
        rect = QRect(left, SIDE - value, width, round(bottom) - SIDE)
        visible = QRect(left, max(rect.top(), -20), width, 0)
        visible.setBottom(min(rect.bottom(), self.viewport().height() + 20))
        paint_sheet(painter, Sheet(0, visible, 1.0, 1.0), self.colours, self.colours.dark)

    def _paint_page_end(self, painter: QPainter, label: str, top: int) -> None:
        """A hairline where a page ended, and which one begins."""
        left, width = self.sheet_sides()
        font = QFont(self.font())
        font.setPixelSize(_SMALL)
        painter.setFont(font)
        text = say("p. {page}", page=label)
        middle = top + round(PAGE_END * self.leading / 2)
        room = painter.fontMetrics().horizontalAdvance(text) + 16
        painter.setPen(QPen(QColor(self.colours.line), 1))
        painter.drawLine(left, middle, left + width - room - 8, middle)
        painter.setPen(QColor(self.colours.muted))
        painter.drawText(
            QRect(left + width - room - 8, middle - 10, room, 20), int(Qt.AlignmentFlag.AlignCenter), text
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "pieces"):
            self._refont(self._kept())  # the shipped fonts may come after the first text
