"""HTML: what a browser without scripts would show, as text."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.documents.formats.reading import read_structured
from kantlijn.errors import BadFile
from kantlijn.model.document import Content


def read(page: str | bytes) -> Content:
    return read_structured(page.encode() if isinstance(page, str) else page, "html", "blad.html")


def text_of(body: str) -> str:
    return read(f"<!doctype html><html><head><meta charset=utf-8></head><body>{body}</body></html>").text


def test_that_headings_stand_alone_and_make_the_outline():
    content = read("<h1>Aid  to\n<b>victims</b></h1><div>First.<h3>Waiting</h3>Second.</div>")
    assert content.text == "Aid to victims\n\nFirst.\n\nWaiting\n\nSecond.\n"
    assert content.outline == ((1, "Aid to victims", 0), (3, "Waiting", 24))
    assert content.mime == "text/html"
    assert content.extractor == "html/2"


def test_that_lists_of_all_kinds_keep_their_marks_and_depth():
    assert text_of(
        "<ul><li>a<li><p>b</p><p>more</p><ol start=3 type=a><li>c</li><li value=9>d</li></ol></li></ul>"
        "<ol><li>e</li></ol><dl><dt>Term<dd>Meaning</dl>"
    ) == "- a\n- b\n\nmore\n\n  c. c\n  i. d\n1. e\n\nTerm\n\nMeaning\n"


def test_that_rows_are_lines_and_large_cells_paragraphs():
    assert text_of(
        "<table><caption>Reports</caption><tr><th>Year<th>Number</tr><tr><td> 2024 <td>1<br>200</table>"
        "<table><tr><td><p>Left</p><p>column</p><td>Right</table>"
    ) == "Reports\n\nYear | Number\n2024 | 1 200\n\nLeft\n\ncolumn\n\nRight\n"


def test_that_white_space_is_that_of_the_page():
    assert text_of("<p> a \n b<br> c&nbsp; d </p><pre>e\n   f</pre>") == "a b\nc\xa0 d\n\ne\n   f\n"


def test_that_scripts_styles_and_hidden_text_are_left_out():
    assert text_of(
        "<style>p{}</style><script>alert('x')</script><noscript>n</noscript><template>t</template><!-- c -->"
        "<p hidden>h</p><p style='color:red; DISPLAY : none'>d</p><svg><text>s</text></svg><iframe>i</iframe>"
        "<select><option>o</select><p>Only <del datetime=2024-01-01>this</del><ins>that</ins>.</p>"
    ) == "Only that.\n"


def test_that_lists_are_known_as_word_writes_them():
    item = (
        "<p style='mso-list:l0 level{} lfo1'><span style='font-family:Symbol'><span style='mso-list:Ignore'>{}"
        "<span>&nbsp;&nbsp; </span></span></span>{}</p>"
    )
    page = item.format(1, "·", "a") + item.format(2, "o", "b") + item.format(2, "1.", "c")
    assert text_of(page + "<p style='mso-list:l0 level1 lfo1'>d") == "- a\n  - b\n  1. c\n- d\n"


def test_that_struck_words_are_read_and_running_heads_and_sources_of_formulas_not():
    assert text_of(
        "<div title=header><p>Report</div><p>One <del>two</del> <s>three</s>.<math><semantics><mrow><mi>"
        "a</mi></mrow>"
        "<annotation encoding=tex>\\alpha</annotation></semantics></math><div title=footer><p>3</div>"
    ) == "One two three.a\n"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", b"<p>=C3=A9=C3=A9n =3D=\n 1"),
        ('html; charset="windows-1252"\nContent-Transfer-Encoding: 8bit', b"<p>\xe9\xe9n = 1"),
        ("html\nContent-Transfer-Encoding: base64", b"PG1ldGEgY2hhcnNldD11dGYtOD48cD7DqcOpbiA9IDE="),
    ],
)
def test_that_a_page_saved_with_its_pictures_in_one_file_is_read(head, body):
    raw = (
        b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; "
        b"boundary=B\n\n--B\nContent-Type: image/png\n\nx\n--B\nContent-Type: text/" + head.encode()
        + b"\n\n" + body + b"\n--B--\n"
    )
    assert read(raw).text == "één = 1\n"


def test_that_a_note_of_several_paragraphs_stays_whole_in_its_list():
    assert text_of(
        "<p>Aid<sup><a href='#n1' name=r1>1</a></sup>.</p><p>After.</p><ol><li><p><a name=n1></a>By a tenth.</p>"
        "<p>Since 2020.<a href='#r1'>↩︎</a></p></ol>"
    ) == "Aid[1].\n\nAfter.\n\n[1] By a tenth.\n\nSince 2020.\n"


@pytest.mark.parametrize(
    "page",
    [
        # as LibreOffice, EPUB, Pandoc and Word write them
        "<p>Aid<a class='sdfootnoteanc' name='n1anc' href='#n1sym'><sup>1</sup></a> grew.</p>"
        "<p>After.</p><div id='n1'><p><a class='sdfootnotesym' name='n1sym' href='#n1anc'>1</a>By a tenth.</p>"
        "</div>",
        "<p>Aid<sup id='r1'><a epub:type='noteref' href='#n1'>1</a></sup> grew.</p>"
        "<aside epub:type='footnote' id='n1'><p><sup><a href='#r1'>1</a></sup>By a tenth.</p></aside>"
        "<p>After.</p>",
        "<p>Aid<a href='#fn1' class='footnote-ref' id='ref1' role='doc-noteref'><sup>1</sup></a> grew.</p>"
        "<p>After.</p><section><ol><li id='fn1'><p>By a tenth.<a href='#ref1' role='doc-backlink'>↩︎</a></p></li>"
        "</ol></section>",
        "<p>Aid<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>[1]</a> grew.</p><p>After.</p>"
        "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> By a tenth.</p></div>",
    ],
)
def test_that_footnotes_are_known_as_others_write_them(page):
    assert text_of(page) == "Aid[1] grew.\n\nAfter.\n\n[1] By a tenth.\n"


def test_that_raised_letters_and_other_links_are_no_notes():
    page = "<p>m<sup>2</sup>, see <a href='#x'>here</a> or <a href='https://a.nl'>1</a></p><p id=x>X</p>"
    assert text_of(page) == "m2, see here or 1\n\nX\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("<p>één €".encode(), "utf-8"),
        ("<meta charset=iso-8859-1><p>één €".encode("cp1252"), "cp1252"),
        ("<p>één €".encode("cp1252"), "cp1252"),
        ("<p>één €".encode("utf-8-sig"), "utf-8"),
        ("<p>één €".encode("utf-16"), "utf-16-le"),
        ("<html><p>een lange alinea: één €".encode("utf-16-be"), "utf-16-be"),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'><p>één €".encode("iso-8859-15"),
         "iso-8859-15"),
        ("<?xml version='1.0' encoding='utf-8'?><html><p>één €".encode(), "utf-8"),
        ("<meta charset=gb2312><p>镕 één €".encode("gb18030"), "gb2312"),
        ("<meta charset=utf-8><p>caf\xe9 ".encode("latin-1") + "“naïef” één €".encode(), "utf-8"),
        ("<meta charset=nobody-knows><p>één €".encode(), "utf-8"),
        ("<meta charset=utf-8><p>één €".encode("cp1252"), "cp1252"),
    ],
)  # fmt: skip
def test_that_every_encoding_is_read(raw, encoding):
    content = read(raw)
    assert content.text.endswith("één €\n")
    assert content.details["encoding"] == encoding


def test_that_details_are_those_that_the_page_gives():
    content = read(
        "<html lang=nl><title> Detectie\n in 2024 </title><meta name=Author content='C. Lezer'>"
        "<meta name=DCTERMS.issued content='2024-05-17T08:00'><meta name=dc.publisher content=Bureau><p>x"
    )
    assert content.details == {
        "title": "Detectie in 2024", "author": "C. Lezer", "language": "nl", "date": "2024-05-17",
        "organisation": "Bureau", "encoding": "utf-8",
    }  # fmt: skip
    assert content.text == "x\n"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1), min_size=1))
def test_that_any_text_comes_back(paragraphs):
    wanted = [line for one in paragraphs if (line := " ".join(one.split(" ")).strip(" "))]
    wanted = [line for line in wanted if line.strip()]
    if not wanted:
        return
    got = text_of("".join(f"<p>{escape(one)}</p>" for one in wanted))
    assert squeezed(got) == squeezed("\n\n".join(wanted) + "\n")


def squeezed(text: str) -> list[str]:
    """Words; white space is HTML's to set."""
    return text.split()


@given(st.text("<>/abp &;!-=\"'\n", max_size=300))
def test_that_any_page_at_all_is_read_or_refused_in_a_sentence(page):
    try:
        content = read(page)
    except BadFile as refused:
        assert "blad.html" in refused.sentence
    else:
        assert content.text.strip()


def test_that_deep_nesting_is_read_and_endless_nesting_refused_before_half_of_it_is_lost():
    assert text_of("<div>" * 1500 + "deep" + "</div>" * 1500 + "after") == "deep\n\nafter\n"
    with pytest.raises(BadFile, match=r"“blad\.html” is nested too deep"):
        text_of("<p>First.</p>" + "<div>" * 100_000 + "deep")
