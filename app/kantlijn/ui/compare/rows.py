"""The changes as the list shows them: which are let through, and what each says, worked out when first seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kantlijn.model.comparison import Edit
from kantlijn.model.document import Content, Range
from kantlijn.ui.kit import change_look
from kantlijn.ui.kit.pieces import without_leaders
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.versions.compare import Compared

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
_BEFORE, _AFTER, _MOST = 28, 72, 240  # code points; as many as fill the three lines of a card


@dataclass(frozen=True, slots=True)
class Row:
    """What a change says. pieces: text and "same", "inserted", "deleted" or "moved"; chips: letter and colour."""

    number: int
    kind: str
    where: str
    about: str
    pieces: tuple[tuple[str, str], ...]
    chips: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        """All of it, for screen readers."""
        signs = {"inserted": "+", "deleted": "−"}
        words = " ".join(f"{signs.get(kind, '')}{text.strip()}" for text, kind in self.pieces if text.strip())
        return f"{self.about}, {self.where}: {words}"


class ChangeModel(QAbstractListModel):
    """The rows of the changes that are let through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.compared: Compared | None = None
        self.numbers: tuple[int, ...] = ()
        """The places in the comparison of the edits that are listed."""
        self._chips: Mapping[int, tuple[tuple[str, str], ...]] = {}
        self._rows: dict[int, Row] = {}
        self._places: dict[int, int] = {}

    def show(
        self,
        compared: Compared | None,
        numbers: Collection[int],
        chips: Mapping[int, tuple[tuple[str, str], ...]],
    ) -> None:
        """Show these edits of this comparison."""
        self.beginResetModel()
        if compared is not self.compared or chips is not self._chips:
            self._rows.clear()
        self.compared, self.numbers, self._chips = compared, tuple(numbers), chips
        self._places = {number: place for place, number in enumerate(self.numbers)}
        self.endResetModel()

    def place_of(self, number: int | None) -> int | None:
        """Where in the list this edit is."""
        return None if number is None else self._places.get(number)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.numbers):
            return None
        if role == ROW:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.row(index.row()).said
        return None

    def row(self, place: int) -> Row:
        number = self.numbers[place]
        if number not in self._rows:
            assert self.compared is not None
            self._rows[number] = row_of(self.compared, number, self._chips.get(number, ()))
        return self._rows[number]


def row_of(compared: Compared, number: int, chips: tuple[tuple[str, str], ...]) -> Row:
    """What one edit says."""
    edit = compared.comparison.edits[number]
    old, new = compared.old_content, compared.new_content
    pieces: list[tuple[str, str]] = []
    side, parts = (new, edit.new) if edit.new else (old, edit.old)
    if edit.kind == "moved":
        pieces.append((_words(new, edit.new), "moved"))
    else:
        pieces.append((_before(side, parts[0][0]), "same"))
        if edit.kind == "formatting":
            pieces += [(_words(old, edit.old), "deleted"), (" → ", "same"), (_words(new, edit.new), "inserted")]
        else:
            pieces += [(_words(old, edit.old), "deleted"), (" ", "same"), (_words(new, edit.new), "inserted")]
        pieces.append((_after(side, parts[-1][1]), "same"))
    return Row(
        number=number, kind=edit.kind, where=_where(compared, edit), about=_about(compared, edit),
        pieces=tuple(piece for piece in pieces if piece[0]), chips=chips,
    )  # fmt: skip


def _about(compared: Compared, edit: Edit) -> str:
    name = change_look.name(edit.kind)
    if edit.kind in ("inserted", "deleted"):
        side, parts = (compared.new_content, edit.new) if edit.new else (compared.old_content, edit.old)
        count = len(_words(side, parts, most=100_000).split())
        return f"{name}, {say_many('{n} word', '{n} words', count)}"
    if edit.kind == "moved":
        inside = any(
            other.inside and other.new and edit.new and edit.new[0][0] <= other.new[0][0] < edit.new[-1][1]
            for other in compared.comparison.edits
        )
        return f"{name}, {say('words changed') if inside else say('same words')}"
    return name


def _where(compared: Compared, edit: Edit) -> str:
    """Pages, old → new; of texts without pages nothing."""
    old = _label(compared.old_content, edit.old)
    new = _label(compared.new_content, edit.new)
    if not old and not new:
        return ""
    if not old:
        return f"→ {say('p. {page}', page=new)}"
    if not new:
        return f"{say('p. {page}', page=old)} →"
    return f"{say('p. {page}', page=old)} → {new}"


def _label(content: Content, parts: tuple[Range, ...]) -> str:
    if not parts or not content.pages:
        return ""
    from bisect import bisect_right

    starts = [page.range[0] for page in content.pages]
    return content.pages[max(0, bisect_right(starts, parts[0][0]) - 1)].label


def _words(content: Content, parts: tuple[Range, ...], most: int = _MOST) -> str:
    said = " ".join(content.text[start : min(end, start + most)] for start, end in parts[:40])
    return _plain(said)


def _plain(said: str) -> str:
    """On one line, hyphens at line ends joined, dots that lead to a page number left out."""
    said = without_leaders(re.sub("\u00ad(?:[-\u2010]?\n)?", "", said))
    return " ".join(said.split())


def _before(content: Content, at: int) -> str:
    """A few words before, from a word's beginning."""
    said = _plain(content.text[max(0, at - _BEFORE) : at])
    start = said.find(" ") + 1 if at > _BEFORE else 0
    return f"… {said[start:]} " if said[start:] else ""


def _after(content: Content, at: int) -> str:
    said = _plain(content.text[at : at + _AFTER])
    cut = said.rfind(" ")
    return f" {said[:cut]} …" if cut > 0 else f" {said}" if said else ""


