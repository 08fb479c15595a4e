"""What every reading view offers its mouse, keys and overlays: selection, marks, caret, and where text stands."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPainter,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from kantlijn.model.document import Range
from kantlijn.text.readable import readable
from kantlijn.text.within import Box
from kantlijn.ui.kit.colours import Tokens, tokens
from kantlijn.ui.page.changes import ChangeMark, Changes
from kantlijn.ui.page.marks import Marks
from kantlijn.ui.page.selector import Selector
from kantlijn.ui.page.tints import hits_among, joined
from kantlijn.ui.page.view import Layout, Mark, Overlay, Place

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Link

GUTTER = 68
"""Logical pixels kept free right of the page for the margin and the density strip."""
_TOLD = 300  # marks in one viewport whose height is worked out
ZOOM_STEP = 1.1


@dataclass(frozen=True, slots=True)
class Extent:
    """How high a mark stands in the viewport: logical pixels, top and bottom."""

    mark: Mark
    top: int
    bottom: int


class Surface(QAbstractScrollArea):
    """A document on screen. Subclasses know where text stands (the abstract part) and take the events.

    Pixels are logical pixels of the viewport; offsets are code points of the canonical text.
    """

    selection_changed = Signal()
    mark_clicked = Signal(str, bool)
    place_changed = Signal()
    geometry_changed = Signal()
    activated = Signal()
    """(): the reader turned to this view, with the mouse or the keyboard."""
    passage_dragged = Signal(str, object)
    """(annotation id, range): its ends were dragged here."""
    area_dragged = Signal(str, int, object)
    """(annotation id, page index, quad): an area annotation was dragged here."""
    note_wanted = Signal()
    """(): Enter was pressed with something selected."""
    link_wanted = Signal(object, bool)
    """(Link, whether beside): a link was clicked."""
    relation_wanted = Signal(str, str, object)
    """(annotation id, version id, range): the other end of a relation is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selector = Selector()
        self.marks = Marks()
        self.overlays: list[Overlay] = []
        self.colours: Tokens = tokens(dark=False)
        self.gutter = GUTTER
        self.hits: tuple[Range, ...] = ()
        self.hit: int | None = None
        self.changes = Changes()
        self.lacking: frozenset[int] = frozenset()
        """Pieces before which a gap is for text of another version; others make up for lines broken elsewhere."""
        self.lens: tuple[Range, ...] | None = None
        self.lens_areas: frozenset[int] = frozenset()
        self.area: tuple[int, Box] | None = None
        self.editable = True
        self.tool = "text"
        self.caret_mode = False
        self.citation: Callable[[Range], str] | None = None
        self.dragged: Range | None = None
        self.goal: float | None = None
        self.space_held = False
        self.modifiers = Qt.KeyboardModifier.NoModifier  # held at the mouse press that is being dealt with
        self._caret_shown = False
        self._caret_lit = False
        self._blink = QTimer(self, interval=max(250, QGuiApplication.styleHints().cursorFlashTime() // 2))
        self._blink.timeout.connect(self._blinked)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    # -- what subclasses know -------------------------------------------------------------------------------

    @abstractmethod
    def offset_at(self, where: QPointF) -> int | None:
        """The caret offset nearest to a point; None where nothing can be read."""

    @abstractmethod
    def on_text(self, where: QPointF) -> bool:
        """The point is on a line of text."""

    @abstractmethod
    def boxes(self, wanted: Range) -> list[QRectF]:
        """The boxes of a range, line by line, as far as it is in or near the viewport."""

    @abstractmethod
    def caret_box(self, offset: int) -> QRectF:
        """Where the caret stands at this offset; empty when that is far from the viewport."""

    @abstractmethod
    def line_step(self, offset: int, down: bool) -> int:
        """The caret a line further or back, keeping to self.goal."""

    @abstractmethod
    def line_ends(self, offset: int) -> Range:
        """The first and last caret offset on the line."""

    @abstractmethod
    def show_offset(self, offset: int) -> None:
        """Scroll, as little as needed, so that this offset can be seen."""

    @abstractmethod
    def share_of(self, offset: int) -> float:
        """How far down the whole document this offset is, 0 to 1."""

    @abstractmethod
    def page_edge(self) -> int:
        """Where the page ends at the right, in the viewport: the margin begins there."""

    @abstractmethod
    def visible_range(self) -> Range: ...
    def layout_(self) -> Layout:
        """How pages lie; views without pages have but one way."""
        return Layout()

    def set_layout(self, _layout: Layout) -> None:
        """Let pages lie so; views without pages take no notice."""

    @abstractmethod
    def zoom(self) -> str: ...
    @abstractmethod
    def set_zoom(self, zoom: str) -> None: ...
    @abstractmethod
    def zoom_at(self, factor: float, where: QPointF) -> None:
        """Zoom with what is under this point staying there."""

    @abstractmethod
    def place(self) -> Place: ...
    @abstractmethod
    def go_to(self, place: Place) -> None: ...
    @abstractmethod
    def page_label(self) -> str: ...
    @abstractmethod
    def page_count(self) -> int: ...
    @abstractmethod
    def factor(self) -> float:
        """The zoom factor there is now, whatever is fitted; 1 is the natural size."""

    @abstractmethod
    def reveal(self, wanted: Range) -> None:
        """Bring a range into view."""

    @abstractmethod
    def paint(self, painter: QPainter, exposed: QRect) -> None:
        """Paint this part of the viewport, caret and overlays included."""

    # -- areas of pages; a view without pages has none ------------------------------------------------------

    def area_between(self, _one: QPointF, _two: QPointF) -> tuple[int, Box] | None:
        """The page under the first point, and the box to the second on it; None beside all pages."""
        return None

    def area_rect(self, _page: int, _box: Box) -> QRectF | None:
        """Where a box of a page stands in the viewport; None when that page does not show."""
        return None

    def page_point(self, _page: int, _where: QPointF) -> tuple[float, float] | None:
        """The point of a page (points) under a point of the viewport."""
        return None

    def page_size(self, _page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        return (0.0, 0.0)

    def has_text_at(self, _where: QPointF) -> bool:
        """Whether there is text on the page here."""
        return True

    def area_selection(self) -> tuple[int, Box] | None:
        """The area that a reader has drawn: page index and box in points."""
        return self.area

    def select_area(self, area: tuple[int, Box] | None) -> None:
        """Select an area instead of text, or nothing."""
        self.selector.choose(None)
        self.area = area
        self.selection_changed.emit()
        self.viewport().update()

    def shown_gaps(self) -> Iterator[tuple[float, float]]:
        """Top and height in the viewport of the gaps that show where this version lacks text."""
        return iter(())

    def link_at(self, _where: QPointF) -> Link | None:
        """The link under a point."""
        return None

    def rest_on(self, _link: Link | None, _where: QPointF) -> None:
        """The mouse is over this link, or over none."""

    def pressed_link(self, _where: QPointF) -> bool:
        """Something on the page itself was clicked and dealt with."""
        return False

    def over_link(self, _where: QPointF) -> bool:
        return False

    # -- selection ------------------------------------------------------------------------------------------

    def selection(self) -> Range | None:
        return self.selector.range

    def shown_selection(self) -> Range | None:
        """The selection as it is painted: none over an annotation just made of it, which shows itself.

        While an annotation's end is dragged, what it would then hold.
        """
        if self.dragged is not None:
            return self.dragged
        chosen = self.selector.range
        if chosen is None or any(mark.selected and mark.range == chosen for mark in self.marks.between(*chosen)):
            return None
        return chosen

    def select(self, chosen: Range | None) -> None:
        before = self.selector.range or self.area
        self.selector.choose(chosen)
        self.goal, self.area = None, None
        if self.selector.range != before:
            self.selection_changed.emit()
        self.viewport().update()

    def selected_text(self) -> str:
        """What copying gives: hyphens at line ends joined, page furniture left out."""
        chosen = self.selector.range
        return readable(self.selector.text, chosen, self.selector.auxiliary) if chosen else ""

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        text = self.selected_text()
        if text:
            data = QMimeData()
            data.setText(text)
            QGuiApplication.clipboard().setMimeData(data)

    def copy_with_citation(self) -> bool:
        """Copy the selected text, or that of the selected annotations, with where it stands; False for none."""
        chosen = [self.selector.range] if self.selector.range else [mark.range for mark in self.marks.selected]
        said = [
            f"“{words}” ({self.citation(one)})" if self.citation else words
            for one in sorted(chosen)
            if (words := readable(self.selector.text, one, self.selector.auxiliary))
        ]
        if said:
            QGuiApplication.clipboard().setText("\n\n".join(said))
        return bool(said)

    def selection_boxes(self) -> list[QRectF]:
        """Where the selected text or area stands in the viewport."""
        if self.area is not None:
            rect = self.area_rect(*self.area)
            return [] if rect is None else [rect]
        chosen = self.selector.range
        return self.boxes(chosen) if chosen else []

    def selection_rect(self) -> QRect:
        """The selection's end on the screen (global); where it shows, else its visible part's end."""
        chosen = self.selector.range
        boxes = self.selection_boxes()
        inside = [box for box in boxes if box.intersects(QRectF(self.viewport().rect()))] or boxes
        if not inside:
            return QRect()
        box = (inside[0] if chosen and self.selector.caret == chosen[0] else inside[-1]).toAlignedRect()
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    # -- hits and lens --------------------------------------------------------------------------------------

    def set_hits(self, hits: Sequence[Range], current: int | None) -> None:
        """Tint these (in order, not overlapping), and the one with this number as the one a reader is at."""
        self.hits, self.hit = tuple(hits), current
        self.viewport().update()

    def set_changes(self, marks: Sequence[ChangeMark], current: int | None = None) -> None:
        """Tint what changed against another version; current: the edit a reader is at."""
        self.changes = Changes(marks, current)
        self.viewport().update()

    def set_current_change(self, current: int | None) -> None:
        """Another edit is the one a reader is at."""
        self.changes.current = current
        self.viewport().update()

    def set_lens(self, ranges: Sequence[Range] | None) -> None:
        """Dim everything but these; None dims nothing. An area is named by the empty range where it stands."""
        self.lens = None if ranges is None else joined(ranges)
        self.lens_areas = frozenset(start for start, end in ranges or () if start == end)
        self.viewport().update()

    def in_lens(self, mark: Mark) -> bool:
        """Whether a mark is seen through the lens; all are where there is none."""
        if self.lens is None:
            return True
        start, end = mark.range
        if mark.areas:
            return start in self.lens_areas
        return any(self.lens[n][0] <= start and end <= self.lens[n][1] for n in hits_among(self.lens, start, end))

    # -- marks and overlays ---------------------------------------------------------------------------------

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        self.marks_changed(self.marks.replace(marks))
        self.geometry_changed.emit()
        self.viewport().update()

    def marks_changed(self, changed: list[Mark]) -> None:
        """These marks, old and new, are others: subclasses drop what they had worked out for them."""

    def add_overlay(self, overlay: Overlay) -> None:
        """Have it painted over the view and asked first for the mouse; the last added comes first."""
        self.overlays.append(overlay)
        self.viewport().update()

    def rects(self, wanted: Range) -> list[QRect]:
        return [box.toAlignedRect() for box in self.boxes(wanted)]

    def marks_at(self, where: QPointF) -> list[Mark]:
        """The annotations under a point, the shortest first."""
        offset = self.offset_at(where)
        if offset is None or not self.on_text(where):
            return []
        found = [
            mark
            for mark in self.marks.between(max(0, offset - 1), offset + 1)
            if any(box.contains(where) for box in self.boxes(mark.range))
        ]
        return sorted(found, key=lambda mark: (mark.range[1] - mark.range[0], mark.range, mark.id))

    def extents(self) -> list[Extent]:
        """The marks in the viewport and how high they stand, in reading order."""
        marks = self.marks.between(*self.visible_range())
        if len(marks) > _TOLD:
            marks = [mark for n, mark in enumerate(marks) if n < _TOLD or mark.selected]
        found = []
        for mark in marks:
            start, end = mark.range
            boxes = self.boxes((start, max(end, start + 1)))  # an area stands before a character
            if boxes:
                top, bottom = min(b.top() for b in boxes), max(b.bottom() for b in boxes)
                found.append(Extent(mark, round(top), round(bottom)))
        return found

    def jump(self, share: float) -> None:
        """Scroll so that this share (0 to 1) of the document is in the middle."""
        bar = self.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        bar.setValue(round(share * whole - bar.pageStep() / 2))

    def shown_share(self) -> tuple[float, float]:
        """Which part of the document the viewport shows, 0 to 1."""
        bar = self.verticalScrollBar()
        whole = max(1, bar.maximum() + bar.pageStep())
        return bar.value() / whole, min(1.0, (bar.value() + bar.pageStep()) / whole)

    def zoom_by(self, factor: float) -> None:
        self.zoom_at(factor, QPointF(self.viewport().rect().center()))

    def set_dark(self, dark: bool) -> None:
        self.colours = tokens(dark)
        self.viewport().update()

    # -- the caret ------------------------------------------------------------------------------------------

    def set_caret_mode(self, on: bool) -> None:
        """Whether plain arrows move the caret instead of scrolling."""
        self.caret_mode = on
        if on:
            self.show_caret()
        self.viewport().update()

    def show_caret(self) -> None:
        """From now on the caret is there to be seen, and begins its blink lit."""
        self._caret_shown = self._caret_lit = True
        if self.hasFocus() and self._blink.interval() > 0:
            self._blink.start()

    def _blinked(self) -> None:
        self._caret_lit = not self._caret_lit
        box = self.caret_box(self.selector.caret)
        if not box.isEmpty():
            self.viewport().update(box.adjusted(-2, -2, 2, 2).toAlignedRect())

    def paint_caret(self, painter: QPainter) -> None:
        if self._caret_shown and self._caret_lit and self.hasFocus():
            box = self.caret_box(self.selector.caret)
            if not box.isEmpty():
                painter.fillRect(box, QColor(self.colours.accent))

    def paint_overlays(self, painter: QPainter, exposed: QRect) -> None:
        for overlay in self.overlays:
            overlay.paint(painter, exposed)
