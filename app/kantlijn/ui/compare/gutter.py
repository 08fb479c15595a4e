"""The room between two versions, in which lines join what belongs together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from kantlijn.ui.kit import change_look, colours, fonts

WIDE = 36
"""Pixels between two versions that are compared."""


@dataclass(frozen=True, slots=True)
class Joint:
    """From the middle of a change on the left to that on the right, in pixels from the gutter's top."""

    kind: str
    left: float
    right: float
    current: bool = False


class Across(QSplitter):
    """Panes beside each other. joints: what the gutter between the first two is asked to join when it paints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.joints: Callable[[QWidget], Sequence[Joint]] | None = None

    def createHandle(self) -> QSplitterHandle:
        return _Gutter(self.orientation(), self)

    def repaint_gutter(self) -> None:
        """What it joins stands elsewhere now."""
        if self.joints is not None and self.count() > 1:
            self.handle(1).update()


class _Gutter(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        across = self.splitter()
        if not isinstance(across, Across) or across.joints is None or self is not across.handle(1):
            super().paintEvent(event)
            return
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.desk))
        for joint in across.joints(self):
            _paint(painter, joint, float(self.width()), float(self.height()))
        painter.end()


def _paint(painter: QPainter, joint: Joint, wide: float, high: float) -> None:
    dark = colours.current().dark
    ink = QColor(change_look.colour("deleted" if joint.kind == "changed" else joint.kind, dark))
    moved = joint.kind == "moved"
    ink.setAlphaF(1.0 if moved or joint.current else 0.55)
    pen = QPen(ink, 2.2 if joint.current else 1.6 if moved else 1.2)
    if moved:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(0, joint.left))
    path.cubicTo(QPointF(wide * 0.55, joint.left), QPointF(wide * 0.45, joint.right), QPointF(wide, joint.right))
    painter.drawPath(path)
    if moved:
        middle = min(max((joint.left + joint.right) / 2, 14.0), high - 14)
        _sign(painter, QPointF(wide / 2, middle), ink)


def _sign(painter: QPainter, where: QPointF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(QColor(colours.current().raised))
    painter.drawEllipse(where, 9.5, 9.5)
    painter.setFont(fonts.chrome(12, QFont.Weight.DemiBold))
    painter.drawText(QRectF(where.x() - 10, where.y() - 10, 20, 20), int(Qt.AlignmentFlag.AlignCenter), "⇄")
