"""Whether the index is one that searching can rely on; and emptying it where it is not, to be made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kantlijn.store.project import Project
from kantlijn.text.search import letters
from kantlijn.text.search.entry import METHOD, STRIDE, unpack
from kantlijn.text.search.neighbours import mark_of

_LOOKED_AT = 3


def seems_sound(db: sqlite3.Connection) -> bool:
    """A quick look: no word is missing, a few of the rows are whole, and none was made by another method."""
    if db.execute("SELECT EXISTS (SELECT 1 FROM indexed WHERE method != ?)", (METHOD,)).fetchone()[0]:
        return False
    rows = [row for (row,) in db.execute("SELECT row FROM indexed WHERE method = ? ORDER BY row", (METHOD,))]
    some = {rows[place * (len(rows) - 1) // _LOOKED_AT] for place in range(_LOOKED_AT + 1)} if rows else set()
    return _all_sound(db, sorted(some))


def is_sound(db: sqlite3.Connection) -> bool:
    """The same for every row."""
    rows = [row for (row,) in db.execute("SELECT row FROM indexed WHERE method = ? ORDER BY row", (METHOD,))]
    return _all_sound(db, rows)


def empty(project: Project) -> None:
    """Nothing is in the index any more; all texts have to be brought in again."""
    with project.aside() as db:
        db.execute("DELETE FROM indexed")
        db.execute("INSERT INTO holds (holds) VALUES ('delete-all')")
        db.execute("DELETE FROM word")


def _all_sound(db: sqlite3.Connection, rows: Iterable[int]) -> bool:
    try:
        count, last = db.execute("SELECT count(*), coalesce(max(number), -1) FROM word").fetchone()
        return bool(count == last + 1) and all(_row_sound(db, row, count) for row in rows)
    except (sqlite3.DatabaseError, ValueError):
        return False


def _row_sound(db: sqlite3.Connection, row: int, known: int) -> bool:
    """Whether its words have numbers, FTS5 has the first and last of them, and the rest of it can be read."""
    packed, others, points, origins = db.execute(
        "SELECT letters, others, points, origins FROM indexed WHERE row = ?", (row,)
    ).fetchone()
    words = [letters.number_of(one) for one in letters.apart(letters.unpacked(packed))]
    stretches = [letters.number_of(one) for one in letters.apart(letters.unpacked(others))]
    marks = -(-len(words) // STRIDE)
    if any(number >= known for number in (*words, *stretches)) or len(unpack(points)) != marks:
        return False
    if len(unpack(origins)) != 3 * stretches.count(letters.number_of(letters.END)):
        return False
    ends = [[_word(db, number) for number in some] for some in (words[:2], words[-2:])]
    wanted = {word for some in ends for word in some} | {mark_of(*some) for some in ends if len(some) == 2}
    return all(row in _having(db, one) for one in wanted)


def _word(db: sqlite3.Connection, number: int) -> str:
    known = db.execute("SELECT word FROM word WHERE number = ?", (number,)).fetchone()
    if known is None:
        raise ValueError("a letter that stands for no word")
    return str(known[0])


def _having(db: sqlite3.Connection, word: str) -> set[int]:
    """The rows that FTS5 says have this word or mark."""
    return {row for (row,) in db.execute("SELECT rowid FROM holds WHERE holds MATCH ?", (f'"{word}"',))}
