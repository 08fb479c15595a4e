"""The toolbar: what is used all day, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from kantlijn.ui.shell.actions import Actions
from kantlijn.words import say


class Toolbar(QToolBar):
    """44 pixels high; icons with words where an icon alone would not be understood."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(say("Toolbar"), parent)
        self._named = actions
        self._names: list[str] = []
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
        self._icon("linked")
        self._icon("lens")
        self.addSeparator()
        self._word("summary", text=say("Summary"))
        gap = QWidget(self)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        self._icon("find")
        self._word("add", text=say("Add documents"))
        self._icon("list")
        self.setMinimumHeight(44)
        self.tint()

    def tint(self) -> None:
        """Give the icons the colours of the scheme."""
        self._named.tint(self._names)

    def _icon(self, name: str) -> QToolButton:
        button = self._button(name)
        if button.isCheckable():
            button.setObjectName("toggle")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _word(self, name: str, *, text: str = "", icon: bool = True) -> QToolButton:
        button = self._button(name)
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if icon else style.ToolButtonTextOnly)
        if text:
            self._named[name].setIconText(f" {text}" if icon else text)
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
