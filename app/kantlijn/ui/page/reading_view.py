"""What the page view and the text view share of taking events: mouse, keys, wheel, focus, tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from kantlijn.ui.kit import plain
from kantlijn.ui.page.handles import Handles
from kantlijn.ui.page.keys import key_pressed, key_released
from kantlijn.ui.page.mouse import Mouse
from kantlijn.ui.page.surface import Surface
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Link

ZOOM_STEP = 1.1


class ReadingView(Surface):
    """The View of view.py, but for what its subclasses know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.handles = Handles(self)
        self.mouse = Mouse(self, self.handles)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.activated.emit()
        if self._caret_shown:
            self.show_caret()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._blink.stop()
        self.space_held = False
        self.viewport().update()

    # -- events ---------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            self.paint(painter, event.rect())
        finally:
            painter.end()  # a painter left open takes the program with it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not key_pressed(self, self.mouse, event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not key_released(self, self.mouse, event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.activated.emit()
        self.mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = event.angleDelta().y() / 120
            if turns:
                self.zoom_at(ZOOM_STEP**turns, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_at(1 + event.value(), event.position())
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        elif event.type() == QEvent.Type.Leave:
            self.rest_on(None, QPointF(-1, -1))
            for overlay in self.overlays:
                overlay.hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        link = self.link_at(QPointF(event.pos()))
        if link is not None:
            tip = "" if link.kind == "page" else self.link_words(link)  # of a page there is a preview
        else:
            tip = next((tip for overlay in reversed(self.overlays) if (tip := overlay.tip(event.pos()))), "")
        if tip:
            QToolTip.showText(event.globalPos(), plain.tip(tip), self.viewport())
        else:
            QToolTip.hideText()

    def link_words(self, link: Link) -> str:
        """Where a link leads, in words."""
        return link.uri or say("To page {page}", page=link.page + 1)
