"""Where in the whole of the new version the changes are, and which part of it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kantlijn.ui.kit import change_look, colours
from kantlijn.words import say

_AIR, _LEAST = 10, 3
Block = tuple[float, float, str]
"""From and to, as shares of the document, and the kind of change."""


class Minimap(QWidget):
    """16 pixels beside the new version; a click goes there."""

    wanted = Signal(float)
    """(share of the document, 0 to 1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(18)
        self.setAccessibleName(say("Where the changes are"))
        self.setToolTip(say("Where the changes are: click to go there"))
        self._blocks: Sequence[Block] = ()
        self._shown = (0.0, 1.0)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.update()

    def show_part(self, shown: tuple[float, float]) -> None:
        """Which part of the document is in view."""
        if shown != self._shown:
            self._shown = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.panel))
        painter.fillRect(0, 0, 1, self.height(), QColor(tokens.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.height() - 2 * _AIR
        start, end = self._shown
        part = QRectF(2.5, _AIR + start * high, self.width() - 4, max(10.0, (end - start) * high))
        painter.setPen(QColor(tokens.line_strong))
        painter.setBrush(QColor(tokens.hover))
        painter.drawRoundedRect(part, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        seen: set[tuple[int, str]] = set()
        for first, last, kind in self._blocks:
            top = _AIR + first * high
            key = (int(top), kind)
            if key in seen and (last - first) * high < _LEAST:
                continue
            seen.add(key)
            painter.setBrush(QColor(change_look.colour(kind, tokens.dark)))
            # deleted to the left, inserted to the right: not by colour alone
            left, wide = {"deleted": (5.0, 5.0), "inserted": (10.0, 5.0)}.get(kind, (5.0, 10.0))
            painter.drawRoundedRect(QRectF(left, top, wide, max(_LEAST, (last - first) * high)), 1, 1)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        high = max(1, self.height() - 2 * _AIR)
        self.wanted.emit(min(1.0, max(0.0, (event.position().y() - _AIR) / high)))
