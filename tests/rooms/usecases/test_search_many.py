"""What the index says of many texts is what looking into each of them says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kantlijn.settings import Settings
from kantlijn.store import index_sound, search_index, search_rows
from kantlijn.text.search.entry import entry_of, numbered
from kantlijn.text.search.heap import Heap
from kantlijn.text.search.match import Matcher
from kantlijn.text.search.typed import parse, together
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.read import version as read_version
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


def test_that_a_second_window_finds_its_way_in_an_index_that_was_made_anew(tmp_path: Path) -> None:
    first = new_desk(tmp_path / "two.kantlijn", settings=Settings())
    second = open_desk(tmp_path / "two.kantlijn", settings=Settings(), read_only=True)
    try:
        for name, text in (("a", "Toezicht op de opvang."), ("b", "Preventie vraagt scholing en opvang.")):
            (tmp_path / f"{name}.txt").write_text(text)
        add_documents(first, [tmp_path / "a.txt", tmp_path / "b.txt"])
        index_texts(first)
        assert _found(second, "toezicht") == _found(first, "toezicht") == {"a.txt": 1}
        index_sound.empty(first.project)
        first.index.begin_anew()
        for one in reversed(first.index.shelved()):  # so that every word gets another number
            version = read_version(first, one.version)
            text = first.content_of(version).text
            search_index.keep(first.project, version, numbered(entry_of(text)))
        for query, files in (
            ("toezicht", {"a.txt": 1}),
            ("opvang", {"a.txt": 1, "b.txt": 1}),
            ("vraagt", {"b.txt": 1}),
        ):
            assert _found(first, query) == files
            assert _found(second, query) == files
    finally:
        second.close()
        first.close()


def _found(desk: Desk, query: str) -> dict[str, int]:
    return {group.file: group.count for group in Search(desk, query).groups()}


def test_that_rows_that_do_not_fit_in_memory_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path / "large.kantlijn", settings=Settings())
    try:
        for place in range(30):
            (tmp_path / f"{place}.txt").write_text(f"Hulp aan slachtoffers, deel {place}. " * 20)
        add_documents(desk, [tmp_path / f"{place}.txt" for place in range(30)])
        index_texts(desk)
        monkeypatch.setattr(search_rows, "_ROOM", 2000)
        for _ in range(2):
            assert _found(desk, "hulp aan") == {f"{place}.txt": 20 for place in range(30)}
            assert _found(desk, "NEAR(hulp deel, 3)") == {f"{place}.txt": 40 for place in range(30)}
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
