"""Comparing two texts: what a reader would call the changes, and nothing that is only layout."""

from __future__ import annotations

import random
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantlijn.text.compare.carry import Carrier
from kantlijn.text.compare.comparison import compare

from .edited_pairs import Maker
from .judged import Carriage, Score, judge, judge_carrying

PROFILES = ("plain", "wrapped", "paged", "stripped")
OLD = (
    "De inspectie bezoekt elk jaar veertig scholen. In 2023 waren dat er 38. Lessen over gedrag zijn verplicht."
    "\n\nDe gemeente wijst een vast aanspreekpunt aan. Slachtoffers vinden daar hulp en advies, ook in de avond."
    "\n\nMeldingen komen binnen bij het meldpunt, dat ze binnen een werkdag bekijkt en doorstuurt naar de politie."
)


def kinds(old: str, new: str, **options) -> list[tuple[str, str, str]]:
    result = compare(old, new, **options)
    assert result.conserved
    return [
        (edit.kind, " ".join(old[a:b] for a, b in edit.old), " ".join(new[a:b] for a, b in edit.new))
        for edit in result.edits
    ]


@pytest.mark.parametrize("profile", PROFILES)
def test_that_known_edits_are_found_and_nothing_else(profile):
    total = Score()
    for seed in range(101, 104):
        maker = Maker(seed)
        total += judge(maker.pair(maker.text(100), 0.05, profile))
    assert total.precision >= 0.995
    assert total.recall >= 0.999
    assert total.kind >= 0.97
    assert total.moves_found == total.moves > 0
    assert total.word_precision >= 0.95
    assert not total.unconserved


@pytest.mark.parametrize("profile", PROFILES)
def test_that_layout_and_announced_losses_are_no_changes(profile):
    maker = Maker(7)
    pair = maker.pair(maker.text(60), 0, profile)
    assert compare(pair.old, pair.new).edits == ()


@pytest.mark.parametrize("profile", PROFILES)
def test_that_passages_are_carried_to_their_place_or_said_to_be_lost(profile):
    total = Carriage()
    for seed in (201, 202):
        maker = Maker(seed)
        pair = maker.pair(maker.text(100), 0.08, profile)
        chance = random.Random(seed)
        starts = [(chance.randrange(len(pair.old_order) - 40), chance.choice((3, 6, 12, 40))) for _ in range(300)]
        total += judge_carrying(pair, [(start, start + count) for start, count in starts])
    assert total.kept_right == total.kept > 100
    assert total.edited_found >= 0.99 * total.edited
    assert total.gone_said >= 0.95 * total.gone
    assert not total.wrong_silent


def test_that_the_press_release_and_its_index_copy_differ_in_head_and_tail_alone(seed_texts):
    old, new = (path.read_text("utf-8") for path in seed_texts[:2])
    result = compare(old, new)
    assert [edit.kind for edit in result.edits] == ["inserted", "inserted"]
    assert not new[: result.edits[0].new[0][0]].strip()
    assert not new[result.edits[1].new[-1][1] :].strip(" .\n")
    assert result.loss == ("case", "accents", "digits", "punctuation")
    assert result.conserved


def test_that_a_slipped_in_word_and_a_number_are_each_one_edit():
    new = OLD.replace("zijn verplicht", "zijn niet verplicht").replace("er 38", "er 39")
    assert kinds(OLD, new) == [("changed", "38", "39"), ("inserted", "", "niet")]


def test_that_a_moved_paragraph_is_one_move():
    first, second, third = OLD.split("\n\n")
    (edit,) = kinds(OLD, "\n\n".join((third, first, second)))
    assert edit[0] == "moved"
    assert third in edit or f"{first}\n\n{second}" in edit


def test_that_capitals_accents_and_commas_are_changes_of_form_which_can_be_ignored():
    new = OLD.replace("De gemeente", "de gemeente").replace("een vast", "één vast").replace("advies,", "advies")
    assert {kind for kind, *_ in kinds(OLD, new)} == {"formatting"}
    assert len(kinds(OLD, new)) == 3
    assert [said[1] for said in kinds(OLD, new, ignore=("case", "accents"))] == ["advies,"]
    assert kinds(OLD, new, ignore=("case", "accents", "punctuation")) == []


def test_that_ignored_digits_are_no_changes_and_others_are():
    new = OLD.replace("38", "41").replace("veertig", "vijftig")
    assert kinds(OLD, new, ignore=("digits",)) == [("changed", "veertig", "vijftig")]


def test_that_quotes_dashes_and_soft_hyphens_count_for_nothing():
    old = 'Het rapport noemt "hulp" - en advies - voor slachtoffers.'
    new = "Het rap\u00adport noemt „hulp” – en advies – voor slacht\u00ad\noffers."
    assert kinds(old, new) == []
    assert kinds(old, new.replace("\u00ad\n", "\u00ad\u2010\n")) == []


def test_that_texts_with_nothing_in_common_are_said_to_be_unrelated():
    assert not compare(Maker(1).laid_out(Maker(1).text(30))[0], OLD).is_related
    assert compare(OLD, OLD).is_related


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", OLD), (OLD, ""), ("…", "—"), ("\f\f", "1\f2")])
def test_that_texts_without_words_can_be_compared(old, new):
    result = compare(old, new)
    assert result.conserved
    assert len(result.edits) == (bool(old.strip("…\f ")) != bool(new.strip("—12\f ")))


def test_that_what_cannot_be_ignored_is_refused():
    with pytest.raises(ValueError, match="vowels"):
        compare("a", "b", ignore=("vowels",))


_SAID = ("de", "het", "hulp", "en", "niet", "12", "3,1", "Één", "voor-\nval", "zorg-", "slacht\u00ad\noffer.")
_words = st.lists(st.sampled_from(_SAID))


@given(_words, _words)
@settings(max_examples=300, deadline=None)
def test_that_what_is_not_reported_is_letter_for_letter_the_same(old, new):
    one, two = " ".join(old), " ".join(new)
    result = compare(one, two)
    assert result.conserved
    for edit in result.edits:
        assert all(0 <= a < b <= len(one) for a, b in edit.old)
        assert all(0 <= a < b <= len(two) for a, b in edit.new)
    assert compare(one, one).edits == ()


@given(_words, st.integers(0, 40), st.integers(1, 10))
@settings(max_examples=200, deadline=None)
def test_that_a_passage_of_an_unchanged_text_stays_where_it_is(words, start, length):
    text = " ".join(["Begin", *words, "einde"])
    passage = (min(start, len(text) - 1), min(start + length, len(text)))
    carried = Carrier(compare(text, text).alignment).carry(passage)
    if carried.range is not None:
        assert carried.status == "unchanged"
        assert carried.range[0] <= passage[1]
        assert carried.range[1] >= passage[0]


def test_that_a_running_head_of_one_side_is_left_out_on_a_single_page_of_the_other():
    body = ["The council visited nine schools.", "Help was found in most of them.", "A desk opened in May."]
    head = "Council for Prevention\nReport of the year\n\n"
    paged = "\f".join(f"{head}{line}\n" for line in body)
    single = head + "\n".join(body) + "\n"
    found = compare(paged, single, old_furniture=_heads(paged, head))
    assert found.edits == ()


def _heads(text: str, head: str) -> list[tuple[int, int]]:
    return [(at, at + len(head)) for at in range(len(text)) if text.startswith(head, at)]


def test_that_a_passage_keeps_the_signs_it_begins_and_ends_with():
    old = 'Before it stands this. The report says "help comes too late (often)." And then more follows.'
    new = old.replace("Before it stands this.", "Something else altogether stands here, and more of it.")
    start, end = old.index('"help'), old.index('" And') + 1
    carried = Carrier(compare(old, new).alignment).carry((start, end))
    assert carried.status == "unchanged"
    assert new[slice(*carried.range)] == old[start:end]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a" * 300_000, "a" * 299_999 + "b"),
        ("a b " * 60_000, "a b " * 59_000 + "c " * 1000),
        (" ." * 200_000, " ." * 199_999),
        ("woord-\n" * 40_000, "woord-\n" * 39_999),
        ("the same line\n" * 30_000, "the same line\n" * 29_000),
    ],
)
def test_that_texts_that_repeat_themselves_without_end_are_compared_soon(old, new):
    begun = time.process_time()
    assert compare(old, new).conserved
    assert time.process_time() - begun < 10


def test_that_single_cells_are_found_in_a_table_of_zeros():
    rows = ["0 0 0 0 0 0"] * 20_000
    edited = ["0 0 0 7 0 0" if number % 500 == 250 else row for number, row in enumerate(rows)]
    found = compare("\n".join(rows), "\n".join(edited))
    assert [edit.kind for edit in found.edits] == ["changed"] * 40


def test_that_scripts_without_spaces_are_compared_letter_by_letter():
    old = "政府应当采取措施预防。委员会要求回答。"
    assert kinds(old, old.replace("应当", "可以")) == [("changed", "应当", "可以")]


def paged(lines, head, foot, every=40):
    """The lines with a head and a foot on every page, and nothing else between pages."""
    pages = [lines[at : at + every] for at in range(0, len(lines), every)]
    return "\n".join(
        "\n".join([head(number), "", *page, "", foot(number), ""]) for number, page in enumerate(pages, 1)
    )


def words_in_lines(count, width=12):
    chance = random.Random(7)
    words = ["".join(chance.choices("aeionrst", k=6)) for _ in range(count * width)]
    words[6::25] = [f"{word}." for word in words[6::25]]
    return [" ".join(words[at : at + width]) for at in range(0, len(words), width)]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (lambda n: "Jaarverslag toezicht", lambda n: f"- {n} -"),
        (lambda n: f"Hoofdstuk {1 + n // 6}", lambda n: f"Pagina {n} van 12"),
        (lambda n: f"{n}  Jaarverslag" if n % 2 else f"Hoofdstuk {1 + n // 6}  {n}", lambda n: ""),
        (lambda n: "Jaarverslag toezicht", lambda n: ""),
    ],
)
def test_that_heads_and_feet_are_no_changes_where_no_form_feed_parts_the_pages(head, foot):
    lines = words_in_lines(460)
    assert not compare(paged(lines, head, foot), "\n".join(lines)).edits


def test_that_headings_of_a_stripped_text_are_not_taken_for_heads_that_part_its_sentences():
    lines = words_in_lines(460)
    for number in range(1, 12):
        lines[number * 40] += f".\n\n{number}.1 Hoofdstuk met bevindingen\n"
    old = "\n".join(lines)
    stripped = "".join(point if point.isalpha() or point == "\n" else " " for point in old.lower())
    assert {edit.kind for edit in compare(old, stripped).edits} <= {"formatting"}


def test_that_a_head_on_one_page_alone_is_no_change_where_it_parts_a_sentence():
    lines = words_in_lines(60)
    parted = "\n".join([*lines[:30], "\f" + "Deel twee", "", *lines[30:]])
    assert not compare(parted, "\n".join(lines)).edits
    whole = "\n".join([*lines[:30], "\f" + lines[30].capitalize(), *lines[31:]])
    assert not compare(whole, "\n".join(lines)).ignored_old


def test_that_a_long_text_without_line_ends_is_compared_soon():
    row = " ".join(str(number * 7919 % 100_003) for number in range(60_000))
    begun = time.process_time()
    assert not compare(f"{row}\f{row}", f"{row}\f{row} ").edits
    assert time.process_time() - begun < 5


def test_that_numbered_headings_at_regular_distances_are_no_page_numbers():
    lines = words_in_lines(320)
    for number in range(8):
        lines[number * 41] += f".\n\nSamenvatting les {number + 1}\n"
    assert not compare("\n".join(lines), "\n".join(lines)).ignored_old


RICH = ("De coördinatie (o.a. in 2.1) kost € 10.400, naar men zegt; en/of de reïntegratie-aanpak is goed, aldus "
        "de financiële cliëntenraad van Groß: 't is één geheel. ")  # fmt: skip


@pytest.mark.parametrize(
    "poorer",
    [
        lambda text: re.sub(r"[^\w\s]", "", text),
        lambda text: re.sub(r"[^\w\s]", " ", text),
        lambda text: text.encode("ascii", "ignore").decode(),
        lambda text: unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode(),
        lambda text: re.sub(r"[^\w\s]", "", text).encode("ascii", "ignore").decode().lower(),
        lambda text: re.sub(r"[^a-z]+", " ", text.lower()),
    ],
)
def test_that_signs_and_letters_may_be_lost_in_any_way(poorer):
    rich = RICH * 12
    found = compare(rich, poorer(rich))
    assert {edit.kind for edit in found.edits} <= {"formatting"}
    assert found.conserved


def test_that_two_insertions_around_a_short_sentence_are_two():
    old = "Alles begint hier goed. Dat is zo. Daarna volgt de rest van het verhaal."
    new = old.replace("Dat is zo.", "Een nieuwe zin met veel woorden. Dat is zo. En nog een nieuwe zin erbij.")
    assert [edit.kind for edit in compare(old, new).edits] == ["inserted", "inserted"]
