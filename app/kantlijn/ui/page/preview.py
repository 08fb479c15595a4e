"""Where a link leads, as a small picture beside it while the mouse rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kantlijn.ui.kit import fonts, paint
from kantlijn.ui.kit.colours import Tokens
from kantlijn.ui.page.paged import Paged
from kantlijn.ui.page.tiles import Tiles

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Link

_AFTER = 400  # milliseconds the mouse rests
_WIDE, _TALL = 540, 230  # logical pixels of the picture
_HEAD, _EDGE = 28, 1
_ABOVE = 14.0  # points above the target


class Preview(QObject):
    """Asks the engine for the target and shows it. One per page view."""

    def __init__(self, view: Paged, tiles: Tiles) -> None:
        super().__init__(view)
        self._view, self._tiles = view, tiles
        self._link: Link | None = None
        self._at = QPoint()
        self._turn = 0
        self.card = _Card(view)
        self._rest = QTimer(self, singleShot=True, interval=_AFTER)
        self._rest.timeout.connect(self._ask)

    def rest_on(self, link: Link | None, where: QPoint) -> None:
        """The mouse is over this link, or over none; where: a point of the viewport."""
        if link is self._link:
            return
        self.leave()
        if link is not None and link.kind == "page":
            self._link, self._at = link, where
            self._rest.start()

    def leave(self) -> None:
        """Away with it: the mouse left, something was pressed, or the view moved."""
        self._rest.stop()
        self._link = None
        self._turn += 1
        self.card.hide()

    def _ask(self) -> None:
        link, view = self._link, self._view
        if link is None or not 0 <= link.page < len(view.sheets.pages):
            return
        width, height = view.sheets.pages[link.page]
        ratio = view.ratio
        scale = _WIDE * ratio / width
        tall = min(round(_TALL * ratio), round(height * scale))
        top = min(max(0, round((link.y - _ABOVE) * scale)), round(height * scale) - tall)
        turn = self._turn

        def came(image: QImage) -> None:
            if isValid(self) and turn == self._turn and self._link is not None:
                image.setDevicePixelRatio(ratio)
                self.card.show_picture(image, view.link_words(self._link), view.colours, self._place())

        self._tiles.ask_part(link.page, scale, (0, top, round(width * scale), top + tall), came)

    def _place(self) -> QRect:
        """The link in pixels of the screen, so that the card stays clear of it."""
        at = self._view.viewport().mapToGlobal(self._at)
        return QRect(at.x() - 20, at.y() - 14, 40, 28)


class _Card(QWidget):
    """The picture in a frame, with its page over it; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.picture = QImage()
        self.words = ""
        self._colours: Tokens | None = None

    def show_picture(self, image: QImage, words: str, colours: Tokens, beside: QRect) -> None:
        """Show it below this place of the screen, else above."""
        self.picture, self.words, self._colours = image, words, colours
        size = image.deviceIndependentSize().toSize() + QSize(2 * _EDGE, _HEAD + 2 * _EDGE)
        self.resize(size)
        screen = self.screen().availableGeometry()
        x = min(max(screen.left() + 4, beside.center().x() - size.width() // 3), screen.right() - size.width() - 4)
        below = beside.bottom() + 6
        y = below if below + size.height() <= screen.bottom() else beside.top() - 6 - size.height()
        self.move(x, y)
        self.setAccessibleName(words)
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self._colours
        if colours is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.line_strong))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        head = QRectF(12, _EDGE, self.width() - 24, _HEAD)
        paint.words(painter, head, self.words, colour=colours.muted, font=fonts.chrome(12))
        painter.drawImage(QPoint(_EDGE, _HEAD), self.picture)
        painter.end()
