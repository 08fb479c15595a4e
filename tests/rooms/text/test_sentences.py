"""Sentences."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kantlijn.text.sentences import Sentences, sentence_at


def sentence(text: str, near: str) -> str:
    start, end = sentence_at(text, text.index(near))
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "near", "wanted"),
    [
        ("Zie art. 3.2 van de wet. Dan verder.", "wet", "Zie art. 3.2 van de wet."),
        ("Dhr. Jansen kwam. Hij ging.", "kwam", "Dhr. Jansen kwam."),
        ("Dit geldt o.a. voor scholen. En meer.", "scholen", "Dit geldt o.a. voor scholen."),
        ("Scholen, bijv. De Regenboog, doen mee. Goed.", "doen", "Scholen, bijv. De Regenboog, doen mee."),
        ("Kamerstuk nr. 136 volgt. Later meer.", "136", "Kamerstuk nr. 136 volgt."),
        ("J. P. de Vries schrijft. Men leest.", "Vries", "J. P. de Vries schrijft."),
        ("Is dat zo? Ja! “Dat is zo.” Mooi.", "Ja", "Ja!"),
        ("Is dat zo? Ja! “Dat is zo.” Mooi.", "Dat is", "“Dat is zo.”"),
        ("In 2021. De rest.", "2021", "In 2021."),
        ("Over een\nregeleinde heen. Twee.", "heen", "Over een\nregeleinde heen."),
        ("Geen punt aan het eind", "eind", "Geen punt aan het eind"),
    ],
)
def test_that_a_sentence_ends_where_it_ends(text: str, near: str, wanted: str) -> None:
    assert sentence(text, near) == wanted


@pytest.mark.parametrize(
    ("text", "near", "wanted"),
    [
        ("De raad wil:\n- meer opvang\n- hulp. En geld\n- toezicht", "opvang", "- meer opvang"),
        ("De raad wil:\n- meer opvang\n- hulp. En geld\n- toezicht", "En", "En geld"),
        ("- hulp\n- toezicht\n1. eerst dit\n2. dan dat", "eerst", "1. eerst dit"),
        ("dan dat\n\njaar | aantal\n2023 | 12", "aantal", "jaar | aantal"),
        ("dan dat\n\njaar | aantal\n2023 | 12", "dan", "dan dat"),
        ("de wens \u2013 vanuit\n- de zorg", "zorg", "de wens \u2013 vanuit\n- de zorg"),
    ],
)
def test_that_no_item_of_a_list_or_row_of_a_table_runs_on(text: str, near: str, wanted: str) -> None:
    assert sentence(text, near) == wanted


def test_that_a_sentence_keeps_to_its_paragraph() -> None:
    assert sentence("Een kop\n\nDaaronder tekst.", "kop") == "Een kop"


_PIECES = st.sampled_from(
    [
        *("\n- ", "1. ", " | ", "\u2022 "),
        *("De raad", " kwam", ". ", ".\n", "\n", "\n\n", "\f", " \n \n ", "3"),
        *("art. ", "J. ", "en", " En", "! ", "”"),
        "x" * 1_600,
    ]
)


@given(st.lists(st.tuples(_PIECES, st.booleans()), max_size=60), st.randoms(use_true_random=False))
@example([("x" * 1_600, False)] * 15 + [(". ", False), ("En", False)], None)
def test_that_sentences_of_one_text_do_not_depend_on_what_was_asked_before(pieces, random) -> None:
    """Furniture is what is marked; every code point is asked for, in any order."""
    text, auxiliary = "", []
    for piece, furniture in pieces:
        if furniture:
            auxiliary.append((len(text), len(text) + len(piece)))
        text += piece
    offsets = list(range(0, len(text), 1 + len(text) // 400))
    if random is not None:
        random.shuffle(offsets)
    sentences = Sentences(text, auxiliary)
    for offset in offsets:
        assert sentences.at(offset) == sentence_at(text, offset, auxiliary)
