"""DOCX: the words that a reader sees, in their order, with the structure that Word shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.documents.formats.reading import read_structured
from kantlijn.errors import BadFile
from kantlijn.model.document import Content

from .made_files import W, docx, paragraph, zipped

_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/><w:basedOn w:val="Kop1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Own"/><w:basedOn w:val="Kop2"/></w:style>'
    '<w:style w:type="character" w:styleId="Weg"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>'
)
_LISTS = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def read(body: str, **parts: str) -> Content:
    return read_structured(docx(body, **parts), "docx", "stuk.docx")


def numbered(text: str, number: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    return "<w:tbl>" + "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    ) + "</w:tbl>"  # fmt: skip


def test_that_headings_stand_alone_and_make_the_outline():
    content = read(
        styled("Prevention", "Kop1") + paragraph("First.") + styled("At school", "Kop2") + paragraph("Second.")
        + styled("By own style", "Eigen") + paragraph("Marked", '<w:outlineLvl w:val="0"/>'),
        styles=_STYLES,
    )  # fmt: skip
    assert content.text == "Prevention\n\nFirst.\n\nAt school\n\nSecond.\n\nBy own style\n\nMarked\n"
    assert [(level, title) for level, title, _ in content.outline] == [
        (1, "Prevention"), (2, "At school"), (2, "By own style"), (1, "Marked"),
    ]  # fmt: skip
    assert all(content.text.startswith(title, place) for _, title, place in content.outline)


def test_that_lists_are_counted_as_word_counts_them():
    content = read(
        numbered("one", 5) + numbered("under", 5, 1) + numbered("more", 5, 1) + numbered("two", 5)
        + numbered("again", 5, 1) + paragraph("Between.") + numbered("bullet", 6) + numbered("anew", 7),
        numbering=_LISTS,
    )  # fmt: skip
    assert content.text == (
        "1. one\n  1.a) under\n  1.b) more\n2. two\n  2.a) again\n\nBetween.\n\n- bullet\n1. anew\n"
    )


def test_that_numbers_of_headings_stand_before_them():
    look = '<w:pStyle w:val="Kop1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    content = read(paragraph("Detection", look), styles=_STYLES, numbering=_LISTS)
    assert content.outline == ((1, "1. Detection", 0),)


def test_that_rows_are_lines_and_large_cells_paragraphs():
    empty = paragraph("")
    small = table((paragraph("Year"), paragraph("Reports")), (paragraph("2024"), ""), (empty, empty))
    large = table((paragraph("Left one.") + paragraph("Left two."), paragraph("Right.")))
    assert read(small + large).text == "Year | Reports\n2024 |\n\nLeft one.\n\nLeft two.\n\nRight.\n"
    assert read(small + small).text == "Year | Reports\n2024 |\n\nYear | Reports\n2024 |\n"


def test_that_a_table_in_a_cell_keeps_its_order():
    inner = table((paragraph("a"), paragraph("b")))
    assert read(table((paragraph("before") + inner + paragraph("after"), paragraph("beside")))).text == (
        "before\n\na | b\n\nafter\n\nbeside\n"
    )


def test_that_notes_are_gathered_at_the_end():
    content = read(
        '<w:p><w:r><w:t>Aid</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> grew</w:t></w:r>'
        '<w:r><w:endnoteReference w:id="3"/></w:r><w:r><w:t>.</w:t></w:r></w:p>',
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">'
        + paragraph("By a tenth.") + paragraph("Since 2020.") + "</w:footnote>",
        endnotes='<w:endnote w:id="3">' + paragraph("See the annex.") + "</w:endnote>",
    )  # fmt: skip
    assert content.text == "Aid[1] grew[2].\n\n[1] By a tenth.\n\nSince 2020.\n\n[2] See the annex.\n"


def test_that_tracked_changes_are_read_as_accepted():
    assert read(
        f"<w:p>{run('The waiting time ')}<w:del>{run('was')}<w:r><w:delText>rose</w:delText></w:r></w:del>"
        f"<w:ins>{run('fell')}</w:ins><w:moveFrom>{run(' here')}</w:moveFrom><w:moveTo>{run(' there')}</w:moveTo>"
        f"{run('.')}</w:p>"
        '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r></w:p>'
        + paragraph("line.")
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("gone") + "</w:tc></w:tr></w:tbl>"
    ).text == "The waiting time fell there.\n\nOne line.\n"  # fmt: skip


def test_that_hidden_text_fields_and_comments_are_left_out():
    assert read(
        "<w:p>" + run("Seen") + run("hidden", "<w:vanish/>") + run("by style", '<w:rStyle w:val="Weg"/>')
        + run(" again", '<w:vanish w:val="0"/>')
        + "<w:r><w:instrText>PAGEREF 7</w:instrText></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p>"
        "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("Filled in") + "</w:sdtContent></w:sdt>",
        styles=_STYLES, comments="<w:comment w:id='1'>" + paragraph("A remark") + "</w:comment>",
    ).text == "Seen again\n\nFilled in\n"  # fmt: skip


def test_that_a_text_box_comes_once_and_after_its_paragraph():
    box = "<w:txbxContent>" + paragraph("In the box.") + "</w:txbxContent>"
    assert read(
        f"<w:p>{run('Around ')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run('it.')}</w:p>" + paragraph("Next.")
    ).text == "Around it.\n\nIn the box.\n\nNext.\n"


def test_that_breaks_tabs_and_hyphens_are_kept():
    assert read(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        "<w:softHyphen/><w:t>e</w:t></w:r></w:p>"
    ).text == "a\tb\nc\u2011d\u00ade\n"


def test_that_line_ends_of_the_file_are_none_of_the_text():
    assert read("<w:p><w:r><w:t>One\n      two</w:t></w:r><w:r><w:br/><w:t>three</w:t></w:r></w:p>").text == (
        "One two\nthree\n"
    )


def test_that_letters_of_picture_fonts_are_read_as_what_they_show():
    assert read(
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>12 </w:t><w:sym w:font="Arial" w:char="00A9"/>'
        '<w:sym w:font="Webdings" w:char="F021"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    ).text == "≥12 ©✓\n"


def test_that_greek_letters_and_unseen_bullets_are_as_word_shows_them():
    letter = '<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/><w:t> = 0,05</w:t></w:r></w:p>'
    assert read(letter).text == "α = 0,05\n"
    blank = _LISTS.replace('w:val="•"', 'w:val=" "')
    assert read(numbered("No mark", 6) + numbered("One", 5), numbering=blank).text == "No mark\n\n1. One\n"


def test_that_a_list_with_levels_of_its_own_counts_by_them():
    own = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="5"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:lvlOverride></w:num>'
    )
    items = numbered("a", 5) + numbered("e", 8) + numbered("f", 8) + numbered("b", 5)
    assert read(items, numbering=_LISTS + own).text == "1. a\nV. e\nVI. f\n2. b\n"


def test_that_of_two_forms_of_the_same_the_one_that_says_something_counts():
    assert read(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='new'><w:drawing/></mc:Choice>"
        "<mc:Fallback><w:t>Only here</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ).text == "Only here\n"


def test_that_a_field_in_the_instruction_of_another_is_left_out_and_an_endless_one_swallows_nothing():
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end")
    )
    inner = begin + "<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>" + separate + run("unseen") + end
    assert read(
        f"<w:p>{begin}{inner}{separate}{run('seen')}{end}</w:p><w:p>{begin}{begin}{run('lost? ')}</w:p>"
        f"<w:p>{begin}{separate}{run('no')}{end}</w:p>" + paragraph("End.")
    ).text == "seen\n\nno\n\nEnd.\n"


_RELATED = '<r xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</r>'


def related(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="http://x/relationships/{kind}" Target="{target}"/>'


def test_that_parts_are_found_by_what_the_package_says_in_whatever_case():
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    raw = zipped({
        "_rels/.rels": _RELATED.format(related("1", "officeDocument", "/Word/Document2.xml")),
        "word/document2.xml": f"<w:document {word}><w:body>" + styled("Detection", "Kop1")
        + '<w:p><w:r><w:t>Noted</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>',
        "word/_rels/document2.xml.rels": _RELATED.format(
            related("1", "footnotes", "footnotes2.xml") + related("2", "styles", "styles2.xml")
        ),
        "word/footnotes2.xml": f'<w:footnotes {word}><w:footnote w:id="2">{paragraph("Below.")}</w:footnote>'
         f'</w:footnotes>',
        "word/styles2.xml": f"<w:styles {word}>{_STYLES}</w:styles>",
    })  # fmt: skip
    content = read_structured(raw, "docx", "stuk.docx")
    assert content.text == "Detection\n\nNoted[1]\n\n[1] Below.\n"
    assert content.outline == ((1, "Detection", 0),)


@pytest.mark.parametrize(
    ("name", "chunk", "said"),
    [
        ("a.htm", b"<h1>Aid</h1><p>More of it.", "Aid\n\nMore of it."),
        ("a.txt", "Één regel\nen nog een".encode("utf-16"), "Één regel\n\nen nog een"),
        ("a.rtf", rb"{\rtf1 Rich\par text\par}", "Rich\n\ntext"),
        ("a.docx", docx(paragraph("Inner")), "Inner"),
        ("a.bin", b"PK\3\4 and nothing", ""),
        ("b.htm", b"", ""),
    ],
)
def test_that_a_file_that_is_part_of_the_text_is_read_in_its_place(name, chunk, said):
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    raw = zipped({
        "word/document.xml": f"<w:document {W} {r}><w:body>{paragraph('Before')}<w:altChunk r:id='c1'/>"
         f"{paragraph('After')}"
        "</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELATED.format(related("c1", "aFChunk", name)),
        f"word/{name}": chunk,
    })  # fmt: skip
    content = read_structured(raw, "docx", "stuk.docx")
    assert content.text.split("\n\n") == ["Before", *([*said.split("\n\n")] if said else []), "After\n"]
    assert ("trouble" in content.details) == (not said)


def test_that_the_words_of_a_diagram_come_after_its_paragraph():
    d = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:r="http://x/relationships"'
    raw = zipped({
        "word/document.xml": f"<w:document {W} {d}><w:body><w:p><w:r><w:drawing><dgm:relIds r:dm='d1'/>"
         f"</w:drawing>"
        "<w:t>Steps:</w:t></w:r></w:p></w:body></w:document>",
        "word/_rels/document.xml.rels": _RELATED.format(related("d1", "diagramData", "diagrams/data1.xml")),
        "word/diagrams/data1.xml": f'<dgm:dataModel {d}><dgm:ptLst><dgm:pt type="doc"><dgm:t>no</dgm:t>'
         f'</dgm:pt><dgm:pt>'
        "<dgm:t><a>Report</a></dgm:t></dgm:pt><dgm:pt><dgm:t>Help</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
    })  # fmt: skip
    assert read_structured(raw, "docx", "stuk.docx").text == "Steps:\n\nReport\n\nHelp\n"


def test_that_details_are_those_of_the_document_without_a_date():
    raw = zipped({
        "word/document.xml": '<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main">'
         '<d:body><d:p><d:r>'
        "<d:t>Strict</d:t></d:r></d:p></d:body></d:document>",
        "docProps/core.xml": '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:title>Yearly report</dc:title><dc:creator>B. Writer</dc:creator><dc:language>nl-NL</dc:language>"
        "<t:created>2020-01-01T00:00:00Z</t:created></c>",
    })  # fmt: skip
    content = read_structured(raw, "docx", "stuk.docx")
    assert content.text == "Strict\n"
    assert content.details == {"title": "Yearly report", "author": "B. Writer", "language": "nl-NL"}
    assert content.extractor == "docx/2"


_LINES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"),
                          exclude_characters="\ufffe\uffff"), min_size=1),
    min_size=1,
)  # fmt: skip


@given(_LINES)
def test_that_any_text_comes_back(lines):
    assert read("".join(map(paragraph, lines))).text == "\n\n".join(lines) + "\n"


def test_that_what_holds_no_text_or_is_no_docx_is_refused_in_a_sentence():
    for raw, said in (
        (docx("<w:p/>"), "holds no text"),
        (zipped({"word/other.xml": "<a/>"}), "“document.xml” is missing"),
        (zipped({"word/document.xml": "<w:document>"}), "cannot be read as XML"),
        (docx(paragraph("Cut off. " * 400))[:-400], "no whole ZIP file"),
        (b"PK\x03\x04 and nothing", "no whole ZIP file"),
    ):
        with pytest.raises(BadFile) as refused:
            read_structured(raw, "docx", "stuk.docx")
        assert said in refused.value.sentence
        assert "stuk.docx" in refused.value.sentence
