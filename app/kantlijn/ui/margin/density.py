"""The density strip: where in the whole document the themes are, and which part of it shows."""

from __future__ import annotations

from math import log

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from kantlijn.ui.kit.colours import mix
from kantlijn.ui.page.surface import Surface

STRIP = 18
"""Logical pixels it takes at the viewport's right edge."""
_WIDTH, _AIR, _LEAST = 8, 14, 3


class Density:
    """An Overlay of a reading view. A click goes to that part of the document."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._blocks: list[tuple[QRectF, QColor]] = []
        self._worked_out: tuple[object, ...] = ()

    def _track(self) -> QRect:
        size = self._view.viewport().size()
        return QRect(size.width() - STRIP + 4, _AIR, _WIDTH, max(1, size.height() - 2 * _AIR))

    def _refresh(self, track: QRect) -> None:
        """Where each annotation stands on the strip; anew only when it would be seen to differ."""
        view = self._view
        long = round(log(view.verticalScrollBar().maximum() + 1) * 40)  # text heights are refined as one reads
        state = (view.marks, track.height(), track.x(), long, view.colours.dark)
        if self._worked_out == state:
            return
        self._worked_out = state
        rows: set[tuple[int, str]] = set()
        self._blocks = []
        for mark in view.marks.all:
            colour = mark.colours[0] if mark.colours else view.colours.muted
            top = round(track.y() + view.share_of(mark.range[0]) * track.height())
            bottom = round(track.y() + view.share_of(mark.range[1]) * track.height())
            if (top, colour) in rows and bottom - top <= _LEAST:
                continue  # 5,000 annotations on 800 pixels
            rows.add((top, colour))
            made = QColor(mix(colour, "#ffffff", 0.2) if view.colours.dark else colour)
            self._blocks.append((QRectF(track.x(), top, _WIDTH, max(_LEAST, bottom - top)), made))

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        track = self._track()
        if not exposed.intersects(track.adjusted(-4, -4, 4, 4)):
            return
        self._refresh(track)
        colours = self._view.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(colours.desk, colours.text, 0.06)))
        painter.drawRoundedRect(track, 4, 4)
        start, end = self._view.shown_share()
        if end - start < 1:
            part = QRectF(
                track.x() - 2, track.y() + start * track.height(), _WIDTH + 4, (end - start) * track.height()
            )
            part.setHeight(max(8.0, part.height()))
            painter.setBrush(QColor(mix(colours.desk, colours.text, 0.16)))
            painter.drawRoundedRect(part, 4, 4)
        for box, colour in self._blocks:
            painter.setBrush(colour)
            painter.drawRoundedRect(box, 1.5, 1.5)
        painter.restore()

    def press(self, where: QPoint) -> bool:
        track = self._track()
        if not track.adjusted(-5, -_AIR, 5, _AIR).contains(where):
            return False
        self._view.jump((where.y() - track.y()) / track.height())
        return True

    def hover(self, where: QPoint) -> bool:
        return self._track().adjusted(-3, 0, 3, 0).contains(where)

    def tip(self, _where: QPoint) -> str:
        return ""
