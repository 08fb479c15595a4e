"""Words that are drawn twice, to make them bold or for a shadow, are in the text once."""

import pymupdf
import pytest

from kantlijn.model.layer import unpack

TITLE = "Preventie begint thuis"


def _in_one_go(page, apart, rotate):
    for step in (0, apart):
        page.insert_text((100 + step, 200 + step), TITLE, fontsize=14, rotate=rotate)


def _word_by_word(page, apart, rotate):
    x = 100
    for word in TITLE.split():
        for step in (0, apart):
            page.insert_text((x + step, 200), word, fontsize=14, rotate=rotate)
        x += pymupdf.get_text_length(f"{word} ", fontsize=14)


def _outlined(page, apart, rotate):
    for step, mode in ((0, 0), (apart, 1)):
        page.insert_text((100 + step, 200), TITLE, fontsize=14, render_mode=mode, rotate=rotate)


def _all_of_it_later(page, apart, rotate):
    page.insert_text((100, 200), TITLE, fontsize=14, rotate=rotate)
    page.insert_text((60, 500), "Slot", fontsize=9)
    page.insert_text((100 + apart, 200), TITLE, fontsize=14, rotate=rotate)


@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize(
    ("drawn", "apart"),
    [
        (_in_one_go, 0), (_in_one_go, 0.4), (_in_one_go, 1.5), (_outlined, 0), (_outlined, 0.5),
        (_all_of_it_later, 0.4), (_all_of_it_later, 1.5),
    ],
)  # fmt: skip
def test_that_words_drawn_twice_are_read_once(drawn, apart, rotate, saved, read):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((60, 400), "Een gewone regel die erop volgt", fontsize=9)
    drawn(page, apart, rotate)
    text = read(saved(document)).text
    assert text.count(TITLE) == 1
    assert text.count("Een gewone regel die erop volgt") == 1
    assert text.count("Preventie") == text.count("thuis") == 1


@pytest.mark.parametrize("apart", [0, 0.4])
def test_that_words_drawn_twice_one_by_one_are_read_once(apart, saved, read):
    document = pymupdf.open()
    _word_by_word(document.new_page(), apart, 0)
    assert read(saved(document)).text == f"{TITLE}\n"


def test_that_the_letters_of_words_drawn_twice_stand_where_they_are_seen(saved, assert_ink_in_quads):
    document = pymupdf.open()
    _in_one_go(document.new_page(), 0.4, 0)
    content = assert_ink_in_quads(saved(document))
    assert content.text == f"{TITLE}\n"
    assert len(unpack(content.layers[0]).lines) == 1


def test_that_the_same_words_elsewhere_on_the_page_stay(saved, read):
    document = pymupdf.open()
    page = document.new_page()
    for row in range(4):
        for column in range(3):
            page.insert_text((60 + 90 * column, 100 + 8 * row), "ja nee", fontsize=8)
    _in_one_go(page, 0.4, 0)
    assert read(saved(document)).text.count("ja nee") == 12


def test_that_other_words_over_the_words_stay(saved, read):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((100, 200), TITLE, fontsize=14)
    page.insert_text((100, 201), "CONCEPT VAN DE BRIEF", fontsize=14)
    text = read(saved(document)).text
    assert TITLE in text
    assert "CONCEPT VAN DE BRIEF" in text
