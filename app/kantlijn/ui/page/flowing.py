"""Where flowing text stands in the viewport, and going about in it; thousands of paragraphs at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent

from kantlijn.model.document import Range
from kantlijn.ui.page.column import AIR, SIDE, Column
from kantlijn.ui.page.view import Place

_LEAST, _MOST = 0.5, 4.0


class Flowing(Column):
    """A column that answers what is where. What shows never moves for heights that were guessed."""

    # -- what ReadingView asks ------------------------------------------------------------------------------

    def offset_at(self, where: QPointF) -> int | None:
        if not self.pieces:
            return None
        y = where.y() + self.verticalScrollBar().value()
        index = self._readable(self.piece_at_height(y))
        if index is None:
            return None
        piece, lines = self.pieces[index], self.lines_of(index)
        down = y - self.tops[index] - self._space(index)
        if index == len(self.pieces) - 1 and down > lines.height:
            return piece.end
        return int(piece.start) + int(lines.position_at(where.x() - self.column()[0], down))

    def _readable(self, index: int) -> int | None:
        """The nearest piece from this one on, else before it, that is neither furniture nor a page's end."""
        around: list[int] = [*range(index, min(index + 12, len(self.pieces))), *range(index - 1, -1, -1)]
        for other in around:
            piece = self.pieces[other]
            if not piece.muted and piece.page is None:
                return other
        return None

    def on_text(self, where: QPointF) -> bool:
        left, width = self.column()
        if not left - 4 <= where.x() <= left + width + 4:
            return False
        return any(
            self.pieces[index].page is None and top <= where.y() <= top + self.lines_of(index).height
            for index, top in self.shown_pieces()
        )

    def boxes(self, wanted: Range) -> list[QRectF]:
        left = self.column()[0]
        found: list[QRectF] = []
        furniture: list[QRectF] = []
        for index, top in self.shown_pieces(around=0.5):
            piece = self.pieces[index]
            start, end = max(wanted[0], piece.start), min(wanted[1], piece.end)
            if start < end and piece.page is None:
                boxes = self.lines_of(index).boxes(start - piece.start, end - piece.start)
                (furniture if piece.muted else found).extend(box.translated(left, top) for box in boxes)
        return found or furniture

    def caret_box(self, offset: int) -> QRectF:
        if not self.pieces:
            return QRectF()
        index = self._piece_of(offset)
        for shown_index, top in self.shown_pieces(around=0.5):
            if shown_index == index:
                box = self.lines_of(index).caret(self._within(index, offset))
                return box.translated(self.column()[0], top)
        return QRectF()

    def _within(self, index: int, offset: int) -> int:
        piece = self.pieces[index]
        return min(max(0, offset - piece.start), piece.end - piece.start)

    def line_step(self, offset: int, down: bool) -> int:
        if not self.pieces:
            return offset
        index = self._piece_of(offset)
        lines, within = self.lines_of(index), self._within(index, offset)
        if self.goal is None:
            self.goal = lines.x_of(within)
        line = lines.line_at(within) + (1 if down else -1)
        if 0 <= line < len(lines.lines):
            return self.pieces[index].start + lines.position_on(line, self.goal)
        index += 1 if down else -1
        while 0 <= index < len(self.pieces):
            piece = self.pieces[index]
            if piece.page is None and not piece.muted:
                lines = self.lines_of(index)
                return piece.start + lines.position_on(0 if down else len(lines.lines) - 1, self.goal)
            index += 1 if down else -1
        return offset

    def line_ends(self, offset: int) -> Range:
        if not self.pieces:
            return (0, 0)
        index = self._piece_of(offset)
        lines = self.lines_of(index)
        start, end = lines.ends(lines.line_at(self._within(index, offset)))
        return self.pieces[index].start + start, self.pieces[index].start + end

    def share_of(self, offset: int) -> float:
        if not self.pieces:
            return 0.0
        index = self._piece_of(offset)
        piece = self.pieces[index]
        part = self._within(index, offset) / max(1, piece.end - piece.start)
        down = self.gaps[index] + part * self.heights[index]
        return (self.tops[index] + down) / (self.tops[-1] + AIR + SIDE)

    def page_edge(self) -> int:
        left, width = self.sheet_sides()
        return left + width

    def visible_range(self) -> Range:
        """From the first line that shows to the last."""
        height, first, last = self.viewport().height(), -1, 0
        for index, top in self.shown_pieces():
            piece, lines = self.pieces[index], self.lines_of(index)
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
        if first < 0 and self.pieces:  # but a gap, or the air before the text
            first = self.pieces[self.piece_at_height(self.verticalScrollBar().value())].start
        return (max(0, first), max(last, first, 0))

    # -- going about ----------------------------------------------------------------------------------------

    def _refont(self, go_back: Callable[[], None]) -> None:
        self._set_font()
        self._estimate()
        go_back()

    def _kept(self) -> Callable[[], None]:
        """The way back to what is being read: here, or in the view that this one is level with."""
        if self._stay is None and self.level is not None:
            reader = self.level.reading(self)
            if reader is not self:
                return partial(reader.go_to, reader.place())
        return partial(self._go, self._stay or self.place())

    def zoom(self) -> str:
        return self._zoom

    def set_zoom(self, zoom: str) -> None:
        go_back = self._kept()
        self._zoom = _within_reach(zoom)
        self._refont(go_back)

    def zoom_at(self, factor: float, where: QPointF) -> None:
        offset = self.offset_at(where)
        self._zoom = _within_reach(str(self.factor() * factor))
        self._refont(partial(self._go, Place(offset=offset or 0)))
        if offset is not None:
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + self.caret_box(offset).center().y() - where.y()))

    @abstractmethod
    def page_index(self, offset: int) -> int:
        """The page an offset is on; 0 for texts without pages."""

    def place(self) -> Place:
        return Place(offset=self._top_offset(), page=self.page_index(self._top_offset()), zoom=self._zoom)

    def _top_offset(self) -> int:
        return self.visible_range()[0] if self.verticalScrollBar().value() else 0

    def go_to(self, place: Place) -> None:
        self._stay = place if self.viewport().height() < 2 else None
        if place.zoom != self._zoom:
            self._zoom = _within_reach(place.zoom)
            self._refont(partial(self._go, place))
        else:
            self._go(place)

    def _go(self, place: Place) -> None:
        offset = place.offset
        pages = self.content.pages
        if not offset and 0 < place.page < len(pages):
            offset = pages[place.page].range[0]
        self._scroll_to(self._line_top(offset) - (AIR + SIDE if not offset else 6))

    def _line_top(self, offset: int) -> float:
        """Where the offset's line stands in the whole column of text."""
        if not self.pieces:
            return 0.0
        index = self._piece_of(offset)
        lines = self.lines_of(index)
        return self.tops[index] + self._space(index) + lines.line_at(self._within(index, offset)) * lines.leading

    def _scroll_to(self, y: float) -> None:
        self.scroll_quietly(round(y))
        self.scrolled()

    def reveal(self, wanted: Range) -> None:
        """Bring a range into view, its beginning at a third of the height unless it shows already."""
        self._show(wanted[0], 48, 0.33)

    def show_offset(self, offset: int) -> None:
        self._show(offset, 24, None)

    def _show(self, offset: int, margin: int, height: float | None) -> None:
        for _ in range(2):  # what was guessed on the way there is known the second time
            top = self._line_top(offset)
            bar, room = self.verticalScrollBar(), self.viewport().height()
            bottom = top + self.leading
            if top - margin >= bar.value() and bottom + margin <= bar.value() + room:
                return
            if height is not None:
                self._scroll_to(top - height * room)
            else:
                self._scroll_to(top - margin if top - margin < bar.value() else bottom + margin - room)

    # -- events -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        go_back = self._kept()
        if event.size().width() != event.oldSize().width():
            self._estimate()
        else:
            self.sum_up()
        if self.viewport().height() > 1:
            self._stay = None
        go_back()


def _within_reach(zoom: str) -> str:
    """A zoom that letters can have; what is fitted is their own size."""
    return zoom if zoom in ("width", "page", "trim") else f"{min(max(float(zoom), _LEAST), _MOST):.4g}"
