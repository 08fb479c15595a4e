"""The toolbar: what is used all day, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolBar, QToolButton, QWidget

from kantlijn.ui.kit import colours, fonts, icons, paint
from kantlijn.ui.shell.actions import Actions
from kantlijn.words import say

_ROOMY = 1220  # pixels of the bar; below this the words go, the icons stay
_HIGH = 44


class Toolbar(QToolBar):
    """44 pixels high; icons with words where an icon alone would not be understood."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(say("Toolbar"), parent)
        self._named = actions
        self._names: list[str] = []
        self._worded: list[QToolButton] = []
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(16, 16))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._icon("sidebar")
        self.addSeparator()
        self._icon("back")
        self._icon("forward")
        self.addSeparator()
        self._icon("undo")
        self._icon("redo")
        self.addSeparator()
        self._word("split", text=say("Split right"))
        self._icon("split_below")
        self._word("linked", text=say("Linked"))
        self._icon("lens")
        self.addSeparator()
        self._word("compare", text=say("Compare"))
        self._word("summary", text=say("Summary"))
        gap = QWidget(self)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        self.search = SearchBox(actions, self)
        self.addWidget(self.search)
        self._icon("add")
        self._icon("list")
        self.setMinimumHeight(_HIGH)
        self.tint()

    def tint(self) -> None:
        """Give the icons the colours of the scheme."""
        self._named.tint(self._names)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        style = Qt.ToolButtonStyle
        for button in self._worded:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if roomy else style.ToolButtonIconOnly)
        self.search.fold(not roomy)

    def _icon(self, name: str) -> QToolButton:
        button = self._button(name)
        if name in ("sidebar", "list"):
            button.setObjectName("toggle")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _word(self, name: str, *, text: str) -> QToolButton:
        button = self._button(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._named[name].setIconText(f" {text}")
        self._worded.append(button)
        return button

    def _button(self, name: str) -> QToolButton:
        action = self._named[name]
        self._names.append(name)
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().rstrip("…"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(button)
        return button


class SearchBox(QAbstractButton):
    """Looks like the line one types in, and leads to it: the search in all documents."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = actions["search"]
        self._folded = False
        self.setText(say("Find in all documents"))
        self.setAccessibleName(self._action.text().rstrip("…"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._action.trigger)
        self._action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.update()

    def fold(self, folded: bool) -> None:
        """Leave only the icon, or show the words and the key too."""
        if folded != self._folded:
            self._folded = folded
            self.updateGeometry()

    def _key(self) -> str:
        return self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def sizeHint(self) -> QSize:
        high = max(28, QFontMetrics(fonts.chrome()).height() + 12)
        if self._folded:
            return QSize(high + 2, high)
        words = QFontMetrics(fonts.chrome()).horizontalAdvance(self.text())
        return QSize(32 + words + 32 + QFontMetrics(fonts.chrome(11)).horizontalAdvance(self._key()) + 18, high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        over = self.underMouse() and self.isEnabled()
        if self._folded:
            painter.setPen(QPen(QColor(tokens.accent)) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(QColor(tokens.hover if over else tokens.panel))
        else:
            edge = tokens.accent if self.hasFocus() else tokens.line_strong if over else tokens.line
            painter.setPen(QColor(edge))
            painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(frame, 6, 6)
        middle = frame.center()
        icon = QRectF(middle.x() - 8 if self._folded else 9, middle.y() - 8, 16, 16)
        icons.paint(painter, icon, "search", tokens.text if self.isEnabled() else tokens.line_strong)
        if not self._folded:
            key = self._key()
            right = paint.key_cap(painter, self.width() - 6, middle.y(), key) if key else self.width() - 6
            room = QRectF(32, 0, right - 40, self.height())
            paint.words(painter, room, self.text(), colour=tokens.muted, font=fonts.chrome())
        painter.end()
