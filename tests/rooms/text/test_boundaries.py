"""Words and paragraphs."""

from __future__ import annotations

import pytest

from kantlijn.text.boundaries import paragraph_at, word_at


def word(text: str, near: str, auxiliary: tuple[tuple[int, int], ...] = ()) -> str:
    start, end = word_at(text, text.index(near), auxiliary)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "near", "wanted"),
    [
        ("De regio’s blijven", "gio", "regio’s"),
        ("een cliënt komt", "lië", "cliënt"),
        ("toege\u00adwezen", "wez", "toege\u00adwezen"),
        ("bedrag van 1.250,50 euro", "250", "1.250,50"),
        ("Hij zei 'ja' en", "ja", "ja"),
        ("het e-mailadres", "mail", "mailadres"),
        ("tekst 𝒜𝒷𝒸 hier", "𝒷", "𝒜𝒷𝒸"),
        ("Zeeland, Friesland", ",", "Zeeland"),
    ],
)
def test_that_a_word_is_what_a_reader_calls_one(text: str, near: str, wanted: str) -> None:
    assert word(text, near) == wanted


def test_that_a_word_hyphenated_over_a_line_end_is_one_word() -> None:
    text = "de onder-\nsteuning van"
    assert word(text, "onder") == word(text, "steu") == "onder-\nsteuning"
    as_browsers_print_it = "de onder\u00ad\u2010\nsteuning van"
    assert word(as_browsers_print_it, "onder") == word(as_browsers_print_it, "steu") == as_browsers_print_it[3:-4]


def test_that_a_word_hyphenated_over_a_page_and_its_furniture_is_one_word() -> None:
    text = "de onder-\n\n12\n\fRapport 2024\n\nsteuning van"
    aux = ((text.index("12"), text.index("\f")), (text.index("Rapport"), text.index("steuning")))
    assert word(text, "steu", aux).endswith("steuning")
    assert word(text, "onder", aux) == word(text, "steu", aux)


def test_that_a_name_with_a_hyphen_at_a_line_end_stays_two() -> None:
    assert word("mevrouw Dettmeijer-\nVermeulen", "Verm") == "Vermeulen"


def test_that_a_paragraph_lies_between_blank_lines() -> None:
    text = "Kop\n\nEen alinea\nvan twee regels.\n\nDe volgende."
    start, end = paragraph_at(text, text.index("twee"))
    assert text[start:end] == "Een alinea\nvan twee regels."


def test_that_a_paragraph_runs_on_over_a_page_when_its_sentence_does() -> None:
    text = "Kop\n\nDe zin loopt\n\n3\n\fRapport\n\ndoor op de volgende bladzijde.\n\nNieuw."
    aux = ((text.index("3\n"), text.index("3\n") + 2), (text.index("Rapport"), text.index("door")))
    for near in ("loopt", "door"):
        start, end = paragraph_at(text, text.index(near), aux)
        assert text[start:end].startswith("De zin")
        assert text[start:end].endswith("bladzijde.")


def test_that_a_paragraph_after_a_full_stop_begins_anew_on_the_next_page() -> None:
    text = "Een zin.\n\fDe volgende."
    start, end = paragraph_at(text, 2)
    assert text[start:end] == "Een zin."


@pytest.mark.parametrize("offset", [0, 5, 11])
def test_that_empty_and_blank_texts_give_empty_ranges(offset: int) -> None:
    assert word_at("", offset) == (0, 0)
    start, end = paragraph_at("\n\n\n\n \n\n\n\n\n\n\n", offset)
    assert start == end


def test_that_a_million_letters_without_a_break_answer_soon() -> None:
    text = "woord " * 170_000
    start, end = paragraph_at(text, 500_000)
    assert start <= 500_000 <= end
