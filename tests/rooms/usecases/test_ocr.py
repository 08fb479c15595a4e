"""Scans: said to be so, annotated by area, and their text recognised where language data is installed."""

from __future__ import annotations

import pymupdf
import pytest

from kantlijn.documents import tessdata
from kantlijn.errors import Cancelled, Known
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.shelf import ocr
from kantlijn.usecases.shelf.add_documents import add_documents

needs_data = pytest.mark.skipif(
    "eng" not in tessdata.languages(), reason="NOT RUN: tesseract-ocr-eng (language data) is not installed"
)


@pytest.fixture
def desk(tmp_path):
    """A PDF with a page of text, a scanned one, and another of text."""
    printed = pymupdf.open()
    page = printed.new_page()
    page.insert_text((72, 100), "Prevention begins at school.", fontsize=14)
    page.insert_text((72, 140), "Victims find help and advice nearby.", fontsize=14)
    picture = page.get_pixmap(dpi=200)
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "First page, printed.")
    document.new_page().insert_image(pymupdf.Rect(0, 0, 595, 842), pixmap=picture)
    document.new_page().insert_text((72, 100), "Last page, printed as well.")
    document.save(tmp_path / "scan.pdf")
    made = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    made.version = add_documents(made, [tmp_path / "scan.pdf"]).added[0].version
    yield made
    made.close()


def text(desk) -> str:
    return read.content(desk, desk.version).text


def test_that_pages_without_text_are_counted(desk) -> None:
    assert ocr.empty_pages(read.content(desk, desk.version)) == 1


@needs_data
def test_that_a_scanned_page_becomes_text_and_annotations_stay_where_they_were(desk) -> None:
    last = text(desk).index("printed as well")
    tag.tag(desk, desk.version, (last, last + len("printed as well")), ["prevention"])
    tag_area(desk, desk.version, 1, quad_of((60, 80, 400, 110)), ["detection"])
    done = []
    ocr.recognise(desk, desk.version, ["eng"], progress=lambda now, total: done.append((now, total)))
    assert "Prevention begins at school." in text(desk)
    assert "Victims find help and advice nearby." in text(desk)
    assert done[-1] == (3, 3)
    found = {row.readable for row in read.annotation_rows(desk)}
    assert found == {"printed as well", "Prevention begins at school."}
    assert ocr.is_recognised(read.version(desk, desk.version))
    report = check(desk.path)
    assert report.ok, report.problems


@needs_data
def test_that_recognising_can_be_undone_and_done_again(desk) -> None:
    before = text(desk)
    ocr.recognise(desk, desk.version, ["eng"])
    undo.undo(desk)
    assert text(desk) == before
    undo.redo(desk)
    assert "Victims" in text(desk)


def test_that_what_cannot_be_done_is_said(desk, monkeypatch) -> None:
    with pytest.raises(Known, match="language data"):
        ocr.recognise(desk, desk.version, [])
    monkeypatch.setattr(tessdata, "folder", lambda: None)
    assert ocr.languages() == ()


@needs_data
def test_that_stopping_leaves_nothing_behind(desk) -> None:
    before = text(desk)
    with pytest.raises(Cancelled):
        ocr.recognise(desk, desk.version, ["eng"], cancelled=lambda: True)
    assert text(desk) == before
    assert not ocr.is_recognised(read.version(desk, desk.version))
