"""What changed between two versions, tinted on the page of either: a colour, and always a line or a frame."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from kantlijn.model.document import Range
from kantlijn.ui.kit.change_look import SIGNS, side_colour
from kantlijn.ui.kit.colours import Tokens, mix
from kantlijn.ui.page.page_paint import Shape, blending, fill_colour

_SHARE, _SHARE_CURRENT, _SHARE_MOVED = 0.13, 0.30, 0.07
_GAP, _HATCH, _APART = 0.6, 0.45, 12  # how much of the desk's tone, of a line's; pixels between lines
_BESIDE = 5  # logical pixels between a sign and the page's edge


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """A part of an edit on one side. number: the edit's place in the comparison; old: on the older side."""

    range: Range
    kind: str
    number: int
    old: bool
    struck: bool = False
    """Struck through too: what moved away from here, where both places stand in one text."""


class Changes:
    """The marks of one side, by where they begin; those inside a moved passage lie over it."""

    def __init__(self, marks: Iterable[ChangeMark] = (), current: int | None = None) -> None:
        self.marks = sorted(marks, key=lambda mark: (mark.range[0], -mark.range[1]))
        self.current = current
        self._longest = max((mark.range[1] - mark.range[0] for mark in self.marks), default=0)

    def between(self, start: int, end: int) -> list[ChangeMark]:
        """Those that touch [start, end), in order."""
        first = bisect_left(self.marks, start - self._longest, key=lambda mark: mark.range[0])
        last = bisect_left(self.marks, end, key=lambda mark: mark.range[0])
        return [mark for mark in self.marks[first:last] if mark.range[1] > start]


def paint_changes(
    painter: QPainter,
    found: Sequence[tuple[ChangeMark, Sequence[Shape]]],
    current: int | None,
    ratio: float,
    dark: bool,
) -> None:
    """Fills first, then lines: struck through what went, underlined what came, framed what moved."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(blending(dark))
    for mark, shapes in found:
        if mark.kind == "formatting" and mark.number != current:
            continue
        share = _SHARE_CURRENT if mark.number == current else _SHARE_MOVED if mark.kind == "moved" else _SHARE
        fill = fill_colour(side_colour(mark.kind, old=mark.old, dark=dark), share, dark)
        for shape in shapes:
            painter.fillRect(_box(shape), fill)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    for mark, shapes in found:
        ink = QColor(side_colour(mark.kind, old=mark.old, dark=dark))
        thick = max(1.0, (2.0 if mark.number == current else 1.4) * ratio)
        if mark.kind == "moved":
            _frame(painter, shapes, ink, thick, ratio)
            if mark.struck:
                _lines(painter, shapes, QPen(ink, thick), 0.52)
        elif mark.kind == "formatting":
            _lines(painter, shapes, QPen(ink, thick, Qt.PenStyle.DotLine), 1.0)
        else:
            _lines(painter, shapes, QPen(ink, thick), 0.52 if mark.old else 1.0)
    painter.restore()


def paint_signs(
    painter: QPainter, found: Sequence[tuple[ChangeMark, Sequence[Shape]]], left: float, ratio: float, dark: bool
) -> None:
    """The sign of each change once, where it begins, at the page's left edge (left, in the painter's pixels)."""
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(12 * ratio)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    high = 16 * ratio
    beyond = float("-inf")
    for mark, shapes in found:
        if not shapes or mark.kind == "formatting":
            continue
        top = _box(shapes[0]).center().y() - high / 2
        if top < beyond:
            continue
        beyond = top + high * 0.9
        kind = mark.kind if mark.kind != "changed" else "deleted" if mark.old else "inserted"
        painter.setPen(QColor(side_colour(mark.kind, old=mark.old, dark=dark)))
        where = QRectF(left + _BESIDE * ratio, top, 16 * ratio, high)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), SIGNS[kind])


def paint_gap(painter: QPainter, gap: QRectF, shown: QRectF, colours: Tokens) -> None:
    """Where the other version has text that this one lacks: toned and hatched, told by more than its colour.

    shown: the viewport, outside which nothing is drawn.
    """
    seen = gap & shown
    painter.save()
    painter.fillRect(seen, QColor(mix(colours.page, colours.desk, _GAP)))
    painter.setClipRect(seen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(mix(colours.page, colours.line_strong, _HATCH)), 1))
    beyond = seen.left() + seen.top()
    at = beyond - (beyond - gap.left() - gap.top()) % _APART  # the lines scroll with the gap
    while at < seen.right() + seen.bottom():
        painter.drawLine(QPointF(at - seen.bottom(), seen.bottom()), QPointF(at - seen.top(), seen.top()))
        at += _APART
    painter.restore()


def _box(shape: Shape) -> QRectF:
    return shape if isinstance(shape, QRectF) else shape.boundingRect()


def _lines(painter: QPainter, shapes: Sequence[Shape], pen: QPen, height: float) -> None:
    """A line along each shape, at this share of its height from the top."""
    painter.setPen(pen)
    for shape in shapes:
        if isinstance(shape, QRectF):
            y = shape.top() + shape.height() * height - (pen.widthF() / 2 if height == 1.0 else 0)
            painter.drawLine(QPointF(shape.left(), y), QPointF(shape.right(), y))
        else:
            one = shape.at(0) + (shape.at(3) - shape.at(0)) * height
            painter.drawLine(one, shape.at(1) + (shape.at(2) - shape.at(1)) * height)


def _frame(painter: QPainter, shapes: Sequence[Shape], ink: QColor, thick: float, ratio: float) -> None:
    painter.setPen(QPen(ink, thick, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for block in _blocks(shapes):
        painter.drawRect(block.adjusted(-2 * ratio, -1 * ratio, 2 * ratio, 1 * ratio))


def _blocks(shapes: Sequence[Shape]) -> list[QRectF]:
    """Lines below each other as one block."""
    found: list[QRectF] = []
    for shape in shapes:
        box = _box(shape)
        if found and box.top() >= found[-1].top() and box.top() - found[-1].bottom() < box.height():
            overlaps = box.left() < found[-1].right() and box.right() > found[-1].left()
            if overlaps:
                found[-1] = found[-1].united(box)
                continue
        found.append(QRectF(box))
    return found
