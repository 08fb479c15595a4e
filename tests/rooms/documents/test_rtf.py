"""RTF: the words that a reader sees, whatever the program that wrote it did to hide them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.documents.formats.reading import read_structured
from kantlijn.errors import BadFile
from kantlijn.model.document import Content

from .made_files import rtf

_STYLES = (
    r"{\fonttbl{\f0\fnil Arial;}{\f1\froman\fcharset204{\*\panose 0202}Times;}}"
    r"{\stylesheet{\ql Normal;}{\s1\sbasedon0 heading 1;}{\s2\outlinelevel1 Own;}{\*\cs9 Letters;}}"
)


def read(body: str, head: str = _STYLES) -> Content:
    return read_structured(rtf(body, head), "rtf", "stuk.rtf")


def test_that_headings_stand_alone_and_make_the_outline():
    content = read(
        r"\pard\s1 Prevention\par\pard First.\par\pard\s2 At school\par\pard Second.\par"
        r"\pard\outlinelevel0 Marked\par\pard Third."
    )
    assert content.text == "Prevention\n\nFirst.\n\nAt school\n\nSecond.\n\nMarked\n\nThird.\n"
    assert [(level, title) for level, title, _ in content.outline] == [
        (1, "Prevention"), (2, "At school"), (1, "Marked"),
    ]  # fmt: skip


def test_that_letters_of_all_code_pages_and_numbers_are_read():
    assert read(
        r"\'e9\'e9n \'80 \u8364? \u-10179?\u-8704? \uc2\u1078\'c6\'c6! {\f1 \'e6\'e7} "
        r"\lquote a\rquote\~b\_c\-d\emdash\{\\\}"
        "\n\r raw \xe9"
    ).text == "één € € 😀 ж! жз ‘a’\xa0b\u2011c\u00add—{\\} raw é\n"


def test_that_lists_and_tables_keep_their_shape():
    assert read(
        r"\pard{\listtext\u8226\'95\tab}\ls1 a\par\pard{\listtext\'95\tab}\ls1\ilvl1 b\par"
        r"\pard{\pntext 1.\tab}c\par\pard After.\par"
        r"\trowd\cellx1\cellx2\pard\intbl Year\cell Reports\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl 2024\cell\cell\row"
        r"\trowd\pard\intbl Left\par column\cell Right\cell\row\pard End."
    ).text == (
        "- a\n  - b\n1. c\n\nAfter.\n\nYear | Reports\n2024 |\n\nLeft\n\ncolumn\n\nRight\n\nEnd.\n"
    )


def test_that_paragraphs_take_nothing_from_groups_that_are_closed_or_hold_a_marker():
    content = read(
        r"\pard\s1{\listtext\pard\plain 1.\tab}\ls1 Prevention\par\pard{\s2 At school\par}Plain.\par"
        r"\pard\ls1\ilvl1{\listtext\pard\plain o\tab}a\par{\listtext\pard\plain o\tab}b\par"
    )
    assert content.text == "1. Prevention\n\nAt school\n\nPlain.\n\n  - a\n  - b\n"
    assert content.outline == ((1, "1. Prevention", 0), (2, "At school", 15))


def test_that_rows_are_rows_in_whatever_groups_their_cells_stand():
    for rows in (
        r"\trowd\cellx1\cellx2{a\cell}{b\cell}\row\trowd\cellx1\cellx2 c\cell d\cell\row\pard After",
        r"{\trowd\pard\intbl a\cell\pard\intbl b\cell\row}{\trowd\pard\intbl{c\cell}{d\cell}{\row}}\pard After",
    ):
        assert read(rows).text == "a | b\nc | d\n\nAfter\n"


def test_that_a_marker_that_was_typed_to_hang_out_of_its_paragraph_makes_a_list():
    assert read(
        r"{\pard\li360\fi-360\bullet\tx360\tab a\par}{\pard\li720\fi-360\endash\tx360\tab b\par}"
        r"{\pard\li360\fi-360 12.\tab c\par}{\pard\li360\fi-360 Name\tab value\par}{\pard 3.\tab d}"
    ).text == "- a\n  - b\n12. c\n\nName\tvalue\n\n3.\td\n"


def test_that_notes_are_gathered_at_the_end_also_from_cells():
    assert read(
        r"Aid{\super\chftn{\*\footnote\chftn\pard\plain By a tenth.\par Since 2020.}} grew.\par"
        r"\trowd\pard\intbl Year{\footnote Counted in May.}\cell 12\cell\row\pard After."
    ).text == "Aid[1] grew.\n\nYear[2] | 12\n\nAfter.\n\n[1] By a tenth.\n\nSince 2020.\n\n[2] Counted in May.\n"


def test_that_what_readers_do_not_see_is_left_out():
    assert read(
        r"{\header Page head}{\*\unknown text}{\field{\*\fldinst PAGEREF x}{\fldrslt 7}} {\v hidden}{\v\v0 seen}"
        r"{\deleted gone}{\revised new}{\pict\pngblip 89504e470d0a}{\*\bkmkstart m}{\pict\bin5 }{\}x}"
        r"{\*\annotation\pard remark}{\object{\*\objdata 0105}{\result shown}}"
    ).text == "7 seennewshown\n"


def test_that_a_text_box_comes_once_and_after_its_paragraph():
    assert read(
        r"Around {\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv 1}}{\shptxt\pard In the box.\par}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext In the box.}}}}it.\par Next."
    ).text == "Around it.\n\nIn the box.\n\nNext.\n"


def test_that_details_come_from_the_file_in_its_better_form():
    said = r"{\info{\upr{\title J?}{\*\ud{\title J\u225?n}}}{\author G. Writer}{\operator X}{\creatim\yr2020}}"
    content = read("x", said)
    assert content.details == {"title": "Ján", "author": "G. Writer"}
    assert content.text == "x\n"
    assert content.extractor == "rtf/2"


def test_that_a_file_that_ends_too_early_is_read_as_far_as_it_goes_and_says_so():
    content = read_structured(rtf("First.\\par Second.")[:-1], "rtf", "stuk.rtf")
    assert content.text == "First.\n\nSecond.\n"
    assert "“stuk.rtf” ends too early" in content.details["trouble"]


def written(text: str) -> str:
    """Text as programs write it: by the numbers of its UTF-16 letters."""
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(f"\\u{code}?" for code in codes)


_LINES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"),
                          exclude_characters="\ufffe\uffff"), min_size=1),
    min_size=1,
)  # fmt: skip


@given(_LINES)
def test_that_any_text_comes_back(lines):
    assert read("\\par ".join(map(written, lines))).text == "\n\n".join(lines) + "\n"


@given(st.text("{}\\abcpu'*19 ;-\n", max_size=300))
def test_that_any_file_at_all_is_read_or_refused_in_a_sentence(body):
    try:
        content = read(body + " end")
    except BadFile as refused:
        assert "stuk.rtf" in refused.sentence
    else:
        assert content.text.strip()


def test_that_endless_nesting_and_other_files_are_refused_in_a_sentence():
    for raw, said in ((b"{\\rtf1" + b"{" * 1_000_000, "nested too deep"), (b"{\\rt text}", "does not begin")):
        with pytest.raises(BadFile, match=said):
            read_structured(raw, "rtf", "stuk.rtf")
