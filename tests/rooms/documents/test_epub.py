"""EPUB: its chapters in the order of its spine."""

from __future__ import annotations

import pytest

from kantlijn.documents.formats.reading import read_structured
from kantlijn.errors import BadFile

from .made_files import chapter, epub, zipped


def read(raw: bytes):
    return read_structured(raw, "epub", "boek.epub")


def test_that_chapters_come_in_the_order_of_the_spine_without_the_contents():
    content = read(
        epub(
            {"two": chapter("<h1>Aid</h1><p>Second.</p>"), "nav": chapter("<nav>Contents</nav>"),
             "one": chapter("<h1>Prevention</h1><p>Fi&eacute;rst &amp; last.</p>")},
            ["nav", "one", "two", "gone"],
            "<dc:title>Book</dc:title><dc:creator>E. One</dc:creator><dc:creator>F. Two</dc:creator>"
            "<dc:language>nl</dc:language><dc:publisher>House</dc:publisher><dc:date>"
            "2023-04-01T00:00:00Z</dc:date>",
        )
    )  # fmt: skip
    assert content.text == "Prevention\n\nFiérst & last.\n\nAid\n\nSecond.\n"
    assert [title for _, title, _ in content.outline] == ["Prevention", "Aid"]
    assert content.details == {
        "title": "Book", "author": "E. One, F. Two", "language": "nl", "organisation": "House",
        "date": "2023-04-01",
    }  # fmt: skip


def test_that_notes_of_a_chapter_stand_at_the_end_of_the_book_in_their_order():
    page = (
        "<p>{0}<a epub:type='noteref' href='#n' xmlns:epub='http://www.idpf.org/2007/ops'>1</a></p>"
        "<aside id='n'><p><a href='#r'>1</a> Note of {0}.</p></aside>"
    )
    pages = {name: chapter(page.format(name)) for name in ("a", "b")}
    assert read(epub(pages, ["a", "b"])).text == "a[1]\n\nb[2]\n\n[1] Note of a.\n\n[2] Note of b.\n"


def test_that_chapters_are_found_whatever_the_book_calls_them_and_missing_ones_are_told_of():
    raw = zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c:container xmlns:c="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<c:rootfile full-path="book.pdf" media-type="application/pdf"/>'
        '<c:rootfile full-path="OPS/in/a book.opf" media-type="application/oebps-package+xml"/></c:container>',
        "OPS/in/a book.opf": "<package><metadata/><manifest>"
        '<item id="a" href="../Text/ch%201.XHTML" media-type="text/xml"/><item id="b" href="gone.xhtml"/>'
        '<item id="c" href="/OPS/c.xml" media-type="application/xhtml+xml"/><item id="d" href="d.svg"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/><itemref idref="d"/></spine>'
        '</package>',
        "OPS/text/ch 1.xhtml": chapter("<p>One.</p>"),
        "OPS/c.xml": '<?xml version="1.0" encoding="utf-16"?>\n'.encode("utf-16") + chapter("<p>Één.</p>"
        "").encode("utf-16-le"),
        "OPS/in/d.svg": "<svg/>",
    })  # fmt: skip
    content = read(raw)
    assert content.text == "One.\n\nÉén.\n"
    assert "chapters are missing" in content.details["trouble"]


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        ("<dc:date event='creation'>2011-01-01</dc:date><dc:date event='publication'>2012</dc:date>", "2012"),
        ("<dc:date event='modification'>2011-01-01</dc:date>", None),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", None),
        ("<dc:date>2019-04-02</dc:date><dc:date event='creation'>2011-01-01</dc:date>", "2019-04-02"),
    ],
)
def test_that_only_a_date_of_publication_is_one(dates, date):
    assert read(epub({"a": chapter("<p>x</p>")}, ["a"], dates)).details.get("date") == date


def test_that_a_chapter_that_is_no_xml_is_read_as_browsers_do():
    assert read(epub({"a": "<html><body><p>One<br>two<p>Three"}, ["a"])).text == "One\ntwo\n\nThree\n"


def test_that_locked_and_damaged_books_are_refused_in_a_sentence():
    one = {"a": chapter("<p>x</p>")}
    locks = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
        ' xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        '<e:EncryptedData><e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData>'
        "</encryption>"
    )
    assert read(epub(one, ["a"], encryption=locks.format("OPS/font.otf"))).text == "x\n"
    for raw, said in (
        (epub(one, ["a"], encryption=locks.format("OPS/a.xhtml")), "locked by its publisher"),
        (epub(one, []), "holds no text"),
        (zipped({"mimetype": "application/epub+zip"}), "“container.xml” is missing"),
        (epub(one, ["a"])[:-200], "no whole ZIP file"),
        (epub({"a": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, ["a"]), "made to do harm"),
    ):
        with pytest.raises(BadFile) as refused:
            read(raw)
        assert said in refused.value.sentence
        assert "boek.epub" in refused.value.sentence
