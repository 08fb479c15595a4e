"""The one linear history: what was done, undone and may be redone, in the same transaction as the records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kantlijn.model.changes import Change, Changes, Record, from_plain, to_plain
from kantlijn.model.written import read_json
from kantlijn.store.records import put, take_away

MERGE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One step as a list shows it; undone steps can be redone."""

    seq: int
    id: str
    at: str
    author: str
    title: str
    undone: bool


_ROW = "seq, id, at, author, title, undone"


def write(db: sqlite3.Connection, changes: Changes) -> None:
    """Make the changes and remember them. What was undone before can be redone no more."""
    apply(db, changes)
    db.execute("DELETE FROM history WHERE undone = 1")
    tip = db.execute("SELECT seq, at, author, merge FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    if (
        changes.merge
        and tip
        and tip[3] == changes.merge
        and tip[2] == changes.author
        and _soon(tip[1], changes.at)
    ):
        _merge(db, tip[0], changes)
        return
    seq = db.execute(
        "INSERT INTO history (id, at, author, title, merge) VALUES (?, ?, ?, ?, ?)",
        (changes.id, changes.at, changes.author, changes.title, changes.merge),
    ).lastrowid
    _write_steps(db, seq, changes.steps)


def apply(db: sqlite3.Connection, changes: Changes) -> None:
    """Bring the records to the state after these changes."""
    for step in changes:
        if step.after is None:
            if step.before is not None:
                take_away(db, step.before)
        else:
            put(db, step.after)


def last_done(db: sqlite3.Connection) -> HistoryRow | None:
    return _one(db, "undone = 0 ORDER BY seq DESC")


def first_undone(db: sqlite3.Connection) -> HistoryRow | None:
    return _one(db, "undone = 1 ORDER BY seq")


def changes_of(db: sqlite3.Connection, row: HistoryRow) -> Changes:
    """The whole step. ValueError when a newer program wrote it in a form not known here."""
    steps = db.execute("SELECT before, after FROM history_step WHERE seq = ? ORDER BY place", (row.seq,))
    return Changes(
        id=row.id, at=row.at, author=row.author, title=row.title,
        steps=tuple(Change(_read(before), _read(after)) for before, after in steps),
    )  # fmt: skip


def steps_of(db: sqlite3.Connection, row: HistoryRow, records: Collection[str]) -> list[Change]:
    """What a step did to these records only. ValueError as changes_of()."""
    found = db.execute(
        "SELECT before, after FROM history_step WHERE seq = ? AND record IN (SELECT value FROM json_each(?))"
        " ORDER BY place",
        (row.seq, json.dumps(list(records))),
    )
    return [Change(_read(before), _read(after)) for before, after in found]


def mark(db: sqlite3.Connection, row: HistoryRow, *, undone: bool) -> None:
    """Undone or not; either way later typing is a step of its own."""
    db.execute("UPDATE history SET undone = ?, merge = '' WHERE seq = ?", (undone, row.seq))


def rows(db: sqlite3.Connection, limit: int, record: str = "") -> Iterator[HistoryRow]:
    """Newest first; only those that touch the record with this id, when one is given."""
    where = "WHERE seq IN (SELECT seq FROM history_step WHERE record = :record)" if record else ""
    found = db.execute(
        f"SELECT {_ROW} FROM history {where} ORDER BY seq DESC LIMIT :limit", {"record": record, "limit": limit}
    )
    return (_row(values) for values in found.fetchall())


def _row(values: tuple[Any, ...]) -> HistoryRow:
    seq, id_, at, author, title, undone = values
    return HistoryRow(seq=seq, id=id_, at=at, author=author, title=title, undone=bool(undone))


def _one(db: sqlite3.Connection, where: str) -> HistoryRow | None:
    values = db.execute(f"SELECT {_ROW} FROM history WHERE {where} LIMIT 1").fetchone()
    return _row(values) if values else None


def _write_steps(db: sqlite3.Connection, seq: int | None, steps: tuple[Change, ...]) -> None:
    db.executemany(
        "INSERT INTO history_step (seq, place, kind, record, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (seq, place, step.kind, step.id, _written(step.before), _written(step.after))
            for place, step in enumerate(steps)
        ],
    )


def _merge(db: sqlite3.Connection, seq: int, changes: Changes) -> None:
    before = {(step.kind, step.id): step.before for step in _steps(db, seq)}
    merged = {(step.kind, step.id): step for step in _steps(db, seq)}
    for step in changes:
        key = (step.kind, step.id)
        merged[key] = Change(before.get(key, step.before) if key in before else step.before, step.after)
    db.execute("DELETE FROM history_step WHERE seq = ?", (seq,))
    db.execute("UPDATE history SET at = ?, title = ? WHERE seq = ?", (changes.at, changes.title, seq))
    _write_steps(db, seq, tuple(merged.values()))


def _steps(db: sqlite3.Connection, seq: int) -> list[Change]:
    found = db.execute("SELECT before, after FROM history_step WHERE seq = ? ORDER BY place", (seq,))
    return [Change(_read(before), _read(after)) for before, after in found]


def _soon(earlier: str, later: str) -> bool:
    try:
        gap = datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
    except ValueError:
        return False
    return 0 <= gap.total_seconds() <= MERGE_SECONDS  # a clock set back starts a new step


def _written(record: Record | None) -> str | None:
    return None if record is None else json.dumps(to_plain(record), ensure_ascii=False)


def _read(written: str | None) -> Record | None:
    return None if written is None else from_plain(read_json(written))
