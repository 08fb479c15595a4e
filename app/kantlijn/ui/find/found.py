"""What a search over all documents found, as rows: a heading for each document, its hits under it.

Hits are read when they come into sight: there may be a hundred thousand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from kantlijn.model.document import Range
from kantlijn.ui.kit.plain import tip
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.searching.hits import Group, Hit

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
Chips = Callable[[Sequence[str]], Sequence[tuple[str, str]]]
"""Letter and colour of these themes."""
OPEN_MOST = 2000
"""Rows that are open at first: laying out more would take the list too long, and nobody scrolls through them."""
BLOCK = 40
"""Hits that are read at once."""


class FoundModel(QAbstractListModel):
    """Rows are (group number, hit number), -1 for the heading. data(ROW) gives the Group, or the Hit once read."""

    wanted = Signal(int, int)
    """(group number, first): BLOCK hits from there on are to be read and given to take()."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[Group] = []
        self.folded: set[int] = set()
        self._starts: list[int] = [0]
        self._hits: dict[tuple[int, int], Hit] = {}
        self._asked: set[tuple[int, int]] = set()

    # -- rows -----------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.groups, self._starts = [], [0]
        self.folded.clear()
        self._hits.clear()
        self._asked.clear()
        self.endResetModel()

    def add(self, groups: Sequence[Group]) -> None:
        """More groups, under those that are there; folded when there are many rows already."""
        if not groups:
            return
        sizes, rows = [], self._starts[-1]
        for number, group in enumerate(groups, len(self.groups)):
            if rows > OPEN_MOST or group.count > OPEN_MOST:
                self.folded.add(number)
            sizes.append(1 if number in self.folded else 1 + group.count)
            rows += sizes[-1]
        self.beginInsertRows(QModelIndex(), self._starts[-1], self._starts[-1] + sum(sizes) - 1)
        self.groups += groups
        self._starts += list(accumulate(sizes, initial=self._starts[-1]))[1:]
        self.endInsertRows()

    def take(self, group: int, first: int, hits: Sequence[Hit]) -> None:
        """Hits that were asked for, or read again: their rows show them."""
        for number, hit in enumerate(hits, first):
            self._hits[group, number] = hit
        if group not in self.folded and group < len(self.groups) and hits:
            top = self._starts[group] + 1 + first
            self.dataChanged.emit(self.index(top), self.index(min(top + len(hits), self._starts[-1]) - 1))

    def asked(self) -> list[tuple[int, int]]:
        """The blocks that were read: (group number, first)."""
        return sorted(self._asked)

    def ranges_in(self, version: str) -> list[Range]:
        """Where the hits of a version stand, of those that were read, in order."""
        return sorted({hit.range for hit in self._hits.values() if hit.version == version})

    def fold(self, group: int, folded: bool) -> None:
        """Hide or show the hits under a heading."""
        if folded == (group in self.folded):
            return
        top, count = self._starts[group] + 1, self.groups[group].count
        if folded:
            self.beginRemoveRows(QModelIndex(), top, top + count - 1)
            self.folded.add(group)
        else:
            self.beginInsertRows(QModelIndex(), top, top + count - 1)
            self.folded.discard(group)
        self._starts[group + 1 :] = [
            start - count if folded else start + count for start in self._starts[group + 1 :]
        ]
        if folded:
            self.endRemoveRows()
        else:
            self.endInsertRows()

    def place(self, row: int) -> tuple[int, int]:
        """Group and hit number of a row, -1 for a heading."""
        group = bisect_right(self._starts, row) - 1
        return group, row - self._starts[group] - 1

    def row_of(self, group: int, number: int) -> int:
        """The row of a hit, -1 of a heading."""
        return self._starts[group] + 1 + number

    def hit(self, row: int) -> Hit | None:
        """The hit of a row; None for a heading, and for one not read yet."""
        return self._hits.get(self.place(row))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._starts[-1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._starts[-1]:
            return None
        group, number = self.place(index.row())
        if role == ROW:
            return self.groups[group] if number < 0 else self._read(group, number)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(group, number)
        if role == Qt.ItemDataRole.ToolTipRole and number < 0:
            one = self.groups[group]
            return tip(f"{one.title}\n{one.file}" if one.file else one.title)
        return None

    def _read(self, group: int, number: int) -> Hit | None:
        hit = self._hits.get((group, number))
        first = number // BLOCK * BLOCK
        if hit is None and (group, first) not in self._asked:
            self._asked.add((group, first))
            self.wanted.emit(group, first)
        return hit

    def _said(self, group: int, number: int) -> str:
        one = self.groups[group]
        if number < 0:
            return f"{one.title} · {say_many('{n} hit', '{n} hits', one.count)}"
        hit = self._hits.get((group, number))
        if hit is None:
            return ""
        page = say("p. {label}", label=hit.page) + " " if hit.page else ""
        return f"{page}{hit.before}{hit.hit}{hit.after}"
