"""The outline of what is being read: where one is in it, which themes stand where, and a way there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.plain import tip
from kantlijn.ui.kit.rows import COUNT, ID, QUIET, Rows, make_row
from kantlijn.ui.kit.widgets import EmptyState, SearchField
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.shelf.outline import Outline, OutlineRow


class OutlinePane(QWidget):
    """A tree with a line to filter it. Rows know their number in the outline."""

    wanted = Signal(object, bool)
    """(OutlineRow, whether in another pane)."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._version = ""
        self._asked = 0
        self._current = -1
        self.rows: tuple[OutlineRow, ...] = ()
        self._items: list[QTreeWidgetItem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        above = QVBoxLayout()
        above.setContentsMargins(12, 0, 12, 0)
        self.field = SearchField(say("Filter the outline"), self, icon="search")
        self.field.textChanged.connect(self._filter)
        above.addWidget(self.field)
        column.addLayout(above)
        self.tree = Rows(say("Outline"), self)
        self.tree.setWordWrap(False)
        self.tree.itemClicked.connect(self._clicked)
        self.tree.installEventFilter(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.tree)
        self.empty = EmptyState("", icon="list-tree", parent=self)
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self._say_empty()

    @property
    def version(self) -> str:
        """Whose outline it is."""
        return self._version

    # -- what it shows --------------------------------------------------------------------------------------

    def show_version(self, version: str) -> None:
        """The outline of this version; "" for none."""
        if version == self._version:
            return
        self._version, self.rows, self._items, self._current = version, (), [], -1
        self.tree.clear()
        self._say_empty()
        if version:
            self.reload()

    def refresh(self, changes: Changes) -> None:
        """Count the themes anew when annotations changed."""
        if self._version and self.isVisible() and (changes.touched("annotation") or changes.touched("theme")):
            self.reload()

    def reload(self) -> None:
        self._asked += 1
        asked = self._asked
        self._jobs.do(
            _read, self._version, tell=False, failed=lambda _error: None,
            then=lambda found: self._take(asked, *found),
        )  # fmt: skip

    def _take(self, asked: int, outline: Outline, counts: list[Counter[str]], names: dict[str, str]) -> None:
        if asked != self._asked:
            return
        if outline.rows != self.rows:
            self.rows = outline.rows
            self._fill()
        for item, counted in zip(self._items, counts, strict=True):
            said = [f"{names[theme]}: {count}" for theme, count in counted.most_common() if theme in names]
            item.setData(0, COUNT, sum(counted.values()) or None)
            item.setToolTip(0, tip("\n".join([item.text(0), *said])))
        self._say_empty()

    def _fill(self) -> None:
        self.tree.clear()
        self._items = []
        above: list[tuple[int, QTreeWidgetItem]] = []
        for number, row in enumerate(self.rows):
            while above and above[-1][0] >= row.level:
                above.pop()
            item = make_row(row.title, str(number), {QUIET: bool(above)})
            if above:
                above[-1][1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            above.append((row.level, item))
            self._items.append(item)
        if len(self.rows) <= 60:
            self.tree.expandAll()

    def _say_empty(self) -> None:
        self._stack.setCurrentWidget(self.tree if self.rows else self.empty)
        self.field.setVisible(bool(self.rows))
        if not self.rows:
            self.empty.sentence.setText(
                say("This document has no outline, and no headings to make one of.")
                if self._version
                else say("Open a document to see its outline.")
            )

    def show_place(self, offset: int) -> None:
        """Mark the section a reader is in."""
        number = -1
        for place, row in enumerate(self.rows):
            if row.range[0] <= offset < max(row.range[1], row.range[0] + 1):
                number = place
        if number == self._current or not self._items:
            return
        self._current = number
        self.tree.blockSignals(True)
        if number >= 0:
            self.tree.setCurrentItem(self._items[number])
            self.tree.scrollToItem(self._items[number])
        else:
            self.tree.clearSelection()
        self.tree.blockSignals(False)

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()

        def keep(item: QTreeWidgetItem | None) -> bool:
            if item is None:
                return False
            inside = [keep(item.child(number)) for number in range(item.childCount())]
            shown = any(inside) or all(word in item.text(0).casefold() for word in words)
            item.setHidden(not shown)
            if words and any(inside):
                item.setExpanded(True)
            return shown

        for number in range(self.tree.topLevelItemCount()):
            keep(self.tree.topLevelItem(number))

    # -- going there ----------------------------------------------------------------------------------------

    def _clicked(self, item: QTreeWidgetItem) -> None:
        from PySide6.QtGui import QGuiApplication

        beside = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        self._go(item, beside=beside)

    def _go(self, item: QTreeWidgetItem | None, *, beside: bool) -> None:
        if item is not None:
            self.wanted.emit(self.rows[int(item.data(0, ID))], beside)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter goes there."""
        pressed = watched is self.tree and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            beside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._go(self.tree.currentItem(), beside=beside)
            return True
        return False


def _read(desk: Desk, version: str) -> tuple[Outline, list[Counter[str]], dict[str, str]]:
    from kantlijn.usecases.read import themes
    from kantlijn.usecases.shelf.outline import outline, themes_in

    found = outline(desk, version)
    names = {row.theme.id: row.theme.called(language()) for row in themes(desk)}
    return found, themes_in(desk, version, found.rows), names
