"""The kantlijn: beside the page a bracket for every annotation, with its themes' letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.colours import chip, mix
from kantlijn.ui.margin.density import STRIP
from kantlijn.ui.margin.lanes import Lanes, Letters
from kantlijn.ui.page.surface import Extent, Surface
from kantlijn.ui.page.view import Mark
from kantlijn.words import say

_GAP = 6  # between page and first bracket
_BRACKET = 7
_PITCH = 10
_CHIP = 17
_MOST_LETTERS = 4
_MOST = 120  # annotations shown in one viewport
_LEAST = 8  # a bracket is at least this high


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What hovering tells of an annotation. themes: (name, colour, letter) in order; quote made readable."""

    themes: tuple[tuple[str, str, str], ...]
    note: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A bracket with its chips, as laid out last; logical pixels of the viewport."""

    mark: Mark
    bracket: QRect
    chips: QRect


class Margin:
    """An Overlay of a reading view; what is clicked goes out as the view's mark_clicked."""

    def __init__(self, view: Surface, describe: Callable[[str], Card | None]) -> None:
        self._view = view
        self._describe = describe
        self._lanes = Lanes()
        self._stale = True
        self._zoom = ""
        self._hovered = ""
        self._drawn: list[_Drawn] = []
        view.geometry_changed.connect(self._moved)

    def _moved(self) -> None:
        self._stale = True

    # -- layout ---------------------------------------------------------------------------------------------

    def lay_out(self) -> list[_Drawn]:
        """Bracket and chips of every annotation in the viewport."""
        view = self._view
        if view.zoom() != self._zoom:
            self._lanes.forget()
            self._zoom = view.zoom()
        extents = [
            extent for extent in view.extents() if extent.bottom > 0 and extent.top < view.viewport().height()
        ]
        if len(extents) > _MOST:  # more would be a wall of letters; what is selected stays
            extents = [*(e for e in extents if e.mark.selected), *(e for e in extents if not e.mark.selected)][
                :_MOST
            ]
        lanes = self._lanes.assign(
            (extent.mark.id, extent.top, max(extent.bottom, extent.top + _LEAST)) for extent in extents
        )
        left, right = view.page_edge() + _GAP, view.viewport().width() - STRIP
        pitch = min(_PITCH, max(4, (right - left - _CHIP - 2) // (max(lanes.values(), default=0) + 1)))
        letters = Letters(left, right)
        return [self._one(extent, extents, lanes, left, pitch, letters) for extent in extents]

    def _one(
        self, extent: Extent, others: list[Extent], lanes: dict[str, int], left: int, pitch: int, letters: Letters
    ) -> _Drawn:
        mark, height = extent.mark, self._view.viewport().height()
        bracket = QRect(
            left + lanes[mark.id] * pitch, extent.top, _BRACKET, max(_LEAST, extent.bottom - extent.top)
        )
        beside = max(
            lanes[o.mark.id] for o in others if (o.top < extent.bottom and o.bottom > extent.top) or o is extent
        )
        many = min(max(1, len(mark.letters)), _MOST_LETTERS)
        tall = many * (_CHIP + 1) - 1
        top, bottom = max(2, extent.top - 4), min(height - 2, extent.bottom + 4)
        x = left + beside * pitch + _BRACKET + 1
        middle = (top + bottom) // 2 - tall // 2
        return _Drawn(mark, bracket, QRect(*letters.place(x, middle, (_CHIP, tall), top, bottom)))

    # -- Overlay --------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        if exposed.right() < self._view.page_edge():
            return
        if self._stale:
            self._drawn, self._stale = self.lay_out(), False
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for drawn in self._drawn:
            self._paint_bracket(painter, drawn)
        for drawn in self._drawn:
            self._paint_chips(painter, drawn)
        painter.restore()

    def _paint_bracket(self, painter: QPainter, drawn: _Drawn) -> None:
        mark, box = drawn.mark, QRectF(drawn.bracket)
        strong = mark.selected or mark.id == self._hovered
        pen = QPen(self._colour(mark, 0), 2.6 if strong else 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
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
        painter.drawPath(path)

    def _colour(self, mark: Mark, number: int) -> QColor:
        dark = self._view.colours.dark
        colour = mark.colours[number] if number < len(mark.colours) else self._view.colours.muted
        made = QColor(mix(colour, "#ffffff", 0.25) if dark else colour)
        made.setAlphaF(0.35 if mark.dimmed else 1.0)
        return made

    def _paint_chips(self, painter: QPainter, drawn: _Drawn) -> None:
        mark, colours = drawn.mark, self._view.colours
        letters = list(mark.letters) or [""]
        if len(letters) > _MOST_LETTERS:
            letters[_MOST_LETTERS - 1 :] = ["…"]
        painter.setFont(_letter_font())
        if mark.selected or mark.id == self._hovered:
            painter.setPen(QPen(QColor(colours.accent), 1.4) if mark.selected else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(drawn.chips).adjusted(-1.7, -1.7, 1.7, 1.7), 5.5, 5.5)
        painter.setOpacity(0.4 if mark.dimmed else 1.0)
        for number, letter in enumerate(letters):
            box = QRectF(drawn.chips.x(), drawn.chips.y() + number * (_CHIP + 1), _CHIP, _CHIP)
            colour = mark.colours[number] if number < len(mark.colours) else colours.muted
            ground, ink = chip(colour, colours.dark)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(ink))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letter)
        if mark.has_note:
            self._paint_dot(painter, QPointF(drawn.chips.right() + 0.5, drawn.chips.top() + 0.5))
        painter.setOpacity(1.0)

    def _paint_dot(self, painter: QPainter, at: QPointF) -> None:
        """There is a note."""
        painter.setPen(QPen(QColor(self._view.colours.desk), 1.4))
        painter.setBrush(QColor(self._view.colours.text))
        painter.drawEllipse(at, 3.4, 3.4)

    def _at(self, where: QPoint) -> Mark | None:
        """The annotation under a point of the margin: chips first, else the shortest bracket."""
        for drawn in self._drawn:
            if drawn.chips.adjusted(-1, -1, 1, 1).contains(where):
                return drawn.mark
        brackets = [d for d in self._drawn if d.bracket.adjusted(-2, -2, 2, 2).contains(where)]
        return min(brackets, key=lambda d: d.bracket.height()).mark if brackets else None

    def press(self, where: QPoint) -> bool:
        mark = self._at(where)
        if mark is None:
            return False
        add = self._view.modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self._view.mark_clicked.emit(mark.id, bool(add))
        return True

    def hover(self, where: QPoint) -> bool:
        mark = self._at(where)
        name = mark.id if mark else ""
        if name != self._hovered:
            self._hovered = name
            self._view.viewport().update()
        return bool(name)

    def tip(self, where: QPoint) -> str:
        mark = self._at(where)
        card = self._describe(mark.id) if mark else None
        return card_html(card) if card else ""


def _letter_font() -> QFont:
    font = fonts.chrome(10.5, QFont.Weight.DemiBold)
    font.setPixelSize(11)
    return font


_QUOTE, _NOTE = 180, 240  # code points shown


def card_html(card: Card) -> str:
    """The tooltip: themes with their colours, the note, the beginning of the quote."""
    rows = (
        "".join(
            f'<div><span style="color:{escape(colour)}">■</span> <b>{escape(letter)}</b> {escape(name)}</div>'
            for name, colour, letter in card.themes
        )
        or f"<div>{escape(say('No theme yet'))}</div>"
    )
    note = f'<div style="margin-top:6px">{escape(_start(card.note, _NOTE))}</div>' if card.note.strip() else ""
    quote = f'<div style="margin-top:6px"><i>“{escape(_start(card.quote, _QUOTE))}”</i></div>'
    return f'<div style="width:280px">{rows}{note}{quote}</div>'


def _start(text: str, length: int) -> str:
    """Its first words, at most this many code points."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
