"""The annotation list: cards in reading order, narrowed by what is typed and chosen above them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStackedLayout, QVBoxLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.theme import Theme
from kantlijn.ui.annotations.card import Card
from kantlijn.ui.annotations.model import ROW, AnnotationModel
from kantlijn.ui.annotations.narrow import Narrow
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.widgets import EmptyState
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.read import AnnotationRow

_FEW = 200  # this many changed annotations are asked one by one, more: the whole list anew


class Annotations(QWidget):
    """The right-hand pane."""

    jump_wanted = Signal(str, str, object)
    """(annotation id, version id, range): a card was clicked."""
    note_wanted = Signal(str)
    """(annotation id): a card was double-clicked."""
    chosen = Signal(list)
    """(annotation ids): these cards are selected now, by the reader."""
    total_changed = Signal(int)
    """(annotations in the whole project)."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked = 0
        self._quiet = False
        self.total = 0
        self.model = AnnotationModel()
        self.model.setParent(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.narrow = Narrow(self)
        self.narrow.changed.connect(self._soon)
        column.addWidget(self.narrow)
        self.list = _List(self)
        self.card = Card(self.model)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.card)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self.empty = EmptyState("", icon="tag", parent=self)
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self.reload)
        self.list.clicked.connect(self._clicked)
        self.list.doubleClicked.connect(lambda index: self.note_wanted.emit(index.data(ROW).passage.id))
        self.list.selectionModel().selectionChanged.connect(self._selected)

    # -- what it shows --------------------------------------------------------------------------------------

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what has changed."""
        if changes is None or changes.touched("theme") or changes.touched("document"):
            self.reload()
            return
        touched = changes.touched("annotation") | {
            record.annotation for step in changes.steps if hasattr(record := step.record, "annotation")
        }
        if not touched:
            return
        if len(touched) > _FEW or self._timer.isActive():
            self.reload()
            return
        chosen = replace(self.narrow.filter(), ids=tuple(touched))
        asked = self._asked
        self._jobs.do(_some, chosen, then=lambda found: self._patch(asked, touched, *found))

    def _soon(self) -> None:
        self._timer.start()

    def reload(self) -> None:
        """Ask for the whole list."""
        self._timer.stop()
        self._asked += 1
        asked = self._asked
        self._jobs.do(_all, self.narrow.filter(), then=lambda found: self._show(asked, *found))

    def _show(self, asked: int, rows: tuple[AnnotationRow, ...], themes: dict[str, Theme], total: int) -> None:
        if asked != self._asked:
            return  # another filter was chosen meanwhile
        kept = self.selected()
        self.narrow.set_themes(list(themes.values()))
        self.model.themes = themes
        self.card.titles = not self.narrow.filter().documents
        self._quiet = True
        self.model.show(rows)
        self._quiet = False
        self.select(kept)
        self._counted(total)

    def _patch(self, asked: int, touched: set[str], rows: tuple[AnnotationRow, ...], total: int) -> None:
        if asked != self._asked:
            return
        self._quiet = True
        placed = self.model.patch(touched, rows)
        self._quiet = False
        self._counted(total)
        if not placed:
            self.reload()

    def _counted(self, total: int) -> None:
        self.total = total
        self.total_changed.emit(total)
        shown = len(self.model.rows)
        hint = say("Filter annotations")
        if shown:
            hint = say_many("Filter {n} annotation", "Filter {n} annotations", shown)
        self.narrow.field.setPlaceholderText(hint)
        self._stack.setCurrentWidget(self.list if shown else self.empty)
        if not shown:
            if total and self.narrow.narrows():
                sentence = say("No annotation matches. Clear the filter to see all of them.")
            else:
                sentence = say("Nothing tagged here yet. Select text and press 1–9, or N for a note.")
            self.empty.sentence.setText(sentence)

    # -- selection ------------------------------------------------------------------------------------------

    def selected(self) -> list[str]:
        """Ids of the selected cards, in reading order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.rows[row].passage.id for row in rows if row < len(self.model.rows)]

    def select(self, annotations: list[str]) -> None:
        """Select these cards without telling, and bring the first in sight."""
        if annotations == self.selected():
            return
        chosen = QItemSelection()
        numbers = sorted(n for a in annotations if (n := self.model.number_of(a)) >= 0)
        for number in numbers:
            chosen.select(self.model.index(number), self.model.index(number))
        self._quiet = True
        self.list.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if numbers:
            first = self.model.index(numbers[0])
            self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.list.scrollTo(first)
        self._quiet = False

    def row(self, annotation: str) -> AnnotationRow | None:
        """An annotation that is shown."""
        number = self.model.number_of(annotation)
        return self.model.rows[number] if number >= 0 else None

    def _selected(self) -> None:
        if not self._quiet:
            self.chosen.emit(self.selected())

    def _clicked(self, index: QModelIndex) -> None:
        row: AnnotationRow = index.data(ROW)
        self.jump_wanted.emit(row.passage.id, row.version.id, row.passage.anchor.range)

    def menu(self, where: QPoint, build: QMenu) -> None:
        """Show a menu that the shell has filled, where the list was clicked."""
        build.exec(self.list.viewport().mapToGlobal(where))


class _List(QListView):
    """Cards, laid out in batches so that thousands do not hold up the window."""

    def __init__(self, pane: Annotations) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(say("Annotations"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(60)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.clicked.emit(index)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


def _all(desk: Desk, chosen: AnnotationFilter) -> tuple[tuple[AnnotationRow, ...], dict[str, Theme], int]:
    from kantlijn.usecases import read

    themes = {row.theme.id: row.theme for row in read.themes(desk)}
    return read.annotation_rows(desk, chosen), themes, _total(desk)


def _some(desk: Desk, chosen: AnnotationFilter) -> tuple[tuple[AnnotationRow, ...], int]:
    from kantlijn.usecases import read

    return read.annotation_rows(desk, chosen), _total(desk)


def _total(desk: Desk) -> int:
    from kantlijn.usecases import read

    return sum(row.annotations for row in read.shelf(desk))
