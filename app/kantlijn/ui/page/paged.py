"""Where pages and their text stand in the viewport, and going about in them. Nothing is painted here."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Range
from kantlijn.model.layer import Quad
from kantlijn.ui.page.layers import Layers
from kantlijn.ui.page.leafing import Leafing
from kantlijn.ui.page.page_paint import Sheet
from kantlijn.ui.page.reading_view import ReadingView
from kantlijn.ui.page.sheets import LEAST, MOST, Room, Sheets
from kantlijn.ui.page.view import Layout, Place

_POINT = 96 / 72  # logical pixels per point at 100 %
_SIDE, _GAP = 14, 14
_SAMPLED = 40  # pages looked at for the margins to trim
_TRIM_AIR = 8  # points left beside the text


class Paged(ReadingView):
    """A stack of pages with their text. Positions inside are device pixels; outside, logical ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = Sheets(())
        self.labels: tuple[str, ...] = ()
        self.layers = Layers()
        self._zoom = "width"
        self._stay: Place | None = None
        self._arranging = False
        self._leafing = Leafing()
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(40)
            bar.valueChanged.connect(self.scrolled)

    # -- geometry -------------------------------------------------------------------------------------------

    @property
    def ratio(self) -> float:
        return self.viewport().devicePixelRatioF()

    def _room(self) -> Room:
        size, ratio = self.viewport().size(), self.ratio
        width = max(1, size.width() - self.gutter)
        return Room(round(width * ratio), round(size.height() * ratio), round(_SIDE * ratio), round(_GAP * ratio))

    def arrange(self) -> None:
        """Lay the sheets out anew and bring the scroll bars in line."""
        room, ratio = self._room(), self.ratio
        self.sheets.arrange(room, self._zoom, _POINT * ratio)
        self._leafing.forget()
        height = self.viewport().height()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        self._arranging = True  # what the bars say meanwhile is half done
        down.setPageStep(height)
        down.setRange(0, max(0, round(self.sheets.height / ratio) - height))
        across.setPageStep(round(room.width / ratio))
        across.setRange(0, max(0, round((self.sheets.width - room.width) / ratio)))
        self._arranging = False

    def origin(self) -> tuple[int, int]:
        """What is at the viewport's corner, in device pixels of the stack."""
        ratio = self.ratio
        return round(self.horizontalScrollBar().value() * ratio), round(self.verticalScrollBar().value() * ratio)

    def sheet(self, page: int) -> Sheet:
        x, y = self.origin()
        rect = QRect(QPoint(self.sheets.left(page) - x, self.sheets.top(page) - y), QSize(*self.sheets.size(page)))
        sheets = self.sheets
        return Sheet(page, rect, sheets.scales[page], self.ratio, sheets.pages[page], sheets.layout.rotation)

    def pages(self, around: float = 0.0) -> range:
        """The pages that show, with this many screenfuls above and below."""
        _, y = self.origin()
        height = round(self.viewport().height() * self.ratio)
        return self.sheets.pages_between(round(y - around * height), round(y + (1 + around) * height))

    def _on_page(self, where: QPointF) -> tuple[int, float, float] | None:
        """Page and point on it (points) nearest to a point of the viewport."""
        if not len(self.sheets):
            return None
        ratio = self.ratio
        x, y = self.origin()
        dx, dy = where.x() * ratio + x, where.y() * ratio + y
        page = self.sheets.page_at(round(dy), round(dx))
        bottom, below = self.sheets.row_bottom(page), self.sheets.next_row(page)
        if dy > bottom and below < len(self.sheets) and dy - bottom > self.sheets.top(below) - dy:
            page = self.sheets.page_at(self.sheets.top(below), round(dx))
        return page, *self.sheet(page).point(where * ratio)

    # -- what ReadingView asks ------------------------------------------------------------------------------

    def offset_at(self, where: QPointF) -> int | None:
        found = self._on_page(where)
        if found is None:
            return None
        page, x, y = found
        local = self.layers.geometry(page).offset_at(x, y)
        return None if local is None else self.layers.range_of(page)[0] + local

    def on_text(self, where: QPointF) -> bool:
        found = self._on_page(where)
        if found is None:
            return False
        page, x, y = found
        geometry = self.layers.geometry(page)
        near = geometry.strip_near(x, y)
        if near is None:
            return False
        strip = geometry.strips[near]
        return not strip.beside(x, y) and strip.first - 3 <= strip.along(x, y) <= strip.last + 3

    def quads(self, page: int, wanted: Range) -> list[Quad]:
        start, end = self.layers.range_of(page)
        a, b = max(wanted[0], start), min(wanted[1], end)
        if a >= b:
            return []
        return self.layers.geometry(page).quads(a - start, b - start, alone=(a, b) == wanted)

    def boxes(self, wanted: Range) -> list[QRectF]:
        found = []
        for page in self.pages(around=0.5):
            sheet = None
            for quad in self.quads(page, wanted):
                sheet = sheet or self.sheet(page)
                shape = sheet.shape(quad)
                box = shape.boundingRect() if isinstance(shape, QPolygonF) else shape
                found.append(_shrunk(box, self.ratio))
        return found

    def caret_box(self, offset: int) -> QRectF:
        page = self.layers.page_of(offset)
        if self.layers.content is None or page not in self.pages(around=0.5):
            return QRectF()
        x0, y0, x1, y1 = self.layers.geometry(page).caret(offset - self.layers.range_of(page)[0])
        sheet = self.sheet(page)
        shape = sheet.shape((x0, y0, x0, y0, x1, y1, x1, y1))
        box = shape.boundingRect() if isinstance(shape, QPolygonF) else shape
        thin = _shrunk(box, self.ratio)
        across = 0.75 if thin.width() < thin.height() else 0.0
        return thin.adjusted(-across, across - 0.75, across, 0.75 - across)

    def line_step(self, offset: int, down: bool) -> int:
        page = self.layers.page_of(offset)
        start = self.layers.range_of(page)[0]
        geometry = self.layers.geometry(page)
        if self.goal is None:
            self.goal = geometry.goal(offset - start)
        local = geometry.step(offset - start, self.goal, down)
        while local is None:
            page += 1 if down else -1
            if not 0 <= page < len(self.sheets):
                return offset
            start = self.layers.range_of(page)[0]
            local = self.layers.geometry(page).edge(self.goal, last=not down)
        return start + local

    def line_ends(self, offset: int) -> Range:
        page = self.layers.page_of(offset)
        start = self.layers.range_of(page)[0]
        geometry = self.layers.geometry(page)
        if not geometry.strips:
            return (offset, offset)
        strip = geometry.strips[geometry.strip_at(offset - start)]
        return (start + strip.start, start + strip.end)

    def share_of(self, offset: int) -> float:
        if self.layers.content is None or not len(self.sheets):
            return 0.0
        page = self.layers.page_of(offset)
        start, end = self.layers.range_of(page)
        within = (offset - start) / max(1, end - start)
        return (self.sheets.top(page) + within * self.sheets.size(page)[1]) / max(1, self.sheets.height)

    def page_edge(self) -> int:
        pages = self.pages()
        width = self.viewport().width() - self.gutter
        if not pages:
            return width
        return min(width, max(round((self.sheet(page).rect.right() + 1) / self.ratio) for page in pages))

    def visible_range(self) -> Range:
        """From the first line that shows to the last."""
        pages = self.pages()
        if not pages or self.layers.content is None:
            return (0, 0)
        bottom = self.viewport().height() * self.ratio
        first, last = pages[0], pages[-1]
        start, end = self.layers.range_of(first)[0], self.layers.range_of(last)[1]
        sheet, geometry = self.sheet(first), self.layers.geometry(first)
        boxes = [(geometry.strips[index].start, _box_of(sheet, geometry.strips[index].box))
                 for index in geometry.readable]  # fmt: skip
        whole = (begin for begin, box in boxes if box.top() >= -1)
        part = (begin for begin, box in boxes if box.bottom() >= 0)  # all there is of lines on their side
        start += next(whole, next(part, 0))
        sheet, geometry = self.sheet(last), self.layers.geometry(last)
        shown = [s.end for s in geometry.strips if _box_of(sheet, s.box).top() < bottom]
        if shown:
            end = self.layers.range_of(last)[0] + max(shown)
        return (min(start, end), end)

    def scrolled(self) -> None:
        """The scroll bars moved, or what they mean did."""
        if self._arranging:
            return
        if self.sheets.layout.single and len(self.sheets):
            self._hold()
        self.viewport().update()
        self.geometry_changed.emit()
        self.place_changed.emit()

    def _hold(self) -> None:
        """Let the bar rest where one row of pages shows, and no part of another."""
        bar, ratio = self.verticalScrollBar(), self.ratio
        cells = [(first / ratio, last / ratio) for first, last in self.sheets.cells()]
        self._arranging = True
        bar.setValue(round(self._leafing.hold(bar.value(), cells, bar.pageStep())))
        self._arranging = False

    def _first_page(self, y: int) -> int:
        """The page that is being read at this height of the stack: one at a time, that which shows."""
        if self.sheets.layout.single and (showing := self.pages()):
            return showing[0]
        return self.sheets.page_at(y)

    # -- going about ----------------------------------------------------------------------------------------

    def zoom(self) -> str:
        return self._zoom

    def factor(self) -> float:
        """The zoom factor there is now, whatever is fitted; 1 is the size on paper."""
        return self.sheets.scale_for(self._room(), self._zoom, _POINT * self.ratio) / (_POINT * self.ratio)

    def set_zoom(self, zoom: str) -> None:
        place = self.place()
        self._zoom = zoom
        self.arrange()
        self._go(place)

    def layout_(self) -> Layout:
        """How the pages lie."""
        return self.sheets.layout

    def set_layout(self, layout: Layout) -> None:
        """Turn the pages, or put two beside each other; what is at the top stays there."""
        if layout == self.sheets.layout:
            return
        place = self.place()
        turned = layout.rotation != self.sheets.layout.rotation
        self.sheets = Sheets(self.sheets.pages, layout)
        self.sheets.margins = self._margins()
        self.arrange()
        self._go(replace(place, x=0.0, y=0.0) if turned and place.offset else place)
        self.geometry_changed.emit()

    def _margins(self) -> tuple[float, float]:
        """The white left and right of the text that most pages have, in points; none for turned pages."""
        if self.layers.content is None or self.sheets.layout.rotation or not len(self.sheets):
            return (0.0, 0.0)
        step = max(1, len(self.sheets) // _SAMPLED)
        lefts, rights = [], []
        for page in range(0, len(self.sheets), step):
            geometry = self.layers.geometry(page)
            boxes = [geometry.strips[index].box for index in geometry.readable]
            if boxes:
                lefts.append(min(box[0] for box in boxes))
                rights.append(self.sheets.pages[page][0] - max(box[2] for box in boxes))
        if not lefts:
            return (0.0, 0.0)
        return max(0.0, min(lefts) - _TRIM_AIR), max(0.0, min(rights) - _TRIM_AIR)

    def zoom_at(self, factor: float, where: QPointF) -> None:
        held = self._on_page(where)
        if held is None:
            return
        page, x, y = held
        self._zoom = f"{min(max(self.factor() * factor, LEAST), MOST):.4g}"
        self.arrange()
        sheet, ratio = self.sheet(page), self.ratio
        u, v = sheet.turned(x, y)
        self._set_bars(
            (self.sheets.left(page) + u * sheet.scale) / ratio - where.x(),
            (self.sheets.top(page) + v * sheet.scale) / ratio - where.y(),
        )

    def _set_bars(self, x: float, y: float) -> None:
        self._arranging = True
        self.horizontalScrollBar().setValue(round(x))
        self.verticalScrollBar().setValue(round(y))
        self._arranging = False
        self.scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle()
        return super().event(event)

    def _settle(self) -> None:
        """Lay out anew for another size or screen, keeping what is at the top there."""
        place = self._stay or self.place()
        self.arrange()
        if self.viewport().height() > 1:
            self._stay = None
        self._go(place)

    def place(self) -> Place:
        if not len(self.sheets):
            return Place(zoom=self._zoom)
        x, y = self.origin()
        page = self._first_page(y)
        scale = self.sheets.scales[page]
        return Place(
            offset=self.visible_range()[0], page=page, x=x / scale,
            y=(y - self.sheets.top(page)) / scale or 0.001,  # 0 would say that only the offset is known
            zoom=self._zoom,
        )  # fmt: skip

    def go_to(self, place: Place) -> None:
        self._stay = place if self.viewport().height() < 2 or not len(self.sheets) else None
        self._zoom = place.zoom
        self.arrange()
        self._go(place)

    def _go(self, place: Place) -> None:
        if not len(self.sheets):
            return
        page, y = min(place.page, len(self.sheets) - 1), place.y
        if not page and (y < 0 or not (y or place.offset)):
            y = -self.sheets.top(0) / self.sheets.scales[0]  # the very beginning, with the air above it
        elif not y and place.offset and self.layers.content is not None:  # known by its text alone
            page = self.layers.page_of(place.offset)
            y = self._caret_span(page, place.offset)[0] - 8
        scale, ratio = self.sheets.scales[page], self.ratio
        x = place.x * scale / ratio
        if self._zoom == "trim":
            x = (self.sheets.left(page) + self.sheets.margins[0] * scale) / ratio - _SIDE
        self._set_bars(x, (self.sheets.top(page) + y * scale) / ratio)

    def _caret_span(self, page: int, offset: int) -> tuple[float, float]:
        """Top and bottom of the caret at this offset, in points of the sheet as it lies."""
        x0, y0, x1, y1 = self.layers.geometry(page).caret(offset - self.layers.range_of(page)[0])
        sheet = self.sheet(page)
        ys = (sheet.turned(x0, y0)[1], sheet.turned(x1, y1)[1])
        return min(ys), max(ys)

    def reveal(self, wanted: Range) -> None:
        """Bring a range into view, its beginning at a third of the height unless it shows already."""
        self._show(wanted, 0.33)

    def show_offset(self, offset: int) -> None:
        self._show((offset, offset + 1), None)

    def _show(self, wanted: Range, height: float | None) -> None:
        if self.layers.content is None:
            return
        page = self.layers.page_of(wanted[0])
        top, bottom = self._caret_span(page, wanted[0])
        ratio, scale = self.ratio, self.sheets.scales[page]
        y0 = (self.sheets.top(page) + top * scale) / ratio
        y1 = (self.sheets.top(page) + bottom * scale) / ratio
        bar, room = self.verticalScrollBar(), self.viewport().height()
        margin = 24 if height is None else 48
        if y0 - margin >= bar.value() and y1 + margin <= bar.value() + room:
            return
        if height is not None:
            bar.setValue(round(y0 - height * room))
        else:
            bar.setValue(round(y0 - margin if y0 - margin < bar.value() else y1 + margin - room))

    def page_label(self) -> str:
        """Label of the page a reader is on: the one across the upper third of the viewport."""
        if not len(self.sheets):
            return ""
        page = self._first_page(self.origin()[1] + round(self.viewport().height() * self.ratio / 3))
        return self.labels[page] if page < len(self.labels) else str(page + 1)

    def page_count(self) -> int:
        return len(self.sheets)


def _box_of(sheet: Sheet, box: tuple[float, float, float, float]) -> QRectF:
    """A box of the page in the viewport, device pixels."""
    x0, y0, x1, y1 = box
    shape = sheet.shape((x0, y0, x1, y0, x1, y1, x0, y1))
    return shape.boundingRect() if isinstance(shape, QPolygonF) else shape


def _shrunk(box: QRectF, ratio: float) -> QRectF:
    """Device pixels as logical ones."""
    return QRectF(box.x() / ratio, box.y() / ratio, box.width() / ratio, box.height() / ratio)
