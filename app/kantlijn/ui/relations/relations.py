"""The relations of the project: recommendation and response, with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kantlijn.model.changes import Changes
from kantlijn.model.relation import STATUSES, TYPES
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.flow import Flow
from kantlijn.ui.kit.widgets import EmptyState, Pill
from kantlijn.ui.relations.row import ROW, SIGNS, RelationCard, words_of
from kantlijn.usecases.marking.relate import status_names, type_names
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.marking.relate import RelationRow


class Relations(QWidget):
    """A list narrowed by status; a click opens both passages."""

    follow_wanted = Signal(object)
    """(RelationRow): open both its passages."""
    total_changed = Signal(int)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.rows: tuple[RelationRow, ...] = ()
        self._types, self._statuses = type_names(), status_names()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(12, 10, 12, 8)
        self._narrowing = holder = QWidget(self)
        flow = Flow(holder)
        self.pills = {status: Pill(f"{SIGNS[status]} {self._statuses[status]}", holder) for status in STATUSES}
        for pill in self.pills.values():
            pill.toggled.connect(self._fill)
            flow.addWidget(pill)
        self.kinds: set[str] = set()
        self.kind = Pill("", holder)
        self.kind.setToolTip(say("Narrow by kind of relation"))
        self.kind.clicked.connect(self._open_kinds)
        flow.addWidget(self.kind)
        self._name_kinds()
        above.addWidget(holder)
        column.addLayout(above)
        self.list = _List(self)
        self.model = QStandardItemModel(self)
        self.card = RelationCard(self._types, self._statuses)
        self.card.setParent(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.card)
        self.list.activated_row.connect(self._follow)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self.empty = EmptyState("", icon="link", parent=self)
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again, when these changes may touch what is shown."""
        from kantlijn.usecases.marking.relate import relation_rows

        kinds = ("relation", "annotation", "anchor", "document")
        if changes is None or any(changes.touched(kind) for kind in kinds):
            self._jobs.do(relation_rows, then=self._show)

    def _show(self, rows: tuple[RelationRow, ...]) -> None:
        self.rows = rows
        self._narrowing.setVisible(bool(rows))
        self._fill()
        self.total_changed.emit(len(rows))

    def _fill(self) -> None:
        chosen = {status for status, pill in self.pills.items() if pill.isChecked()}
        shown = [
            row
            for row in self.rows
            if row.relation.status in (chosen or STATUSES) and row.relation.type in (self.kinds or TYPES)
        ]
        kept = self.current()
        self.model.clear()
        for row in shown:
            item = QStandardItem()
            item.setEditable(False)
            item.setData(row, ROW)
            item.setData(self._said(row), Qt.ItemDataRole.AccessibleTextRole)
            self.model.appendRow(item)
            if kept is not None and row.relation.id == kept.relation.id:
                self.list.setCurrentIndex(item.index())
        self._stack.setCurrentWidget(self.list if shown else self.empty)
        if not shown:
            self.empty.sentence.setText(
                say("No relation is of this kind and status.")
                if self.rows
                else say("No relations yet. Select a passage, then another one, and press R: "
                         "a response to a recommendation, for instance.")
            )  # fmt: skip

    def _open_kinds(self) -> None:
        menu = QMenu(self)
        self.fill_kinds(menu)
        menu.exec(self.kind.mapToGlobal(self.kind.rect().bottomLeft()))
        menu.deleteLater()
        self._name_kinds()

    def fill_kinds(self, menu: QMenu) -> None:
        """A tick for each kind of relation that is shown; none ticked: all."""
        for kind in TYPES:
            action = menu.addAction(self._types[kind])
            action.setCheckable(True)
            action.setChecked(kind in self.kinds)
            action.toggled.connect(lambda on, kind=kind: self.narrow_to(kind, on))

    def narrow_to(self, kind: str, on: bool) -> None:
        """Show relations of this kind (and the others chosen so), or no longer."""
        self.kinds = self.kinds | {kind} if on else self.kinds - {kind}
        self._name_kinds()
        self._fill()

    def _name_kinds(self) -> None:
        names = [self._types[kind] for kind in TYPES if kind in self.kinds]
        text = ", ".join(names) or say("All kinds")
        self.kind.setText(f"{text} ▾")
        self.kind.setAccessibleName(say("Kind of relation") + f": {text}")
        self.kind.setChecked(bool(names))

    def _said(self, row: RelationRow) -> str:
        return (
            f"{words_of(row.source)}, {self._types[row.relation.type]}: {words_of(row.target)}, "
            f"{self._statuses[row.relation.status]}"
        )

    def current(self) -> RelationRow | None:
        """The relation that is chosen."""
        index = self.list.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def _follow(self, index: QModelIndex) -> None:
        self.follow_wanted.emit(index.data(ROW))

    # -- changing -------------------------------------------------------------------------------------------

    def set_status(self, status: str) -> None:
        from kantlijn.usecases.marking.relate import edit_relation

        row = self.current()
        if row is not None and not self._jobs.read_only:
            self._jobs.do(edit_relation, row.relation.id, status=status)

    def set_type(self, type_: str) -> None:
        from kantlijn.usecases.marking.relate import edit_relation

        row = self.current()
        if row is not None and not self._jobs.read_only:
            self._jobs.do(edit_relation, row.relation.id, type=type_)

    def turn(self) -> None:
        from kantlijn.usecases.marking.relate import turn_relation

        row = self.current()
        if row is not None and not self._jobs.read_only:
            self._jobs.do(turn_relation, row.relation.id)

    def delete(self) -> None:
        from kantlijn.usecases.marking.relate import delete_relation

        row = self.current()
        if row is not None and not self._jobs.read_only:
            self._jobs.do(delete_relation, row.relation.id)

    def edit_note(self) -> None:
        """Write why the chosen relation is as it is."""
        from kantlijn.usecases.marking.relate import edit_relation

        row = self.current()
        if row is None or self._jobs.read_only:
            return
        dialog = Dialog(say("Note on the relation"), parent=self.window())
        field = QPlainTextEdit(row.relation.note, dialog)
        field.setAccessibleName(say("Note"))
        field.setTabChangesFocus(True)
        dialog.body.addWidget(field)
        dialog.add_button(say("Cancel"))
        dialog.add_button(say("Save"), "save", main=True)
        field.setFocus()
        if dialog.exec():
            self._jobs.do(edit_relation, row.relation.id, note=field.toPlainText().strip())
        dialog.deleteLater()

    def statuses_menu(self, menu: QMenu) -> None:
        """What can become of the chosen relation's target."""
        row = self.current()
        for number, status in enumerate(STATUSES, 1):
            action = menu.addAction(f"{self._statuses[status]}\t{number}")
            action.setCheckable(True)
            action.setChecked(row is not None and row.relation.status == status)
            action.triggered.connect(lambda _on=False, status=status: self.set_status(status))

    def menu(self, where: QPoint) -> None:
        """Everything that can be done with the chosen relation."""
        row = self.current()
        if row is None:
            return
        menu = QMenu(self)
        menu.addAction(say("Show both passages")).triggered.connect(lambda: self.follow_wanted.emit(row))
        if not self._jobs.read_only:
            menu.addSeparator()
            self.statuses_menu(menu)
            menu.addSeparator()
            kinds = menu.addMenu(say("Kind of relation"))
            for type_ in TYPES:
                action = kinds.addAction(self._types[type_])
                action.setCheckable(True)
                action.setChecked(row.relation.type == type_)
                action.triggered.connect(lambda _on=False, type_=type_: self.set_type(type_))
            menu.addAction(say("Write a note") + "\tN").triggered.connect(self.edit_note)
            menu.addAction(say("Turn around")).triggered.connect(self.turn)
            menu.addSeparator()
            menu.addAction(say("Delete the relation")).triggered.connect(self.delete)
        menu.exec(where)
        menu.deleteLater()


class _List(QListView):
    """Cards; Enter follows, 1 to 4 set the status, N writes a note."""

    activated_row = Signal(QModelIndex)

    def __init__(self, pane: Relations) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(say("Relations"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self.activated_row)

    def event(self, event: QEvent) -> bool:
        """Digits and N are the list's own while it has the focus, and no themes' keys."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.text() in ("1", "2", "3", "4", "n"):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.activated_row.emit(index)
        elif event.text() in ("1", "2", "3", "4"):
            self._pane.set_status(STATUSES[int(event.text()) - 1])
        elif event.text() == "n":
            self._pane.edit_note()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        index = self.indexAt(where)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            row = index.data(ROW)
            if self._pane.card.status_rect(self.visualRect(index), row).contains(where):
                self.setCurrentIndex(index)
                menu = QMenu(self)
                self._pane.statuses_menu(menu)
                menu.exec(self.viewport().mapToGlobal(where))
                menu.deleteLater()
                return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self._pane.menu(event.globalPos())
