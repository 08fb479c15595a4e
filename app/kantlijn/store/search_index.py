"""The index of all texts: words with numbers, each text as a row of them, and which texts have which words.

Not in the history: it can be made again from the texts at any time. FTS5 keeps which text has a word (no places:
5 % of the text); where a word stands is looked up in the row of letters (text/search/letters.py), in which phrases
are found at the speed of memory (22 %). Words themselves take some 5 %.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kantlijn.model.document import Range, Version
from kantlijn.store.comparisons import content_name
from kantlijn.store.project import Project
from kantlijn.text.search import letters
from kantlijn.text.search.entry import JOINED, METHOD, pack, unpack
from kantlijn.text.search.match import Row, Spelling
from kantlijn.text.search.query import ENDS, INSIDE, STARTS, WHOLE, Term, fits

_AFTER_JOINED = chr(ord(JOINED) + 1)
_MOST_WORDS = 400
"""Of a term, for which FTS5 is asked one by one; with more nearly every text has one."""


@dataclass(frozen=True, slots=True)
class Made:
    """An entry with words numbered by their place in distinct; END is len(distinct)."""

    distinct: tuple[str, ...]
    words: array[int]
    others: array[int]
    points: tuple[int, ...]
    origins: tuple[tuple[int, int, int], ...]


def rows_of(project: Project) -> dict[str, int]:
    """The rows of the index by content_name(), those made by today's method."""
    with project.reading() as db:
        return dict(db.execute("SELECT content, row FROM indexed WHERE method = ?", (METHOD,)).fetchall())


def keep(project: Project, version: Version, made: Made) -> None:
    """The version's content in the index, instead of what was there of it."""
    name = content_name(version)
    with project.aside() as db:
        _forget(db, name)
        numbers = _numbers(db, made.distinct)
        spelled = [*map(letters.spelled, numbers), letters.END]
        row = db.execute(
            "INSERT INTO indexed (content, method, letters, others, points, origins) VALUES (?, ?, ?, ?, ?, ?)",
            (
                name, METHOD, "".join(map(spelled.__getitem__, made.words)).encode(),
                "".join(map(spelled.__getitem__, made.others)).encode(), pack(made.points),
                pack([part for origin in made.origins for part in origin]),
            ),
        ).lastrowid  # fmt: skip
        db.execute("INSERT INTO holds (rowid, words) VALUES (?, ?)", (row, " ".join(made.distinct)))


def _numbers(db: sqlite3.Connection, distinct: Sequence[str]) -> list[int]:
    """Of these words; those not met before get the next ones."""
    asked = json.dumps(distinct, ensure_ascii=False)
    known = dict(
        db.execute(
            "SELECT word, number FROM word WHERE word IN (SELECT value FROM json_each(?))", (asked,)
        ).fetchall()
    )
    following = db.execute("SELECT coalesce(max(number) + 1, 0) FROM word").fetchone()[0]
    fresh = [word for word in distinct if word not in known]
    known.update(zip(fresh, range(following, following + len(fresh)), strict=True))
    db.executemany("INSERT INTO word (number, word) VALUES (?, ?)", [(known[word], word) for word in fresh])
    return [known[word] for word in distinct]


def _forget(db: sqlite3.Connection, name: str) -> None:
    found = db.execute("SELECT row, letters, others FROM indexed WHERE content = ?", (name,)).fetchone()
    if found is None:
        return
    row, words, others = found
    numbers = {letters.number_of(one) for blob in (words, others) for one in letters.apart(blob.decode())}
    held = _words(db, numbers - {letters.number_of(letters.END)})
    # contentless: FTS5 wants to be told what it has to forget
    db.execute("INSERT INTO holds (holds, rowid, words) VALUES ('delete', ?, ?)", (row, " ".join(held.values())))
    db.execute("DELETE FROM indexed WHERE row = ?", (row,))


def _words(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    asked = json.dumps(sorted(numbers))
    rows = db.execute("SELECT number, word FROM word WHERE number IN (SELECT value FROM json_each(?))", (asked,))
    return dict(rows.fetchall())


def spelling(project: Project) -> Spelling:
    """What a Matcher asks for, from the words of this project."""

    def spelled(term: Term) -> tuple[frozenset[str], frozenset[str]]:
        with project.reading() as db:
            plain = [number for number, _ in _like(db, term)]
            joined = [number for number, _ in _joined_like(db, term)]
        return frozenset(map(letters.spelled, plain)), frozenset(map(letters.spelled, joined))

    return spelled


def _like(db: sqlite3.Connection, term: Term) -> list[tuple[int, str]]:
    """Number and word of those that are like the term."""
    asked = {
        WHOLE: "word = :word",
        STARTS: "word >= :word AND word < :word || char(1114111)",
        ENDS: "substr(word, -length(:word)) = :word AND length(word) >= length(:word)",
        INSIDE: "instr(word, :word)",
    }[term.how]
    found = db.execute(
        f"SELECT number, word FROM word WHERE {asked} AND NOT (word >= :from AND word < :to)",
        {"word": term.word, "from": JOINED, "to": _AFTER_JOINED},
    )
    return found.fetchall()


def _joined_like(db: sqlite3.Connection, term: Term) -> list[tuple[int, str]]:
    """The same of words in parts."""
    found = db.execute(
        "SELECT number, word FROM word WHERE word >= ? AND word < ? AND instr(replace(word, ?, ''), ?)",
        (JOINED, _AFTER_JOINED, JOINED, term.word),
    ).fetchall()
    return [(number, word) for number, word in found if fits(term, word)]


def holding(project: Project, term: Term) -> frozenset[int] | None:
    """The rows of texts that have a word like the term; None when that is not worth asking: nearly all have."""
    with project.reading() as db:
        words = [word for _, word in (*_like(db, term), *_joined_like(db, term))]
        if len(words) > _MOST_WORDS:
            return None
        found: set[int] = set()
        for word in words:
            rows = db.execute("SELECT rowid FROM holds WHERE holds MATCH ?", (f'"{word}"',))
            found.update(row for (row,) in rows)
        return frozenset(found)


def read(project: Project, rows: Sequence[int]) -> Iterator[tuple[int, Row]]:
    """These rows, in this order; those no longer there are left out."""
    for first in range(0, len(rows), _AT_ONCE):
        part = rows[first : first + _AT_ONCE]
        with project.reading() as db:
            found = {
                row: (words, others)
                for row, words, others in db.execute(
                    "SELECT row, letters, others FROM indexed WHERE row IN (SELECT value FROM json_each(?))",
                    (json.dumps(part),),
                )
            }
        for row in part:
            if row in found:
                yield row, _row(project, row, *found[row])


_AT_ONCE = 64


def _row(project: Project, row: int, words: bytes, others: bytes) -> Row:
    def origins() -> list[tuple[int, int, int]]:
        with project.reading() as db:
            flat = unpack(db.execute("SELECT origins FROM indexed WHERE row = ?", (row,)).fetchone()[0])
        return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))

    return Row(words, others, origins)


def points(project: Project, row: int) -> Sequence[int]:
    """The code points of the row's marks."""
    with project.reading() as db:
        return unpack(db.execute("SELECT points FROM indexed WHERE row = ?", (row,)).fetchone()[0])


def lengths(project: Project, words: Iterable[str]) -> dict[str, int]:
    """Folded letters of each of these words, given as letters of rows."""
    asked = {one: letters.number_of(one) for one in words}
    with project.reading() as db:
        known = {number: len(word) for number, word in _words(db, set(asked.values())).items()}
    return {one: known.get(number, 0) for one, number in asked.items()}


def light_text(project: Project, version: Version) -> tuple[str, tuple[Range, ...]] | None:
    """Text and furniture of a version without its pages: quick for whoever wants a line of it. None when lost."""
    with project.reading() as db:
        row = db.execute(
            "SELECT text, auxiliary FROM content WHERE sha256 = ? AND extractor = ?",
            (version.sha256, version.extractor),
        ).fetchone()
    if row is None:
        return None
    return bytes(row[0]).decode("utf-8"), tuple((start, end) for start, end in json.loads(row[1]))


def page_label(project: Project, version: Version, offset: int) -> str | None:
    """The label of the page this code point is on; None where there are no pages."""
    with project.reading() as db:
        row = db.execute(
            'SELECT label FROM page WHERE sha256 = ? AND extractor = ? AND "start" <= ?'
            ' ORDER BY "index" DESC LIMIT 1',
            (version.sha256, version.extractor, offset),
        ).fetchone()
    return None if row is None else str(row[0])
