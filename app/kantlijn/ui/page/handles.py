"""The knobs of the one selected annotation: dragging its ends, or the edges of an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kantlijn.text.boundaries import word_at
from kantlijn.text.within import Box, box_of, quad_of

if TYPE_CHECKING:
    from kantlijn.ui.page.surface import Surface
    from kantlijn.ui.page.view import Mark

_REACH = 8.0  # pixels around a knob that take hold of it
_KNOB = 4.5
_EDGE = 4.0  # pixels around an area's frame that move it
_LEAST = 4.0  # points an area keeps


class Handles:
    """Takes the mouse before selecting does. Pixels are the viewport's logical ones."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._held = ""
        self._mark: Mark | None = None
        self._begin: tuple[float, float] | None = None
        self.area: tuple[int, Box] | None = None

    @property
    def busy(self) -> bool:
        return bool(self._held)

    def _chosen(self) -> Mark | None:
        """The one selected annotation, if it may be changed here."""
        selected = self._view.marks.selected
        return selected[0] if self._view.editable and len(selected) == 1 else None

    def knobs(self) -> list[tuple[str, QPointF]]:
        """Name and middle of each knob that shows."""
        mark = self._chosen()
        if mark is None:
            return []
        if mark.areas:
            return self._around(*self._box(mark))
        start, end = self._view.dragged or mark.range
        found = []
        for name, offset in (("start", start), ("end", end)):
            caret = self._view.caret_box(offset)
            if not caret.isEmpty():
                x = caret.center().x()
                found.append((name, QPointF(x, caret.top() if name == "start" else caret.bottom())))
        return found

    def _frame(self, mark: Mark) -> QRectF | None:
        return self._view.area_rect(*self._box(mark))

    def _box(self, mark: Mark) -> tuple[int, Box]:
        """Page and box of an area, as it is being dragged."""
        return self.area or (mark.areas[0][0], box_of(mark.areas[0][1]))

    def _around(self, page: int, box: Box) -> list[tuple[str, QPointF]]:
        """The eight knobs of a box, named by the sides of the page, however that is turned."""
        x0, y0, x1, y1 = box
        found = []
        for down, y in (("top", y0), ("", (y0 + y1) / 2), ("bottom", y1)):
            for across, x in (("left", x0), ("", (x0 + x1) / 2), ("right", x1)):
                spot = self._view.area_rect(page, (x, y, x, y)) if down or across else None
                if spot is not None:
                    found.append((f"{down} {across}".strip(), spot.center()))
        return found

    def _at(self, where: QPointF) -> str:
        near = [(_distance(where, middle), name) for name, middle in self.knobs()]
        best = min(near, default=(_REACH + 1, ""))
        if best[0] <= _REACH:
            return best[1]
        mark = self._chosen()
        if mark is not None and mark.areas:
            frame = self._frame(mark)
            if frame is not None and _on_frame(frame, where):
                return "move"
        return ""

    def cursor(self, where: QPointF) -> Qt.CursorShape | None:
        """The shape of the mouse over a knob."""
        name = self._at(where)
        mark = self._chosen()
        if name in ("", "start", "end", "move") or mark is None:
            return _CURSORS.get(name)
        frame = self._frame(mark)
        return _towards(where - frame.center(), frame) if frame is not None else None

    def press(self, where: QPointF) -> bool:
        """Take hold of a knob, if there is one."""
        self._held = self._at(where)
        self._mark = self._chosen()
        if not self._held or self._mark is None:
            self._held = ""
            return False
        if self._mark.areas:
            page, quad = self._mark.areas[0]
            self.area, self._begin = (page, box_of(quad)), self._view.page_point(page, where)
        else:
            self._view.dragged = self._mark.range
        return True

    def move(self, where: QPointF, *, by_letter: bool) -> None:
        """Follow the mouse; ends go by word unless by_letter."""
        if self._mark is None:
            return
        if self._mark.areas:
            self._move_area(where)
        else:
            offset = self._view.offset_at(where)
            if offset is not None:
                self._move_end(offset, by_letter)
        self._view.viewport().update()

    def _move_end(self, offset: int, by_letter: bool) -> None:
        assert self._mark is not None
        start, end = self._mark.range
        selector = self._view.selector
        if not by_letter and 0 < offset < len(selector.text):
            first, last = word_at(selector.text, offset, selector.auxiliary)
            inside = selector.text[first:last].strip() and first < offset < last
            if inside:
                offset = first if self._held == "start" else last
        if self._held == "start":
            self._view.dragged = (min(offset, end - 1), end)
        else:
            self._view.dragged = (start, max(offset, start + 1))

    def _move_area(self, where: QPointF) -> None:
        assert self._mark is not None
        page, (x0, y0, x1, y1) = self._mark.areas[0][0], box_of(self._mark.areas[0][1])
        begin, now = self._begin, self._view.page_point(page, where)
        if begin is None or now is None:
            return
        dx, dy = now[0] - begin[0], now[1] - begin[1]
        width, height = self._view.page_size(page)
        if self._held == "move":
            dx, dy = min(max(dx, -x0), width - x1), min(max(dy, -y0), height - y1)
            self.area = (page, (x0 + dx, y0 + dy, x1 + dx, y1 + dy))
            return
        if "left" in self._held:
            x0 = min(max(0.0, x0 + dx), x1 - _LEAST)
        if "right" in self._held:
            x1 = max(min(width, x1 + dx), x0 + _LEAST)
        if "top" in self._held:
            y0 = min(max(0.0, y0 + dy), y1 - _LEAST)
        if "bottom" in self._held:
            y1 = max(min(height, y1 + dy), y0 + _LEAST)
        self.area = (page, (x0, y0, x1, y1))

    def release(self) -> None:
        """Let go: tell where the ends or edges are now, if they moved."""
        mark, preview, area = self._mark, self._view.dragged, self.area
        self.cancel()
        if mark is None:
            return
        if mark.areas and area is not None and area != (mark.areas[0][0], box_of(mark.areas[0][1])):
            self._view.area_dragged.emit(mark.id, area[0], quad_of(area[1]))
        elif preview is not None and preview != mark.range:
            self._view.passage_dragged.emit(mark.id, preview)

    def cancel(self) -> None:
        """Let go without changing anything."""
        self._held, self._mark, self._view.dragged, self.area = "", None, None, None
        self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """The knobs, over everything on the page."""
        knobs = self.knobs()
        if not knobs:
            return
        colours = self._view.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.raised), 1.5))
        painter.setBrush(QColor(colours.accent))
        for _, middle in knobs:
            painter.drawEllipse(middle, _KNOB, _KNOB)
        painter.restore()


_CURSORS = {
    "start": Qt.CursorShape.SizeHorCursor,
    "end": Qt.CursorShape.SizeHorCursor,
    "move": Qt.CursorShape.SizeAllCursor,
}


def _towards(way: QPointF, frame: QRectF) -> Qt.CursorShape:
    """The arrows for a knob this way from the middle of the frame."""
    if abs(way.x()) < frame.width() / 4:
        return Qt.CursorShape.SizeVerCursor
    if abs(way.y()) < frame.height() / 4:
        return Qt.CursorShape.SizeHorCursor
    return Qt.CursorShape.SizeFDiagCursor if way.x() * way.y() > 0 else Qt.CursorShape.SizeBDiagCursor


def _distance(one: QPointF, two: QPointF) -> float:
    return max(abs(one.x() - two.x()), abs(one.y() - two.y()))


def _on_frame(frame: QRectF, where: QPointF) -> bool:
    outside = frame.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
    inside = frame.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    return outside.contains(where) and not inside.contains(where)
