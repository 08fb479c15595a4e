"""A row of words of which one is chosen: which of several lists a side of the window shows.

Where there is no room for all the words, the chosen one keeps its word and the others are icons.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from kantlijn.ui.kit import colours, fonts, icons, paint

_HEIGHT = 34
_FOLDED = 34
_SLACK = 8  # pixels that a word may give of the air around it


class _Tab(QAbstractButton):
    def __init__(self, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.folded = False
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _font(self) -> QFont:
        return fonts.chrome(12.5, QFont.Weight.Medium)

    def whole(self) -> int:
        """Pixels that the word takes."""
        return QFontMetrics(self._font()).horizontalAdvance(self.text()) + 16

    def fold(self, folded: bool) -> None:
        """Show the icon only, or the word again."""
        self.setToolTip(self.text() if folded else "")
        if folded != self.folded:
            self.folded = folded
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(_FOLDED if self.folded else self.whole(), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(28, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        chosen = self.isChecked()
        colour = tokens.text if chosen or self.underMouse() else tokens.muted
        beside = 8.0  # of the line below the chosen one
        if self.folded:
            middle = QRectF(self.rect()).center()
            icons.paint(painter, QRectF(middle.x() - 8, middle.y() - 8, 16, 16), self.icon_name, colour)
        else:
            painter.setPen(QColor(colour))
            metrics = QFontMetrics(self._font())  # the widget's own font is another, and wider
            shown = paint.elided(metrics, self.text(), self.width() - 4)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
            beside = min(beside, max(0.0, (self.width() - metrics.horizontalAdvance(shown)) / 2))
        if chosen:
            line = QRectF(beside, self.height() - 2, self.width() - 2 * beside, 2)
            painter.fillRect(line, QColor(tokens.accent))
        if self.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 4.5, -3.5, -4.5), 5, 5)
        painter.end()


class Tabs(QWidget):
    """Arrow keys go from one to the next."""

    changed = Signal(str)
    """(name): another one was chosen."""

    def __init__(
        self, names: dict[str, str], parent: QWidget | None = None, *, icons: dict[str, str] | None = None
    ) -> None:
        """names: what each is called, by its own name, in order; icons: of those that can be folded."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.tabs: dict[str, _Tab] = {}
        for name, text in names.items():
            tab = _Tab(text, (icons or {}).get(name, ""), self)
            self._group.addButton(tab)
            tab.toggled.connect(lambda on, name=name: self._toggled(on, name))
            row.addWidget(tab)
            self.tabs[name] = tab
        row.addStretch(1)
        self.setFixedHeight(_HEIGHT + 1)

    def _toggled(self, on: bool, name: str) -> None:
        if on:
            self.fit()
            self.changed.emit(name)

    def fit(self) -> None:
        """Fold what has no room; to be called when a tab comes, goes or is called otherwise."""
        there = [tab for tab in self.tabs.values() if not tab.isHidden()]
        tight = sum(tab.whole() - _SLACK for tab in there) > self.width() - 16
        for tab in there:
            tab.fold(bool(tab.icon_name) and tight and not tab.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

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
