"""The kantlijn: beside the page a bracket for every annotation, with its themes' letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from kantlijn.ui.margin.brackets import CHIP, GLYPH, MOST_LETTERS, Drawn, paint_bracket, paint_chips
from kantlijn.ui.margin.card import Card, cards_html
from kantlijn.ui.margin.density import STRIP
from kantlijn.ui.margin.lanes import Lanes, Letters, crowds
from kantlijn.ui.margin.related import RelatedPopup
from kantlijn.ui.page.surface import Extent, Surface
from kantlijn.ui.page.view import Mark

_GAP = 6  # between page and first bracket
_BRACKET, _PITCH = 7, 10
_NARROW = 5  # the least pitch of lanes
_LANES = 8
_SINGLE = 80  # annotations of one viewport that may have a bracket each
_LEAST = 8  # a bracket is at least this high


class Margin:
    """An Overlay of a reading view; what is clicked goes out as the view's mark_clicked or relation_wanted."""

    def __init__(self, view: Surface, describe: Callable[[str], Card | None]) -> None:
        self._view = view
        self._describe = describe
        self._lanes = Lanes()
        self._stale = True
        self._zoom = ""
        self._hovered: Drawn | None = None
        self._drawn: list[Drawn] = []
        self._cycled: tuple[tuple[str, ...], int] = ((), 0)
        self._popup: RelatedPopup | None = None
        view.geometry_changed.connect(self._moved)

    def _moved(self) -> None:
        self._stale = True

    # -- layout ---------------------------------------------------------------------------------------------

    def lay_out(self) -> list[Drawn]:
        """Bracket and chips of every annotation in the viewport; those for which there is no lane as crowds."""
        view = self._view
        if view.zoom() != self._zoom:
            self._lanes.forget()
            self._zoom = view.zoom()
        height = view.viewport().height()
        extents = {one.mark.id: one for one in view.extents() if one.bottom > 0 and one.top < height}
        spans = [(name, one.top, max(one.bottom, one.top + _LEAST)) for name, one in extents.items()]
        left, right = view.page_edge() + _GAP, view.viewport().width() - STRIP
        space = max(_NARROW, right - left - CHIP - 2)
        most = min(_LANES, max(1, space // _NARROW - 1))
        lanes = self._lanes.assign(spans[:_SINGLE], most)
        rest = [span for span in spans if span[0] not in lanes]
        columns = max(lanes.values(), default=0) + 1 + bool(rest)
        pitch = min(_PITCH, max(_NARROW, space // columns))
        letters = Letters(left, right)
        wide = min(_BRACKET, pitch - 1)
        gathered = crowds(rest)
        single = [span for span in spans if span[0] in lanes]
        found = []
        for name, top, bottom in single:
            beside = max(lanes[other] for other, a, b in single if (a < bottom and b > top) or other == name)
            if any(a < bottom and b > top for _, a, b in gathered):
                beside = columns - 1
            bracket = QRect(left + lanes[name] * pitch, top, wide, bottom - top)
            found.append(self._one(extents[name], bracket, left + beside * pitch + wide + 1, letters))
        for names, top, bottom in gathered:
            bracket = QRect(left + (columns - 1) * pitch, top, wide, bottom - top)
            found.append(self._crowd([extents[name].mark for name in names], bracket, letters))
        return found

    def _one(self, extent: Extent, bracket: QRect, x: int, letters: Letters) -> Drawn:
        mark = extent.mark
        tall = min(max(1, len(mark.letters)), MOST_LETTERS) * (CHIP + 1) - 1
        whole = tall + (GLYPH if mark.relations else 0)
        box = self._place(bracket, x, whole, letters)
        chips = QRect(box.x(), box.y(), CHIP, tall)
        link = QRect(box.x(), box.y() + tall, CHIP, GLYPH) if mark.relations else QRect()
        return Drawn((mark,), bracket, chips, link)

    def _crowd(self, marks: list[Mark], bracket: QRect, letters: Letters) -> Drawn:
        return Drawn(tuple(marks), bracket, self._place(bracket, bracket.right() + 2, CHIP, letters), QRect())

    def _place(self, bracket: QRect, x: int, tall: int, letters: Letters) -> QRect:
        """Room for chips this tall, in the middle of what shows of the bracket."""
        height = self._view.viewport().height()
        top, bottom = max(2, bracket.top() - 4), min(height - 2, bracket.bottom() + 5)
        middle = (top + bottom) // 2 - tall // 2
        return QRect(*letters.place(x, middle, (CHIP, tall), top, bottom))

    # -- Overlay --------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        if exposed.right() < self._view.page_edge():
            return
        if self._stale:
            self._drawn, self._stale = self.lay_out(), False
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._view.colours
        faint = {id(drawn) for drawn in self._drawn if not any(self._view.in_lens(mark) for mark in drawn.marks)}
        for draw in (paint_bracket, paint_chips):
            for drawn in self._drawn:
                draw(painter, drawn, colours, lit=self._is_lit(drawn), faint=id(drawn) in faint)
        painter.restore()

    def _is_lit(self, drawn: Drawn) -> bool:
        return self._hovered is not None and drawn.mark.id == self._hovered.mark.id

    def _at(self, where: QPoint) -> Drawn | None:
        """What is under a point of the margin: chips first, else the shortest bracket."""
        for drawn in self._drawn:
            if drawn.chips.united(drawn.link).adjusted(-1, -1, 1, 1).contains(where):
                return drawn
        brackets = [d for d in self._drawn if d.bracket.adjusted(-2, -2, 2, 2).contains(where)]
        return min(brackets, key=lambda d: d.bracket.height(), default=None)

    def press(self, where: QPoint) -> bool:
        drawn = self._at(where)
        if drawn is None:
            return False
        if drawn.link.contains(where):
            self._show_relations(drawn)
            return True
        add = self._view.modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self._view.mark_clicked.emit(self._next_of(drawn), bool(add))
        return True

    def _next_of(self, drawn: Drawn) -> str:
        """The annotation that a click means: of a crowd the next at every click."""
        ids = tuple(mark.id for mark in drawn.marks)
        before, turn = self._cycled
        turn = (turn + 1) % len(ids) if ids == before else 0
        self._cycled = (ids, turn)
        return ids[turn]

    def _show_relations(self, drawn: Drawn) -> None:
        """What the annotation is related to, to be followed; a single one is followed at once."""
        card = self._describe(drawn.mark.id)
        if card is None or not card.relations:
            return
        view = self._view
        if len(card.relations) == 1:
            one = card.relations[0]
            view.relation_wanted.emit(one.annotation, one.version, one.range)
            return
        self._popup = RelatedPopup(card.relations, view)
        self._popup.chosen.connect(view.relation_wanted)
        self._popup.come(view.viewport().mapToGlobal(drawn.link.bottomRight()))

    def drag(self, where: QPoint) -> None:
        """Nothing in the margin is dragged."""

    def hover(self, where: QPoint) -> bool:
        drawn = self._at(where)
        if (drawn and drawn.mark.id) != (self._hovered and self._hovered.mark.id):
            self._hovered = drawn
            self._view.viewport().update()
        return drawn is not None

    def tip(self, where: QPoint) -> str:
        """What is under the mouse: a bracket's annotations, or all those that lie over these words."""
        drawn = self._at(where)
        if drawn is not None:
            marks = list(drawn.marks)
        elif where.x() > self._view.page_edge():
            return ""
        else:
            marks = self._view.marks_at(QPointF(where))
        cards = [card for mark in marks[:40] if (card := self._describe(mark.id)) is not None]
        return cards_html(cards, quote=drawn is not None) if cards else ""
