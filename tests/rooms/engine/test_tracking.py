"""Words whose letters are set apart, as in many a heading, are words; what is apart stays so."""

import pymupdf
import pytest

SIZE = 12


def _set_apart(page, text, room, between=None):
    """Each letter drawn by itself, so much room after it; a space is one of the file's own, or so much room."""
    x = 60
    for letter in text:
        if letter == " " and between is not None:
            x += between
            continue
        page.insert_text((x, 100), letter, fontsize=SIZE)
        x += pymupdf.get_text_length(letter, fontsize=SIZE) + room
    return x


@pytest.mark.parametrize("room", [0.8, 1.6, 2.2, 3, 4])
@pytest.mark.parametrize(
    "text", ["Preventie op de school van nu", "HULP AAN SLACHTOFFERS", "TOEZICHT IN 2024", "Vangnet voor 16+"]
)
def test_that_letters_set_apart_make_words(text, room, saved, read) -> None:
    document = pymupdf.open()
    _set_apart(document.new_page(), text, room)
    assert read(saved(document)).text == f"{text}\n"


@pytest.mark.parametrize("room", [1.6, 2.2])
def test_that_wider_room_between_words_parts_them(room, saved, read) -> None:
    document = pymupdf.open()
    _set_apart(document.new_page(), "HULP AAN SLACHTOFFERS", room, between=4)
    assert read(saved(document)).text == "HULP AAN SLACHTOFFERS\n"


def test_that_letters_set_apart_and_others_share_a_line(saved, read) -> None:
    document = pymupdf.open()
    page = document.new_page()
    x = _set_apart(page, "PREVENTIE ", 2.4)
    page.insert_text((x, 100), "en daarna a b c gewoon", fontsize=SIZE)
    assert read(saved(document)).text == "PREVENTIE en daarna a b c gewoon\n"


def test_that_words_without_spaces_of_the_files_own_stay_apart(saved, read) -> None:
    document = pymupdf.open()
    page = document.new_page()
    x = 60
    for word in ["dit", "is", "a", "b", "c", "en", "1", "2", "3", "4", "5", "van", "x"]:
        page.insert_text((x, 100), word, fontsize=SIZE)
        x += pymupdf.get_text_length(word, fontsize=SIZE) + 3.4
    assert read(saved(document)).text == "dit is a b c en 1 2 3 4 5 van x\n"


def test_that_the_letters_stand_where_they_are_seen(saved, assert_ink_in_quads) -> None:
    document = pymupdf.open()
    _set_apart(document.new_page(), "HULP AAN", 2.4)
    assert assert_ink_in_quads(saved(document)).text == "HULP AAN\n"


@pytest.mark.parametrize("words", ["A B C D", "a b c d = x y z", "x x x x x", "A B C D E 1 2"])
@pytest.mark.parametrize("room", [3.4, 4, 6, 8])
def test_that_single_letters_in_a_row_stay_apart(words, room, saved, read) -> None:
    document = pymupdf.open()
    page = document.new_page()
    x = 60
    for word in words.split():
        page.insert_text((x, 100), word, fontsize=SIZE)
        x += pymupdf.get_text_length(word, fontsize=SIZE) + room
    assert read(saved(document)).text.split() == words.split()
