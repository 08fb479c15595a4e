"""How a page is painted: sheet and shadow, its pictures, marks, the selection. Device pixels throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPolygonF

from kantlijn.model.layer import Quad
from kantlijn.ui.kit.colours import LIGHT, Tokens, mix
from kantlijn.ui.page.marks import lined
from kantlijn.ui.page.tiles import Tile
from kantlijn.ui.page.view import Mark

_FILL, _FILL_SELECTED, _FILL_DIMMED = 0.22, 0.42, 0.08
_DEEPEST = 4  # marks over each other that are still filled
_FILL_DARK = 1.5  # on dark pages a screen needs more to be seen
_SELECTION_ON_WHITE = LIGHT.selection  # a white page in the dark keeps it
PLAIN = "#8c9196"
"""The colour of an annotation without a theme."""
_SHADOW = 3  # logical pixels
_Blend = QPainter.CompositionMode
Shape = QRectF | QPolygonF


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it stands in the viewport: its rectangle, pixels per point, device pixels per logical one.

    size: of the page itself in points; rotation: how far it is turned, clockwise.
    """

    page: int
    rect: QRect
    scale: float
    ratio: float
    size: tuple[float, float] = (0.0, 0.0)
    rotation: int = 0

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page (points) on the sheet as it lies, in points from its top left."""
        wide, high = self.size
        if self.rotation == 90:
            return high - y, x
        if self.rotation == 180:
            return wide - x, high - y
        return (y, wide - x) if self.rotation == 270 else (x, y)

    def shape(self, quad: Quad) -> Shape:
        """A quad of the page in the viewport; a rectangle for text that stands upright there."""
        corners = [self.turned(x, y) for x, y in zip(quad[0::2], quad[1::2], strict=True)]
        xs = [self.rect.x() + x * self.scale for x, _ in corners]
        ys = [self.rect.y() + y * self.scale for _, y in corners]
        if abs(corners[0][1] - corners[1][1]) < 0.5 and corners[0][0] <= corners[1][0]:
            return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        return QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])

    def point(self, where: QPointF) -> tuple[float, float]:
        """The page's point (points) at this place of the viewport (device pixels)."""
        u, v = (where.x() - self.rect.x()) / self.scale, (where.y() - self.rect.y()) / self.scale
        wide, high = self.size
        if self.rotation == 90:
            return v, high - u
        if self.rotation == 180:
            return wide - u, high - v
        return (wide - v, u) if self.rotation == 270 else (u, v)


@lru_cache(maxsize=1024)
def fill_colour(colour: str, share: float, dark: bool) -> QColor:
    """What to multiply a white page with (or screen a dark one) for this share of a theme's colour."""
    return QColor(mix("#000000" if dark else "#ffffff", colour, min(1.0, share * (_FILL_DARK if dark else 1.0))))


def blending(dark: bool) -> _Blend:
    return _Blend.CompositionMode_Screen if dark else _Blend.CompositionMode_Multiply


def paint_sheet(painter: QPainter, sheet: Sheet, colours: Tokens, dark_page: bool) -> None:
    """The sheet itself and its shadow: a soft edge below and beside it."""
    rect = sheet.rect
    width = max(1, round(sheet.ratio))
    for step in range(_SHADOW, 0, -1):  # strips along the edges, not areas: a sheet is large
        shade = QColor(0, 0, 0, (60 if colours.dark else 26) // step)
        out = rect.adjusted(-step * width, width - step * width, step * width, width + step * width)
        painter.fillRect(out.left(), out.top(), width, out.height(), shade)
        painter.fillRect(out.right() + 1 - width, out.top(), width, out.height(), shade)
        painter.fillRect(out.left() + width, out.bottom() + 1 - width, out.width() - 2 * width, width, shade)
        painter.fillRect(out.left() + width, out.top(), out.width() - 2 * width, width, shade)
    painter.fillRect(rect, QColor(colours.page if dark_page else "#ffffff"))


def paint_pictures(
    painter: QPainter,
    sheet: Sheet,
    pictures: Sequence[tuple[Tile, QImage | None]],
    others: Iterable[tuple[Tile, QImage]],
) -> None:
    """The sharp pictures where they are; pictures of another zoom, scaled, below where they are not."""
    if any(image is None for _, image in pictures):
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile, blurred in others:
            x0, y0, x1, y1 = (value * sheet.scale / tile.scale for value in tile.clip)
            painter.drawImage(QRectF(sheet.rect.x() + x0, sheet.rect.y() + y0, x1 - x0, y1 - y0), blurred)
    for tile, image in pictures:
        if image is not None:
            painter.drawImage(sheet.rect.x() + tile.clip[0], sheet.rect.y() + tile.clip[1], image)


def paint_marks(
    painter: QPainter, marks: Iterable[tuple[Mark, Sequence[Shape]]], ratio: float, dark: bool
) -> None:
    """First theme as a fill, further themes and further annotations as lines below; the selected stronger.

    The marks come in reading order.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    drawn = [(_coloured(mark), shapes) for mark, shapes in marks if shapes]
    lines = lined([mark for mark, _ in drawn])
    painter.setCompositionMode(blending(dark))
    for mark, shapes in drawn:
        if mark.style != "highlight" and not mark.selected:
            continue
        share = _FILL_SELECTED if mark.selected else _FILL_DIMMED if mark.dimmed else _FILL
        if not mark.selected:
            depth = lines[mark.id].depth
            if depth > _DEEPEST:
                continue
            share *= 0.6**depth  # what lies on others adds less, so that words can be read under dozens
        _fill(painter, shapes, fill_colour(mark.colours[0], share, dark))
    painter.setCompositionMode(_Blend.CompositionMode_SourceOver)
    for mark, shapes in drawn:
        if mark.style == "strike":
            _strike(painter, ratio, mark, shapes, dark)
        lining = lines[mark.id]
        _underline(painter, ratio, shapes, lining.first, [_ink(colour, mark, dark) for colour in lining.colours])


def _coloured(mark: Mark) -> Mark:
    return mark if mark.colours else replace(mark, colours=(PLAIN,))


def _ink(colour: str, mark: Mark, dark: bool) -> QColor:
    """A theme's colour for lines on the page."""
    made = QColor(mix(colour, "#ffffff", 0.35) if dark else colour)
    made.setAlphaF(0.35 if mark.dimmed else 1.0)
    return made


def _fill(painter: QPainter, shapes: Sequence[Shape], colour: QColor) -> None:
    for shape in shapes:
        if isinstance(shape, QRectF):
            painter.fillRect(shape.toAlignedRect(), colour)
        else:
            painter.setBrush(QBrush(colour))
            painter.drawPolygon(shape)


def _underline(
    painter: QPainter, ratio: float, shapes: Sequence[Shape], first: int, colours: Sequence[QColor]
) -> None:
    """2 px lines under one another, the first at this height (counted from 0)."""
    thick = max(1, round(2 * ratio))
    for shape in shapes:
        for number, colour in enumerate(colours, first):
            down = number * (thick + max(1, round(ratio / 2)))
            if isinstance(shape, QRectF):
                box = shape.toAlignedRect()
                painter.fillRect(QRect(box.x(), box.bottom() + 1 - thick + down, box.width(), thick), colour)
            else:
                painter.setPen(QPen(colour, thick))
                aside = (shape.at(3) - shape.at(0)) * (down / max(1.0, QLineF(shape.at(0), shape.at(3)).length()))
                painter.drawLine(shape.at(3) + aside, shape.at(2) + aside)
                painter.setPen(Qt.PenStyle.NoPen)


def _strike(painter: QPainter, ratio: float, mark: Mark, shapes: Sequence[Shape], dark: bool) -> None:
    """A line through the middle, in the first theme's colour."""
    paint = _ink(mark.colours[0], mark, dark)
    thick = max(1, round(1.6 * ratio))
    for shape in shapes:
        if isinstance(shape, QRectF):
            box = shape.toAlignedRect()
            painter.fillRect(QRect(box.x(), box.center().y() - thick // 2, box.width(), thick), paint)
        else:
            painter.setPen(QPen(paint, thick))
            painter.drawLine((shape.at(0) + shape.at(3)) / 2, (shape.at(1) + shape.at(2)) / 2)
            painter.setPen(Qt.PenStyle.NoPen)


def paint_selection(painter: QPainter, shapes: Sequence[Shape], colours: Tokens, dark: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(blending(dark))
    _fill(painter, shapes, QColor(colours.selection if dark else _SELECTION_ON_WHITE))
    painter.setCompositionMode(_Blend.CompositionMode_SourceOver)


def paint_trouble(
    painter: QPainter, sheet: Sheet, showing: QRect, sentence: str, again: str, colours: Tokens
) -> QRect:
    """Why the page is not drawn, in the middle of what shows of it, with a link to try again.

    Returns the link's place (device pixels).
    """
    ratio = sheet.ratio
    font = QFont(painter.font())
    font.setPixelSize(round(14 * ratio))
    painter.setFont(font)
    width = min(sheet.rect.width() - round(32 * ratio), round(420 * ratio))
    space = QRect(0, 0, max(80, width), round(400 * ratio))
    wraps = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
    told = QFontMetrics(font).boundingRect(space, int(wraps), sentence)
    told.moveCenter(showing.center())
    told.moveTop(max(told.top(), sheet.rect.top() + round(24 * ratio)))
    ground = told.adjusted(-round(16 * ratio), -round(14 * ratio), round(16 * ratio), round(44 * ratio))
    painter.setBrush(QColor(colours.panel))
    painter.setPen(QPen(QColor(colours.line), ratio))
    painter.drawRoundedRect(ground, 8 * ratio, 8 * ratio)
    painter.setPen(QColor(colours.muted))
    painter.drawText(told, int(wraps), sentence)
    wide = QFontMetrics(font).horizontalAdvance(again) + round(16 * ratio)
    link = QRect(0, told.bottom() + round(8 * ratio), wide, round(22 * ratio))
    link.moveLeft(told.center().x() - wide // 2)
    font.setUnderline(True)
    painter.setFont(font)
    painter.setPen(QColor(colours.accent))
    painter.drawText(link, int(Qt.AlignmentFlag.AlignCenter), again)
    return link
