"""Words are found as people quote them, however the page broke them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.text.locate import find_all
from kantlijn.text.readable import readable


def found(text: str, quote: str, auxiliary: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[start:end] for start, end in find_all(text, quote, auxiliary)]


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("Het aantal is ver-\ndubbeld sinds 2019.", "is verdubbeld sinds", "is ver-\ndubbeld sinds"),
        ("de coördinatie van hulp", "coordinatie van", "coördinatie van"),
        ("de coordinatie van hulp", "coördinatie van", "coordinatie van"),
        ("één loket", "een loket", "één loket"),
        ("zij zei: “ja, graag”", 'zei: "ja', "zei: “ja"),
        ("zij zei ‘ja’ en ging", "zei 'ja' en", "zei ‘ja’ en"),
        ("hulp\nen   opvang", "hulp en opvang", "hulp\nen   opvang"),
        ("voor\u00ad\nbeeld", "voorbeeld", "voor\u00ad\nbeeld"),
        ("een ﬁets op het oﬃciële pad", "fiets op het officiële", "ﬁets op het oﬃciële"),
        ("Dettmeijer-\nVermeulen schrijft", "Dettmeijer-Vermeulen", "Dettmeijer-\nVermeulen"),
        ("cafe\u0301 open", "café", "cafe\u0301"),
        ("de RAAD vroeg", "de raad", "de RAAD"),
    ],
)
def test_that_a_quote_is_found_over_what_a_page_does_to_words(text: str, quote: str, stands: str) -> None:
    assert found(text, quote) == [stands]


def test_that_each_place_is_found_once_and_in_reading_order() -> None:
    text = "hulp, meer hulp en hulp-\nverlening; HULP"
    assert find_all(text, "hulp") == [(0, 4), (11, 15), (19, 23), (36, 40)]
    assert find_all("aaaa", "aa") == [(0, 2), (2, 4)]


def test_that_a_quote_runs_on_over_page_furniture() -> None:
    text = "tot het einde van\nRapport 12\n\fde zin die volgt"
    furniture = ((18, 29),)
    assert find_all(text, "einde van de zin", furniture) == [(8, 36)]
    assert find_all(text, "Rapport", furniture) == []


def test_that_words_that_only_share_letters_are_not_taken_for_each_other() -> None:
    assert find_all("wie de an kent", "dean") == []
    assert find_all("de dean kent", "de an") == []


def test_that_figures_below_each_other_are_no_longer_figure() -> None:
    cells = "8\n9%\n89%\n31-\n015\n8 9"
    assert [cells[slice(*one)] for one in find_all(cells, "89")] == ["89"]
    assert [cells[slice(*one)] for one in find_all(cells, "31015")] == ["31-\n015"]
    assert [cells[slice(*one)] for one in find_all(cells, "8 9")] == ["8\n9", "8 9"]


@pytest.mark.parametrize("nothing", ["", "   ", "zeppelin"])
def test_that_what_is_not_there_is_not_found(nothing: str) -> None:
    assert find_all("de raad vroeg om hulp", nothing) == []


def test_that_signs_without_letters_are_found_to_the_letter() -> None:
    assert find_all("50 % en 60 %", "%") == [(3, 4), (11, 12)]


@given(st.lists(st.text(alphabet="abcdéëïﬁß", min_size=2, max_size=9), min_size=3, max_size=30), st.data())
def test_that_what_was_cut_out_and_made_readable_is_found_again(parts: list[str], data: st.DataObject) -> None:
    words = [f"{part}{number}x" for number, part in enumerate(parts)]  # numbered: each stands there once
    gap = st.sampled_from([" ", "\n", "  ", " \n"])
    gaps = data.draw(st.lists(gap, min_size=len(words), max_size=len(words)))
    places, text = [], ""
    for word, space in zip(words, gaps, strict=True):
        places.append((len(text), len(text) + len(word)))
        text += word + space
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    cut = (places[first][0], places[last][1])
    assert find_all(text, readable(text, cut)) == [cut]


def test_that_a_long_quote_is_found_in_a_text_with_spaces_inside_its_words():
    text = "Zij versterkt de wettelijke bev oegdheden samen met sc holen."
    assert find_all(text, "de wettelijke bevoegdheden samen") == [(14, 47)]
    assert find_all(text, "bevoegdheden") == []
