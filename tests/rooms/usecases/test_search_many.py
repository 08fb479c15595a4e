"""What the index says of many texts is what looking into each of them says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kantlijn.settings import Settings
from kantlijn.store import search_index
from kantlijn.text.search.heap import Heap
from kantlijn.text.search.match import Matcher
from kantlijn.text.search.query import parse, together
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.searching.search import Search
from kantlijn.usecases.shelf.add_documents import add_documents

WORDS = (
    "de",
    "raad",
    "raadhuis",
    "vraag",
    "vraagstuk",
    "van",
    "huis",
    "school",
    "scholen",
    "kosten",
    "e-mail",
    "toe-\nzicht",
)
QUERIES = (
    "raad", "raad huis", '"de raad"', "de raad", "van vraag", "vraag van de", 'huis NOT "de raad"',
    "raad OR kosten",
    "NEAR(raad vraag, 3)", "NEAR(de vraag, 2)", 'NEAR("de raad" huis, 4)', "email van", "toezicht de", "scho*",
    '"raad raad"', "raad AND kosten NOT school", '"van de" OR "de van"', '"vraag van de raad"',
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_that_many_indexed_texts_give_what_each_text_alone_gives(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(WORDS, k=chance.randrange(1, 60))) + "." for _ in range(60)]
    desk = new_desk(tmp_path / "many.kantlijn", settings=Settings())
    try:
        for place, text in enumerate(texts):
            (tmp_path / f"{place}.txt").write_text(text)
        add_documents(desk, [tmp_path / f"{place}.txt" for place in range(len(texts))])
        assert index_texts(desk) == len(texts)
        for query in QUERIES:
            node = together(query, inside=True)
            heap = Heap()
            rows = [heap.add(place, text) for place, text in enumerate(texts)]
            each = [len(Matcher(node, heap.spelling).spans(row)) for row in rows] if node is not None else []
            if not any(each):
                node = parse(query, inside=True)
                each = [len(Matcher(node, heap.spelling).spans(row)) for row in rows]
            found = Search(desk, query)
            counted = {group.file: group.count for group in found.groups()}
            assert counted == {f"{place}.txt": many for place, many in enumerate(each) if many}, query
            assert found.waiting == 0
    finally:
        desk.close()


def test_that_a_text_that_is_forgotten_leaves_nothing_in_the_index(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "one.kantlijn", settings=Settings())
    try:
        (tmp_path / "a.txt").write_text("De raad vraagt om e-mail van de raad, en toe-\nzicht.")
        add_documents(desk, [tmp_path / "a.txt"])
        index_texts(desk)
        (row,) = search_index.rows_of(desk.project).values()
        search_index.forget(desk.project, row)
        with desk.project.aside() as db:
            db.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, holds, instance)")
            assert db.execute("SELECT * FROM temp.held").fetchall() == []
    finally:
        desk.close()
