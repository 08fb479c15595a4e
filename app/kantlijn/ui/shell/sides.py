"""A side of the window: several lists, one shown at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kantlijn.ui.kit.tabs import Tabs


class Side(QWidget):
    """Tabs above, the chosen list below."""

    changed = Signal(str)
    """(name): another list is shown."""

    def __init__(self, lists: dict[str, tuple[str, str, QWidget]], parent: QWidget | None = None) -> None:
        """lists: what each is called, its icon and its widget, by name, in order; the first is shown."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = Tabs(
            {name: text for name, (text, _, _) in lists.items()},
            self, icons={name: icon for name, (_, icon, _) in lists.items()},
        )  # fmt: skip
        column.addWidget(self.tabs)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self._lists = {name: widget for name, (_, _, widget) in lists.items()}
        for widget in self._lists.values():
            self._stack.addWidget(widget)
        self.tabs.changed.connect(self._show)
        self.tabs.choose(next(iter(lists)))

    @property
    def current(self) -> str:
        """The name of the list that is shown."""
        return self.tabs.current

    def show_list(self, name: str) -> None:
        """Show this list; a name that is none changes nothing."""
        if name in self._lists:
            self.tabs.tabs[name].show()
            self.tabs.fit()
        self.tabs.choose(name)

    def rename(self, name: str, text: str) -> None:
        """Call this list otherwise, such as with how many wait in it."""
        tab = self.tabs.tabs[name]
        tab.setText(text)
        tab.setAccessibleName(text)
        tab.updateGeometry()
        self.tabs.fit()

    def offer(self, name: str, there: bool) -> None:
        """Whether this list has a tab; without one it comes by show_list() only, and gives way to the first."""
        if not there and self.current == name:
            self.tabs.choose(next(iter(self._lists)))
        self.tabs.tabs[name].setVisible(there)
        self.tabs.fit()

    def _show(self, name: str) -> None:
        self._stack.setCurrentWidget(self._lists[name])
        self.changed.emit(name)
