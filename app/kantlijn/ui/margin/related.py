"""The card beside a bracket that lists what an annotation is related to; a click or Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.margin.card import Related
from kantlijn.words import say

_WIDE, _ROW = 360, 60
_MOST = 8


class _Row(QAbstractButton):
    """Kind and status, the other passage's first words, and where it stands."""

    def __init__(self, related: Related, parent: QWidget) -> None:
        super().__init__(parent)
        self._related = related
        self.setAccessibleName(f"{related.kind}: {related.quote}. {related.place}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, one = colours.current(), self._related
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if self.hasFocus() else tokens.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        room = QRectF(self.rect()).adjusted(10, 5, -10, -5)
        line = room.height() / 3
        bold, plain, small = fonts.chrome(12, QFont.Weight.DemiBold), fonts.chrome(13), fonts.chrome(11.5)
        paint.words(painter, QRectF(room.x(), room.y(), room.width(), line), one.kind,
                    colour=tokens.text, font=bold)  # fmt: skip
        if one.status:
            aside = room.adjusted(QFontMetrics(bold).horizontalAdvance(one.kind) + 8, 0, 0, 0)
            paint.words(painter, QRectF(aside.x(), aside.y(), aside.width(), line), one.status,
                        colour=tokens.muted, font=small)  # fmt: skip
        paint.words(painter, QRectF(room.x(), room.y() + line, room.width(), line), f"“{one.quote}”",
                    colour=tokens.text, font=plain)  # fmt: skip
        paint.words(painter, QRectF(room.x(), room.y() + 2 * line, room.width(), line), one.place,
                    colour=tokens.muted, font=small)  # fmt: skip
        painter.end()


class RelatedPopup(QFrame):
    """Closes when anything else is clicked."""

    chosen = Signal(str, str, object)
    """(annotation, version, range) of the other end."""

    def __init__(self, relations: Sequence[Related], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(say("Related passages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(2)
        self.rows = [_Row(one, self) for one in relations[:_MOST]]
        for row, one in zip(self.rows, relations, strict=False):
            row.clicked.connect(lambda _on=False, one=one: self._follow(one))
            column.addWidget(row)

    def _follow(self, one: Related) -> None:
        self.close()
        self.chosen.emit(one.annotation, one.version, one.range)

    def come(self, at: QPoint) -> None:
        """Show below this point of the screen, within the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(at.x() - self.width() // 3, screen.right() - self.width() - 4)
        y = at.y() + 4 if at.y() + 4 + self.height() <= screen.bottom() else at.y() - self.height() - 20
        self.move(max(screen.left() + 4, x), y)
        self.show()
        self.rows[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (row := self.focusWidget()) in self.rows:
            row.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.line_strong if tokens.dark else tokens.line))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
