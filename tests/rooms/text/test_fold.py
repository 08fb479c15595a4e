"""Folding: what reads the same becomes the same, and every letter knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.text.fold import Folded, fold_words, squeeze

HARD = "aÉé\u0301ßﬁﬃİıĲĳſǅŉ½①Σς\u00ad-\u2010\u200d\u0300 \n\f\t\r'’“”.,0٣漢한😀𝒜"
texts = st.one_of(st.text(max_size=60), st.text(alphabet=HARD, max_size=60))


@pytest.mark.parametrize(
    ("text", "folded", "offsets"),
    [
        ("Eén ﬁets", "eenfiets", [0, 1, 2, 4, 4, 5, 6, 7]),
        ("aﬃx", "affix", [0, 1, 1, 1, 2]),
        ("Straße", "strasse", [0, 1, 2, 3, 4, 4, 5]),
        ("İJsel", "ijsel", [0, 1, 2, 3, 4]),
        ("ĳs en IJs", "ijsenijs", [0, 0, 1, 3, 4, 6, 7, 8]),
        ("e\u0301e\u0301n", "een", [0, 2, 4]),
        ("voor\u00adbeeld", "voorbeeld", [0, 1, 2, 3, 5, 6, 7, 8, 9]),
        ("ver-\ndub", "verdub", [0, 1, 2, 5, 6, 7]),
        ("😀 𝒜b", "ab", [2, 3]),
        ("…", "", []),
    ],
)
def test_that_squeezing_keeps_letters_and_their_places(text: str, folded: str, offsets: list[int]) -> None:
    found = squeeze(text)
    assert (found.text, list(found.offsets)) == (folded, offsets)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Het aantal is ver-\ndubbeld.", "het aantal is verdubbeld"),
        ("voor\u00ad\nbeeld en voor\u00adbeeld", "voorbeeld en voorbeeld"),
        ("voor\u00ad\u2010\nbeeld en voor\u00ad-\nBeeld", "voorbeeld en voorbeeld"),
        ("politie- en\njustitie", "politie en justitie"),
        ("Dettmeijer-\nVermeulen", "dettmeijer vermeulen"),
        ("  ‘Een’  tweede\n\n\fregel ", "een tweede regel"),
        ("be\u0300ta", "beta"),
        ("een caf\u00b4e, co\u00a8ordinatie, na\u00a8\u0131ef, fa\u00b8cade", "een cafe coordinatie naief facade"),
        ("\u00b4e\u00b4en zo\u00b4n, foto\u00b4s, x \u00b4a, 3\u00a8a", "een zo n foto s x a 3 a"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_that_folding_keeps_words_and_joins_broken_ones(text: str, folded: str) -> None:
    assert fold_words(text).text == folded


def test_that_page_furniture_is_left_out_of_both_foldings() -> None:
    text = "einde van\nPagina 12\nde zin"
    furniture = ((10, 20),)
    assert squeeze(text, furniture).text == "eindevandezin"
    folded = fold_words(text, furniture)
    assert folded.text == "einde van de zin"
    start = folded.text.index("van de")
    assert folded.back(start, start + len("van de")) == (6, 22)


def test_that_a_word_broken_over_a_page_is_joined_across_head_and_foot() -> None:
    text = "het aan-\n12\n\fKop\ntal daalt"
    furniture = ((9, 12), (13, 17))
    assert fold_words(text, furniture).text == "het aantal daalt"


@pytest.mark.parametrize("bad", [(0, 0), (2, 1), (-1, 2), (0, 5)])
def test_that_there_is_no_way_back_from_an_impossible_range(bad: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no such folded range"):
        squeeze("abcd").back(*bad)


def _stands_on_its_feet(text: str, folded: Folded) -> None:
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(texts)
def test_that_every_squeezed_letter_maps_to_the_code_point_it_came_from(text: str) -> None:
    folded = squeeze(text)
    _stands_on_its_feet(text, folded)
    for letter, offset in zip(folded.text, folded.offsets, strict=True):
        assert letter in squeeze(text[offset]).text


@given(texts)
def test_that_every_letter_of_a_folded_word_maps_to_the_code_point_it_came_from(text: str) -> None:
    folded = fold_words(text)
    _stands_on_its_feet(text, folded)
    assert folded.text == " ".join(folded.text.split(" ")).strip(" ")
    assert "  " not in folded.text
    for letter, offset in zip(folded.text, folded.offsets, strict=True):
        assert letter == " " or letter in squeeze(text[offset]).text


@given(texts)
def test_that_both_foldings_hold_the_same_letters(text: str) -> None:
    assert fold_words(text).text.replace(" ", "") == squeeze(text).text


@given(texts, st.data())
def test_that_ranges_on_the_way_back_hold_what_was_folded(text: str, data: st.DataObject) -> None:
    folded = squeeze(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    a, b = folded.back(start, end)
    assert 0 <= a < b <= len(text)
    assert folded.text[start:end] in squeeze(text[a:b]).text


@given(texts)
def test_that_what_was_squeezed_stays_as_it_is(text: str) -> None:
    once = squeeze(text).text
    assert squeeze(once).text == once
