"""Searching real documents finds every place that a reader would call the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.searching.search import search
from kantlijn.usecases.shelf.add_documents import add_documents


@pytest.fixture(scope="module")
def report(rapport300: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The report of 300 pages, indexed. NOT RUN where it is not."""
    desk = new_desk(tmp_path_factory.mktemp("found") / "report.kantlijn", settings=Settings())
    assert add_documents(desk, [rapport300]).added
    assert index_texts(desk) == 1
    yield desk
    desk.close()


@pytest.mark.parametrize(
    ("query", "times"),
    [
        ("professionals", 73),  # over line ends and pages, where other programs find 66
        ("behandeling", 229),  # inside other words too
        ("nationaal rapporteur", 318),
        ("geweld tegen kinderen", 467),  # also where a footnote's figure is stuck to it
        ("NATIONAAL RAPPORTEUR", 318),
    ],
)
def test_that_every_occurrence_in_the_report_is_found(report: Desk, query: str, times: int) -> None:
    found = search(report, query)
    assert found.total == len(found.hits) == times
    for hit in found.hits:
        letters = "".join(filter(str.isalpha, hit.hit)).casefold()
        assert "".join(query.split()).casefold() in letters
        assert hit.page


@pytest.fixture(scope="module")
def shelf(
    seed_pdfs: list[Path], seed_texts: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    desk = new_desk(tmp_path_factory.mktemp("found") / "seeds.kantlijn", settings=Settings())
    assert add_documents(desk, [*seed_pdfs, *seed_texts]).added
    index_texts(desk)
    yield desk
    desk.close()


@pytest.mark.parametrize("word", ["verdubbeld", "Mensenhandel", "gecoördineerd", "efficient"])
def test_that_accents_capitals_hyphens_and_ligatures_make_no_difference(shelf: Desk, word: str) -> None:
    plain = word.translate(str.maketrans("öëï", "oei")).lower()
    there = search(shelf, word)
    assert there.total == search(shelf, plain).total == search(shelf, word.upper()).total


def test_that_what_one_letter_by_letter_search_finds_is_found(shelf: Desk) -> None:
    """Every place of a word in the text itself, line ends aside, is among the hits."""
    from kantlijn.text.locate import find_all
    from kantlijn.usecases import read

    for word in ("slachtoffer", "toezicht", "kinder", "preventie"):
        found = {(hit.version, hit.range) for hit in search(shelf, word).hits}
        for row in read.shelf(shelf):
            for version in row.versions:
                content = shelf.content_of(version)
                places = find_all(content.text, word, content.auxiliary)
                there = [place for one, place in found if one == version.id]
                assert len(there) == len(places), (word, version.file)
