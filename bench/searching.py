"""How long searching takes over many documents, and how much the index adds to them."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
import statistics
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import pymupdf

from bench.files import rapport300
from bench.table import RUNS, Row, clock
from kantlijn.model.changes import Change
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.ids import new_id
from kantlijn.store import search_index
from kantlijn.text.search.entry import entry_of, numbered
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.searching.search import Search

TEXTS, LETTERS, SCREEN = 2000, 60_000, 20
RARE = 150_000  # words that are in few texts, such as names and compounds
STRETCH = 3000  # words of the report that are about one thing
SYLLABLES = [a + b + c for a in "bdfghklmnprstvwz" for b in "aeiou" for c in ("", "n", "r", "s")]


def searching_2000_documents(folder: Path) -> Iterator[Row]:
    """The first 20 hits, more than a screen shows, with their lines; and the number of hits in every document."""
    made = folder / "many.kantlijn"
    texts = _texts(random.Random(2))
    _fill(made, texts)
    desk = open_desk(made)
    try:
        queries = _queries(texts, random.Random(3))
        Search(desk, queries[0]).groups()  # the vocabulary is read once after opening
        list(Search(desk, queries[0]).groups())
        first, every = zip(*(_timed(desk, query) for query in queries), strict=True)
        fresh = [_fresh(desk, query) for query in queries]
    finally:
        desk.close()
    raw = _raw(texts)
    yield _row("first 20 hits of a query, p95", first, raw, 0.03)
    yield _row("all hits of a query, p95", every, raw, 0.15)
    index, text = _sizes(made)
    print(f"    {len(queries)} queries over {text / 1e6:.0f} MB; slowest: first {max(first) * 1e3:.0f} ms, "
          f"all {max(every) * 1e3:.0f} ms ({queries[every.index(max(every))]}); "
          f"with nothing in memory yet all hits take {statistics.quantiles(fresh, n=20)[-1] * 1e3:.0f} ms, p95; "
          f"the index adds {index / text:.0%} (agreed: at most 60 %)")  # fmt: skip
    if index > 0.6 * text:
        raise AssertionError("the index is too big")


def _row(name: str, times: Sequence[float], raw: float, bound: float) -> Row:
    return Row(
        name=f"{TEXTS} documents of {LETTERS // 1000} kB: {name}", ours=statistics.quantiles(times, n=20)[-1],
        theirs=raw, bound_seconds=bound, yardstick='[text.count("toezicht") for text in texts], bytes in memory',
    )  # fmt: skip


def _timed(desk: Desk, query: str) -> tuple[float, float]:
    """Medians for the first screen and for all."""

    def screen() -> None:
        found, shown = Search(desk, query), 0
        for group in found.groups():
            shown += len(found.hits(group, 0, SCREEN - shown))
            if shown >= SCREEN:
                return

    def every() -> None:
        list(Search(desk, query).groups())

    first, whole = ([clock(work) for _ in range(RUNS)] for work in (screen, every))
    return statistics.median(first), statistics.median(whole)


def _fresh(desk: Desk, query: str) -> float:
    """All hits when no search has read any text yet."""
    desk.index.rows.keep_only({})
    return clock(lambda: list(Search(desk, query).groups()))


def _raw(texts: Sequence[str]) -> float:
    coded = [text.encode() for text in texts]
    return statistics.median(clock(lambda: [text.count(b"toezicht") for text in coded]) for _ in range(RUNS))


def _texts(chance: random.Random) -> list[str]:
    """Lines of the report with one word in five replaced by a rarer one, by Zipf's law.

    Each text is about a few things: its lines come from five stretches of the report. Of the rarer words half are
    compounds, as Dutch makes them, half are made of syllables, as names and misspellings are.
    """
    words = re.findall(r"\S+", "\n".join(page.get_text() for page in pymupdf.open(rapport300())))
    stems = sorted({word.lower() for word in words if word.isalpha() and 3 < len(word) < 12})
    rare = [
        chance.choice(stems) + chance.choice(stems) if place % 2 else "".join(chance.choices(SYLLABLES, k=4))
        for place in range(RARE)
    ]
    weights = list(accumulate(1 / (place + 50) for place in range(RARE)))

    def text() -> str:
        lines: list[str] = []
        size = 0
        about = [chance.randrange(len(words) - STRETCH) for _ in range(5)]
        while size < LETTERS:
            begin = chance.choice(about) + chance.randrange(STRETCH - 14)
            line = words[begin : begin + 14]
            for place in range(0, 14, 5):
                line[place] = rare[bisect(weights, chance.random() * weights[-1]) % RARE]
            lines.append(" ".join(line))
            size += len(lines[-1]) + 1
        return "\n".join(lines)

    return [text() for _ in range(TEXTS)]


def _fill(made: Path, texts: Sequence[str]) -> None:
    desk = new_desk(made)
    steps: list[Change] = []
    for place, text in enumerate(texts):
        name = hashlib.sha256(text.encode()).hexdigest()
        document = Document(id=new_id(), title=f"Document {place}", position=place)
        version = Version(
            id=new_id(), document=document.id, number=1, file=f"{place}.txt", sha256=name, extractor="plain 1",
            mime="text/plain", size=len(text), pages=0, characters=len(text), added="2026-01-01T00:00:00Z",
        )  # fmt: skip
        desk.project.add_text(name, len(text), Content(extractor="plain 1", mime="text/plain", text=text))
        search_index.keep(desk.project, version, numbered(entry_of(text)))
        steps += [Change(None, document), Change(None, version)]
    search_index.settle(desk.project)
    desk.write("Documents", steps)
    desk.close()


def _queries(texts: Sequence[str], chance: random.Random) -> list[str]:
    """As readers type them: words and parts of words, phrases, prefixes, and what joins them."""
    found = [re.findall(r"[^\W\d_]+", chance.choice(texts)) for _ in range(90)]

    def some(row: list[str], size: int) -> list[str]:
        begin = chance.randrange(len(row) - 40)
        return row[begin : begin + size]

    kinds = (
        lambda row: chance.choice([word for word in row if len(word) > 4]),
        lambda row: chance.choice([word for word in row if len(word) > 7])[:6],
        lambda row: " ".join(some(row, 2)),
        lambda row: '"' + " ".join(some(row, 3)) + '"',
        lambda row: some(row, 1)[0][:5] + "*",
        lambda row: " AND ".join(some(row, 2)),
        lambda row: " OR ".join(some(row, 2)),
        lambda row: "{} NOT {}".format(*some(row, 2)),
        lambda row: "NEAR({} {}, 8)".format(*some(row, 2)),
    )
    return [kinds[place % len(kinds)](row) for place, row in enumerate(found)]


def _sizes(made: Path) -> tuple[int, int]:
    """Bytes of the index with all its tables, and of the texts."""
    with sqlite3.connect(made) as db:
        index = db.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'holds*' OR name IN ('word', 'indexed')"
            " OR name GLOB 'sqlite_autoindex_word*' OR name GLOB 'sqlite_autoindex_indexed*'"
        ).fetchone()[0]
        text = db.execute("SELECT sum(length(text)) FROM content").fetchone()[0]
    return int(index), int(text)
