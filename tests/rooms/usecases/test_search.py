"""Searching finds what a reader would call the same words, in every version, and shows them in their line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kantlijn.errors import Cancelled, Known, NotFound
from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.find import find_theme, find_version
from kantlijn.usecases.marking.notes import write_document_note
from kantlijn.usecases.marking.tag import locate_quote, tag
from kantlijn.usecases.read import annotation_rows
from kantlijn.usecases.searching import search as module
from kantlijn.usecases.searching import tag_hits
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.searching.places_in import AROUND
from kantlijn.usecases.searching.search import Search, begin, more, search
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.undo import redo, undo

FIRST = "De raad vroeg om pre-\nventie op school. Er is één meldpunt.\n\nMeldpunten helpen slachtoffers.\n"
SECOND = "De raad vroeg opnieuw om preventie.\n"
OTHER = "Preventie begint thuis.\n"


@pytest.fixture(params=[True, False], ids=["indexed", "not yet indexed"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())

    def add(name: str, text: str, **named: str) -> str:
        (tmp_path / name).write_text(text, "utf-8")
        return add_documents(desk, [tmp_path / name], **named).added[0].document

    report = add("one.txt", FIRST, title="Report")
    add("two.txt", SECOND, version_of=report)
    add("other.txt", OTHER, title="Letter")
    if request.param:
        assert index_texts(desk) == 3
    yield desk
    desk.close()


def test_that_words_are_found_over_a_line_end_in_every_version_the_newest_first(desk: Desk) -> None:
    found = search(desk, "PREVENTIE")
    files = [find_version(desk, hit.version).file for hit in found.hits]
    assert files == ["two.txt", "one.txt", "other.txt"]
    assert found.total == 3
    assert found.hits[1].hit == "preventie"
    assert FIRST[slice(*found.hits[1].range)] == "pre-\nventie"


def test_that_a_hit_reads_on_with_what_stands_around_it(desk: Desk) -> None:
    hit = search(desk, "preventie", document="Report").hits[1]
    assert hit.before + hit.hit + hit.after == (
        "De raad vroeg om preventie op school. Er is één meldpunt. Meldpunten helpen slachtoffe"
    )
    assert len(hit.after) == AROUND
    assert hit.page is None
    assert hit.title == "Report"


def test_that_a_hit_inside_a_word_is_not_given_spaces(desk: Desk) -> None:
    hit = search(desk, "punt").hits[0]
    assert hit.before.endswith("meld")
    assert hit.after.startswith(". Meldpunten")


def test_that_accents_do_not_matter(desk: Desk) -> None:
    assert search(desk, "een meldpunt").hits[0].hit == "één meldpunt"


def test_that_one_document_can_be_searched_by_name(desk: Desk) -> None:
    assert {hit.title for hit in search(desk, "preventie", document="Letter").hits} == {"Letter"}
    with pytest.raises(NotFound):
        search(desk, "preventie", document="Minutes")


def test_that_annotations_are_found_by_quote_note_and_theme(desk: Desk) -> None:
    version = find_version(desk, "Letter").id
    place = locate_quote(desk, version, "begint thuis")
    tag(desk, version, place, [find_theme(desk, "Cooperation").id], note="Wie *helpt* ouders?")
    (quote,) = search(desk, "thuis", where="annotations").hits
    (note,) = search(desk, "helpt", where="annotations").hits
    (theme,) = search(desk, "samenwerking", where="annotations").hits
    assert (quote.before, quote.hit, quote.after) == ("begint ", "thuis", "")
    assert note.before + note.hit + note.after == "Wie *helpt* ouders?"
    assert theme.hit == "begint thuis"
    assert {hit.range for hit in (quote, note, theme)} == {place}
    assert quote.annotation
    assert search(desk, "slachtoffers", where="annotations").total == 0


@pytest.mark.parametrize(
    "ask", [lambda desk: search(desk, "  "), lambda desk: search(desk, "x", where="elsewhere")]
)
def test_that_a_search_for_nothing_or_nowhere_gets_a_sentence(desk: Desk, ask: Callable[[Desk], object]) -> None:
    with pytest.raises(Known):
        ask(desk)


def test_that_signs_alone_are_found_to_the_letter(desk: Desk) -> None:
    assert search(desk, "zzz").total == 0
    assert search(desk, ".", document="Letter").total == 1
    assert search(desk, '"."', document="Letter").total == 1


def test_that_signs_are_found_in_what_readers_wrote_too(desk: Desk) -> None:
    version = find_version(desk, "Letter").id
    tag(desk, version, locate_quote(desk, version, "begint thuis"), [], note="Zie § 3 en 50%.")
    write_document_note(desk, find_version(desk, "Letter").document, "Kosten: € 3 000")
    (hit,) = search(desk, "§", where="annotations").hits
    assert (hit.before, hit.hit, hit.after) == ("Zie ", "§", " 3 en 50%.")
    assert search(desk, "€", where="notes").total == 1
    assert search(desk, "€", where="annotations").total == search(desk, "§", where="notes").total == 0


def test_that_no_more_lines_are_read_than_are_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int | None] = []
    hits = Search.hits
    monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(
        Search, "hits", lambda self, group, first=0, most=None: read.append(most) or hits(self, group, first, most)
    )
    found = search(desk, "preventie")
    assert (found.total, len(found.hits)) == (3, 2)
    assert read == [2, 1]


def test_that_words_typed_without_quotes_are_a_phrase_where_they_stand_so_and_else_all_of_them(desk: Desk) -> None:
    beside, apart = search(desk, "op school"), search(desk, "school raad")
    assert [hit.hit for hit in beside.hits] == ["op school"]
    assert not beside.apart
    assert apart.apart
    assert [hit.hit for hit in apart.hits] == ["raad", "school"]
    assert search(desk, '"school raad"').total == 0


def test_that_whole_words_and_quotes_leave_out_longer_ones(desk: Desk) -> None:
    assert [hit.hit for hit in search(desk, "meldpunt").hits] == ["meldpunt", "Meldpunt"]
    assert [hit.hit for hit in search(desk, "meldpunt", whole=True).hits] == ["meldpunt"]
    assert [hit.hit for hit in search(desk, '"meldpunt"').hits] == ["meldpunt"]
    assert [hit.hit for hit in search(desk, "meldpunt*").hits] == ["meldpunt", "Meldpunt"]


def test_that_a_document_without_a_word_is_told_from_one_with_it(desk: Desk) -> None:
    titles = [hit.title for hit in search(desk, "preventie NOT raad").hits]
    assert titles == ["Letter"]
    assert {hit.title for hit in search(desk, "raad OR thuis").hits} == {"Report", "Letter"}
    assert search(desk, "NEAR(raad school, 4)").total == 2
    assert search(desk, "NEAR(raad school, 3)").total == 0


def test_that_hits_say_which_themes_stand_on_them(desk: Desk) -> None:
    version = find_version(desk, "Letter").id
    theme = find_theme(desk, "Cooperation").id
    tag(desk, version, locate_quote(desk, version, "Preventie begint"), [theme])
    marked, plain = search(desk, "preventie OR thuis", document="Letter").hits
    assert (marked.themes, plain.themes) == ((theme,), ())


def test_that_notes_on_documents_and_definitions_of_themes_are_found(desk: Desk) -> None:
    letter = find_version(desk, "Letter").document
    write_document_note(desk, letter, "Antwoord van de *gemeente* op de brief.")
    (note,) = search(desk, "gemeente", where="notes").hits
    assert (note.document, note.version, note.hit) == (letter, "", "gemeente")
    definition = search(desk, "prevention", where="notes").hits
    assert {hit.theme for hit in definition} == {"prevention"}


def test_that_what_was_undone_is_not_found_and_is_again_after_redo(desk: Desk) -> None:
    undo(desk)
    assert {hit.title for hit in search(desk, "preventie").hits} == {"Report"}
    redo(desk)
    assert {hit.title for hit in search(desk, "preventie").hits} == {"Report", "Letter"}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE indexed SET points = x'00'",
        "UPDATE indexed SET letters = x'FFFF'",
        "UPDATE indexed SET letters = x''",
        "UPDATE indexed SET others = x'FF', origins = x'00'",
        "DELETE FROM word",
        "INSERT INTO holds (holds) VALUES ('delete-all')",
    ],
)
def test_that_a_damaged_index_hides_no_hit_and_is_made_again(desk: Desk, damage: str) -> None:
    with desk.project.aside() as db:
        db.execute(damage)
    desk.index.begin_anew()  # as on opening
    assert search(desk, "preventie").total == len(search(desk, "preventie").hits) == 3
    index_texts(desk)
    assert desk.index.is_sound()
    assert search(desk, "preventie").total == len(search(desk, "preventie").hits) == 3


def test_that_all_hits_of_a_version_are_tagged_with_its_text_read_once_and_can_be_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = begin(desk, "preventie", where="text", whole=False, unindexed=True)
    groups = [group for _ in range(9) if not steps.done for group in more(desk, steps)]
    theme = find_theme(desk, "Prevention").id
    with pytest.raises(Cancelled):
        tag_hits.tag_hits(desk, steps.found, groups, theme, cancelled=lambda: True)
    assert not annotation_rows(desk)
    moved: list[tuple[int, int]] = []
    read: list[str] = []
    text_of = tag_hits._text_of
    monkeypatch.setattr(tag_hits, "_text_of", lambda *asked: read.append(asked[1]) or text_of(*asked))
    tag_hits.tag_hits(desk, steps.found, groups, theme, progress=lambda done, total: moved.append((done, total)))
    assert moved[-1] == (2, 2)
    assert len(read) == len(set(read)) == 2
    assert sorted(row.readable for row in annotation_rows(desk)) == ["Preventie", "preventie"]
