"""ODT: the words that a reader sees, in their order, with the structure that Writer shows."""

from __future__ import annotations

import pytest

from kantlijn.documents.formats.reading import read_structured
from kantlijn.errors import BadFile
from kantlijn.model.document import Content

from .made_files import ODF, odt, zipped

_STYLES = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"'
    ' style:num-suffix="."/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    '<style:style style:name="Weg" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def read(body: str, styles: str = _STYLES, meta: str = "") -> Content:
    return read_structured(odt(body, styles, meta), "odt", "stuk.odt")


def cell(inside: str) -> str:
    return f"<table:table-cell>{inside}</table:table-cell>"


def test_that_headings_lists_and_numbers_keep_their_place():
    content = read(
        '<text:h text:outline-level="2">Oversight</text:h><text:list text:style-name="L1">'
        "<text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>under</text:p></text:list-item>"
        "</text:list></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<text:p>Between.</text:p>"
        '<text:list text:style-name="L1" text:continue-numbering="true">'
        "<text:list-item><text:p>three</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>seven</text:p>'
        "</text:list-item></text:list>"
    )
    assert content.text == "Oversight\n\n1. one\n  - under\n2. two\n\nBetween.\n\n3. three\n7. seven\n"
    assert content.outline == ((2, "Oversight", 0),)


def test_that_white_space_is_that_of_the_document():
    assert read("<text:p> a\n  b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e </text:p>").text == (
        "a b   c\td\ne\n"
    )


def test_that_notes_are_gathered_and_tables_are_rows():
    assert read(
        "<table:table><table:table-header-rows><table:table-row>" + cell("<text:p>Year</text:p>")
        + cell("<text:p>Reports<text:note><text:note-citation>1</text:note-citation><text:note-body>"
               "<text:p>Counted in May.</text:p></text:note-body></text:note></text:p>")
        + "</table:table-row></table:table-header-rows><table:table-row>" + cell("<text:p>2024</text:p>")
        + cell("<text:p>12</text:p>") + "</table:table-row></table:table><text:p>After.</text:p>"
    ).text == "Year | Reports[1]\n2024 | 12\n\nAfter.\n\n[1] Counted in May.\n"  # fmt: skip


def test_that_tracked_deletions_comments_and_hidden_text_are_left_out():
    assert read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>Seen<text:change/>"
        "<text:span text:style-name='Weg'>hid</text:span>"
        "<office:annotation><dc:creator>X</dc:creator><text:p>remark</text:p></office:annotation>.</text:p>"
        "<text:section text:display='none'><text:p>shut</text:p></text:section>"
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>"
        "T</text:index-title-template>"
        "</text:table-of-content-source><text:index-body><text:p>Listed</text:p></text:index-body>"
        "</text:table-of-content>"
    ).text == "Seen.\n\nListed\n"


def test_that_a_text_box_comes_after_its_paragraph():
    assert read(
        "<text:p>Around <draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame>"
        "it.</text:p><text:p>Next.</text:p>"
    ).text == "Around it.\n\nIn the box.\n\nNext.\n"


def test_that_what_a_merged_cell_covers_is_left_out_and_a_list_without_style_has_bullets():
    assert read(
        "<table:table><table:table-row>" + cell("<text:p>wide</text:p>")
        + "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>" + cell("<text:p>"
         "b</text:p>")
        + "</table:table-row></table:table><text:list><text:list-item><text:p>one</text:p></text:list-item>"
         "</text:list>"
    ).text == "wide | b\n\n- one\n"  # fmt: skip


_FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow> <mi>a</mi> <mo>+</mo><mn>2</mn></mrow>'
    "<annotation>a + 2</annotation></semantics></math>"
)


def test_that_formulas_are_read_where_they_stand_and_where_they_are_kept():
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content {ODF} xmlns:x="http://www.w3.org/1999/xlink"><office:body>'
         f'<office:text>'
        f"<text:p>With <draw:frame><draw:object>{_FORMULA}</draw:object></draw:frame> and "
        '<draw:frame><draw:object x:href="./Formula 1"/></draw:frame> and <draw:frame><draw:object '
        'x:href="./Chart"/>'
        "</draw:frame>.</text:p></office:text></office:body></office:document-content>",
        "Formula 1/content.xml": _FORMULA.replace("+", "="),
        "Chart/content.xml": "<chart><mi>x</mi></chart>",
    }
    assert read_structured(zipped(parts), "odt", "stuk.odt").text == "With a+2 and a=2 and .\n"


def test_that_a_document_in_one_xml_file_is_read_as_a_packed_one():
    raw = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {ODF}><office:meta><dc:title>Report</dc:title>'
        f"</office:meta><office:automatic-styles>{_STYLES}</office:automatic-styles><office:body><office:text>"
        '<text:h text:outline-level="1">Aid</text:h><text:p>More <text:span text:style-name="Weg">'
        'hidden</text:span>'
        "of it.</text:p></office:text></office:body></office:document>"
    ).encode()
    content = read_structured(raw, "odt", "stuk.fodt")
    assert (content.text, content.details) == ("Aid\n\nMore of it.\n", {"title": "Report"})
    with pytest.raises(BadFile, match="without text"):
        read_structured(raw.replace(b"office:text", b"office:drawing"), "odt", "stuk.fodt")


def test_that_details_are_those_of_the_document_without_a_date():
    content = read(
        "<text:p>x</text:p>",
        meta="<dc:title>Report</dc:title><meta:initial-creator>D. Writer</meta:initial-creator>"
        "<dc:language>nl-NL</dc:language><dc:date>2020-01-01</dc:date>",
    )
    assert content.details == {"title": "Report", "author": "D. Writer", "language": "nl-NL"}
    assert content.extractor == "odt/2"


def test_that_locked_and_damaged_files_are_refused_in_a_sentence():
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    for raw, said in (
        (odt("<text:p>x</text:p>", manifest=locked), "locked with a password"),
        (odt("<text:p/>"), "holds no text"),
        (odt("<text:p>x"), "cannot be read as XML"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "“content.xml” is missing"),
        (odt("<text:p>x</text:p>" * 200)[:-300], "no whole ZIP file"),
    ):
        with pytest.raises(BadFile) as refused:
            read_structured(raw, "odt", "stuk.odt")
        assert said in refused.value.sentence
        assert "stuk.odt" in refused.value.sentence
