"""Passages that other programs describe are found by position and words, and doubt is told."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as some

from kantlijn.text.placing import ALIKE, SEVERAL, SURE, UNCHECKED, Sought, place

TEXT = (
    "Inleiding 😀 over toezicht.\nDe raad adviseert om scholen te steunen met een vast program-\nma. "
    "De raad adviseert ook om meldpunten te bundelen.\n12\nSlot: de raad adviseert niets meer."
)
FURNITURE = ((TEXT.index("\n12\n") + 1, TEXT.index("\n12\n") + 4),)


def found(**sought: object) -> tuple[str, str] | None:
    at = place(TEXT, FURNITURE, Sought(**sought))  # type: ignore[arg-type]
    return (TEXT[slice(*at[0])], at[1]) if at else None


def test_that_a_position_counts_when_the_words_agree() -> None:
    start = TEXT.index("De raad", 90)
    assert place(TEXT, (), Sought(quote="De raad", position=(start, start + 7))) == ((start, start + 7), SURE)
    assert found(quote="scholen te steunen", position=(0, 18)) == ("scholen te steunen", SURE)


def test_that_positions_in_javascripts_units_are_understood_either_way() -> None:
    start = TEXT.index("toezicht")
    assert found(position=(start + 1, start + 9), utf16=True) == ("toezicht", UNCHECKED)
    assert found(quote="toezicht", position=(start + 1, start + 9)) == ("toezicht", SURE)


def test_that_hyphens_line_ends_and_furniture_do_not_matter() -> None:
    assert found(quote="een vast programma") == ("een vast program-\nma", SURE)
    assert found(quote="bundelen. Slot") == ("bundelen.\n12\nSlot", SURE)


def test_that_surroundings_page_and_position_choose_among_the_same_words() -> None:
    second, third = TEXT.index("De raad", 90), TEXT.index("de raad")
    assert place(TEXT, (), Sought(quote="de raad adviseert", prefix="Slot: ")) == ((third, third + 17), SURE)
    paged = place(TEXT, (), Sought(quote="de raad adviseert", page=(second - 3, third - 9)))
    assert paged == ((second, second + 17), SURE)
    near = place(TEXT, (), Sought(quote="de raad adviseert", position=(third + 2, third + 5)))
    assert near == ((third, third + 17), SEVERAL)


def test_that_much_alike_is_found_and_doubted_and_other_words_are_not() -> None:
    words = "De raad adviseert om alle scholen te steunen met een vast plan"
    at = found(quote=words)
    assert at is not None
    assert at[1] == ALIKE
    assert at[0].startswith("De raad adviseert om scholen te steunen")
    assert found(quote="Een heel andere zin die nergens in deze tekst te vinden zal zijn") is None
    assert found() is found(position=(900, 910)) is None


def test_that_a_sign_that_stands_everywhere_is_found_in_a_moment() -> None:
    text = "Er is, naar men zegt, veel te doen, en weinig tijd, voorwaar. " * 20_000
    begun = time.process_time()
    start = text.index(",", 700_000)
    wanted = Sought(
        quote=",", prefix=text[start - 32 : start], suffix=text[start + 1 : start + 33], page=(start, start + 2)
    )
    assert place(text, (), wanted) == ((start, start + 1), SURE)
    assert time.process_time() - begun < 3


@given(some.text(min_size=1, max_size=80), some.integers(0, 79), some.integers(1, 80), some.booleans())
def test_that_a_passage_is_found_at_its_own_position(text: str, start: int, size: int, utf16: bool) -> None:
    start = min(start, len(text) - 1)
    end = min(len(text), start + size)
    units = [len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in (start, end)]
    position = (units[0], units[1]) if utf16 else (start, end)
    at = place(text, (), Sought(quote=text[start:end], position=position, utf16=utf16))
    assert at == ((start, end), SURE)
