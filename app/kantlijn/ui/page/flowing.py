"""Where flowing text stands in the viewport, and going about in it; thousands of paragraphs at once."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from operator import add

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Content, Range
from kantlijn.text.flow import Piece, shown
from kantlijn.ui.page.level import Level
from kantlijn.ui.page.reading_view import ReadingView
from kantlijn.ui.page.text_lines import TextLines
from kantlijn.ui.page.type_sizes import TypeSizes
from kantlijn.ui.page.view import Place

_FAMILIES = {
    "serif": ["Source Serif 4", "Source Serif Pro", "Libertinus Serif", "Noto Serif", "DejaVu Serif", "serif"],
    "sans": ["Inter", "Noto Sans", "DejaVu Sans", "sans-serif"],
}
SIDE, _PAD, AIR = 14, 48, 40  # desk beside the sheet, air in it beside and above the text
_LEADING = 1.55
PAGE_END = 2.6  # lines a page's end takes in text mode
_KEPT = 400
_LEAST, _MOST = 0.5, 4.0


@dataclass(frozen=True, slots=True)
class Held:
    """A piece that stays where it is: how high in the viewport. sure: it was laid out, so it was there before."""

    index: int
    above: float
    sure: bool


class Flowing(ReadingView):
    """A column of pieces. Heights of pieces not shown yet are estimates; what shows never moves for them."""

    def __init__(
        self, parent: QWidget | None = None, *, size: int = 11, width: int = 76, face: str = "serif"
    ) -> None:
        super().__init__(parent)
        self.content = Content(extractor="", mime="", text="")
        self.sizes = TypeSizes(self.content)
        self.pieces: list[Piece] = []
        self._starts: list[int] = []
        self.heights = array("d")
        self.gaps = array("d", (0.0,))
        """Room left before each piece, and after the last, where another version has text that this one lacks."""
        self.lacking: frozenset[int] = frozenset()
        """The pieces before which a gap is for such text; other gaps only make up for lines broken elsewhere."""
        self.level: Level | None = None
        self.grown: list[int] = []  # heights that are others since they were summed up
        self.tops = array("d", (0.0,))
        self._laid: OrderedDict[int, TextLines] = OrderedDict()
        self._size, self._measure, self._face = size, width, face
        self._zoom = "width"
        self.quiet = False
        self._stay: Place | None = None
        self._set_font()
        bar = self.verticalScrollBar()
        bar.setSingleStep(40)
        bar.valueChanged.connect(self.scrolled)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _refont(self, reader: Flowing, place: Place) -> None:
        self._set_font()
        self._estimate()
        reader._go(place)

    def _kept(self) -> tuple[Flowing, Place]:
        """What is being read, and in which view: this one, or the one it is level with."""
        if self._stay is not None:
            return self, self._stay
        reader = self.level.reading(self) if self.level is not None else self
        return reader, reader.place()

    def _set_font(self) -> None:
        self._font = QFont()
        self._font.setFamilies(_FAMILIES[self._face])
        self._font.setPixelSize(max(6, round(self._size * 96 / 72 * self.factor())))
        self._font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(self._font)
        self.leading = ceil(self._font.pixelSize() * _LEADING)
        self._letter = metrics.horizontalAdvance("abcdefghijklmnopqrstuvwxyz ") / 27

    # -- geometry -------------------------------------------------------------------------------------------

    def column(self) -> tuple[int, int]:
        """Left and width of the column of text in the viewport."""
        left, width = self.sheet_sides()
        pad = min(_PAD, width // 10)
        return left + pad, width - 2 * pad

    def sheet_sides(self) -> tuple[int, int]:
        space = max(120, self.viewport().width() - self.gutter)
        width = min(space - 2 * SIDE, round(self._measure * self._letter) + 2 * _PAD)
        return (space - width) // 2, width

    def _estimate(self) -> None:
        """Guess every height anew: another width or font."""
        self._laid.clear()
        fits = max(8.0, self.column()[1] / self._letter)
        lines = self.leading
        self.heights = array("d", (
            PAGE_END * lines if piece.page is not None
            else (ceil((piece.end - piece.start) / fits) + piece.space) * lines
            for piece in self.pieces
        ))  # fmt: skip
        if self.level is not None:
            self.level.measure()
        else:
            self.gaps = array("d", bytes(8 * (len(self.pieces) + 1)))
            self.sum_up()

    def sum_up(self) -> None:
        """Where pieces begin, by what is known of their heights and gaps."""
        self.grown.clear()
        self.tops = array("d", accumulate(map(add, self.heights, self.gaps), initial=float(AIR + SIDE)))
        self.tops[-1] += self.gaps[-1]
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self.quiet = True
        bar.setPageStep(height)
        bar.setRange(0, max(0, round(self.tops[-1]) + AIR + SIDE - height))
        self.quiet = False

    def air(self, index: int) -> float:
        """Air before the piece's text, gaps left out; none where all pieces end."""
        return self.pieces[index].space * self.leading if index < len(self.pieces) else 0.0

    def _space(self, index: int) -> float:
        return self.gaps[index] + self.air(index)

    def lines_of(self, index: int) -> TextLines:
        """The piece laid out; its true height replaces the estimate."""
        laid = self._laid.get(index)
        if laid is not None:
            self._laid.move_to_end(index)
            return laid
        piece = self.pieces[index]
        text = "" if piece.page is not None else shown(self.content.text, piece)
        size = self.sizes.of(piece)
        laid = self._laid[index] = TextLines(
            text, self._font_of(size), self.column()[1], ceil(self.leading * min(size, 1.3)),
            hang=piece.hang,
        )
        if len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        height = laid.height + self.air(index)
        if piece.page is None and self.heights[index] != height:
            self.heights[index] = height
            self.grown.append(index)
        return laid

    def _font_of(self, size: float) -> QFont:
        """The face at this factor of its size; headings bolder."""
        font = QFont(self._font)
        font.setPixelSize(max(6, round(self._font.pixelSize() * size)))
        if size > 1:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def piece_at_height(self, y: float) -> int:
        return min(max(0, bisect_right(self.tops, y) - 1), max(0, len(self.pieces) - 1))

    def _piece_of(self, offset: int) -> int:
        """The piece that holds an offset, or the one before it; never a page's end."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        while index + 1 < len(self.pieces) and self.pieces[index].page is not None:
            index += 1
        return index

    def _settle(self) -> None:
        """Lay out what shows. Where estimates were wrong, what a reader was looking at stays where it is."""
        if self.level is not None:
            self.level.settle(self)
            return
        for _ in range(3):
            held = self.held()
            self.lay_out()
            if not self.grown:
                return
            self.sum_up()
            self.keep(held)

    def lay_out(self) -> None:
        """Learn the heights of what shows and of what comes next."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        index = self.piece_at_height(value)
        y = self.tops[index] - value
        while index < len(self.pieces) and y < 1.5 * height:
            self.lines_of(index)
            y += self.gaps[index] + self.heights[index]
            index += 1

    def held(self) -> Held:
        """The first piece in the viewport whose height is known: it was there before; else the first."""
        value = self.verticalScrollBar().value()
        bottom = value + self.viewport().height()
        first = index = self.piece_at_height(value) if value < self.tops[-1] - self.gaps[-1] else len(self.pieces)
        while index < len(self.pieces) and self._below_gap(index) < bottom:
            if index in self._laid:
                return Held(index, self._below_gap(index) - value, sure=True)
            index += 1
        return Held(first, self._below_gap(first) - value, sure=False)

    def keep(self, held: Held) -> None:
        """Scroll so that it stands where it stood; of a piece in view a pixel at least stays there."""
        above = held.above
        if held.index < len(self.pieces):
            above = max(above, 1 - self.heights[held.index])
        self.scroll_quietly(round(self._below_gap(held.index) - above))

    def _below_gap(self, index: int) -> float:
        return self.tops[index] + (self.gaps[index] if index < len(self.pieces) else 0.0)

    def scroll_quietly(self, value: int) -> None:
        """Scroll, and let nobody know."""
        was, self.quiet = self.quiet, True
        self.verticalScrollBar().setValue(value)
        self.quiet = was

    # -- beside another version -----------------------------------------------------------------------------

    def stand_alone(self) -> None:
        """No gaps any more; what is read stays where it is."""
        held = self.held()
        self.level, self.lacking = None, frozenset()
        self.gaps = array("d", bytes(8 * (len(self.pieces) + 1)))
        self.sum_up()
        self.keep(held)
        self.scrolled()

    def top_gap(self) -> float:
        """How much of the viewport's top is a gap."""
        return max(0.0, self.held().above)

    def shown_gaps(self) -> Iterator[tuple[float, float]]:
        """Top and height in the viewport of the gaps that show where this version lacks text."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        for index in range(self.piece_at_height(value), len(self.pieces) + 1):
            gap = self.gaps[index]
            top = self.tops[index] - value - (gap if index == len(self.pieces) else 0.0)
            if top >= height:
                return
            if index in self.lacking and gap >= self.leading / 2:
                yield top, gap

    def shown_pieces(self, around: float = 0.0) -> Iterator[tuple[int, float]]:
        """Index and top in the viewport (of its text, air above left out) of the pieces that show."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        index = self.piece_at_height(value - around * height)
        while index < len(self.pieces) and self.tops[index] < value + (1 + around) * height:
            yield index, self.tops[index] - value + self._space(index)
            index += 1

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

    def factor(self) -> float:
        """How much larger than the chosen size the letters are."""
        return 1.0 if self._zoom in ("width", "page", "trim") else float(self._zoom)

    def zoom(self) -> str:
        return self._zoom

    def set_zoom(self, zoom: str) -> None:
        kept = self._kept()
        self._zoom = _within_reach(zoom)
        self._refont(*kept)

    def zoom_at(self, factor: float, where: QPointF) -> None:
        offset = self.offset_at(where)
        self._zoom = _within_reach(str(self.factor() * factor))
        self._refont(self, Place(offset=offset or 0))
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
            self._refont(self, place)
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

    def scrolled(self) -> None:
        """It stands elsewhere now."""
        if not self.quiet:
            if self.pieces:
                self._settle()
            self.tell_moved()

    def tell_moved(self) -> None:
        """Repaint, and say that things stand elsewhere."""
        self.viewport().update()
        self.geometry_changed.emit()
        self.place_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        reader, place = self._kept()
        if event.size().width() != event.oldSize().width():
            self._estimate()
        else:
            self.sum_up()
        if self.viewport().height() > 1:
            self._stay = None
        reader._go(place)


def _within_reach(zoom: str) -> str:
    """A zoom that letters can have; what is fitted is their own size."""
    return zoom if zoom in ("width", "page", "trim") else f"{min(max(float(zoom), _LEAST), _MOST):.4g}"
