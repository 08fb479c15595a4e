"""Signs beside words count where they tell: § 3, 50%, € 5; in texts, in what readers wrote, in the find bar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.settings import Settings
from kantlijn.text.search.signs import signed, with_signs
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.find import find_version
from kantlijn.usecases.marking.notes import write_document_note
from kantlijn.usecases.marking.tag import locate_quote, tag
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.searching.places_in import places_in
from kantlijn.usecases.searching.search import search
from kantlijn.usecases.shelf.add_documents import add_documents

REPORT = (
    "Volgens § 3 en §4 daalt dit met 50% of 50 \n% of 250%, 12,50% en 0.50%. In 50 gemeenten kost "
    "preventie € 3 miljoen en €\u00a03.500.\nZie paragraaf 3 over lhbti+ en lhbti, en #metoo en metoo. "
    "Het was 37°, ±37 en 37 graden; "
    "R&D en R D. Voor 50％ van hen is er <3 en C++; bel +31. "
    "Bedrag (€) in €/m2, € -700, (§) 8; voor 65+ers en LHBTI+beleid. Saldo €               77. "
    "Uit 2023 nog € 600. Dit was 12\u200b% hiervan. Vitamine C; C++/C#. Nu 9 9 § 9.\n"
)
LETTER = "Van 50 kinderen op bladzijde 3.\n"


@pytest.fixture(params=[True, False], ids=["indexed", "not yet indexed"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    for name, text in (("report.txt", REPORT), ("letter.txt", LETTER)):
        (tmp_path / name).write_text(text, "utf-8")
        add_documents(desk, [tmp_path / name])
    if request.param:
        assert index_texts(desk) == 2
    yield desk
    desk.close()


FOUND: dict[str, list[str]] = {
    "§ 3": ["§ 3"],
    "§3": ["§ 3"],
    '"§ 3"': ["§ 3"],
    "§ 3 OR § 4": ["§ 3", "§4"],
    "§ 3 EN § 19": [],
    "§ 9": ["§ 9"],
    "§ 19": [],
    "50%": ["50%", "50 \n%", "50％"],
    "50 %": ["50%", "50 \n%", "50％"],
    "% 50": ["50"] * 7,
    "12,50%": ["12,50%"],
    "50": ["50"] * 7,
    "€ 3 miljoen": ["€ 3 miljoen"],
    "€ 3500": ["€\u00a03.500"],
    "3.500": ["3.500"],
    "lhbti+": ["lhbti+", "LHBTI+"],
    "lhbti": ["lhbti", "lhbti", "LHBTI"],
    "#metoo": ["#metoo"],
    "37°": ["37°"],
    "±37": ["±37"],
    "c++": ["C++", "C++"],
    "<3": ["<3"],
    "< 3": ["<3"],
    "+31": ["+31"],
    "+metoo": ["metoo", "metoo"],
    "> metoo": ["metoo", "metoo"],
    "# metoo": ["metoo", "metoo"],
    "=metoo": ["metoo", "metoo"],
    "%metoo%": ["metoo", "metoo"],
    "R+D": ["R&D", "R D"],
    '"Bedrag (€)"': ["Bedrag"],
    "€/m2": ["m2"],
    '"€ -700"': ["700"],
    "(§) 8": ["8"],
    "65+": ["65+"],
    "LHBTI+": ["lhbti+", "LHBTI+"],
    "€ 77": ["€               77"],
    "2023 € 600": ["2023", "€ 600"],
    "gemeenten gemeenten": ["gemeenten"],
    "12 %": ["12\u200b%"],
    '"C++/C#"': ["C++/C"],
    '"9 § 9"': ["9 § 9"],
    "NEAR(daalt 50%, 3)": ["daalt", "50%"],
    "r&d": ["R&D", "R D"],
    "gemeenten NOT 90%": ["gemeenten"],
    "gemeenten NOT 50%": [],
    "kinderen NOT 50%": ["kinderen"],
    "preventie 50%": ["50%", "50 \n%", "preventie", "50％"],
}


def test_that_a_query_finds_words_with_their_signs(desk: Desk) -> None:
    texts = {"report.txt": REPORT, "letter.txt": LETTER}

    def places(query: str) -> list[str]:
        found = search(desk, query, whole=True)
        assert found.total == len(found.hits)
        return [texts[find_version(desk, hit.version).file][slice(*hit.range)] for hit in found.hits]

    assert {query: places(query) for query in FOUND} == FOUND


def test_that_one_word_with_its_sign_counts_as_beside_each_other(desk: Desk) -> None:
    assert not search(desk, "§ 3").apart
    assert search(desk, "metoo § 3").apart


def test_that_inside_longer_words_signs_count_too(desk: Desk) -> None:
    assert [hit.hit for hit in search(desk, "3500").hits] == ["3.500"]
    assert [hit.hit for hit in search(desk, "#meto*").hits] == ["#meto"]


def test_that_notes_and_quotes_are_searched_so_too(desk: Desk) -> None:
    version = find_version(desk, "letter.txt")
    write_document_note(desk, version.document, "Kosten: € 5 per kind, 5 keer.")
    tag(desk, version.id, locate_quote(desk, version.id, "50 kinderen"), [], note="Dat is 12,5% of 12,5 deel.")
    assert [hit.hit for hit in search(desk, "€ 5", where="notes").hits] == ["€ 5"]
    assert [hit.hit for hit in search(desk, "12,5 %", where="annotations").hits] == ["12,5%"]
    assert search(desk, "12,5 €", where="annotations").total == 0


def test_that_the_find_bar_finds_signs(desk: Desk) -> None:
    wanted = {"50%": ["50%", "50 \n%", "50%", "50％"], "§ 3": ["§ 3"], "§3": ["§ 3"], "metoo": ["metoo", "metoo"]}
    version = find_version(desk, "report.txt")
    found = {typed: [REPORT[slice(*one)] for one in places_in(desk, version.id, typed)] for typed in wanted}
    assert found == wanted


@given(
    words=st.lists(st.sampled_from(["50", "3", "½", "12.000"]), min_size=1, max_size=4),
    signs=st.lists(st.sampled_from(["%", "€", "§", " ", "", "°", "\n"]), min_size=5, max_size=5),
    before=st.text(" .%€§a", max_size=10),
    after=st.text(" .%€§a", max_size=10),
)
def test_that_what_was_copied_with_its_signs_is_there(
    words: list[str], signs: list[str], before: str, after: str
) -> None:
    said = "".join(f" {word}{sign}" for word, sign in zip(words, signs, strict=False)).strip()
    said = signs[-1].replace("%", "§") + said
    text = f"{before}a {said} a{after}"
    place = len(before) + 2 + said.index(words[0]), len(before) + 2 + said.rindex(words[-1]) + len(words[-1])
    found = with_signs(text, (), place, [signed(said)] if signed(said) else [])
    if signed(said):
        assert found is not None
        assert text[slice(*found)].split() == said.split()
        assert with_signs(text, (), place, [f"{signed(said)}‰"]) is None
    else:
        assert found is None


def test_that_a_running_head_between_words_is_passed_over() -> None:
    text = "de 50 \f Hoofdstuk 2 \f kinderen € van"
    head = (text.index("Hoofdstuk"), text.index("2") + 1)
    place = (3, text.index("kinderen") + 8)
    assert with_signs(text, (head,), place, [signed("50 kinderen€")]) == (3, text.index("€") + 1)


@pytest.mark.parametrize("damage", ["letters = x'FF'", "points = x'00'", "others = x'FF'"])
def test_that_a_damaged_index_hides_no_words_with_signs(desk: Desk, damage: str) -> None:
    with desk.project.aside() as db:
        db.execute(f"UPDATE indexed SET {damage}")  # while it is open
    assert [hit.hit for hit in search(desk, "§ 3 OR §4", whole=True).hits] == ["§ 3", "§4"]
