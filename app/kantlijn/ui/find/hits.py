"""All hits in a document, with the words around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kantlijn.model.document import Content, Range
from kantlijn.ui.find.hit_line import hit_height, paint_hit
from kantlijn.ui.kit import paint
from kantlijn.ui.kit.widgets import EmptyState, OneLine
from kantlijn.words import say, say_many

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole + 1
Chips = Callable[[Range], Sequence[tuple[str, str]]]
"""Letter and colour of each theme that stands on a range."""


class HitModel(QAbstractListModel):
    """A row is (page label, before, hit, after, chips); worked out when it is first shown."""

    def __init__(self) -> None:
        super().__init__()
        self.ranges: tuple[Range, ...] = ()
        self._content: Content | None = None
        self._chips: Chips = lambda _range: ()
        self._said: dict[int, tuple[str, str, str, str]] = {}

    def show(self, content: Content | None, ranges: Sequence[Range], chips: Chips) -> None:
        """Show these hits of this content instead."""
        self.beginResetModel()
        self.ranges, self._content, self._chips = tuple(ranges), content, chips
        self._said.clear()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.ranges)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.ranges):
            return None
        if role == HIT:
            return (*self._words(index.row()), self._chips(self.ranges[index.row()]))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            label, before, hit, after = self._words(index.row())
            return f"{label} {before}{hit}{after}".strip()
        return None

    def _words(self, number: int) -> tuple[str, str, str, str]:
        from kantlijn.usecases.searching.places_in import surroundings
        from kantlijn.usecases.summaries.summary_entries import page_label

        if number not in self._said and self._content is not None:
            where = self.ranges[number]
            label = page_label(self._content, where[0])
            self._said[number] = (
                say("p. {label}", label=label) if label else "", *surroundings(self._content, where)
            )  # fmt: skip
        return self._said.get(number, ("", "", "", ""))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, hit_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        paint.row(painter, option.rect, selected=chosen, hovered=hovered)
        paint_hit(painter, QRectF(option.rect), *index.data(HIT))


class Hits(QWidget):
    """The list, with what can be done with all of them."""

    chosen = Signal(int)
    """(number): go to this hit."""
    key_pressed = Signal(int, str)
    """(number, digit): tag this hit with the theme that has the key."""
    tag_all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HitModel()
        self.model.setParent(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 6)
        self.title = OneLine("", self)
        self.title.setObjectName("muted")
        head.addWidget(self.title, 1)
        self.tag_all = QPushButton(say("Tag all…"), self)
        self.tag_all.setObjectName("secondary")
        self.tag_all.clicked.connect(self.tag_all_wanted)
        head.addWidget(self.tag_all)
        column.addLayout(head)
        self.list = _List(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self.empty = EmptyState(say("Press Ctrl+F and type what to find."), icon="search", parent=self)
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self.show_hits("", None, (), lambda _range: (), writable=False)

    def show_hits(
        self, query: str, content: Content | None, ranges: Sequence[Range], chips: Chips, *, writable: bool
    ) -> None:
        """Show the hits of a query."""
        self.model.show(content, ranges, chips)
        self._stack.setCurrentWidget(self.list if ranges else self.empty)
        count = say_many("{n} hit", "{n} hits", len(ranges))
        self.title.setText(f"{count} · “{query}”" if query else "")
        self.tag_all.setVisible(bool(ranges) and writable)
        if not ranges:
            self.empty.sentence.setText(
                say("“{query}” does not stand in this document.", query=query)
                if query
                else say("Press Ctrl+F and type what to find.")
            )

    def set_current(self, number: int | None) -> None:
        """Mark the hit a reader is at."""
        if number is not None and number < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(number))


class _List(QListView):
    def __init__(self, pane: Hits) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(say("Hits"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)

    def event(self, event: QEvent) -> bool:
        """Digits tag the chosen hit here."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.text() in tuple("123456789"):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.text() in tuple("123456789") and index.isValid():
            self._pane.key_pressed.emit(index.row(), event.text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._pane.chosen.emit(index.row())
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.currentIndex().isValid():
                self._pane.chosen.emit(self.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()
