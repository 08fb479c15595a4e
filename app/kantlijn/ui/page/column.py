"""A column of flowing text: pieces below each other, laid out as they come into view."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from operator import add
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Content
from kantlijn.text.flow import Piece, shown
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


class Ties(Protocol):
    """What a column asks when it is tied to another version's, so that both stand level."""

    def measure(self) -> None: ...
    def settle(self, leader: Column) -> None: ...
    def reading(self, view: Column) -> Column: ...
    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Held:
    """A piece that stays where it is: how high in the viewport. sure: it was laid out, so it was there before."""

    index: int
    above: float
    sure: bool


class Column(ReadingView):
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
        self.level: Ties | None = None
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

    # -- scrolling ------------------------------------------------------------------------------------------

    def factor(self) -> float:
        """How much larger than the chosen size the letters are."""
        return 1.0 if self._zoom in ("width", "page", "trim") else float(self._zoom)

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
