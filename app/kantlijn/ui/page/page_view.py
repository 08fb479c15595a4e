"""Pages of a PDF on the desk: continuous, drawn in tiles by the engine, selectable by their text layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPolygonF, QShowEvent
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Content
from kantlijn.model.layer import Quad
from kantlijn.text.within import Box, box_of, quad_of
from kantlijn.ui.page.changes import paint_changes, paint_signs
from kantlijn.ui.page.layers import Layers
from kantlijn.ui.page.marks import merged
from kantlijn.ui.page.page_paint import (
    Shape,
    Sheet,
    paint_marks,
    paint_pictures,
    paint_selection,
    paint_sheet,
    paint_trouble,
)
from kantlijn.ui.page.paged import Paged
from kantlijn.ui.page.pointers import Pointers
from kantlijn.ui.page.preview import Preview
from kantlijn.ui.page.sheets import Sheets
from kantlijn.ui.page.surface import Extent
from kantlijn.ui.page.tiles import Draws, Tile, Tiles, tiles_of
from kantlijn.ui.page.tints import hits_among, paint_area, paint_drawn_area, paint_hits, paint_lens
from kantlijn.ui.page.view import Layout, Mark, Place
from kantlijn.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kantlijn.usecases.desk import Link, Source

_INTERSECT = Qt.ClipOperation.IntersectClip
_NEAR = 1.0  # screenfuls above and below that are drawn ahead
_FEW = 100  # marks that change at once, page by page
_DRAW_AFTER = 12  # milliseconds: a burst of wheel turns asks once


class PageView(Paged):
    """The View of a document with fixed pages."""

    def __init__(self, draws: Draws, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dark_page = False
        self._pointers = Pointers(self.layers)
        self._page_marks: dict[int, list[tuple[Mark, list[Quad]]]] = {}
        self._hulls: dict[int, tuple[list[tuple[Mark, list[Quad]]], list[tuple[Mark, Quad]]]] = {}
        self._retries: dict[int, QRect] = {}
        self.tiles = Tiles(draws, self)
        self.tiles.arrived.connect(self._arrived)
        self.preview = Preview(self, self.tiles)
        self._asking = QTimer(self, singleShot=True, interval=_DRAW_AFTER)
        self._asking.timeout.connect(self._ask)

    # -- the document ---------------------------------------------------------------------------------------

    def open(self, source: Source, sizes: Sequence[tuple[float, float]], labels: Sequence[str]) -> None:
        """Show these pages (sizes in points) at once, before their text is known."""
        self.tiles.forget()
        self.tiles.open(source, sizes)
        self.labels = tuple(labels)
        self.sheets = Sheets(sizes, self.sheets.layout)
        self._take(None)
        self.go_to(Place(zoom=self.zoom()))

    def set_content(self, source: Source, content: Content) -> None:
        """The document's text and layers, once they are known; the same pages keep place and pictures."""
        sizes = tuple((page.width, page.height) for page in content.pages)
        labels = tuple(page.label for page in content.pages)
        if len(sizes) != len(self.sheets):
            self.open(source, sizes, labels)
        self.tiles.open(source, sizes)
        self.labels = labels
        self._take(content)
        self.sheets.margins = self._margins()
        if self.zoom() == "trim":
            self.go_to(self.place())
        self.scrolled()

    def _take(self, content: Content | None) -> None:
        self.layers = Layers(content)
        self._pointers = Pointers(self.layers)
        self._page_marks.clear()
        self._hulls.clear()
        self.selector.adopt(content.text if content else "", content.auxiliary if content else (), printed=True)

    def marks_changed(self, changed: list[Mark]) -> None:
        if len(changed) > _FEW:
            self._page_marks.clear()
            return
        for mark in changed:
            start, end = mark.range
            for page, _ in mark.areas:
                self._page_marks.pop(page, None)
            for page in range(self.layers.page_of(start), self.layers.page_of(max(start, end - 1)) + 1):
                self._page_marks.pop(page, None)

    def set_dark(self, dark: bool, page: bool | None = None) -> None:
        """Dark desk; page: whether the pages darken too (as the desk when not given)."""
        self._dark_page = dark if page is None else page
        super().set_dark(dark)
        self.tiles.set_dark(self.colours.page if self._dark_page else "")
        self._asking.start()

    def set_layout(self, layout: Layout) -> None:
        self.tiles.set_rotation(layout.rotation)
        super().set_layout(layout)
        self._asking.start()

    # -- pictures -------------------------------------------------------------------------------------------

    def scrolled(self) -> None:
        super().scrolled()
        if hasattr(self, "preview"):
            self.preview.leave()
        if hasattr(self, "_asking") and not self._asking.isActive():
            self._asking.start()

    def _ask(self) -> None:
        if not self.isVisible():
            return
        showing = [tile for page in self.pages() for tile in self._tiles(page, 0.0)]
        middle = self.viewport().height() * self.ratio / 2
        tops = {page: self.sheet(page).rect.y() for page in self.pages()}
        showing.sort(key=lambda t: abs(tops[t.page] + (t.clip[1] + t.clip[3]) / 2 - middle))
        pages = sorted(self.pages(around=_NEAR), key=lambda page: abs(self.sheet(page).rect.center().y() - middle))
        near = [tile for page in pages for tile in self._tiles(page, _NEAR)]
        self.tiles.want(showing, near)

    def _tiles(self, page: int, around: float) -> list[Tile]:
        """The tiles of a page that show, or would within this many screenfuls."""
        sheet, view = self.sheet(page), self.viewport()
        height, width = round(view.height() * self.ratio), round(view.width() * self.ratio)
        more = round(around * height)
        part = QRect(0, -more, width, height + 2 * more).intersected(sheet.rect)
        if part.isEmpty():
            return []
        part.translate(-sheet.rect.topLeft())
        size = (sheet.rect.width(), sheet.rect.height())
        return tiles_of(page, sheet.scale, size, (part.left(), part.top(), part.right() + 1, part.bottom() + 1))

    def _arrived(self, page: int) -> None:
        if page in self.pages():
            self.viewport().update()
        self._asking.start()

    # -- painting -------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        painter.fillRect(exposed, QColor(self.colours.desk))
        painter.save()
        room = self.viewport().width() - self.gutter
        painter.setClipRect(exposed.intersected(QRect(0, 0, room + 4, self.viewport().height())))
        painter.scale(1 / self.ratio, 1 / self.ratio)
        self._retries.clear()
        for page in self.pages():
            self._paint_page(painter, self.sheet(page))
        painter.restore()
        self.paint_caret(painter)
        self.handles.paint(painter)
        self.paint_overlays(painter, exposed)

    def _paint_page(self, painter: QPainter, sheet: Sheet) -> None:
        painter.save()
        paint_sheet(painter, sheet, self.colours, self._dark_page)
        painter.setClipRect(sheet.rect, _INTERSECT)
        tiles = [(tile, self.tiles.image(tile)) for tile in self._tiles(sheet.page, 0.0)]
        paint_pictures(painter, sheet, tiles, self.tiles.others(sheet.page, sheet.scale))
        found = self._fills_on(sheet.page)
        shapes = [(mark, [sheet.shape(quad) for quad in quads]) for mark, quads in found if not mark.areas]
        paint_marks(painter, shapes, sheet.ratio, self._dark_page)
        self._paint_tints(painter, sheet, [mark for mark, _ in found if mark.areas])
        chosen = self.shown_selection()
        if chosen is not None:
            selected = [sheet.shape(quad) for quad in self.quads(sheet.page, chosen)]
            paint_selection(painter, selected, self.colours, self._dark_page)
        sentence = self.tiles.trouble(sheet.page)
        if sentence:
            size = self.viewport().size() * self.ratio
            showing = sheet.rect.intersected(QRect(QPoint(), size))
            again = say("Try again")
            self._retries[sheet.page] = paint_trouble(painter, sheet, showing, sentence, again, self.colours)
        painter.restore()

    def _paint_tints(self, painter: QPainter, sheet: Sheet, areas: list[Mark]) -> None:
        """Areas, hits, and the lens over the whole."""
        for mark in areas:
            for page, quad in mark.areas:
                if self.handles.area is not None and mark.selected:
                    page, quad = self.handles.area[0], quad_of(self.handles.area[1])
                if page == sheet.page:
                    paint_area(painter, mark, _box(sheet.shape(quad)), sheet.ratio, self._dark_page)
        span = self.layers.range_of(sheet.page)
        changed = [
            (mark, [sheet.shape(quad) for quad in self.quads(sheet.page, mark.range)])
            for mark in self.changes.between(*span)
        ]
        if changed:
            paint_changes(painter, changed, self.changes.current, sheet.ratio, self._dark_page)
            paint_signs(painter, changed, sheet.rect.left(), sheet.ratio, self._dark_page)
        if self.hits:
            near = hits_among(self.hits, *span)
            found = {n: [sheet.shape(quad) for quad in self.quads(sheet.page, self.hits[n])] for n in near}
            current = found.pop(self.hit, []) if self.hit is not None else []
            paint_hits(painter, found.values(), current, sheet.ratio, self._dark_page)
        if self.lens is not None:
            kept = [
                sheet.shape(quad)
                for n in hits_among(self.lens, *span)
                for quad in self.quads(sheet.page, self.lens[n])
            ]
            seen = [mark for mark in areas if mark.range[0] in self.lens_areas]
            kept += [sheet.shape(quad) for mark in seen for page, quad in mark.areas if page == sheet.page]
            paint_lens(painter, sheet.rect, kept, self.colours.page if self._dark_page else "#ffffff")
        if self.area is not None and self.area[0] == sheet.page:
            paint_drawn_area(painter, _box(sheet.shape(quad_of(self.area[1]))), self.colours, sheet.ratio)

    # -- areas and links ------------------------------------------------------------------------------------

    def area_between(self, one: QPointF, two: QPointF) -> tuple[int, Box] | None:
        found = self._on_page(one)
        if found is None or self.layers.content is None:
            return None
        page, x, y = found
        width, height = self.sheets.pages[page]
        if not (0 <= x <= width and 0 <= y <= height):
            return None
        other = self.page_point(page, two) or (x, y)
        u, v = min(max(other[0], 0.0), width), min(max(other[1], 0.0), height)
        return page, (min(x, u), min(y, v), max(x, u), max(y, v))

    def area_rect(self, page: int, box: Box) -> QRectF | None:
        if page not in self.pages(around=0.5):
            return None
        sheet = self.sheet(page)
        shown = _box(sheet.shape(quad_of(box)))
        ratio = sheet.ratio
        return QRectF(shown.x() / ratio, shown.y() / ratio, shown.width() / ratio, shown.height() / ratio)

    def page_point(self, page: int, where: QPointF) -> tuple[float, float] | None:
        if page >= len(self.sheets):
            return None
        sheet = self.sheet(page)
        return sheet.point(where * self.ratio)

    def page_size(self, page: int) -> tuple[float, float]:
        return self.sheets.pages[page]

    def has_text_at(self, where: QPointF) -> bool:
        found = self._on_page(where)
        return found is None or self.layers.content is None or bool(self.layers.geometry(found[0]).readable)

    def marks_at(self, where: QPointF) -> list[Mark]:
        found = self._on_page(where)
        over: list[Mark] = []
        if found is not None:
            page, x, y = found
            for mark in self.marks.areas_on(page):
                boxes = [box_of(quad) for index, quad in mark.areas if index == page]
                if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes):
                    over.append(mark)
        return [*super().marks_at(where), *over]

    def link_at(self, where: QPointF) -> Link | None:
        found = self._on_page(where)
        if found is None:
            return None
        page, x, y = found
        things = self.tiles.things(page)
        for link in things.links if things is not None else ():
            x0, y0, x1, y1 = link.box
            if x0 <= x <= x1 and y0 <= y <= y1:
                return link
        return self._pointers.at(page, x, y)

    def rest_on(self, link: Link | None, where: QPointF) -> None:
        self.preview.rest_on(link, where.toPoint())

    def link_words(self, link: Link) -> str:
        if link.kind == "page" and link.page < len(self.labels):
            return say("To page {page}", page=self.labels[link.page])
        return super().link_words(link)

    def _marks_on(self, page: int) -> list[tuple[Mark, list[Quad]]]:
        found = self._page_marks.get(page)
        if found is None:
            start, end = self.layers.range_of(page)
            marks = self.marks.between(start, end) if start < end else []
            found = [(mark, self.quads(page, mark.range)) for mark in marks if not mark.areas]
            for mark in self.marks.areas_on(page):
                found.append((mark, [quad for index, quad in mark.areas if index == page]))
            self._page_marks[page] = found
        return found

    def _hulls_on(self, page: int) -> list[tuple[Mark, Quad]]:
        """The marks of a page and the box around each there."""
        marks = self._marks_on(page)
        kept = self._hulls.get(page)
        if kept is None or kept[0] is not marks:
            found = [(mark, _hull(quads)) for mark, quads in marks if quads]
            kept = self._hulls[page] = (marks, found)
        return kept[1]

    def _fills_on(self, page: int) -> list[tuple[Mark, list[Quad]]]:
        """What to fill on a page: its marks, merged where there are hundreds."""
        found = self._marks_on(page)
        marks = [mark for mark, _ in found]
        fills = merged(marks)
        if fills is marks:
            return found
        areas = [(mark, quads) for mark, quads in found if mark.areas]
        return [*((mark, self.quads(page, mark.range)) for mark in fills if not mark.areas), *areas]

    def extents(self) -> list[Extent]:
        """As ReadingView's, from what is worked out for painting already."""
        found: dict[str, Extent] = {}
        for page in self.pages(around=0.5):
            sheet = self.sheet(page)
            for mark, hull in self._hulls_on(page):
                box = _box(sheet.shape(hull))
                before = found.get(mark.id)
                top = before.top if before else round(box.top() / sheet.ratio)
                found[mark.id] = Extent(mark, top, round(box.bottom() / sheet.ratio))
        return list(found.values())

    def pressed_link(self, where: QPointF) -> bool:
        page = self._link_at(where)
        if page is None:
            return False
        self.tiles.again(page)
        self._asking.start()
        self.viewport().update()
        return True

    def over_link(self, where: QPointF) -> bool:
        return self._link_at(where) is not None

    def _link_at(self, where: QPointF) -> int | None:
        """The page whose "Try again" is at this point."""
        point = (where * self.ratio).toPoint()
        return next((page for page, link in self._retries.items() if link.contains(point)), None)

    # -- events ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._asking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.preview.leave()
        self.tiles.drop_requests()


def _hull(quads: Sequence[Quad]) -> Quad:
    """The box around several."""
    xs, ys = [x for quad in quads for x in quad[0::2]], [y for quad in quads for y in quad[1::2]]
    return quad_of((min(xs), min(ys), max(xs), max(ys)))


def _box(shape: Shape) -> QRectF:
    return shape.boundingRect() if isinstance(shape, QPolygonF) else shape
