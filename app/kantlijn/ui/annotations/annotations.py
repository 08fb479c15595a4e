"""The annotation list: cards in reading order, narrowed by what is typed and chosen above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.theme import Theme
from kantlijn.ui.annotations.bulk import Bulk
from kantlijn.ui.annotations.card import Card
from kantlijn.ui.annotations.cards import Cards
from kantlijn.ui.annotations.conditions import Lookups
from kantlijn.ui.annotations.crops import Crops
from kantlijn.ui.annotations.model import ROW, AnnotationModel
from kantlijn.ui.annotations.narrow import Narrow
from kantlijn.ui.annotations.past import Past
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.widgets import EmptyState
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.errors import Known
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.marking.annotation_past import PastRow
    from kantlijn.usecases.marking.saved_filters import FilterRow
    from kantlijn.usecases.read import AnnotationRow

_FEW = 200  # this many changed annotations are asked one by one, more: the whole list anew
_SOON = 30  # milliseconds in which several conditions change at once


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
        self._preparing = False
        self._wanted: list[str] = []
        self._quiet = False
        self.total = 0
        self.past: Past | None = None
        self.actions_for_cards: Sequence[QAction | None] = ()
        """What the menu of a card offers besides retagging; None is a line."""
        self.model = AnnotationModel()
        self.model.setParent(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.narrow = Narrow(jobs, self)
        self.narrow.changed.connect(self._soon)
        column.addWidget(self.narrow)
        self.list = Cards(self)
        self.crops = Crops(jobs, self)
        self.crops.came.connect(lambda _annotation: self.list.viewport().update())
        self.card = Card(self.model, self.crops)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.card)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self.empty = EmptyState(
            "", say("Clear the filter"), self.narrow.clear, icon="tag", parent=self
        )
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self.bulk = Bulk(jobs, self.model.themes_in_order, self.selected_rows, self)
        column.addWidget(self.bulk)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON)
        self._timer.timeout.connect(self.reload)
        self.list.taken.connect(self._taken)
        self.list.menu_wanted.connect(self._menu)
        self.list.doubleClicked.connect(lambda index: self.note_wanted.emit(index.data(ROW).passage.id))
        self.list.selectionModel().selectionChanged.connect(self._selected)

    # -- what it shows --------------------------------------------------------------------------------------

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what has changed."""
        if self._preparing:
            return  # all of it is asked for at the end
        if changes is None:
            self._prepare()
            return
        if any(changes.touched(kind) for kind in ("theme", "document", "saved_filter")):
            self.reload()
            return
        touched = _touched(changes)
        if not touched:
            return
        if len(touched) > _FEW or self._timer.isActive() or self.narrow.newest:
            self.reload()
            return
        chosen = replace(self.narrow.filter(), ids=tuple(touched))
        asked = self._asked
        self._jobs.do(_some, chosen, then=lambda found: self._patch(asked, touched, *found))

    def _prepare(self) -> None:
        """Have a great many annotations read in parts, so that the reader's own verbs come between."""
        from kantlijn.usecases.read import prepare_rows

        self._preparing = True
        self._jobs.do(prepare_rows, then=self._prepared, failed=self._unprepared)

    def _prepared(self, left: tuple[str, ...]) -> None:
        from kantlijn.usecases.read import prepare_rows

        if left:
            self._jobs.do(prepare_rows, left, then=self._prepared, failed=self._unprepared)
        else:
            self._preparing = False
            self.reload()

    def _unprepared(self, _error: Known) -> None:
        self._preparing = False
        self.reload()  # and that says what is wrong

    def _soon(self) -> None:
        self._timer.start()

    def reload(self) -> None:
        """Ask for the whole list."""
        self._timer.stop()
        if self._preparing:
            return
        self._asked += 1
        asked = self._asked
        chosen, newest = self.narrow.filter(), self.narrow.newest
        self._jobs.do(_all, chosen, newest, then=lambda found: self._show(asked, found))

    def _show(self, asked: int, found: _Found) -> None:
        if asked != self._asked:
            return  # another filter was chosen meanwhile
        self.narrow.show_saved(found.saved)
        self.narrow.set_themes(list(found.themes.values()), found.there)
        self.model.themes = found.themes
        self.card.titles = len(self.narrow.filter().documents) != 1 and not self.narrow.filter().versions
        self._quiet = True
        self.model.show(found.rows)
        self._quiet = False
        self._catch_up()
        self.bulk.show_number(len(self.selected()))
        self._counted(found.total)

    def _patch(self, asked: int, touched: set[str], rows: tuple[AnnotationRow, ...], total: int) -> None:
        if asked != self._asked:
            return
        self._quiet = True
        placed = self.model.patch(touched, rows)
        self._quiet = False
        self._catch_up()
        self.bulk.show_number(len(self.selected()))
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
                sentence = say("No annotation matches the filter.")
            else:
                sentence = say("Nothing tagged here yet. Select text and press 1–9, or N for a note.")
            self.empty.sentence.setText(sentence)
            self.empty.button.setVisible(bool(total and self.narrow.narrows()))

    # -- selection ------------------------------------------------------------------------------------------

    def selected(self) -> list[str]:
        """Ids of the selected cards, in reading order."""
        return [row.passage.id for row in self.selected_rows()]

    def select(self, annotations: list[str]) -> None:
        """Select these cards without telling, and bring the first in sight."""
        self._wanted = list(annotations)
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
        self.bulk.show_number(len(numbers))

    def _catch_up(self) -> None:
        """Select what was to be selected before its card was there: an annotation just made."""
        there = {one for one in self._wanted if self.model.number_of(one) >= 0}
        if there != set(self.selected()):
            self.select(self._wanted)

    def row(self, annotation: str) -> AnnotationRow | None:
        """An annotation that is shown."""
        number = self.model.number_of(annotation)
        return self.model.rows[number] if number >= 0 else None

    def selected_rows(self) -> list[AnnotationRow]:
        """The selected cards, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.rows[row] for row in rows if row < len(self.model.rows)]

    def _selected(self) -> None:
        if not self._quiet:
            self.bulk.show_number(len(self.list.selectionModel().selectedIndexes()))
            self._wanted = self.selected()
            self.chosen.emit(self._wanted)

    def _taken(self, index: QModelIndex) -> None:
        row: AnnotationRow = index.data(ROW)
        self.jump_wanted.emit(row.passage.id, row.version.id, row.passage.anchor.range)

    # -- menu and history -----------------------------------------------------------------------------------

    def fill_menu(self, menu: QMenu) -> None:
        """All that can be done with the chosen cards."""
        if not self._jobs.read_only:
            self.bulk.fill_giving(menu.addMenu(say("Add theme")))
            self.bulk.fill_taking(menu.addMenu(say("Remove theme")))
            menu.addSeparator()
        for action in self.actions_for_cards:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.exec(where)
        menu.deleteLater()

    def show_history(self, annotation: str) -> None:
        """Who did what to this annotation, beside its card."""
        from kantlijn.usecases.marking.annotation_past import annotation_past

        self._jobs.do(annotation_past, annotation, then=lambda rows: self._history(annotation, rows))

    def _history(self, annotation: str, rows: tuple[PastRow, ...]) -> None:
        number = self.model.number_of(annotation)
        card = self.list.visualRect(self.model.index(number)) if number >= 0 else QRect(0, 0, 100, 100)
        at = self.list.viewport().mapTo(self.window(), card.topLeft())
        if self.past is not None:
            self.past.deleteLater()
        self.past = Past(rows, self.window())
        self.past.come(QRect(at, card.size()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """All that the pane shows, read in one go."""

    rows: tuple[AnnotationRow, ...]
    themes: dict[str, Theme]
    total: int
    there: Lookups
    saved: tuple[FilterRow, ...]


def _touched(changes: Changes) -> set[str]:
    """Annotations that look otherwise after these changes; relations count for both their ends."""
    found = changes.touched("annotation")
    for step in changes.steps:
        for record in (step.before, step.after):
            for name in ("annotation", "source", "target"):
                if isinstance(end := getattr(record, name, None), str):
                    found.add(end)
    return found


def _all(desk: Desk, chosen: AnnotationFilter, newest: bool) -> _Found:
    from kantlijn.usecases import read
    from kantlijn.usecases.marking.relate import status_names, type_names
    from kantlijn.usecases.marking.saved_filters import saved_filters

    shelf = read.shelf(desk)
    rows = read.annotation_rows(desk, chosen)
    if newest:
        rows = tuple(sorted(rows, key=lambda row: row.passage.annotation.modified, reverse=True))
    return _Found(
        rows=rows,
        themes={row.theme.id: row.theme for row in read.themes(desk)},
        total=sum(row.annotations for row in shelf),
        there=Lookups(
            documents={row.document.id: row.document.title for row in shelf},
            versions={
                version.id: (row.document.id, say("version {number}", number=version.number))
                for row in shelf
                for version in row.versions
            },
            authors=read.authors(desk),
            types=type_names(),
            statuses=status_names(),
        ),
        saved=saved_filters(desk),
    )


def _some(desk: Desk, chosen: AnnotationFilter) -> tuple[tuple[AnnotationRow, ...], int]:
    from kantlijn.usecases import read

    return read.annotation_rows(desk, chosen), _total(desk)


def _total(desk: Desk) -> int:
    from kantlijn.usecases import read

    return sum(row.annotations for row in read.shelf(desk))
