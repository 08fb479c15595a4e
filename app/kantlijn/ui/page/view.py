"""What every view of a document offers, so that panes need not know which it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, SignalInstance
from PySide6.QtGui import QPainter

from kantlijn.model.document import Range
from kantlijn.model.layer import Quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One annotation to paint on the page: its range, its themes' colours and letters in order.

    id is the annotation's; selected draws it stronger; dimmed fades it.
    """

    id: str
    range: Range
    colours: tuple[str, ...]
    letters: tuple[str, ...]
    has_note: bool = False
    selected: bool = False
    dimmed: bool = False
    style: str = "highlight"
    areas: tuple[tuple[int, Quad], ...] = ()
    """Of an area passage: page index and corners in points. Its range is empty: where it stands in the text."""
    relations: int = 0
    """How many relations it has."""
    doubtful: bool = False
    """Carried over from another version, and still to be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How pages lie on the desk. rotation: degrees clockwise, 0, 90, 180 or 270, on top of the file's own.

    spread: "one" page a row, "two", or "cover": two, the first page alone. single: one row at a time.
    """

    rotation: int = 0
    spread: str = "one"
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a view stands, to be kept and restored.

    offset: code point at the top of the viewport; page and y (points) where the text is not known yet.
    zoom: "width", "page", "trim" (as wide as the text, margins cut off) or a factor such as "1.25".
    """

    offset: int = 0
    page: int = 0
    y: float = 0.0
    x: float = 0.0
    zoom: str = "width"


class Overlay(Protocol):
    """Something that paints over a view and may take its mouse, such as the margin."""

    def paint(self, painter: QPainter, exposed: QRect) -> None: ...
    def press(self, where: QPoint) -> bool: ...
    def drag(self, where: QPoint) -> None: ...
    def hover(self, where: QPoint) -> bool: ...
    def tip(self, where: QPoint) -> str: ...


class View(Protocol):
    """A document on screen. Positions are code points of its canonical text; pixels are viewport pixels."""

    selection_changed: SignalInstance
    """(): the selection became another, or none; emitted when the mouse is released or a key has moved it."""
    mark_clicked: SignalInstance
    """(str, bool): annotation id, and whether to add to the selection; "" when empty ground was clicked."""
    place_changed: SignalInstance
    """(): scrolled or zoomed."""
    geometry_changed: SignalInstance
    """(): what stands where in the viewport changed; overlays repaint."""

    def selection(self) -> Range | None: ...
    def select(self, chosen: Range | None) -> None: ...
    def set_marks(self, marks: tuple[Mark, ...]) -> None: ...
    def reveal(self, wanted: Range) -> None: ...
    def place(self) -> Place: ...
    def go_to(self, place: Place) -> None: ...
    def zoom(self) -> str: ...
    def set_zoom(self, zoom: str) -> None: ...
    def zoom_by(self, factor: float) -> None: ...
    def rects(self, wanted: Range) -> list[QRect]: ...
    def visible_range(self) -> Range: ...
    def page_label(self) -> str: ...
    def page_count(self) -> int: ...
    def set_dark(self, dark: bool) -> None: ...
