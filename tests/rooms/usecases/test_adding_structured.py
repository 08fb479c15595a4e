"""Adding HTML, DOCX, ODT, EPUB and RTF, and copied text: what comes in, and what hostile files come to."""

from __future__ import annotations

import time

import pytest

from kantlijn.cli.main import main as command
from kantlijn.documents import structured
from kantlijn.errors import Known, ReadOnly
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.handing.export_refi import export_refi
from kantlijn.usecases.handing.import_refi import import_refi
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.add_text import add_text
from kantlijn.usecases.shelf.outline import outline
from rooms.documents.made_files import chapter, docx, epub, odt, paragraph, rtf, zipped

_HEADING = '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
_DOCX = docx(
    paragraph("Oversight", '<w:pStyle w:val="Kop1"/>') + paragraph("The inspectorate visits."), styles=_HEADING
)
_FILES = {
    "a.docx": _DOCX,
    "b.odt": odt('<text:h text:outline-level="1">Oversight</text:h><text:p>The inspectorate visits.</text:p>'),
    "c.epub": epub({"one": chapter("<h1>Oversight</h1><p>The inspectorate visits.</p>")}, ["one"]),
    "d.rtf": rtf(r"\pard\outlinelevel0 Oversight\par\pard The inspectorate visits."),
    "e.htm": b"<h1>Oversight</h1><p>The inspectorate visits.",
}
_TEXT = "Oversight\n\nThe inspectorate visits.\n"


@pytest.fixture
def folder(tmp_path):
    deep = tmp_path / "papers" / "2024"
    deep.mkdir(parents=True)
    for name, raw in _FILES.items():
        (deep / name).write_bytes(raw)
    return deep.parent


def test_that_a_folder_brings_in_every_format_with_text_outline_and_extractor(desk, folder):
    added = add_documents(desk, [folder])
    assert not added.failed
    assert [one.file.rsplit(".", 1)[1] for one in added.added] == ["docx", "odt", "epub", "rtf", "htm"]
    for one, kind in zip(added.added, ("docx", "odt", "epub", "rtf", "html"), strict=True):
        content = read.content(desk, one.version)
        assert content.text == _TEXT
        assert content.extractor == f"{kind}/2"
        made = outline(desk, one.version)
        assert [(row.level, row.title, row.title_range) for row in made.rows] == [(1, "Oversight", (0, 9))]
        assert made.rows[0].range == (0, len(_TEXT))
        assert not made.derived
    assert check(desk.path).ok


def test_that_what_comes_in_is_kept_byte_for_byte_and_can_be_tagged(desk, folder):
    version = add_documents(desk, [folder / "2024" / "a.docx"]).added[0].version
    tag(desk, version, (11, 25), themes=[], note="Who?")
    path = desk.path
    desk.close()
    again = open_desk(path, settings=Settings())
    try:
        assert [one.anchor.quote for one in read.passages(again, version)] == ["The inspectora"]
        assert read.content(again, version).text == _TEXT
        assert len(add_documents(again, [folder / "2024" / "a.docx"]).known) == 1
    finally:
        again.close()


def files_of(desk):
    return [(one.file, one.sha256, one.mime) for row in read.shelf(desk) for one in row.versions]


def test_that_a_qda_project_brings_the_files_back_as_they_were(desk, folder, tmp_path):
    add_documents(desk, [folder])
    version = read.shelf(desk)[0].versions[0].id
    tag(desk, version, (11, 25), themes=[], note="Who?")
    export_refi(desk, tmp_path / "out.qdpx")
    other = new_desk(tmp_path / "other.kantlijn", settings=Settings())
    try:
        import_refi(other, tmp_path / "out.qdpx")
        assert files_of(other) == files_of(desk)
        there = read.passages(other, read.shelf(other)[0].versions[0].id)
        assert [(one.anchor.range, one.annotation.note) for one in there] == [((11, 25), "Who?")]
    finally:
        other.close()


def test_that_details_of_the_file_fill_those_of_the_document(desk, tmp_path):
    page = tmp_path / "x.html"
    page.write_text("<html lang=nl><title>Report on aid</title><meta name=author content='I. Writer'>"
                    "<meta name=dcterms.issued content='2024-02-30'><p>Text")  # fmt: skip
    book = tmp_path / "y.epub"
    book.write_bytes(epub({"a": chapter("<p>Text</p>")}, ["a"], "<dc:title>Book on aid</dc:title>"
                          "<dc:date>2023</dc:date><dc:publisher>House</dc:publisher>"))  # fmt: skip
    add_documents(desk, [page, book])
    first, second = (row.document for row in read.shelf(desk))
    assert (first.title, first.author, first.language, first.date) == ("Report on aid", "I. Writer", "nl", "")
    assert (second.title, second.organisation, second.date) == ("Book on aid", "House", "2023")


def test_that_the_terminal_prints_the_text_of_a_file_that_no_project_has(folder, capsys):
    assert command(["text", str(folder / "2024" / "b.odt")]) == 0
    assert capsys.readouterr().out == _TEXT


_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
_HOSTILE = {
    "entities.docx": (zipped({"word/document.xml": _BOMB}), "made to do harm"),
    "outside.docx": (
        zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "made to do harm",
    ),
    "entities.odt": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _BOMB}), "made to do harm"
    ),
    "bomb.docx": (zipped({"word/document.xml": b" " * (64 << 20)}), "unpacks to far more than its size"),
    "climbing.docx": (zipped({"word/document.xml": "<a/>", "../../evil.sh": "x"}), "leads outside of it"),
    "climbing.epub": (
        zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>", "/etc/x": "x"}),
        "leads outside of it",
    ),
    "deep.html": (b"<div>" * 2_000_000, "nested too deep"),
    "deep.rtf": (b"{\\rtf1" + b"{" * 10_000_000, "nested too deep"),
    "cut.docx": (_DOCX[:-100], "no whole ZIP file"),
    "wrong.docx": (bytes(range(256)) * 9, "not what its name says"),
    "empty.odt": (b"", "is empty"),
    "scan.docx": (docx("<w:p/>"), "holds no text"),
}  # fmt: skip


def test_that_hostile_files_get_a_sentence_each_and_leave_nothing_behind(desk, tmp_path):
    for name, (raw, _) in _HOSTILE.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.docx").write_bytes(_DOCX)
    added = add_documents(desk, [*(tmp_path / name for name in _HOSTILE), tmp_path / "good.docx"])
    assert [one.title for one in added.added] == ["good"]
    assert len(added.failed) == len(_HOSTILE)
    for one, (name, (_, said)) in zip(added.failed, _HOSTILE.items(), strict=True):
        assert said in one.error
        assert f"“{name}”" in one.error
        assert "\n" not in one.error
    assert len(read.shelf(desk)) == 1
    assert desk.project.path.stat().st_size < 4 << 20


def test_that_a_file_that_takes_too_long_is_left_out_and_the_rest_goes_on(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(structured, "_PATIENCE", 1.0)
    monkeypatch.setattr(structured, "_PER_MEGABYTE", 0.0)
    (tmp_path / "slow.html").write_bytes(b"<p>word</p>" * 1_000_000)
    (tmp_path / "good.html").write_bytes(_FILES["e.htm"])
    added = add_documents(desk, [tmp_path / "slow.html", tmp_path / "good.html"])
    assert ["takes too long" in one.error for one in added.failed] == [True]
    assert [one.title for one in added.added] == ["good"]


def test_that_reading_can_be_stopped_in_the_middle_of_a_file(desk, tmp_path):
    (tmp_path / "slow.html").write_bytes(b"<p>word</p>" * 1_000_000)
    begun = time.monotonic()
    added = add_documents(desk, [tmp_path / "slow.html"], cancelled=lambda: time.monotonic() > begun + 1.5)
    assert added.cancelled
    assert not read.shelf(desk)
    assert time.monotonic() - begun < 10


def test_that_copied_text_becomes_a_document_named_after_its_first_line(desk):
    added = add_text(desk, "  \r\nLetter: on <prevention>\r\n\r\nIt begins at school.\0 \ud800")
    assert [one.title for one in added.added] == ["Letter: on <prevention>"]
    row = read.shelf(desk)[0]
    assert row.versions[0].file == "Letter on prevention.txt"
    assert read.content(desk, added.added[0].version).text.startswith(
        "  \nLetter: on <prevention>\n\nIt begins at school. "
    )
    assert add_text(desk, "  \r\nLetter: on <prevention>\n\nIt begins at school.\0 \ud800", "Other").known


@pytest.mark.parametrize(
    "text", ["<html><b>bold</b></html>", "{\\rtf1 text}", "%PDF-1.7 is a version", "PK\x03\x04"]
)
def test_that_copied_text_stays_text_whatever_it_looks_like(desk, text):
    added = add_text(desk, text, "Copied")
    assert read.content(desk, added.added[0].version).text == text
    assert [row.document.title for row in read.shelf(desk)] == ["Copied"]


def test_that_no_text_and_a_project_that_is_only_read_are_refused(desk):
    with pytest.raises(Known, match="no text"):
        add_text(desk, " \n ")
    path = desk.path
    desk.close()
    looked_at = open_desk(path, settings=Settings(), read_only=True)
    try:
        with pytest.raises(ReadOnly):
            add_text(looked_at, "Text")
    finally:
        looked_at.close()


def test_that_the_terminal_tells_of_a_file_that_is_not_whole(tmp_path, capsys):
    cut = tmp_path / "cut.rtf"
    cut.write_bytes(rb"{\rtf1 The beginning of it")
    project = str(tmp_path / "p.kantlijn")
    assert command(["new", project]) == 0
    assert command(["add", project, str(cut)]) == 0
    assert "ends too early" in capsys.readouterr().err
    assert command(["text", str(cut)]) == 0
    said = capsys.readouterr()
    assert said.out == "The beginning of it\n"
    assert "ends too early" in said.err
