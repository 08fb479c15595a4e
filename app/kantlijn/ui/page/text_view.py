"""The canonical text as flowing text: for texts, and for any PDF in text mode. Thousands of paragraphs at once."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from itertools import accumulate
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Content, Range
from kantlijn.ui.page.flow import Piece, pieces_of, shown
from kantlijn.ui.page.page_paint import Sheet, paint_marks, paint_selection, paint_sheet
from kantlijn.ui.page.reading_view import ReadingView
from kantlijn.ui.page.text_lines import TextLines
from kantlijn.ui.page.view import Place
from kantlijn.words import say

_FAMILIES = ("Source Serif 4", "Source Serif Pro", "Libertinus Serif", "Noto Serif", "DejaVu Serif", "serif")
_SIDE, _PAD, _AIR = 14, 48, 40  # desk beside the sheet, air in it beside and above the text
_LEADING = 1.42
_PAGE_END = 2.6  # lines a page's end takes in text mode
_KEPT = 400
_LEAST, _MOST = 0.5, 4.0


class TextView(ReadingView):
    """The View of flowing text. Heights of pieces not shown yet are estimates; what shows never moves for them."""

    def __init__(self, parent: QWidget | None = None, *, size: int = 11, width: int = 76) -> None:
        super().__init__(parent)
        self._content = Content(extractor="", mime="", text="")
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._heights = array("d")
        self._tops = array("d", (0.0,))
        self._laid: OrderedDict[int, TextLines] = OrderedDict()
        self._size, self._measure = size, width
        self._zoom = "width"
        self._quiet = False
        self._stay: Place | None = None
        self._set_font()
        bar = self.verticalScrollBar()
        bar.setSingleStep(40)
        bar.valueChanged.connect(self._scrolled)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # -- the document ---------------------------------------------------------------------------------------

    def open(self, content: Content) -> None:
        """Show this text from its beginning."""
        self._content = content
        self._pieces = pieces_of(content)
        self._starts = [piece.start for piece in self._pieces]
        self.selector.adopt(content.text, content.auxiliary, printed=True)
        self._estimate()
        self.go_to(Place(zoom=self._zoom))

    def set_type(self, size: int, width: int) -> None:
        """Size of the letters (points) and width of the column (letters)."""
        place = self.place()
        self._size, self._measure = size, width
        self._refont(place)

    def _refont(self, place: Place) -> None:
        self._set_font()
        self._estimate()
        self._go(place)

    def _set_font(self) -> None:
        self._font = QFont()
        self._font.setFamilies(list(_FAMILIES))
        self._font.setPixelSize(max(6, round(self._size * 96 / 72 * self.factor())))
        self._font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(self._font)
        self._leading = ceil(metrics.height() * _LEADING / 1.15)
        self._letter = metrics.horizontalAdvance("abcdefghijklmnopqrstuvwxyz ") / 27

    # -- geometry -------------------------------------------------------------------------------------------

    def _column(self) -> tuple[int, int]:
        """Left and width of the column of text in the viewport."""
        left, width = self._sheet_sides()
        pad = min(_PAD, width // 10)
        return left + pad, width - 2 * pad

    def _sheet_sides(self) -> tuple[int, int]:
        space = max(120, self.viewport().width() - self.gutter)
        width = min(space - 2 * _SIDE, round(self._measure * self._letter) + 2 * _PAD)
        return (space - width) // 2, width

    def _estimate(self) -> None:
        """Guess every height anew: another width or font."""
        self._laid.clear()
        fits = max(8.0, self._column()[1] / self._letter)
        lines = self._leading
        self._heights = array("d", (
            _PAGE_END * lines if piece.page is not None
            else (ceil((piece.end - piece.start) / fits) + piece.space) * lines
            for piece in self._pieces
        ))  # fmt: skip
        self._sum()

    def _sum(self) -> None:
        self._tops = array("d", accumulate(self._heights, initial=float(_AIR + _SIDE)))
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._quiet = True
        bar.setPageStep(height)
        bar.setRange(0, max(0, round(self._tops[-1]) + _AIR + _SIDE - height))
        self._quiet = False

    def _space(self, index: int) -> float:
        return self._pieces[index].space * self._leading

    def _lines(self, index: int) -> TextLines:
        """The piece laid out; its true height replaces the estimate."""
        laid = self._laid.get(index)
        if laid is not None:
            self._laid.move_to_end(index)
            return laid
        piece = self._pieces[index]
        text = "" if piece.page is not None else shown(self._content.text, piece)
        laid = self._laid[index] = TextLines(text, self._font_of(piece), self._column()[1], self._leading)
        if len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        if piece.page is None:
            self._heights[index] = laid.height + self._space(index)
        return laid

    def _font_of(self, piece: Piece) -> QFont:
        if not piece.muted:
            return self._font
        font = QFont(self._font)
        font.setPixelSize(max(6, round(self._font.pixelSize() * 0.85)))
        return font

    def _piece_at_height(self, y: float) -> int:
        return min(max(0, bisect_right(self._tops, y) - 1), max(0, len(self._pieces) - 1))

    def _piece_of(self, offset: int) -> int:
        """The piece that holds an offset, or the one before it; never a page's end."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        while index + 1 < len(self._pieces) and self._pieces[index].page is not None:
            index += 1
        return index

    def _settle(self) -> None:
        """Lay out what shows. When estimates were wrong, everything below moves; the top stays where it is."""
        if not self._pieces:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):
            first = self._piece_at_height(bar.value())
            within = bar.value() - self._tops[first]
            before, y, index = self._heights[first], -within, first
            wrong = False
            while index < len(self._pieces) and y < 1.5 * height:
                was = self._heights[index]
                self._lines(index)
                wrong = wrong or was != self._heights[index]
                y += self._heights[index]
                index += 1
            if not wrong:
                return
            within = min(within, max(before, self._heights[first]) - 1)
            self._sum()
            self._quiet = True
            bar.setValue(round(self._tops[first] + within))
            self._quiet = False

    def _shown_pieces(self, around: float = 0.0) -> Iterator[tuple[int, float]]:
        """Index and top in the viewport (of its text, air above left out) of the pieces that show."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        index = self._piece_at_height(value - around * height)
        while index < len(self._pieces) and self._tops[index] < value + (1 + around) * height:
            yield index, self._tops[index] - value + self._space(index)
            index += 1

    # -- what ReadingView asks ------------------------------------------------------------------------------

    def offset_at(self, where: QPointF) -> int | None:
        if not self._pieces:
            return None
        y = where.y() + self.verticalScrollBar().value()
        index = self._readable(self._piece_at_height(y))
        if index is None:
            return None
        piece, lines = self._pieces[index], self._lines(index)
        down = y - self._tops[index] - self._space(index)
        if index == len(self._pieces) - 1 and down > lines.height:
            return piece.end
        return int(piece.start + lines.position_at(where.x() - self._column()[0], down))

    def _readable(self, index: int) -> int | None:
        """The nearest piece from this one on, else before it, that is neither furniture nor a page's end."""
        for other in (*range(index, min(index + 12, len(self._pieces))), *range(index - 1, -1, -1)):
            piece = self._pieces[other]
            if not piece.muted and piece.page is None:
                return other
        return None

    def on_text(self, where: QPointF) -> bool:
        left, width = self._column()
        if not left - 4 <= where.x() <= left + width + 4:
            return False
        return any(
            self._pieces[index].page is None and top <= where.y() <= top + self._lines(index).height
            for index, top in self._shown_pieces()
        )

    def boxes(self, wanted: Range) -> list[QRectF]:
        left = self._column()[0]
        found: list[QRectF] = []
        furniture: list[QRectF] = []
        for index, top in self._shown_pieces(around=0.5):
            piece = self._pieces[index]
            start, end = max(wanted[0], piece.start), min(wanted[1], piece.end)
            if start < end and piece.page is None:
                boxes = self._lines(index).boxes(start - piece.start, end - piece.start)
                (furniture if piece.muted else found).extend(box.translated(left, top) for box in boxes)
        return found or furniture

    def caret_box(self, offset: int) -> QRectF:
        if not self._pieces:
            return QRectF()
        index = self._piece_of(offset)
        for shown_index, top in self._shown_pieces(around=0.5):
            if shown_index == index:
                box = self._lines(index).caret(self._within(index, offset))
                return box.translated(self._column()[0], top)
        return QRectF()

    def _within(self, index: int, offset: int) -> int:
        piece = self._pieces[index]
        return min(max(0, offset - piece.start), piece.end - piece.start)

    def line_step(self, offset: int, down: bool) -> int:
        if not self._pieces:
            return offset
        index = self._piece_of(offset)
        lines, within = self._lines(index), self._within(index, offset)
        if self.goal is None:
            self.goal = lines.x_of(within)
        line = lines.line_at(within) + (1 if down else -1)
        if 0 <= line < len(lines.lines):
            return self._pieces[index].start + lines.position_on(line, self.goal)
        index += 1 if down else -1
        while 0 <= index < len(self._pieces):
            piece = self._pieces[index]
            if piece.page is None and not piece.muted:
                lines = self._lines(index)
                return piece.start + lines.position_on(0 if down else len(lines.lines) - 1, self.goal)
            index += 1 if down else -1
        return offset

    def line_ends(self, offset: int) -> Range:
        if not self._pieces:
            return (0, 0)
        index = self._piece_of(offset)
        lines = self._lines(index)
        start, end = lines.ends(lines.line_at(self._within(index, offset)))
        return self._pieces[index].start + start, self._pieces[index].start + end

    def share_of(self, offset: int) -> float:
        if not self._pieces:
            return 0.0
        index = self._piece_of(offset)
        piece = self._pieces[index]
        part = self._within(index, offset) / max(1, piece.end - piece.start)
        return (self._tops[index] + part * self._heights[index]) / (self._tops[-1] + _AIR + _SIDE)

    def page_edge(self) -> int:
        left, width = self._sheet_sides()
        return left + width

    def visible_range(self) -> Range:
        """From the first line that shows to the last."""
        height, first, last = self.viewport().height(), -1, 0
        for index, top in self._shown_pieces():
            piece, lines = self._pieces[index], self._lines(index)
            if piece.page is not None:
                continue
            for number in range(len(lines.lines)):
                y = top + number * lines.leading
                if y > height:
                    break
                if y >= -1:
                    start, end = lines.ends(number)
                    first = piece.start + start if first < 0 else first
                    last = piece.start + end
        return (max(0, first), max(last, first, 0))

    # -- going about ----------------------------------------------------------------------------------------

    def factor(self) -> float:
        """How much larger than the chosen size the letters are."""
        return 1.0 if self._zoom in ("width", "page") else float(self._zoom)

    def zoom(self) -> str:
        return self._zoom

    def set_zoom(self, zoom: str) -> None:
        place = self.place()
        self._zoom = zoom
        self._refont(place)

    def zoom_at(self, factor: float, where: QPointF) -> None:
        offset = self.offset_at(where)
        self._zoom = f"{min(max(self.factor() * factor, _LEAST), _MOST):.4g}"
        self._refont(Place(offset=offset or 0))
        if offset is not None:
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + self.caret_box(offset).center().y() - where.y()))

    def place(self) -> Place:
        return Place(offset=self._top_offset(), page=self._page_index(self._top_offset()), zoom=self._zoom)

    def _top_offset(self) -> int:
        return self.visible_range()[0] if self.verticalScrollBar().value() else 0

    def go_to(self, place: Place) -> None:
        self._zoom = place.zoom if place.zoom in ("width", "page") or self._zoom == place.zoom else self._zoom
        self._stay = place if self.viewport().height() < 2 else None
        self._go(place)

    def _go(self, place: Place) -> None:
        offset = place.offset
        pages = self._content.pages
        if not offset and 0 < place.page < len(pages):
            offset = pages[place.page].range[0]
        self._scroll_to(self._line_top(offset) - (_AIR + _SIDE if not offset else 6))

    def _line_top(self, offset: int) -> float:
        """Where the offset's line stands in the whole column of text."""
        if not self._pieces:
            return 0.0
        index = self._piece_of(offset)
        lines = self._lines(index)
        return self._tops[index] + self._space(index) + lines.line_at(self._within(index, offset)) * lines.leading

    def _scroll_to(self, y: float) -> None:
        self._quiet = True
        self.verticalScrollBar().setValue(round(y))
        self._quiet = False
        self._scrolled()

    def reveal(self, wanted: Range) -> None:
        """Bring a range into view, its beginning at a third of the height unless it shows already."""
        self._show(wanted[0], 48, 0.33)

    def show_offset(self, offset: int) -> None:
        self._show(offset, 24, None)

    def _show(self, offset: int, margin: int, height: float | None) -> None:
        for _ in range(2):  # what was guessed on the way there is known the second time
            top = self._line_top(offset)
            bar, room = self.verticalScrollBar(), self.viewport().height()
            bottom = top + self._leading
            if top - margin >= bar.value() and bottom + margin <= bar.value() + room:
                return
            if height is not None:
                self._scroll_to(top - height * room)
            else:
                self._scroll_to(top - margin if top - margin < bar.value() else bottom + margin - room)

    def _page_index(self, offset: int) -> int:
        return max(0, bisect_right([page.range[0] for page in self._content.pages], offset) - 1)

    def page_label(self) -> str:
        """Label of the page whose text is in the upper third; "" for texts without pages."""
        if not self._content.pages:
            return ""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        index = self._piece_at_height(middle)
        offset = self._pieces[index].start if self._pieces else 0
        return self._content.pages[self._page_index(offset)].label

    def page_count(self) -> int:
        return len(self._content.pages)

    # -- painting and events --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        painter.fillRect(exposed, QColor(self.colours.desk))
        self._paint_sheet(painter)
        shown_pieces = list(self._shown_pieces())
        visible = self.visible_range()
        marks = [(mark, list(self.boxes(mark.range))) for mark in self.marks.between(*visible)]
        paint_marks(painter, marks, 1.0, self.colours.dark)
        chosen = self.selector.range
        if chosen is not None:
            paint_selection(painter, list(self.boxes(chosen)), self.colours, self.colours.dark)
        left = self._column()[0]
        for index, top in shown_pieces:
            piece = self._pieces[index]
            if piece.page is not None:
                self._paint_page_end(painter, piece.page, round(top))
            else:
                painter.setPen(QColor(self.colours.muted if piece.muted else self.colours.text))
                self._lines(index).layout.draw(painter, QPointF(left, top))
        self.paint_caret(painter)
        self.paint_overlays(painter, exposed)

    def _paint_sheet(self, painter: QPainter) -> None:
        left, width = self._sheet_sides()
        value = self.verticalScrollBar().value()
        bottom = max(self._tops[-1] + _AIR, self.viewport().height() - _SIDE + value)
        rect = QRect(left, _SIDE - value, width, round(bottom) - _SIDE)
        visible = QRect(left, max(rect.top(), -20), width, 0)
        visible.setBottom(min(rect.bottom(), self.viewport().height() + 20))
        paint_sheet(painter, Sheet(0, visible, 1.0, 1.0), self.colours, self.colours.dark)

    def _paint_page_end(self, painter: QPainter, label: str, top: int) -> None:
        """A hairline where a page ended, and which one begins."""
        left, width = self._sheet_sides()
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        text = say("p. {page}", page=label)
        middle = top + round(_PAGE_END * self._leading / 2)
        room = painter.fontMetrics().horizontalAdvance(text) + 16
        painter.setPen(QPen(QColor(self.colours.line), 1))
        painter.drawLine(left, middle, left + width - room - 8, middle)
        painter.setPen(QColor(self.colours.muted))
        painter.drawText(
            QRect(left + width - room - 8, middle - 10, room, 20), int(Qt.AlignmentFlag.AlignCenter), text
        )

    def _scrolled(self) -> None:
        if self._quiet:
            return
        self._settle()
        self.viewport().update()
        self.geometry_changed.emit()
        self.place_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = self._stay or self.place()
        if event.size().width() != event.oldSize().width():
            self._estimate()
        else:
            self._sum()
        if self.viewport().height() > 1:
            self._stay = None
        self._go(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.viewport().update()
