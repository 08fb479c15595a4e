"""The middle of the window: the panes, and around them what a comparison needs."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kantlijn.ui.compare.bar import CompareBar
from kantlijn.ui.compare.minimap import Minimap


class Middle(QWidget):
    """bar above, panes (or a redlined text) below, the minimap at the right."""

    def __init__(self, panes: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = CompareBar(self)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(panes)
        row.addWidget(self.stack, 1)
        self.minimap = Minimap(self)
        self.minimap.hide()
        row.addWidget(self.minimap)
        column.addLayout(row, 1)
        self._panes = panes

    def show_panes(self) -> None:
        """The panes again, instead of what was shown over them."""
        self.stack.setCurrentWidget(self._panes)

    def show_instead(self, widget: QWidget) -> None:
        """Show a widget where the panes are."""
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
