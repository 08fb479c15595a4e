"""A passage reads as one would copy it out by hand, and not a letter is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.text.fold import squeeze
from kantlijn.text.readable import readable


def read(text: str, auxiliary: tuple[tuple[int, int], ...] = ()) -> str:
    return readable(text, (0, len(text)), auxiliary)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("is ver-\ndubbeld", "is verdubbeld"),
        ("Mensen-\nhandel", "Mensenhandel"),
        ("Dettmeijer-\nVermeulen", "Dettmeijer-Vermeulen"),
        ("het NRM-\nrapport", "het NRM-rapport"),
        ("politie- en\njustitie", "politie- en justitie"),
        ("politie-\nen justitie", "politie- en justitie"),
        ("in- of\nuitstroom", "in- of uitstroom"),
        ("2016-\n2017", "2016-2017"),
        ("een e-\nmail", "een e-mail"),
        ("online-\nplatform; het online-platform", "online-platform; het online-platform"),
        ("verdub-\nbeld, en dus verdubbeld", "verdubbeld, en dus verdubbeld"),
    ],
)
def test_that_a_hyphen_at_a_line_end_stays_only_where_it_belongs_to_the_word(text: str, reads: str) -> None:
    assert read(text) == reads


def test_that_a_soft_hyphen_always_joins() -> None:
    assert read("voor\u00ad\nBeeld en voor\u00adbeeld") == "voorBeeld en voorbeeld"
    assert read("voor\u00ad\u2010\nBeeld") == "voorBeeld"


def test_that_a_soft_hyphen_by_itself_leaves_no_space_behind() -> None:
    assert read("hulp \u00ad en opvang \u00ad") == "hulp en opvang"


def test_that_the_spelling_elsewhere_in_the_text_decides_for_a_passage_of_it() -> None:
    text = "een on-\nline\nonderzoek. Later: on-line."
    assert readable(text, (0, text.index(" Later"))) == "een on-line onderzoek."


def test_that_lines_run_on_and_paragraphs_stay_apart() -> None:
    assert read("Eerste  regel\nen tweede.\n\nNieuwe alinea\nloopt door.\n") == (
        "Eerste regel en tweede.\nNieuwe alinea loopt door."
    )


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("- een lange\nregel\n- twee\n", "- een lange regel\n- twee"),
        ("De raad wil:\n- een;\n- twee.", "De raad wil:\n- een;\n- twee."),
        ("De raad wil\n\u2022 een\n\u2022 twee", "De raad wil\n\u2022 een\n\u2022 twee"),
        ("1. een\n2. twee\n3) drie", "1. een\n2. twee\n3) drie"),
        ("het slot van twee.\n3. drie\nloopt door\n4. vier", "het slot van twee.\n3. drie loopt door\n4. vier"),
        ("Jaar | Aantal\n2023 | 12", "Jaar | Aantal\n2023 | 12"),
    ],
)
def test_that_items_of_a_list_and_rows_of_a_table_stay_apart(text: str, reads: str) -> None:
    assert read(text) == reads


@pytest.mark.parametrize(
    "text",
    ["de wens\n\u2013 vanuit de zorg \u2013 om\n- en meer", "volgens artikel\n3. Daarna", "een |\nander | woord"],
)
def test_that_a_dash_or_number_inside_a_sentence_begins_no_line(text: str) -> None:
    assert read(text) == text.replace("\n", " ")


def test_that_a_sentence_goes_on_over_a_page_without_its_head_and_foot() -> None:
    text = "de opvang van\n7\n\fRapport 2024\n\njongeren begint.\n"
    assert read(text, ((14, 16), (17, 31))) == "de opvang van jongeren begint."


def test_that_a_word_broken_over_a_page_is_whole_again() -> None:
    text = "de verdub-\n7\n\fRapport\nbeling blijft"
    assert read(text, ((11, 13), (14, 22))) == "de verdubbeling blijft"


def test_that_a_selection_of_furniture_alone_reads_as_nothing() -> None:
    assert read("Rapport 12\n", ((0, 11),)) == ""


def test_that_a_range_that_begins_inside_furniture_leaves_all_of_it_out() -> None:
    text = "Rapport 2024\nDe raad vroeg."
    assert readable(text, (4, len(text)), ((0, 13),)) == "De raad vroeg."


@pytest.mark.parametrize(
    "kept", ["ﬁets ﬀ", "½ €", "“ja” – ‘nee’…", "a\u0301 é", "<b>&amp;</b>", "漢字 😀", "x\u200dy"]
)
def test_that_no_other_sign_is_touched(kept: str) -> None:
    assert read(kept) == kept


@given(st.text(alphabet="aBcé1ﬁ \n\f-\u00ad.,“", max_size=80), st.data())
def test_that_no_letter_is_lost_or_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reads = readable(text, (start, end))
    assert squeeze(reads).text == squeeze(text[start:end]).text
    assert not set(reads) & set("\f\u00ad\r\t")
    assert "  " not in reads
    assert not reads or all(line and line == line.strip(" ") for line in reads.split("\n"))
