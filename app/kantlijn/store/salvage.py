"""What can still be read of a damaged project: row by row, around unreadable pages, from a private copy."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kantlijn.errors import Known
from kantlijn.model.changes import Record
from kantlijn.model.document import Page, Range
from kantlijn.model.written import read_json
from kantlijn.store import records
from kantlijn.store.connection import REFUSALS
from kantlijn.store.project import Project
from kantlijn.store.salvage_copy import opened
from kantlijn.store.sound import sound, understood

_PROBES = 20_000
_NO_TOP = 1 << 24
"""A row number beyond any, for a table whose last page is unreadable."""
_DEFAULTS = {"style": "'highlight'"}
"""Columns that came with later formats; others that are missing are empty."""


@dataclass(slots=True)
class Steps:
    """A row of the history with its steps: (place, kind, record, before, after), as written."""

    seq: int
    row: tuple[Any, ...]
    steps: list[tuple[int, str, str, str | None, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Text:
    """What there is of a content: pages are None where some are unreadable."""

    text: str
    auxiliary: tuple[Range, ...]
    outline: tuple[tuple[int, str, int], ...]
    details: dict[str, str]
    pages: tuple[tuple[Page, ...], tuple[bytes, ...]] | None


class Salvage:
    """Reads a private copy. holes: by table the row numbers (first, last) that could not be read."""

    def __init__(self, copy: Path, name: Path) -> None:
        """NotAProject, saying name, when not even the list of tables can be found."""
        self.holes: dict[str, list[tuple[int, int]]] = {}
        self._last_broken = 0
        self._db = opened(copy, name)
        self._chunks: dict[tuple[str, int], int] = {
            (str(sha), int(place)): row for row, sha, place in self.rows("chunk", ("sha256", "place"))
        }
        self._texts = {(str(a), str(b)): row for row, a, b in self.rows("content", ("sha256", "extractor"))}
        self._pages: dict[tuple[str, str], dict[int, int]] = {}
        for row, sha, extractor, index in self.rows("page", ("sha256", "extractor", "index")):
            self._pages.setdefault((str(sha), str(extractor)), {})[int(index)] = row

    def close(self) -> None:
        with suppress(*REFUSALS):
            self._db.close()

    def damaged(self, table: str) -> bool:
        """Whether rows of this table may have been lost."""
        return bool(self.holes.get(table))

    # -- rows -----------------------------------------------------------------------------------------------

    def rows(self, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
        """(row number, *columns) of every row that can be read, by row number."""
        holes = self.holes.setdefault(table, [])
        try:
            there = {row[1]: (row[2], row[3]) for row in self._db.execute(f'PRAGMA table_info("{table}")')}
            kind = self._db.execute("SELECT type FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        except REFUSALS:
            there, kind = {}, None
        if kind != ("table",) or not there:
            holes.append((1, _NO_TOP))
            return []
        wanted = ", ".join(f'"{name}"' if name in there else _DEFAULTS.get(name, "''") for name in columns)
        found: list[tuple[Any, ...]] = []
        waiting = deque([(-1, self._top(table))])
        probes = 0
        while waiting and probes < _PROBES:
            probes += 1
            first, last = waiting.popleft()
            got, whole = self._between(table, wanted, first, last)
            found += got
            if whole:
                continue
            first = int(got[-1][0]) + 1 if got else first
            if first >= last:
                holes.append((first, last))
            else:  # halves, widest first, so that what lies beyond the damage is reached soon
                middle = (first + last) // 2
                waiting += [(first, middle), (middle + 1, last)]
        holes += waiting
        types = [there.get(name, ("", 0)) for name in columns]
        good: dict[int, tuple[Any, ...]] = {}
        for row in found:
            if row[0] in good:  # a page that stands in the place of another: that one's rows are not known
                holes.append((1, _NO_TOP))
            elif all(map(_of_type, row[1:], types)):
                good[row[0]] = row
            else:
                holes.append((row[0], row[0]))
        return [good[number] for number in sorted(good)]

    def _between(self, table: str, wanted: str, first: int, last: int) -> tuple[list[tuple[Any, ...]], bool]:
        got: list[tuple[Any, ...]] = []
        try:
            for row in self._db.execute(
                f'SELECT rowid, {wanted} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid',
                (first, last),
            ):
                got.append(row)  # noqa: PERF402  what came before an unreadable row is kept
        except REFUSALS:
            return got, False
        return got, True

    def _top(self, table: str) -> int:
        try:
            top = self._db.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0]
        except REFUSALS:
            return _NO_TOP
        return min(int(top or 0), 1 << 40)

    def _cells(self, table: str, columns: str, row: int) -> tuple[Any, ...] | None:
        try:
            found = self._db.execute(f'SELECT {columns} FROM "{table}" WHERE rowid = ?', (row,)).fetchone()
        except REFUSALS:
            return None
        return tuple(found) if found is not None else None

    # -- records and history --------------------------------------------------------------------------------

    def records(self, kind: type[Record], themes: dict[str, tuple[str, ...]]) -> dict[str, Record]:
        """Those that can be understood, by id; themes are those of annotations."""
        table = records.table_of(kind)
        columns = tuple(name.strip().strip('"') for name in records.columns_of(kind).split(","))
        found: dict[str, Record] = {}
        for number, *row in self.rows(table, columns):
            try:
                record = records.record_from(kind, row, themes.get(str(row[0]), ()))
            except (Known, ValueError, TypeError):
                record = None
            if record is not None and sound(record) and record.id not in found:
                found[record.id] = record
            else:
                self.holes[table].append((number, number))
        return found

    def annotation_themes(self) -> dict[str, tuple[str, ...]]:
        """Ids of themes by annotation, in their order."""
        found: dict[str, list[tuple[int, str]]] = {}
        for _, annotation, place, theme in self.rows("annotation_theme", ("annotation", "place", "theme")):
            found.setdefault(str(annotation), []).append((int(place), str(theme)))
        return {annotation: tuple(theme for _, theme in sorted(those)) for annotation, those in found.items()}

    def history(self) -> list[Steps]:
        """Every step that can be read, by its number; those without their row are left out."""
        found = {
            int(row[1]): Steps(int(row[1]), tuple(row[1:]))
            for row in self.rows("history", ("seq", "id", "at", "author", "title", "merge", "undone"))
        }
        for number, seq, *step in self.rows("history_step", ("seq", "place", "kind", "record", "before", "after")):
            if seq in found and step[0] == len(found[seq].steps) and understood(*step[1:]):
                found[seq].steps.append((step[0], step[1], step[2], step[3], step[4]))
            else:
                self.holes["history_step"].append((number, number))
        self._last_broken = max((one.seq for one in found.values() if not one.steps), default=0)
        return [found[seq] for seq in sorted(found)]

    def whole_after(self) -> int:
        """The number of the last step of the history that may not be whole: later ones are. 0 for none."""
        last = max((self._last_broken, *(end for _, end in self.holes.get("history", ()))))
        holes = self.holes.get("history_step", ())
        if holes:
            beyond = max(end for _, end in holes)
            seqs = [int(seq) for number, seq in self.rows("history_step", ("seq",)) if number > beyond]
            last = max(last, min(seqs, default=1 << 60))
        return last

    def facts(self) -> dict[str, str]:
        return {str(name): str(value) for _, name, value in self.rows("fact", ("name", "value"))}

    # -- contents -------------------------------------------------------------------------------------------

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file, as far as they can be read without a gap."""
        place = 0
        while (row := self._chunks.get((sha256, place))) is not None:
            cells = self._cells("chunk", "bytes", row)
            if cells is None:
                return
            yield bytes(cells[0])
            place += 1

    def has_bytes(self, sha256: str) -> bool:
        """Whether the bytes are all there and the right ones."""
        digest = hashlib.sha256()
        for chunk in self.chunks(sha256):
            digest.update(chunk)
        return digest.hexdigest() == sha256

    def text(self, sha256: str, extractor: str, pages: int) -> Text | None:
        """The text of a file that should have so many pages; None when it cannot be read."""
        row = self._texts.get((sha256, extractor))
        cells = self._cells("content", "text, auxiliary, outline, details", row) if row is not None else None
        if cells is None:
            return None
        try:
            text = bytes(cells[0]).decode("utf-8")
        except (ValueError, TypeError):
            return None
        parts: list[Any] = []
        for written, empty in zip(cells[1:], ("[]", "[]", "{}"), strict=True):
            try:
                parts.append(read_json(written))
            except (ValueError, TypeError):
                parts.append(read_json(empty))
        return Text(
            text, tuple((start, end) for start, end in parts[0]), tuple((a, b, c) for a, b, c in parts[1]),
            {str(name): str(value) for name, value in parts[2].items()},
            self._all_pages((sha256, extractor), pages, len(text)),
        )  # fmt: skip

    def _all_pages(
        self, key: tuple[str, str], number: int, length: int
    ) -> tuple[tuple[Page, ...], tuple[bytes, ...]] | None:
        rows = self._pages.get(key, {})
        pages, layers, place = [], [], 0
        for index in range(number):
            cells = self._cells("page", 'label, width, height, "start", "end", layer', rows.get(index, -1))
            if cells is None or not place <= cells[3] <= cells[4] <= length:
                return None
            place = cells[4]
            pages.append(Page(index=index, label=str(cells[0]), width=cells[1], height=cells[2], range=cells[3:5]))
            layers.append(bytes(cells[5]))
        return tuple(pages), tuple(layers)


_TYPES = {"TEXT": str, "INTEGER": int, "REAL": float, "BLOB": bytes}


def _of_type(value: Any, column: tuple[str, int]) -> bool:
    """Whether a value can stand in a column (type, whether it must be filled): else the page is another's."""
    kind, filled = column
    if value is None:
        return not filled
    return kind not in _TYPES or isinstance(value, _TYPES[kind])


def fill(project: Project, every: Iterable[Record], steps: Iterable[Steps], facts: dict[str, str]) -> None:
    """Write these records, steps as they were written, and facts into a new project, all or nothing."""
    with project.aside() as db:
        for record in every:
            records.put(db, record)
        for one in steps:
            db.execute(
                "INSERT INTO history (seq, id, at, author, title, merge, undone) VALUES (?, ?, ?, ?, ?, ?, ?)",
                one.row,
            )
            db.executemany(
                "INSERT INTO history_step (seq, place, kind, record, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                [(one.seq, *step) for step in one.steps],
            )
        db.executemany("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", facts.items())
