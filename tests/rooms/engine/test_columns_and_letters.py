"""The pure parts of extraction: which pages are interleaved, and what MuPDF's characters become."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kantlijn.engine.columns import interleaved
from kantlijn.engine.letters import tidy

LEFT_COLUMN = """De inspectie heeft in het
afgelopen jaar met scholen
gesproken over signalen en
de opvolging daar-
van in de regio waar veel
meldingen zijn gedaan door"""
RIGHT_COLUMN = """ouders en leerlingen die
zich zorgen maken over wat
op internet gebeurt. Zij
vragen om een vast punt
waar hun vraag terecht kan
zonder dat zij wachten."""
LEFT, RIGHT = LEFT_COLUMN.splitlines(), RIGHT_COLUMN.splitlines()


def _row(x, n, text):
    return (x, 100.0 + 13 * n, x + 180, 110.0 + 13 * n, text)


def test_that_running_text_written_row_by_row_is_interleaved():
    rows = [
        row for n, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True)) for row in (_row(72, n, a), _row(300, n, b))
    ]
    assert interleaved(rows)


def test_that_three_columns_written_row_by_row_are_too():
    rows = [
        row for n, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True))
        for row in (_row(40, n, a), _row(230, n, b), _row(420, n, a))
    ]  # fmt: skip
    assert interleaved(rows)


def test_that_columns_in_order_are_not():
    rows = [_row(72, n, text) for n, text in enumerate(LEFT)] + [
        _row(300, n, text) for n, text in enumerate(RIGHT)
    ]
    assert not interleaved(rows)


def test_that_a_table_of_sentences_is_not():
    cells = [f"{text[0].upper()}{text[1:]}" for text in LEFT]
    rows = [row for n, text in enumerate(cells) for row in (_row(72, n, text), _row(300, n, text))]
    assert not interleaved(rows)


def test_that_few_or_short_neighbours_are_not():
    assert not interleaved([])
    assert not interleaved([row for n in range(3) for row in (_row(72, n, LEFT[n]), _row(300, n, RIGHT[n]))])
    assert not interleaved([row for n in range(20) for row in (_row(72, n, "een"), _row(300, n, "twee"))])


@given(st.text(st.characters(), min_size=1, max_size=40))
def test_that_any_letters_become_text_that_can_be_kept_each_with_its_place(text):
    begins = [10.0 * n for n in range(len(text))]
    ends = [
        begin + (0.0 if unicodedata.combining(letter) else 10.0)
        for begin, letter in zip(begins, text, strict=True)
    ]
    tidied, first, last = tidy(text, begins, ends)
    tidied.encode("utf-8")
    assert unicodedata.is_normalized("NFC", tidied)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in tidied)
    assert len(first) == len(last) == len(tidied)
    assert all(begin <= end for begin, end in zip(first, last, strict=True))
    assert min(first) >= 0
    assert max(last) <= 10.0 * len(text)


def test_that_combining_marks_join_their_letter_and_its_box():
    text, begins, ends = tidy("e\u0301a", [0.0, 8.0, 8.0], [8.0, 8.0, 16.0])
    assert (text, begins, ends) == ("éa", [0.0, 8.0], [8.0, 16.0])


def test_that_a_letter_that_falls_apart_gives_each_part_a_place():
    text, begins, ends = tidy("\u0958x", [0.0, 10.0], [10.0, 20.0])  # Devanagari QA, never composed
    assert text == "\u0915\u093cx"
    assert (begins, ends) == ([0.0, 5.0, 10.0], [5.0, 10.0, 20.0])
