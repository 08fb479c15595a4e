"""The annotation list as data: rows in reading order, patched rather than asked anew when little changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from kantlijn.model.theme import Theme
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.usecases.read import AnnotationRow

ROW = Qt.ItemDataRole.UserRole + 1
MIME = "application/x-kantlijn-annotations"
"""Cards that are dragged: their ids, one a line."""
Index = QModelIndex | QPersistentModelIndex


class AnnotationModel(QAbstractListModel):
    """One AnnotationRow a row. themes names those that rows speak of; active: (document, version) being read."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[AnnotationRow] = []
        self._ids: list[str] = []
        self._versions: list[str] = []  # both beside rows: looked through at the speed of memory
        self.themes: Mapping[str, Theme] = {}
        self.active = ("", "")

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.readable
        if role == Qt.ItemDataRole.AccessibleTextRole:
            note = row.passage.annotation.note
            said = f"{self.where(row)}, {self.theme_names(row) or say('No theme')}: {row.readable}"
            return f"{said} {say('Note:')} {note}" if note else said
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The ids of these cards, and their words for other programs."""
        rows = [self.rows[number] for number in sorted(index.row() for index in indexes)]
        data = QMimeData()
        data.setData(MIME, "\n".join(row.passage.id for row in rows).encode())
        data.setText("\n\n".join(row.readable for row in rows))
        return data

    def show(self, rows: Iterable[AnnotationRow]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self._ids = [row.passage.id for row in self.rows]
        self._versions = [row.version.id for row in self.rows]
        self.endResetModel()

    def patch(self, touched: set[str], found: Iterable[AnnotationRow]) -> bool:
        """Put the rows found in the place of those touched. False when their place is not to be seen from here."""
        fresh = {row.passage.id: row for row in found}
        for number in sorted((n for one in touched for n in _places(self._ids, one)), reverse=True):
            wanted = self._ids[number]
            row = fresh.get(wanted)
            if row is not None and row.passage.reading_order == self.rows[number].passage.reading_order:
                self.rows[number] = fresh.pop(wanted)
                where = self.index(number)
                self.dataChanged.emit(where, where)
            else:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self.rows[number], self._ids[number], self._versions[number]
                self.endRemoveRows()
        return all(self._insert(row) for row in fresh.values())

    def _insert(self, row: AnnotationRow) -> bool:
        same = _places(self._versions, row.version.id)
        if not same:
            return not self.rows and self._insert_at(0, row)
        order = row.passage.reading_order
        at = next((n for n in same if self.rows[n].passage.reading_order > order), same[-1] + 1)
        return self._insert_at(at, row)

    def _insert_at(self, at: int, row: AnnotationRow) -> bool:
        self.beginInsertRows(QModelIndex(), at, at)
        self.rows.insert(at, row)
        self._ids.insert(at, row.passage.id)
        self._versions.insert(at, row.version.id)
        self.endInsertRows()
        return True

    def number_of(self, annotation: str) -> int:
        """The row of an annotation, -1 where it is not shown."""
        return next(iter(_places(self._ids, annotation)), -1)

    def theme_names(self, row: AnnotationRow) -> str:
        """Its themes by name, in the order given."""
        found = (self.themes.get(theme) for theme in row.passage.annotation.themes)
        return ", ".join(theme.called(language()) for theme in found if theme is not None)

    def themes_in_order(self) -> list[Theme]:
        """All themes, as the tree shows them."""
        return list(self.themes.values())

    def colour(self, row: AnnotationRow) -> str | None:
        """The colour of its first theme."""
        found = (self.themes.get(theme) for theme in row.passage.annotation.themes)
        return next((theme.colour for theme in found if theme is not None), None)

    def show_active(self, document: str, version: str) -> None:
        """What is being read: rows of its other versions say which."""
        if (document, version) != self.active:
            self.active = (document, version)
            if self.rows:
                self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def where(self, row: AnnotationRow) -> str:
        """"p. 12", "version 1 · p. 6" in another version of what is read; "" in a text without pages."""
        document, version = self.active
        label = row.passage.anchor.page_label
        parts = [say("p. {label}", label=label)] if label else []
        if row.passage.annotation.document == document and row.version.id != version:
            parts.insert(0, say("version {number}", number=row.version.number))
        return " · ".join(parts)


def _places(values: list[str], wanted: str) -> list[int]:
    """Where it stands in the list."""
    found = []
    place = -1
    for _ in range(values.count(wanted)):
        place = values.index(wanted, place + 1)
        found.append(place)
    return found
