"""A file's kind is known by what is in it; what is none of ours is refused in one sentence."""

import os
import sys

import pytest

from kantlijn.documents.kind import kind_of
from kantlijn.errors import BadFile

PACKED = b"PK\x03\x04" + b"\0" * 60
ODF = PACKED[:30] + b"mimetypeapplication/vnd.oasis.opendocument"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.pdf", PDF, "pdf"),
        ("report.txt", PDF, "pdf"),
        ("report", b"\xef\xbb\xbf\r\n" + PDF, "pdf"),
        ("report.pdf", b"junk before \n" + PDF, "pdf"),
        ("report", b"\1\2\3\4" * 9 + PDF, "pdf"),
        ("about.md", b"A file that starts with %PDF-1.7 is a PDF.\n", "markdown"),
        ("letter.txt", "Één brief over toezicht.\n".encode(), "text"),
        ("letter.pdf", b"A text that was given the wrong name.\n", "text"),
        ("letter", b"No name at all\n", "text"),
        ("notes.md", b"# Notes\n", "markdown"),
        ("NOTES.MARKDOWN", b"# Notes\n", "markdown"),
        ("old.txt", "Één brief".encode("cp1252"), "text"),
        ("wide.txt", "Eén brief over toezicht".encode("utf-16"), "text"),
        ("wide.txt", "Eén brief over toezicht".encode("utf-16-le"), "text"),
        ("wide.txt", "Eén brief over toezicht".encode("utf-16-be"), "text"),
        ("report.docx", PACKED, "docx"),
        ("report", PACKED + b"word/document.xml", "docx"),
        ("report.zip", PACKED + b"word/document.xml", "docx"),
        ("report.doc", b"{\\rtf1 text}", "rtf"),
        ("report", ODF + b".text", "odt"),
        ("book.zip", PACKED[:30] + b"mimetypeapplication/epub+zip", "epub"),
        ("page.txt", b"\xef\xbb\xbf<!DOCTYPE HTML><p>Detection", "html"),
        ("page", b"<?xml version='1.0'?>\n<!-- saved -->\n<html lang='nl'>", "html"),
        ("page", "<html><p>Detectie".encode("utf-16"), "html"),
        ("page.htm", b"Detection, without a tag at the start", "html"),
        ("about.txt", b"A text that speaks of <html> is a text.", "text"),
        ("about.html", PDF, "pdf"),
        ("page.mhtml", b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<p>", "html"),
        ("mail.eml", b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nText", "text"),
        ("mail.txt", b"On MIME-Version: 1.0 and multipart/related", "text"),
        ("report.fodt", b"<?xml version='1.0'?>\n<office:document xmlns:x='y' "
         b"xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>", "odt"),
        ("headless.pdf", PDF[9:], "pdf"),
        ("late.pdf", b"\1" * 3000 + PDF, "pdf"),
        ("download.pdf", b"<html><p>Your download" + b" " * 2000 + PDF, "pdf"),
        ("lost.pdf", b"of this file only the end is left\nstartxref\n9\n%%EOF\n", "pdf"),
        ("plot.pdf", b"%!PS-Adobe-3.0 PDF-1.4\n" + PDF[9:], "pdf"),
        ("login.pdf", b"<!DOCTYPE html><p>Log in to see the report", "html"),
    ],
)
def test_that_the_content_decides_what_a_file_is(tmp_path, name, content, kind):
    file = tmp_path / name
    file.write_bytes(content)
    assert kind_of(file) == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.pdf", b"", "is empty"),
        ("empty.txt", b"", "is empty"),
        ("report.zip", PACKED, "is a ZIP file"),
        ("report.txt", PACKED, "is a ZIP file"),
        ("reports.zip", PACKED + PDF, "is a ZIP file"),
        ("reports.pdf", PACKED + PDF, "is a ZIP file"),
        ("figures.docx", PACKED + b"[Content_Types].xml xl/workbook.xml", "an Excel file"),
        ("talk.docx", PACKED + b"[Content_Types].xml ppt/presentation.xml", "a PowerPoint file"),
        ("figures.odt", ODF + b".spreadsheet", "spreadsheet, presentation or drawing"),
        ("report.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 60, "old Word"),
        ("report.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        ("report.rtf", bytes(range(256)) * 8, "not what its name says"),
        ("report.docx", bytes(range(256)) * 8, "not what its name says"),
        ("project.kantlijn", b"SQLite format 3\x00" + b"\1" * 60, "a Kantlijn project"),
        ("scan.png", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("scan.webp", b"RIFF\0\1\2\3WEBPVP8 ", "a picture"),
        ("scan.txt", b"II*\0\1\2\3\4", "a picture"),
        ("report.pages", PACKED + b"Index/Document.iwa", "a Pages, Numbers or Keynote file"),
        ("report.xml", b"<?xml version='1.0'?>\r\n<?mso-application progid=\"Word.Document\"?>", "Word file "
         "saved as XML"),
        ("noise.pdf", bytes(range(256)) * 8, "no PDF, or too damaged"),
        ("noise.txt", bytes(range(256)) * 8, "neither a PDF nor a text"),
        ("zeros.pdf", b"\0" * 500, "no PDF, or too damaged"),
    ],
)
def test_that_other_files_are_refused_by_name_in_one_sentence(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        kind_of(file)
    assert said in refused.value.sentence
    assert f"“{name}”" in refused.value.sentence
    assert "\n" not in refused.value.sentence


def test_that_folders_missing_files_broken_links_and_pipes_are_refused(tmp_path):
    (tmp_path / "map").mkdir()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")
    (tmp_path / "round.pdf").symlink_to(tmp_path / "round.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    said = {
        "map": "is a folder", "link.pdf": "is a link to a file", "gone.pdf": "is not there",
        "round.pdf": "not there", "pipe.pdf": "no ordinary file",
    }  # fmt: skip
    for name, part in said.items():
        with pytest.raises(BadFile) as refused:
            kind_of(tmp_path / name)
        assert part in refused.value.sentence
        assert name in refused.value.sentence


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_that_a_file_one_may_not_read_is_refused(tmp_path):
    file = tmp_path / "secret.pdf"
    file.write_bytes(PDF)
    file.chmod(0)
    with pytest.raises(BadFile, match="may not be read by this account"):
        kind_of(file)
