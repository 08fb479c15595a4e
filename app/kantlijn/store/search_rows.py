"""The rows of the index as searches read them, kept in memory while they fit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from kantlijn.store.project import Project
from kantlijn.text.search import letters
from kantlijn.text.search.entry import unpack
from kantlijn.text.search.row import Row, SpelledEntry

_FIRST, _AT_ONCE = 8, 64
_ROOM = 96_000_000
"""Bytes of memory, guessed high: 2,000 texts of 60 kB take two thirds of it."""
_EMPTY = "x''"
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with what was read of it; the rest of it is read when it is looked at, one row at a time."""

    entry: SpelledEntry
    others: bool
    places: bool
    size: int


class Rows:
    """Read from the project at most once while they fit: the next letter a reader types asks for the same ones.

    Those that came first stay. A search goes through all in one order, so the last would push out those that the
    next search begins with.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[int, _Read] = {}
        self._contents: Mapping[int, str] = {}
        self._size = 0

    def keep_only(self, contents: Mapping[int, str]) -> None:
        """contents: what text each row is of, by content_name(); others than before are forgotten."""
        gone = [row for row in self._read if contents.get(row) != self._contents.get(row)]
        for row in gone:
            self._size -= self._read.pop(row).size
        self._contents = contents

    def read(
        self, rows: Sequence[int], present: Mapping[int, Set[str]] | None, *, others: bool, places: bool
    ) -> Iterator[tuple[int, Row]]:
        """These, in this order; those no longer there are left out. The first come soonest.

        present: as a Row wants it, for each row that has any; None: not known. others: whether words in parts are
        looked for; places: whether where words stand is looked at.
        """
        first, size = 0, _FIRST
        while first < len(rows):
            part = rows[first : first + size]
            first, size = first + size, _AT_ONCE
            there = self._there(part, others, places)
            for row in part:
                if row in there:
                    yield row, Row(there[row], None if present is None else present.get(row, _NOTHING))

    def _there(self, rows: Sequence[int], others: bool, places: bool) -> dict[int, SpelledEntry]:
        there = {}
        for row in rows:
            read = self._read.get(row)
            if read is not None and read.others >= others and read.places >= places:
                there[row] = read.entry
        missing = [row for row in rows if row not in there]
        if missing:
            for row, read in self._fresh(missing, others, places):
                self._keep(row, read)
                there[row] = read.entry
        return there

    def _keep(self, row: int, read: _Read) -> None:
        before = self._read[row].size if row in self._read else 0
        if self._size - before + read.size <= _ROOM:
            self._read[row] = read
            self._size += read.size - before

    def _fresh(self, rows: Sequence[int], others: bool, places: bool) -> Iterator[tuple[int, _Read]]:
        columns = f"row, {'letters' if places else _EMPTY}, {'others' if others else _EMPTY}, repeated"
        asked = f"SELECT {columns} FROM indexed WHERE row IN (SELECT value FROM json_each(?))"
        with self._project.reading() as db:
            found = db.execute(asked, (json.dumps(rows),)).fetchall()
        for row, words, rest, repeated in found:
            # unpacked where it is looked at: what is damaged is told of there
            entry = SpelledEntry(
                partial(letters.unpacked, words) if places else partial(self._letters, row),
                partial(letters.unpacked, rest) if others else partial(self._others, row),
                partial(self._origins, row), repeated,
            )  # fmt: skip
            yield row, _Read(entry, others, places, 2 * (len(words) + len(rest) + len(repeated)))

    def _letters(self, row: int) -> str:
        return letters.unpacked(self._column("letters", row))

    def _others(self, row: int) -> str:
        return letters.unpacked(self._column("others", row))

    def _origins(self, row: int) -> list[tuple[int, int, int]]:
        flat = unpack(self._column("origins", row))
        return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))

    def _column(self, name: str, row: int) -> bytes:
        with self._project.reading() as db:
            return bytes(db.execute(f"SELECT {name} FROM indexed WHERE row = ?", (row,)).fetchone()[0])
