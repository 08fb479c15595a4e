"""The bar that comes up under a selection: themes with their keys, a note. Keys work without it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from kantlijn.model.theme import Theme
from kantlijn.ui.kit import colours, fonts, paint, widgets
from kantlijn.ui.kit.plain import tip
from kantlijn.words import language, say

_GAP = 6


class _Choice(QAbstractButton):
    """A chip or a word with its key."""

    def __init__(self, text: str, key: str, theme: Theme | None, *, named: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._key, self._theme = key, theme
        self._words = text if named else ""
        self.setCheckable(theme is not None)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        self.setToolTip(tip(f"{text}  ({key})" if key else text))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.chrome(12.5))
        wide = 16 + metrics.horizontalAdvance(self._key)
        if self._theme is not None:
            wide += 18 + (6 if self._words or self._key else 0)
        if self._words:
            wide += metrics.horizontalAdvance(self._words) + (6 if self._key else 0)
        return QSize(wide, max(28, metrics.height() + 10))

    def shorten(self) -> None:
        """Chip and key will do."""
        self._words = ""
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.popup_hover))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        left = 8.0
        if self._theme is not None:
            box = QRectF(left, (self.height() - 18) / 2, 18, 18)
            paint.chip(painter, box, self._theme.letter, self._theme.colour)
            left += 24
        font = fonts.chrome(12.5)
        room = QRectF(left, 0, self.width() - left, self.height())
        if self._words:
            paint.words(painter, room, self._words, colour=tokens.popup_text, font=font)
            room.setLeft(left + QFontMetrics(font).horizontalAdvance(self._words) + 6)
        paint.words(painter, room, self._key, colour=tokens.popup_muted, font=font)
        painter.end()


class TagPopup(QFrame):
    """Floats over the panes; takes no focus, so that the keys go on to the text."""

    theme_chosen = Signal(str)
    note_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.setAccessibleName(say("Tag the selection"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(5, 4, 5, 4)
        self._row.setSpacing(2)
        self._choices: dict[str, _Choice] = {}
        widgets.shadow(self)
        self.hide()

    def offer(self, themes: Iterable[Theme], on: Iterable[str] = ()) -> None:
        """Show these themes, those with a key; on: which the selection has already."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._choices.clear()
        active = set(on)
        keyed = sorted((theme for theme in themes if theme.key), key=lambda theme: theme.key)
        for number, theme in enumerate(keyed):
            named = theme.id in active or (not active and number == 0)
            choice = _Choice(theme.called(language()), theme.key, theme, named=named, parent=self)
            choice.setChecked(theme.id in active)
            choice.clicked.connect(lambda _on=False, wanted=theme.id: self.theme_chosen.emit(wanted))
            self._choices[theme.id] = choice
            self._row.addWidget(choice)
            choice.show()  # a bar that is up already counts only what is to be seen
        for text, key, signal in (
            (say("More"), "T", self.more_wanted),
            (say("Note"), "N", self.note_wanted),
        ):
            word = _Choice(text, key, None, named=True, parent=self)
            word.clicked.connect(lambda _on=False, signal=signal: signal.emit())
            self._row.addWidget(word)
            word.show()

    def come(self, end: QRect, whole: list[QRect], bounds: QRect) -> None:
        """Show under the selection's end, never over it. All in pixels of the parent.

        end: the last line of the selection; whole: all of its lines that are in sight; bounds: the pane.
        """
        if self.sizeHint().width() > bounds.width() - 16:
            for choice in self._choices.values():
                choice.shorten()
        self.adjustSize()
        self.move(place(self.sizeHint(), end, whole, bounds))
        self.raise_()
        self.show()


def place(size: QSize, end: QRect, whole: list[QRect], bounds: QRect) -> QPoint:
    """Where a bar of this size goes: below the end, else above the beginning, else at the edge of the pane."""
    x = min(max(bounds.left() + 8, end.left()), max(bounds.left() + 8, bounds.right() - size.width() - 8))
    bottom = max((rect.bottom() for rect in [end, *whole]), default=end.bottom())
    if bottom + _GAP + size.height() <= bounds.bottom():
        return QPoint(x, bottom + _GAP)
    top = min((rect.top() for rect in [end, *whole]), default=end.top())
    if top - _GAP - size.height() >= bounds.top():
        return QPoint(x, top - _GAP - size.height())
    return QPoint(x, bounds.top() - size.height())  # the selection fills the pane: over its header
