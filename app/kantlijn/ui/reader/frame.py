"""What a pane is around the page: header, bars, what is said while there is nothing, what it tells others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import EmptyState
from kantlijn.ui.reader.header import Header
from kantlijn.ui.reader.scan_bar import ScanBar
from kantlijn.words import say


class Frame(QWidget):
    """stack holds the views and what stands in their place."""

    selection_changed = Signal(object)
    annotation_clicked = Signal(str, bool)
    activated = Signal()
    closed = Signal()
    place_changed = Signal()
    shown = Signal()
    """(): a version, and later its marks, came on the screen."""
    jumping = Signal()
    """(): about to go elsewhere from where it stands."""
    travel_wanted = Signal(int)
    """(-1 or 1): back or forward, with the mouse's own buttons."""
    password_wanted = Signal()
    """(): the pages cannot be drawn without one."""
    text_wanted = Signal()
    """(): the text of the scan that is shown is to be recognised."""
    page_wanted = Signal()
    """(): the page in the header was clicked."""
    passage_dragged = Signal(str, object)
    area_dragged = Signal(str, int, object)
    note_wanted = Signal()
    link_wanted = Signal(object, bool)
    """(Link, whether in another pane): a link on the page was clicked."""
    relation_wanted = Signal(str, str, object)
    """(annotation id, version id, range): the other end of a relation is to be shown."""
    menu_wanted = Signal(QPoint, bool)
    """(point of the screen, whether by the menu key): what can be done here?"""
    wanted = Signal()
    """(): the empty pane's button: the reader wants to add documents."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.header = Header(self)
        self.header.close_wanted.connect(self.closed)
        self.header.page_wanted.connect(self.page_wanted)
        self._column.addWidget(self.header)
        self.scan = ScanBar(self)
        self.scan.text_wanted.connect(self.text_wanted)
        self._column.addWidget(self.scan)
        body = QWidget(self)
        self._column.addWidget(body, 1)
        self.stack = QStackedLayout(body)
        self.loading = Words("", body)
        self.loading.setObjectName("muted")
        self.loading.setIndent(24)
        self.empty = EmptyState(
            say("Nothing is open here yet. Choose a document at the left, or add one."),
            say("Add documents…"), self.wanted.emit, icon="book-open", parent=body,
        )  # fmt: skip
        self.trouble = EmptyState("", say("Try again"), icon="circle-alert", parent=body)
        for widget in (self.loading, self.empty, self.trouble):
            self.stack.addWidget(widget)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar between the header and the page."""
        self._column.insertWidget(1, bar)

    def sizeHint(self) -> QSize:
        return QSize(560, 700)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DynamicPropertyChange and hasattr(self, "header"):
            self.header.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.activated.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos(), event.reason() == QContextMenuEvent.Reason.Keyboard)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}.get(event.button())
        if step is not None:
            self.travel_wanted.emit(step)
            return
        super().mousePressEvent(event)
        self.activated.emit()
