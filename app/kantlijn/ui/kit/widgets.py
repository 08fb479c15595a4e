"""Small widgets of one make: search field, pill, empty state, banner, tool button, shadow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kantlijn.ui.kit import colours, fonts, icons, paint
from kantlijn.ui.kit.plain import Words


def shadow(widget: QWidget) -> None:
    """The one shadow of what floats."""
    effect = QGraphicsDropShadowEffect(widget)
    effect.setBlurRadius(24)
    effect.setOffset(0, 6)
    effect.setColor(QColor(0, 0, 0, 70))
    widget.setGraphicsEffect(effect)


def keeps_escape(event: QEvent) -> bool:
    """Whether this is Esc looking for a shortcut of the window; it is kept for the widget that asks."""
    asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
    if not asks or event.key() != Qt.Key.Key_Escape:  # type: ignore[attr-defined]
        return False
    event.accept()
    return True


class IconButton(QToolButton):
    """A flat button with an icon that keeps the text's colour; its name is told to screen readers."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoRaise(True)
        self.setIconSize(QSize(16, 16))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._tint()

    def _tint(self) -> None:
        self.setIcon(icons.icon(self._icon, colours.current()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._tint()


def _is_the_windows(event: QEvent) -> bool:
    """Ctrl+E and Ctrl+K: Qt gives them to a line on X11, as Emacs has them; here they open summary and palette."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() in (Qt.Key.Key_E, Qt.Key.Key_K)


_PICTURE = "picture"


class SearchField(QLineEdit):
    """A line to type in that can be cleared; Esc empties it first."""

    escaped = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, icon: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(True)
        self._icon = icon
        if icon:
            picture = self.addAction(icons.icon(icon, colours.current()), QLineEdit.ActionPosition.LeadingPosition)
            picture.setObjectName(_PICTURE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() != QEvent.Type.PaletteChange or not getattr(self, "_icon", ""):
            return
        for picture in self.actions():  # looked for each time: while a window closes it goes before its line does
            if picture.objectName() == _PICTURE:
                picture.setIcon(icons.icon(self._icon, colours.current()))

    def event(self, event: QEvent) -> bool:
        if _is_the_windows(event):
            event.ignore()
            return False
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.escaped.emit()
            return
        super().keyPressEvent(event)


class Pill(QPushButton):
    """A rounded switch in a row of filters."""

    def __init__(self, text: str, parent: QWidget | None = None, *, checkable: bool = True) -> None:
        super().__init__(text, parent)
        self.setObjectName("pill")
        self.setCheckable(checkable)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Combo(QComboBox):
    """A choice whose words end in … where they do not fit, in place of being cut through."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        painter = QStylePainter(self)
        painter.drawComplexControl(control, option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideMiddle, room - 12
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class OneLine(Words):
    """A line of text that takes the room it needs, and ends in … where it gets less."""

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text()[: paint.LETTERS])
        return QSize(wide + 6, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = paint.elided(self.fontMetrics(), self.text(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class ThemeChip(QWidget):
    """A theme's letter on its colour."""

    def __init__(
        self, letter: str, colour: str, name: str, parent: QWidget | None = None, *, size: int = 18
    ) -> None:
        super().__init__(parent)
        self._letter, self._colour = letter, colour
        self.setFixedSize(size, size)
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.chip(painter, QRectF(self.rect()), self._letter, self._colour)
        painter.end()


class EmptyState(QWidget):
    """One sentence, one button, one picture at most."""

    def __init__(
        self,
        sentence: str,
        button: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        self._icon = icon
        self._picture = Words(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setVisible(bool(icon))
        column.addWidget(self._picture)
        self.sentence = Words(sentence, self)
        self.sentence.setObjectName("muted")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence)
        self.button = QPushButton(button, self)
        self.button.setObjectName("primary")
        self.button.setVisible(bool(button))
        if on_click is not None:
            self.button.clicked.connect(lambda: on_click())
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        self._tint()

    def _tint(self) -> None:
        if self._icon:
            tokens = colours.current()
            faint = colours.mix(tokens.muted, tokens.panel, 0.35)
            self._picture.setPixmap(icons.pixmap(self._icon, faint, 32, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._tint()


class SectionTitle(QWidget):
    """The head of a part of the sidebar: a small title, what it counts, and perhaps a button."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 4)
        row.setSpacing(4)
        self.title = Words(title.upper(), self)
        self.title.setObjectName("section")
        font = fonts.chrome(11, QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        self.title.setFont(font)
        row.addWidget(self.title, 1)
        self._row = row
        self.count = Words("", self)
        self.count.setObjectName("section")
        self.count.setFont(fonts.chrome(11, QFont.Weight.DemiBold))
        row.addWidget(self.count)

    def add_button(self, icon: str, name: str) -> IconButton:
        """A small button before the count."""
        button = IconButton(icon, name, self)
        button.setObjectName("small")
        button.setIconSize(QSize(14, 14))
        self._row.insertWidget(1, button)
        return button


class Banner(QFrame):
    """A line over the whole window that says how things stand, such as that the project is read-only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        self._label = Words(self)
        self._label.setWordWrap(True)
        row.addWidget(self._label, 1)
        self._row = row
        self._choices: list[QPushButton] = []
        self.hide()

    def say(self, sentence: str) -> None:
        """Show this sentence; nothing hides the banner."""
        self.offer(sentence, ())

    def offer(self, sentence: str, choices: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show a sentence with buttons (text, what it does); each of them hides the banner again."""
        for button in self._choices:
            button.hide()
            button.deleteLater()
        self._choices.clear()
        for text, call in choices:
            button = QPushButton(text, self)
            button.setObjectName("link")
            button.clicked.connect(lambda _on=False, call=call: self._chosen(call))
            self._row.addWidget(button)
            self._choices.append(button)
        self._label.setText(sentence)
        self.setVisible(bool(sentence))

    @property
    def choices(self) -> tuple[QPushButton, ...]:
        """The buttons shown now."""
        return tuple(self._choices)

    def _chosen(self, call: Callable[[], object]) -> None:
        self.offer("", ())
        call()

    @property
    def sentence(self) -> str:
        return self._label.text()
