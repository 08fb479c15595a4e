"""The list of carried annotations: those to check first, all of them by key."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.flow import Flow
from kantlijn.ui.kit.plain import StyledWords
from kantlijn.ui.kit.widgets import EmptyState, Pill
from kantlijn.ui.review.card import ROW, ReviewCard, foot_of, state_of, where_of
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.versions.review import Review, ReviewRow

Index = QModelIndex | QPersistentModelIndex
_SHOWN = ("check", "changed", "lost", "decided")


class ReviewModel(QAbstractListModel):
    """The rows of the groups that are let through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ReviewRow, ...] = ()

    def show(self, rows: tuple[ReviewRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = "".join(text for text, kind in row.words if kind != "deleted" or row.group == "lost")
            return " · ".join(part for part in (state_of(row), where_of(row), words, foot_of(row)) if part)
        return None


class ReviewPane(QWidget):
    """Asks for what the reader decides; shell.versions.reviewing does it."""

    chosen = Signal(object)
    """(ReviewRow): show where it was and where it is."""
    accept_wanted = Signal(list)
    drop_wanted = Signal(list)
    """(annotation ids)."""
    place_wanted = Signal(str)
    """(annotation id): place it on what is selected in the new version."""
    carry_wanted = Signal()
    counted = Signal(int)
    """(how many are to check)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ReviewModel(self)
        self.review: Review | None = None
        self._waiting = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QWidget(self)
        above = QVBoxLayout(self.head)
        above.setContentsMargins(14, 10, 12, 8)
        above.setSpacing(6)
        self.summary = StyledWords(self.head)
        self.summary.setWordWrap(True)
        above.addWidget(self.summary)
        row = QWidget(self.head)
        flow = Flow(row)
        self.pills: dict[str, Pill] = {}
        for name in _SHOWN:
            pill = Pill("", row)
            pill.clicked.connect(lambda _on=False, name=name: self._filtered(name))
            self.pills[name] = pill
            flow.addWidget(pill)
        above.addWidget(row)
        column.addWidget(self.head)
        self.list = _List(self)
        self.list.setModel(self.model)
        self._card = ReviewCard(self.list)
        self.list.setItemDelegate(self._card)
        self.list.clicked.connect(lambda index: self.chosen.emit(self.model.rows[index.row()]))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        carry = say("Carry annotations over")
        self.empty = EmptyState("", carry, self.carry_wanted.emit, icon="history", parent=self)
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self.bar = self._buttons()
        column.addWidget(self.bar)
        self.show_review(None, 0)

    def _buttons(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bulk")
        around = QVBoxLayout(bar)
        around.setContentsMargins(12, 8, 12, 8)
        holder = QWidget(bar)
        around.addWidget(holder)
        row = Flow(holder)
        self.buttons: dict[str, QPushButton] = {}
        for name, text, call in (
            ("accept", say("Accept") + "  ↵", self.accept),
            ("place", say("Place") + "  P", self.place),
            ("drop", say("Drop") + "  D", self.drop),
        ):
            button = QPushButton(text, bar)
            button.setObjectName("primary" if name == "accept" else "secondary")
            button.setAccessibleName(text.partition("  ")[0])
            button.clicked.connect(lambda _on=False, call=call: call())
            self.buttons[name] = button
            row.addWidget(button)
        self.buttons["place"].setToolTip(say("Select the passage in the new version, then place it there"))
        return bar

    # -- what is shown --------------------------------------------------------------------------------------

    def show_review(self, review: Review | None, waiting: int) -> None:
        """Show this. waiting: annotations of earlier versions that have no place in this one yet."""
        fresh = self.review is None or review is None or self.review.version != review.version
        chosen = self.current
        place = self.list.currentIndex().row()
        self.review, self._waiting = review, waiting
        counts = self.counts
        if fresh:
            first = next((name for name in _SHOWN if counts.get(name)), "check")
            for name, pill in self.pills.items():
                pill.setChecked(name == first)
        self._tell(counts)
        self._list()
        if chosen is not None and not fresh:
            self._stay(chosen.id, place)
        self.counted.emit(counts.get("check", 0))

    def _stay(self, annotation: str, place: int) -> None:
        """On the same entry; when it is decided and gone, on the next one, which is then shown."""
        at = next((n for n, row in enumerate(self.model.rows) if row.id == annotation), None)
        if at is None and self.model.rows:
            at = min(place, len(self.model.rows) - 1)
            self.chosen.emit(self.model.rows[at])
        if at is not None:
            self.list.setCurrentIndex(self.model.index(at))

    def _tell(self, counts: dict[str, int]) -> None:
        names = {
            "check": say("To check"), "changed": say("Changed"), "lost": say("Lost"), "decided": say("Decided"),
        }  # fmt: skip
        for name, pill in self.pills.items():
            pill.setText(f"{names[name]} {counts.get(name, 0)}")
            pill.setAccessibleName(pill.text())
            pill.setVisible(bool(counts.get(name)) or name == "check")
        total = sum(counts.values())
        self.head.setVisible(bool(total))
        if total and self.review is not None and self.review.version is not None:
            carried = say_many("{n} annotation carried to", "{n} annotations carried to", total)
            sure = say_many("{n} is surely in place.", "{n} are surely in place.", counts.get("sure", 0))
            self.summary.setText(f"{fonts.strong(escape(f'{carried} {self.review.version.file}'))} · {sure}")

    def _filtered(self, _name: str) -> None:
        if not any(pill.isChecked() for pill in self.pills.values()):
            self.pills["check"].setChecked(True)
        self._list()

    def _list(self) -> None:
        groups = [name for name, pill in self.pills.items() if pill.isChecked()]
        rows = self.review.rows if self.review is not None else ()
        self.model.show(tuple(row for row in rows if row.group in groups))
        shown = bool(self.model.rows)
        self._stack.setCurrentWidget(self.list if shown else self.empty)
        self.bar.setVisible(shown)
        self.empty.button.setVisible(self._waiting > 0)
        if self._waiting:
            self.empty.sentence.setText(
                say_many(
                    "{n} annotation of an earlier version has no place in this one yet.",
                    "{n} annotations of earlier versions have no place in this one yet.",
                    self._waiting,
                )
            )
        elif rows:
            self.empty.sentence.setText(say("Nothing to check: all annotations have their place here."))
        else:
            self.empty.sentence.setText(
                say("Annotations that were carried over from an earlier version are looked over here.")
            )
        if shown and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each group."""
        return self.review.counts() if self.review is not None else {}

    # -- what the reader decides ----------------------------------------------------------------------------

    @property
    def current(self) -> ReviewRow | None:
        at = self.list.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def accept(self) -> None:
        if self.current is not None:
            self.accept_wanted.emit([self.current.id])

    def drop(self) -> None:
        if self.current is not None:
            self.drop_wanted.emit([self.current.id])

    def place(self) -> None:
        if self.current is not None:
            self.place_wanted.emit(self.current.id)

    def step(self, by: int) -> None:
        """To the next entry, or the one before, and show it."""
        if not self.model.rows:
            return
        at = (self.list.currentIndex().row() + by) % len(self.model.rows)
        self.list.setCurrentIndex(self.model.index(at))
        self.chosen.emit(self.model.rows[at])


class _List(QListView):
    """Enter accepts, P places, D drops; J, K and the arrows go on and back."""

    def __init__(self, pane: ReviewPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(say("Annotations to check"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self._keys: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Return: pane.accept, Qt.Key.Key_Enter: pane.accept, Qt.Key.Key_P: pane.place,
            Qt.Key.Key_D: pane.drop, Qt.Key.Key_J: lambda: pane.step(1), Qt.Key.Key_K: lambda: pane.step(-1),
            Qt.Key.Key_Down: lambda: pane.step(1), Qt.Key.Key_Up: lambda: pane.step(-1),
        }  # fmt: skip

    def event(self, event: QEvent) -> bool:
        """These keys mean something else in the window; here they are the list's."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and not event.modifiers() and Qt.Key(event.key()) in self._keys:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        call = self._keys.get(Qt.Key(event.key())) if not event.modifiers() else None
        if call is not None:
            call()
        else:
            super().keyPressEvent(event)
