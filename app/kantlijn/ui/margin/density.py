"""The density strip: where the themes are in the whole document, and which part of it shows. It scrolls, too."""

from __future__ import annotations

from math import log

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from kantlijn.model.document import Range
from kantlijn.ui.kit.colours import mix
from kantlijn.ui.page.surface import Surface

STRIP = 18
"""Logical pixels it takes at the viewport's right edge."""
_WIDTH, _AIR, _LEAST = 8, 14, 3
_SHORT = 24.0  # pixels of the frame at least, so that it can be taken hold of
_MANY = 400  # blocks; more are drawn without round corners
_LATER = 80  # milliseconds after which a strip with many marks is drawn anew


class Density:
    """An Overlay of a reading view, and its scroll bar: a click goes there, the frame can be dragged."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held = 0.0  # where in the frame the mouse took it, pixels
        self._lit = False
        self._picture = QImage()
        self._drawn: tuple[object, ...] = ()
        self._shares: dict[Range, tuple[float, float]] = {}
        self._shape: tuple[object, ...] = ()
        self._later = QTimer(view, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self._redraw)

    def _track(self) -> QRect:
        size = self._view.viewport().size()
        return QRect(size.width() - STRIP + 4, _AIR, _WIDTH, max(1, size.height() - 2 * _AIR))

    def _state(self) -> tuple[object, ...]:
        """What the picture depends on; another one means another picture."""
        view = self._view
        ratio = view.viewport().devicePixelRatioF()
        lens = (view.lens, view.lens_areas)
        return (view.marks.revision, *lens, self._track().height(), *self._document(), view.colours.dark, ratio)

    def _document(self) -> tuple[object, ...]:
        """Text heights are refined as one reads: only a change that would be seen counts."""
        view = self._view
        return (id(view.selector.text), view.lacking, round(log(view.verticalScrollBar().maximum() + 1) * 40))

    def _refresh(self) -> None:
        state = self._state()
        if state == self._drawn:
            return
        if self._picture.isNull() or len(self._view.marks) < _MANY:
            self._redraw()
        elif not self._later.isActive():
            self._later.start()  # the old picture stays a moment: a tag among thousands must not wait for it

    def _redraw(self) -> None:
        self._drawn = self._state()
        height, ratio = self._track().height(), self._view.viewport().devicePixelRatioF()
        self._picture = QImage(
            round(_WIDTH * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
        )
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        blocks = self._blocks(height)
        painter = QPainter(self._picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(blocks) < _MANY)
        for (top, colour), tall in blocks.items():
            made = QColor(mix(colour, "#ffffff", 0.2) if self._view.colours.dark else colour)
            if len(blocks) < _MANY:
                painter.setBrush(made)
                painter.drawRoundedRect(QRectF(0, top, _WIDTH, tall), 1.5, 1.5)
            else:
                painter.fillRect(0, top, _WIDTH, tall, made)
        painter.end()
        self._view.viewport().update(self._track())

    def _blocks(self, height: int) -> dict[tuple[int, str], int]:
        """Height per top and colour, for a strip this high."""
        view = self._view
        if self._shape != self._document():
            self._shape = self._document()
            self._shares.clear()
        blocks: dict[tuple[int, str], int] = {}
        for mark in view.marks.unordered:
            if not view.in_lens(mark):
                continue
            share = self._shares.get(mark.range)
            if share is None:
                share = self._shares[mark.range] = (view.share_of(mark.range[0]), view.share_of(mark.range[1]))
            top = int(share[0] * height)
            key = (min(top, height - _LEAST), mark.colours[0] if mark.colours else view.colours.muted)
            blocks[key] = max(blocks.get(key, _LEAST), int(share[1] * height) - top)
        return blocks

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        track = self._track()
        if not exposed.intersects(track.adjusted(-4, -4, 4, 4)):
            return
        self._refresh()
        colours = self._view.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(colours.desk, colours.text, 0.06)))
        painter.drawRoundedRect(track, 4, 4)
        frame = self._frame()
        if not frame.isNull():
            painter.setBrush(QColor(mix(colours.desk, colours.text, 0.18 if self._lit else 0.08)))
            painter.drawRoundedRect(frame, 4, 4)
        painter.drawImage(track.topLeft(), self._picture)
        if not frame.isNull():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = colours.text if self._lit else colours.muted
            painter.setPen(QPen(QColor(mix(edge, colours.desk, 0.2)), 1))
            painter.drawRoundedRect(frame, 4, 4)
        painter.restore()

    def _frame(self) -> QRectF:
        """Around the part that shows; null when all of it does."""
        track = self._track()
        start, end = self._view.shown_share()
        if end - start >= 1:
            return QRectF()
        tall = max(_SHORT, (end - start) * track.height())
        top = min(track.y() + start * track.height(), track.bottom() + 1 - tall)
        return QRectF(track.x() - 2.5, top, _WIDTH + 5, tall)

    def press(self, where: QPoint) -> bool:
        if not self._holds(where):
            return False
        frame, track = self._frame(), self._track()
        if not frame.top() <= where.y() <= frame.bottom():
            self._view.jump((where.y() - track.y()) / track.height())
            frame = self._frame()
        self._held = where.y() - frame.center().y()
        return True

    def drag(self, where: QPoint) -> None:
        track = self._track()
        self._view.jump((where.y() - self._held - track.y()) / track.height())

    def _holds(self, where: QPoint) -> bool:
        """The strip with what is right of it: at the edge of the screen one need not aim."""
        return self._track().adjusted(-4, -_AIR, STRIP, _AIR).contains(where)

    def hover(self, where: QPoint) -> bool:
        lit = self._holds(where)
        if lit != self._lit:
            self._lit = lit
            self._view.viewport().update(self._track().adjusted(-4, -_AIR, 4, _AIR))
        return False  # as over any scroll bar, the arrow stays

    def tip(self, _where: QPoint) -> str:
        return ""
