"""Which paragraphs stand level, and that gaps bring them so whatever their heights."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.model.document import Content
from kantlijn.text.compare.comparison import compare
from kantlijn.text.compare.level import Pair, Pairing, gaps
from kantlijn.text.compare.stretches import same_stretches
from kantlijn.text.flow import Piece, pieces_of


def pairs_of(old: str, new: str) -> list[tuple[Pair, Piece, Piece]]:
    """The pairs, each with its pieces."""
    olds, news = (pieces_of(Content(extractor="", mime="text/plain", text=text)) for text in (old, new))
    found = Pairing((old, new), (olds, news), same_stretches(compare(old, new).alignment)).pairs()
    return [(pair, olds[pair.old], news[pair.new]) for pair in found if pair is not None]


def paired(old: list[str], new: list[str]) -> list[tuple[str, str, bool]]:
    """The paragraphs that belong together, and whether something is lacking before them."""
    before, after = "\n\n".join(old), "\n\n".join(new)
    return [
        (before[one.start : one.end], after[two.start : two.end], pair.lacking)
        for pair, one, two in pairs_of(before, after)
    ]


SOME = [
    f"Place {n} was visited in spring; its {'plans are short of staff ' * (n % 5)}and its desk is open."
    for n in range(12)
]


def test_that_every_paragraph_of_the_same_text_has_its_own() -> None:
    assert [(a, b) for a, b, _ in paired(SOME, SOME)] == [(one, one) for one in SOME]
    assert not any(lacking for _, _, lacking in paired(SOME, SOME)[1:])


def test_that_what_one_side_lacks_is_told_before_the_next_pair() -> None:
    found = paired(SOME, [*SOME[:4], *SOME[6:9], "Quite another matter came up: who pays for it all?", *SOME[9:]])
    assert [(a, b) for a, b, _ in found] == [(one, one) for one in SOME[:4] + SOME[6:]]
    assert [a for a, _, lacking in found[1:] if lacking] == [SOME[6], SOME[9]]


def test_that_a_changed_beginning_and_a_new_number_do_not_part_a_paragraph_from_itself() -> None:
    old = ["1. Prevention", *SOME[:3], "2. Help for victims", *SOME[3:5], "3. Detection at the border", *SOME[5:]]
    new = ["1. Prevention", *SOME[:3], "2. Detection at the border", SOME[5], "But p" + SOME[6][1:], *SOME[7:]]
    found = {(a, b) for a, b, _ in paired(old, new)}
    assert ("3. Detection at the border", "2. Detection at the border") in found
    assert (SOME[6], "But p" + SOME[6][1:]) in found
    assert not any(a == "2. Help for victims" for a, _ in found)


WAYS = st.lists(st.tuples(st.floats(0, 5000), st.floats(0, 5000)), max_size=60)


@given(WAYS)
def test_that_gaps_bring_pairs_level_and_never_on_both_sides(ways: list[tuple[float, float]]) -> None:
    old = new = 0.0
    for one, two in ways:
        left, right = gaps(one, two)
        assert min(left, right) == 0.0 and max(left, right) == abs(one - two)
        old, new = old + one + left, new + two + right
        assert old == pytest.approx(new)


@pytest.mark.parametrize("seed", range(8))
def test_that_pairs_go_on_in_order_whatever_was_changed(seed: int) -> None:
    chance = random.Random(seed)
    words = ["plan", "desk", "school", "report", "place", "year", "staff", "help", "open", "visit", "spring"]
    old = [" ".join(chance.choices(words, k=chance.randint(1, 40))) for _ in range(60)]
    new = [text for text in old if chance.random() < 0.8]
    for _ in range(12):
        new.insert(chance.randrange(len(new)), " ".join(chance.choices(words, k=9)))
    found = [pair for pair, _, _ in pairs_of("\n\n".join(old), "\n\n".join(new))]
    assert len(found) > 20
    assert all(a.old < b.old and a.new < b.new for a, b in pairwise(found))
