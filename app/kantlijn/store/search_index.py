"""The index of all texts: words with numbers, each text as a row of them, and which texts have which words.

Not in the history: it can be made again from the texts at any time. FTS5 keeps which text has a word (no places:
6 % of the text), and which words may follow each other in it (text/search/neighbours.py, 10 %); where a word
stands is looked up in the row of letters (text/search/letters.py), in which phrases are found at the speed of
memory (25 %). Words themselves take some 6 %.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kantlijn.model.document import Range, Version
from kantlijn.model.written import read_json
from kantlijn.store.comparisons import content_name
from kantlijn.store.index_sound import seems_sound
from kantlijn.store.project import Project
from kantlijn.store.search_rows import Rows
from kantlijn.text.search import letters, neighbours
from kantlijn.text.search.entry import METHOD, Numbered, pack, unpack
from kantlijn.text.search.repeated import Repeated
from kantlijn.text.search.vocabulary import Vocabulary

Light = tuple[str, tuple[Range, ...]]
"""A version's text and furniture, without its pages."""
_MERGED = 256
"""Pages of the index that are merged at a time."""
_LOOKED_AT = 8
"""Words by which it is seen whether a vocabulary is still the project's."""
_ASKED = 256
"""Words whose holders are asked for in one statement; a statement for each takes half as long again."""
_HOLDERS = """
    SELECT value, (SELECT json_group_array(rowid) FROM holds WHERE holds MATCH '"' || value || '"')
    FROM json_each(?)
"""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A version with its document, and its row of the index; None where it is not there yet."""

    document: str
    title: str
    version: str
    file: str
    content: str  # as content_name() says
    row: int | None


class Index:
    """What searches ask for again and again, kept as long as nobody wrote in the project.

    sound: whether searches rely on it. Where it was damaged they look into the texts themselves, as if nothing had
    been indexed, until it was emptied and made again.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.begin_anew()

    def begin_anew(self) -> None:
        """The index was emptied."""
        self.sound: bool | None = None
        self._state: tuple[int, int] | None = None
        self._shelved: list[Shelved] = []
        self._vocabulary = Vocabulary()
        self._rows = Rows(self._project)

    def is_sound(self) -> bool:
        """By a quick look at it once, and by what searches met since."""
        self._look()
        return bool(self.sound)

    def doubt(self) -> None:
        """A search met what cannot be."""
        self.sound = False
        self._state = None

    @property
    def vocabulary(self) -> Vocabulary:
        """All words of the project's texts."""
        self._look()
        return self._vocabulary

    @property
    def rows(self) -> Rows:
        """The rows of the index, to be read."""
        self._look()
        return self._rows

    def shelved(self, document: str = "") -> list[Shelved]:
        """All versions by document in the reader's order, the newest first; only this document's when given."""
        self._look()
        return [one for one in self._shelved if document in ("", one.document)]

    def _look(self) -> None:
        with self._project.reading() as db:
            state = db.execute("PRAGMA data_version").fetchone()[0], db.total_changes
            if state != self._state:
                if not _goes_on(db, self._vocabulary):
                    self.begin_anew()
                if self.sound is None:
                    self.sound = seems_sound(db)
                self._shelved = _shelved(db)
                if self.sound:
                    _catch_up(db, self._vocabulary)
                    self._rows.keep_only({one.row: one.content for one in self._shelved if one.row is not None})
                else:
                    self._shelved = [replace(one, row=None) for one in self._shelved]
                self._state = state


def _shelved(db: sqlite3.Connection) -> list[Shelved]:
    rows = db.execute(
        "SELECT d.id, d.title, v.id, v.file, v.sha256 || ' ' || v.extractor, i.row"
        " FROM document d JOIN version v ON v.document = d.id"
        " LEFT JOIN indexed i ON i.content = v.sha256 || ' ' || v.extractor AND i.method = ?"
        " ORDER BY d.position, d.id, v.number DESC",
        (METHOD,),
    )
    return [Shelved(*row) for row in rows]


_GAP = 1 << 20
"""Numbers that may be missing between two words; a file that leaves more out was damaged or made to harm."""


def _goes_on(db: sqlite3.Connection, vocabulary: Vocabulary) -> bool:
    """Whether the project's words are still those known here: another window may have made the index anew."""
    count = len(vocabulary)
    looked_at = {count - 1 - count * part // _LOOKED_AT for part in range(_LOOKED_AT)} if count else ()
    asked = "SELECT word FROM word WHERE number = ?"
    return all(db.execute(asked, (at,)).fetchone() == (vocabulary.word(at),) for at in looked_at)


def _catch_up(db: sqlite3.Connection, vocabulary: Vocabulary) -> None:
    """Bring in the words that the project has learned since."""
    rows = db.execute("SELECT number, word FROM word WHERE number >= ? ORDER BY number", (len(vocabulary),))
    for number, word in rows:
        if number - len(vocabulary) > _GAP:
            break
        vocabulary.extend([""] * (number - len(vocabulary)))  # a number that was lost stands for nothing
        vocabulary.extend([word])


def rows_of(project: Project) -> dict[str, int]:
    """The rows of the index by content_name(), those made by today's method."""
    with project.reading() as db:
        return dict(db.execute("SELECT content, row FROM indexed WHERE method = ?", (METHOD,)).fetchall())


def keep(project: Project, version: Version, made: Numbered) -> None:
    """The version's content in the index, instead of what was there of it."""
    name = content_name(version)
    with project.aside() as db:
        _forget(db, name)
        numbers = _numbers(db, made.distinct)
        spelled = [*map(letters.spelled, numbers), letters.END]
        row = db.execute(
            "INSERT INTO indexed (content, method, letters, others, points, origins, repeated)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                name, METHOD, letters.packed("".join(map(spelled.__getitem__, made.words))),
                letters.packed("".join(map(spelled.__getitem__, made.others))), pack(made.points),
                pack([part for origin in made.origins for part in origin]),
                Repeated.packed({numbers[place]: times for place, times in Counter(made.words).items()}),
            ),
        ).lastrowid  # fmt: skip
        held = " ".join((*made.distinct, *neighbours.spelled(made.marks)))
        db.execute("INSERT INTO holds (rowid, words) VALUES (?, ?)", (row, held))


def settle(project: Project, stop: Callable[[], bool] = lambda: False) -> None:
    """After many texts came in: put what is known of a word in one place, where it is found three times as fast.

    By FTS5's own recipe, a part at a time, so that others can write in between; stop is asked before each.
    """
    pages = -_MERGED  # negative: everything, begun now; then what is left of that
    while not stop():
        with project.aside() as db:
            before = db.total_changes
            db.execute("INSERT INTO holds (holds, rank) VALUES ('merge', ?)", (pages,))
            if db.total_changes - before < 2:
                return
        pages = _MERGED


def forget(project: Project, row: int) -> None:
    """Take out a row whose text is needed no more."""
    with project.aside() as db:
        found = db.execute("SELECT content FROM indexed WHERE row = ?", (row,)).fetchone()
        if found is not None:
            _forget(db, found[0])


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
    row, *kept = found
    words, others = (
        [*map(letters.number_of, letters.apart(letters.unpacked(part).replace(letters.END, "")))] for part in kept
    )
    held = _words(db, {*words, *others})
    marks = neighbours.marks_of([held.get(number, "") for number in words])
    said = " ".join((*held.values(), *neighbours.spelled(marks)))
    # contentless: FTS5 wants to be told what it has to forget
    db.execute("INSERT INTO holds (holds, rowid, words) VALUES ('delete', ?, ?)", (row, said))
    db.execute("DELETE FROM indexed WHERE row = ?", (row,))


def _words(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    asked = json.dumps(sorted(numbers))
    rows = db.execute("SELECT number, word FROM word WHERE number IN (SELECT value FROM json_each(?))", (asked,))
    return dict(rows.fetchall())


def holders(project: Project, words: Iterable[str]) -> Iterator[tuple[str, list[int]]]:
    """For each of these words, or marks of two, the rows of the texts that have it."""
    asked = iter(words)
    while some := [*islice(asked, _ASKED)]:
        with project.reading() as db:
            found = db.execute(_HOLDERS, (json.dumps(some, ensure_ascii=False),)).fetchall()
        for word, rows in found:
            yield word, json.loads(rows)


def points(project: Project, row: int) -> Sequence[int]:
    """The code points of the row's marks."""
    with project.reading() as db:
        return unpack(db.execute("SELECT points FROM indexed WHERE row = ?", (row,)).fetchone()[0])


def light_text(project: Project, version: Version) -> Light | None:
    """Quick for whoever wants but a line of it. None when the project lost it."""
    with project.reading() as db:
        row = db.execute(
            "SELECT text, auxiliary FROM content WHERE sha256 = ? AND extractor = ?",
            (version.sha256, version.extractor),
        ).fetchone()
    if row is None:
        return None
    return bytes(row[0]).decode("utf-8"), tuple((start, end) for start, end in read_json(row[1]))


def page_label(project: Project, version: Version, offset: int) -> str | None:
    """The label of the page this code point is on; None where there are no pages."""
    with project.reading() as db:
        row = db.execute(
            'SELECT label FROM page WHERE sha256 = ? AND extractor = ? AND "start" <= ?'
            ' ORDER BY "index" DESC LIMIT 1',
            (version.sha256, version.extractor, offset),
        ).fetchone()
    return None if row is None else str(row[0])
