"""Areas of pages as passages."""

from __future__ import annotations

import pymupdf
import pytest

from kantlijn.errors import BadRange, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import shape, tag
from kantlijn.usecases.marking.areas import move_area, tag_area
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.summaries.write_summary import render_summary


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    """A desk with a PDF: a page of two paragraphs, and one without text."""
    folder = tmp_path_factory.mktemp("areas")
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "De eerste alinea gaat over preventie.")
    page.insert_text((72, 300), "Tabel 1. Meldingen per jaar.")
    document.new_page()
    document.save(folder / "rapport.pdf")
    desk = new_desk(folder / "p.kantlijn", settings=Settings())
    version = add_documents(desk, [folder / "rapport.pdf"]).added[0].version
    yield desk, version
    desk.close()


def only(desk, changes):
    (id_,) = changes.touched("annotation")
    return next(row for row in read.annotation_rows(desk) if row.passage.id == id_)


def test_that_an_area_knows_the_words_inside_and_its_place_among_them(paged):
    desk, version = paged
    row = only(desk, tag_area(desk, version, 0, quad_of((60, 280, 300, 310)), ["detection"]))
    assert row.readable == "Tabel 1. Meldingen per jaar."
    assert row.passage.is_area
    start, end = row.passage.anchor.range
    assert start == end == read.content(desk, version).text.index("Tabel")
    assert row.passage.anchor.page_label == "1"
    assert row in read.annotation_rows(desk, AnnotationFilter(kinds=("area",)))
    assert row not in read.annotation_rows(desk, AnnotationFilter(kinds=("highlight",)))
    summary = render_summary(desk, "markdown").decode()
    assert "Area on page 1" in summary.replace("\\", "")


def test_that_an_area_on_a_page_without_text_is_at_its_page(paged):
    desk, version = paged
    row = only(desk, tag_area(desk, version, 1, quad_of((100, 100, 200, 200)), []))
    assert (row.readable, row.passage.anchor.first_page, row.passage.anchor.page_label) == ("", 1, "2")


def test_that_an_area_moves_and_stays_on_its_page(paged):
    desk, version = paged
    row = only(desk, tag_area(desk, version, 0, quad_of((60, 280, 300, 310)), []))
    moved = only(desk, move_area(desk, row.passage.id, 0, quad_of((-50, 80, 5000, 110))))
    assert moved.readable == "De eerste alinea gaat over preventie."
    ((_, quad),) = moved.passage.anchor.quads
    assert (min(quad[0::2]), max(quad[0::2])) == (0, 595)


def test_that_what_is_no_area_is_refused(paged):
    desk, version = paged
    with pytest.raises(BadRange):
        tag_area(desk, version, 9, quad_of((0, 0, 50, 50)), [])
    with pytest.raises(BadRange):
        tag_area(desk, version, 0, quad_of((700, 0, 750, 50)), [])
    row = only(desk, tag_area(desk, version, 0, quad_of((60, 280, 300, 310)), []))
    with pytest.raises(Known, match="area"):
        shape.nudge(desk, row.passage.id, end=1)


def test_that_a_project_with_areas_is_whole(paged):
    desk, version = paged
    tag.tag(desk, version, (0, 9), ["prevention"])
    report = check(desk.path)
    assert report.ok, report.problems
