"""What is laid over a page beside marks: find hits, the theme lens, areas."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF, QRegion

from kantlijn.model.document import Range
from kantlijn.ui.kit.colours import Tokens, chip, mix
from kantlijn.ui.page.page_paint import PLAIN, Shape, blending, fill_colour
from kantlijn.ui.page.view import Mark

_HIT, _CURRENT = "#f2c94c", "#f08c00"
_VEIL = 0.72


def paint_hits(
    painter: QPainter, hits: Iterable[Sequence[Shape]], current: Sequence[Shape], ratio: float, dark: bool
) -> None:
    """All hits in yellow, the one a reader is at in orange with a frame."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(blending(dark))
    for shapes in hits:
        _fill(painter, shapes, fill_colour(_HIT, 0.4 if dark else 0.6, dark))
    _fill(painter, current, fill_colour(_CURRENT, 0.5 if dark else 0.6, dark))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setPen(QPen(QColor(_CURRENT), max(1.0, 1.5 * ratio)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shape in current:
        if isinstance(shape, QRectF):
            painter.drawRect(shape.adjusted(-ratio, -ratio, ratio, ratio))
        else:
            painter.drawPolygon(shape)
    painter.setPen(Qt.PenStyle.NoPen)


def _fill(painter: QPainter, shapes: Iterable[Shape], colour: QColor) -> None:
    for shape in shapes:
        if isinstance(shape, QRectF):
            painter.fillRect(shape.toAlignedRect(), colour)
        else:
            painter.setBrush(colour)
            painter.drawPolygon(shape)


def paint_lens(painter: QPainter, ground: QRect, kept: Iterable[Shape], page: str) -> None:
    """A veil in the page's colour over all but these shapes."""
    region = QRegion(ground)
    for shape in kept:
        box = shape.boundingRect() if isinstance(shape, QPolygonF) else shape
        region -= QRegion(box.toAlignedRect().adjusted(-1, -1, 1, 1))
    veil = QColor(page)
    veil.setAlphaF(_VEIL)
    painter.save()
    painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
    painter.fillRect(ground, veil)
    painter.restore()


def paint_area(painter: QPainter, mark: Mark, box: QRectF, ratio: float, dark: bool) -> None:
    """An area annotation: a light fill and a frame, a further theme as a second frame inside."""
    share = 0.16 if mark.selected else 0.05 if mark.dimmed else 0.09
    colours = mark.colours or (PLAIN,)
    painter.setCompositionMode(blending(dark))
    painter.fillRect(box, fill_colour(colours[0], share, dark))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    thick = max(1.0, (2.2 if mark.selected else 1.5) * ratio)
    for number, colour in enumerate(colours[:4]):
        pen = QPen(QColor(mix(colour, "#ffffff", 0.35) if dark else colour), thick)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setOpacity(0.4 if mark.dimmed else 1.0)
        inset = number * (thick + ratio)
        painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
    _paint_letters(painter, mark, box, ratio, dark)
    painter.setOpacity(1.0)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_letters(painter: QPainter, mark: Mark, box: QRectF, ratio: float, dark: bool) -> None:
    """The themes' letters, in the frame's upper right corner: colour alone says nothing to some."""
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(10.5 * ratio)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    size = 15 * ratio
    for number, (letter, colour) in enumerate(zip(mark.letters[:4], mark.colours[:4], strict=False)):
        where = QRectF(box.right() - (number + 1) * (size + ratio), box.top() + ratio, size, size)
        if where.left() < box.left():
            return
        ground, ink = chip(colour, dark)
        painter.fillRect(where, QColor(ground))
        painter.setPen(QColor(ink))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), letter)


def paint_drawn_area(painter: QPainter, box: QRectF, colours: Tokens, ratio: float) -> None:
    """The area that a reader is drawing, or has drawn and not yet tagged."""
    fill = QColor(colours.accent)
    fill.setAlphaF(0.12)
    painter.fillRect(box, fill)
    pen = QPen(QColor(colours.accent), max(1.0, 1.5 * ratio), Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.setPen(Qt.PenStyle.NoPen)


def hits_among(hits: Sequence[Range], start: int, end: int) -> range:
    """The numbers of the hits (in order, not overlapping) that touch [start, end)."""
    first = bisect_right(hits, start, key=lambda hit: hit[1])
    last = bisect_left(hits, end, key=lambda hit: hit[0])
    return range(first, max(first, last))


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order, those that overlap or touch as one; empty ones left out."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
