"""A row of words of which one is chosen: which of several lists a side of the window shows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from kantlijn.ui.kit import colours, fonts, paint

_HEIGHT = 34


class _Tab(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _font(self) -> QFont:
        return fonts.chrome(12.5, QFont.Weight.Medium)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._font()).horizontalAdvance(self.text()) + 16, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(28, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        chosen = self.isChecked()
        painter.setPen(QColor(tokens.text if chosen or self.underMouse() else tokens.muted))
        metrics = QFontMetrics(self._font())  # the widget's own font is another, and wider
        shown = paint.elided(metrics, self.text(), self.width() - 4)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
        if chosen:
            painter.fillRect(QRectF(8, self.height() - 2, self.width() - 16, 2), QColor(tokens.accent))
        if self.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 4.5, -3.5, -4.5), 5, 5)
        painter.end()


class Tabs(QWidget):
    """Arrow keys go from one to the next."""

    changed = Signal(str)
    """(name): another one was chosen."""

    def __init__(self, names: dict[str, str], parent: QWidget | None = None) -> None:
        """names: what each is called, by its own name, in order."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.tabs: dict[str, _Tab] = {}
        for name, text in names.items():
            tab = _Tab(text, self)
            self._group.addButton(tab)
            tab.toggled.connect(lambda on, name=name: self._toggled(on, name))
            row.addWidget(tab)
            self.tabs[name] = tab
        row.addStretch(1)
        self.setFixedHeight(_HEIGHT + 1)

    def _toggled(self, on: bool, name: str) -> None:
        if on:
            self.changed.emit(name)

    @property
    def current(self) -> str:
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), "")

    def choose(self, name: str) -> None:
        """Choose this one, as if clicked; a name that is none chooses nothing."""
        if name in self.tabs:
            self.tabs[name].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = [name for name, tab in self.tabs.items() if tab.isVisible()]
        name = names[(names.index(self.current) + step) % len(names)]
        self.choose(name)
        self.tabs[name].setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.current().line))
        painter.end()
