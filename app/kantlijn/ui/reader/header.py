"""The line over a pane: what is read, which page, zoom, text mode, close."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.kit.plain import tip
from kantlijn.ui.kit.widgets import IconButton
from kantlijn.words import say

_HEIGHT = 34
_ROOMY = 520  # below this width the − and + of the zoom go; its menu, keys and wheel still work
_TITLE = 116  # pixels of the title that stay when details are told beside it
_NARROW = 340  # and below this the menu too
_ZOOMS = ("width", "page", "trim", "0.5", "0.75", "1", "1.25", "1.5", "2", "3", "4")


class _Title(QWidget):
    """Title and muted details on one line. Short of room, the title gives way first; the page stays."""

    clicked = Signal()
    """(): the details were clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = self.details = ""
        self._details_from = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(60)

    def set(self, title: str, details: str) -> None:
        title = title[: paint.LETTERS]  # Qt measures all of it
        if (title, details) != (self.title, self.details):
            self.title, self.details = title, details
            self.setAccessibleName(f"{title}, {details}" if details else title)
            self.setToolTip(tip(title))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= self._details_from:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.position().x() >= self._details_from:
            event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = colours.current()
        strong, plain = fonts.chrome(13, QFont.Weight.Medium), fonts.chrome(13)
        room = self.rect().toRectF()
        whole = QFontMetrics(strong).horizontalAdvance(self.title) + 1.0
        details = self.details.split(" · ")
        while len(details) > 1 and min(whole, _TITLE) + _advance(plain, details) + 12 > room.width():
            del details[0]
        wide = min(whole, max(60.0, room.width() - _advance(plain, details) - 12))
        room.setWidth(wide)
        paint.words(painter, room, self.title, colour=tokens.text, font=strong)
        room.setLeft(wide + 10)
        room.setRight(self.width())
        self._details_from = room.left()
        if room.width() > 30:
            paint.words(painter, room, " · ".join(details), colour=tokens.muted, font=plain)
        painter.end()


def _advance(font: QFont, details: list[str]) -> int:
    return QFontMetrics(font).horizontalAdvance(" · ".join(details))


class Header(QWidget):
    """Says what is read and where; asks for zoom, text mode and closing."""

    zoom_wanted = Signal(str)
    zoomed_by = Signal(float)
    text_mode_wanted = Signal(bool)
    close_wanted = Signal()
    page_wanted = Signal()
    """(): the page that is named was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paneheader")
        self.setFixedHeight(_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 1)
        row.setSpacing(2)
        self._title = _Title(self)
        self._title.clicked.connect(self.page_wanted)
        row.addWidget(self._title, 1)
        self.smaller = self._button("minus", say("Zoom out"), row)
        self.zoom = QToolButton(self)
        self.zoom.setObjectName("small")
        self.zoom.setAutoRaise(True)
        self.zoom.setAccessibleName(say("Zoom"))
        self.zoom.setMinimumWidth(64)
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setMenu(self._zooms())
        row.addWidget(self.zoom)
        self.larger = self._button("plus", say("Zoom in"), row)
        self.text_mode = self._button("file-text", say("Text mode"), row)
        self.text_mode.setCheckable(True)
        self.text_mode.setToolTip(say("Read as flowing text"))
        self.close_button = self._button("x", say("Close this pane"), row)
        self.smaller.clicked.connect(lambda: self.zoomed_by.emit(0.8))
        self.larger.clicked.connect(lambda: self.zoomed_by.emit(1.25))
        self.text_mode.clicked.connect(self.text_mode_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        self.show_document("", "", can_text=False)

    def _button(self, icon: str, name: str, row: QHBoxLayout) -> IconButton:
        button = IconButton(icon, name, self)
        button.setObjectName("small")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(button)
        return button

    def _zooms(self) -> QMenu:
        menu = QMenu(self)
        for zoom in _ZOOMS:
            menu.addAction(zoom_name(zoom)).setData(zoom)
            if zoom == "trim":
                menu.addSeparator()
        menu.triggered.connect(lambda action: self.zoom_wanted.emit(action.data()))
        return menu

    def show_document(self, title: str, details: str, *, can_text: bool) -> None:
        """What is read. can_text: it has pages and can be read as flowing text too."""
        self._title.set(title, details)
        self.text_mode.setVisible(can_text)
        self._fold()

    def show_zoom(self, zoom: str, factor: float, *, flowing: bool) -> None:
        """The zoom there is; in flowing text there is no width to fit."""
        fits = zoom in ("width", "page", "trim") and not flowing
        self.zoom.setText(zoom_name(zoom) if fits else f"{round(100 * factor)} %")

    @property
    def title(self) -> str:
        return self._title.title

    @property
    def details(self) -> str:
        return self._title.details

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        shows = bool(self._title.title)
        self.zoom.setVisible(shows and self.width() >= _NARROW)
        for button in (self.smaller, self.larger):
            button.setVisible(shows and self.width() >= _ROOMY)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = colours.current()
        painter.fillRect(self.rect(), tokens.panel)
        painter.setPen(tokens.line)
        bottom = self.height() - 1
        painter.drawLine(QPoint(0, bottom), QPoint(self.width(), bottom))
        pane = self.parentWidget()
        if pane is not None and pane.property("active"):  # of several panes, the one keys speak to
            painter.fillRect(0, bottom - 1, self.width(), 2, tokens.accent)
        painter.end()


def zoom_name(zoom: str) -> str:
    """A zoom as readers read it."""
    if zoom == "width":
        return say("Fit width")
    if zoom == "page":
        return say("Fit page")
    if zoom == "trim":
        return say("Trim margins")
    return f"{round(100 * float(zoom))} %"
