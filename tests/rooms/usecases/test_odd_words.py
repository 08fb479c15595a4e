"""Text that no file can hold, names and dates that are none: kept as near as can be, or refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kantlijn.errors import Known
from kantlijn.usecases import read, undo
from kantlijn.usecases.marking import arrange_themes, notes, tag
from kantlijn.usecases.shelf import edit_documents
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.wording import date_of, text_of


def test_that_halves_of_letters_are_joined_or_replaced():
    assert text_of("\ud83d\ude00") == "😀"
    assert text_of("a\ud800b") == "a\ufffdb"
    assert text_of("één 😀\0") == "één 😀\0"


def test_that_a_pasted_half_letter_spoils_no_note_theme_or_detail(desk, version):
    changes = tag.tag(desk, version, (0, 9), [], note="x\ud800")
    (passage,) = read.passages(desk, version)
    assert passage.annotation.note == "x\ufffd"
    assert passage.annotation in [change.after for change in changes]
    notes.write_note(desk, passage.id, "\udcffy")
    arrange_themes.add_theme(desk, "T\udc80")
    document = read.shelf(desk)[0].document
    edit_documents.edit_document(desk, document.id, title="B\ud800")
    assert read.shelf(desk)[0].document.title == "B\ufffd"
    while undo.undo(desk):
        pass
    while undo.redo(desk):
        pass
    assert read.passages(desk, version)[0].annotation.note == "\ufffdy"


@pytest.mark.parametrize("id_", ["\ud800", "a\0b", "a\nb", "x" * 201])
def test_that_an_id_nobody_could_type_is_refused_and_the_rest_goes_on(desk, version, id_):
    tagged = tag.tag_many(desk, version, [tag.Wanted(id=id_, range=(0, 3)), tag.Wanted(id="p", range=(0, 3))])
    assert [passage.id for passage in tagged.passages] == ["p"]
    assert "cannot be an annotation's id" in tagged.failed[0][1]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_that_a_file_from_an_old_archive_comes_in_under_a_readable_name(desk, tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xe9sum\xe9.txt"))
    file.write_text("tekst", "utf-8")
    added = add_documents(desk, [file], title="R\ud800")
    assert added.failed == ()
    assert read.shelf(desk)[0].document.title == "R\ufffd"
    assert "sum" in read.shelf(desk)[0].versions[0].file


@pytest.mark.parametrize("date", ["2024", "2024-05", "2024-02-29", ""])
def test_that_a_year_a_month_and_a_day_are_dates(date):
    assert date_of(f" {date} ") == date


@pytest.mark.parametrize("date", ["2024-13", "2023-02-29", "0000", "24", "2024-5-1", "２０２４", "17-05-2024"])
def test_that_what_is_on_no_calendar_is_refused(date):
    with pytest.raises(Known, match="is not a date"):
        date_of(date)
