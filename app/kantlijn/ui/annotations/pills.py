"""Pills that narrow the list: a theme asked for with and, or, not; any other condition; each can be dropped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kantlijn.model.theme import Theme
from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.words import language, say

WAYS = ("any", "all", "not")
_DROP = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SIDE, _CHIP, _CROSS, _WIDEST = 9, 14, 20, 210


class Condition(QPushButton):
    """One condition that holds. Its cross, Del or Backspace drops it."""

    dropped = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFlat(True)
        self.setFont(fonts.chrome(12.5))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self.setToolTip(say("Click the cross to drop “{condition}”", condition=text))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.act)

    def act(self) -> None:
        """What a click beside the cross, or Space, does."""
        self.dropped.emit()

    def lead(self) -> int:
        """Pixels that stand before the words."""
        return 0

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        wide = _SIDE + self.lead() + metrics.horizontalAdvance(self.text()) + _CROSS + 4
        return QSize(min(wide, _WIDEST), metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        marked = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(tokens.accent if marked else tokens.accent_soft), 1))
        painter.setBrush(QColor(tokens.accent_soft))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        left = _SIDE + self.paint_lead(painter, tokens)
        room = QRectF(left, 0, self.width() - left - _CROSS, self.height())
        paint.words(painter, room, self.text(), colour=tokens.accent, font=self.font())
        x, y = self.width() - _CROSS / 2 - 2, self.height() / 2
        painter.setPen(QPen(QColor(tokens.accent if marked else tokens.muted), 1.3, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x - 3, y - 3), QPointF(x + 3, y + 3))
        painter.drawLine(QPointF(x - 3, y + 3), QPointF(x + 3, y - 3))
        painter.end()

    def paint_lead(self, _painter: QPainter, _tokens: colours.Tokens) -> int:
        """Draw what stands before the words; returns its pixels."""
        return 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= self.width() - _CROSS:
            self.setDown(False)
            self.dropped.emit()
            return
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Del is the pill's own while it has the focus, and deletes no annotation."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.key() in _DROP:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DROP:
            self.dropped.emit()
            return
        super().keyPressEvent(event)


class ThemePill(Condition):
    """A theme with the word before it: or, and, not. A click goes to the next of them."""

    turned = Signal(str)
    """(one of WAYS): asked for."""

    def __init__(self, theme: Theme, way: str, *, first: bool, parent: QWidget | None = None) -> None:
        """first: the first pill says no "or"."""
        self._theme, self._way = theme, way
        joins = {"any": "" if first else say("or"), "all": "" if first else say("and"), "not": say("not")}
        self._word = joins[way]
        super().__init__(theme.called(language()), parent)
        said = {
            "any": say("Must have this theme, or another one chosen so"),
            "all": say("Must have this theme too"),
            "not": say("Must not have this theme"),
        }[way]
        self.setAccessibleName(f"{self._word} {self.text()}: {said}".strip())
        self.setToolTip(f"{said}. {say('Click: or, and, not. The cross drops it.')}")

    @property
    def way(self) -> str:
        return self._way

    @property
    def theme(self) -> str:
        """Its theme's id."""
        return self._theme.id

    def act(self) -> None:
        self.turned.emit(WAYS[(WAYS.index(self._way) + 1) % len(WAYS)])

    def lead(self) -> int:
        wide = QFontMetrics(self._bold()).horizontalAdvance(self._word) + 6 if self._word else 0
        return wide + _CHIP + 5

    def _bold(self) -> QFont:
        return fonts.chrome(11.5, QFont.Weight.DemiBold)

    def paint_lead(self, _painter: QPainter, _tokens: colours.Tokens) -> int:
        painter, tokens = _painter, _tokens
        left = float(_SIDE)
        if self._word:
            wide = QFontMetrics(self._bold()).horizontalAdvance(self._word)
            colour = tokens.danger if self._way == "not" else tokens.muted
            paint.words(
                painter, QRectF(left, 0, wide + 2, self.height()), self._word, colour=colour, font=self._bold()
            )
            left += wide + 6
        box = QRectF(left, (self.height() - _CHIP) / 2, _CHIP, _CHIP)
        paint.chip(painter, box, self._theme.letter, self._theme.colour)
        return self.lead()
