"""Adding files: what is recognised, what is refused and how, and that nothing half-done stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kantlijn.documents.client import Engine
from kantlijn.errors import Known
from kantlijn.settings import Settings
from kantlijn.usecases import find, read
from kantlijn.usecases.desk import AskSheets, Source, new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.shelf import edit_documents
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.prefill import title_of

from .conftest import TEXT


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine(guests=1)  # it runs before the first test looks at what is running
    engine.ask(AskSheets(source=Source(key="", path=str(tmp_path_factory.getbasetemp())))).exception(20)
    yield engine
    engine.close()


@pytest.fixture
def with_engine(tmp_path, engine):
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings(), engine=engine)
    yield desk
    desk.close()


def test_that_the_same_bytes_are_recognised_under_another_name(desk, version, text_file, tmp_path):
    twin = tmp_path / "kopie.txt"
    twin.write_bytes(text_file.read_bytes())
    added = add_documents(desk, [twin])
    assert (added.added, added.failed) == ((), ())
    assert added.known[0].version == version
    assert len(read.shelf(desk)) == 1


def test_that_bad_files_get_a_sentence_each_and_the_good_ones_come_in(desk, tmp_path, text_file):
    (tmp_path / "leeg.txt").touch()
    (tmp_path / "lege map").mkdir()
    bad = [tmp_path / "leeg.txt", tmp_path / "weg.pdf", tmp_path / "lege map"]
    added = add_documents(desk, [*bad, text_file])
    assert [one.title for one in added.added] == ["brief"]
    assert len(added.failed) == 3
    for one, file in zip(added.failed, bad, strict=True):
        assert file.name in one.error
        assert one.error.endswith(".")


def test_that_a_folder_brings_in_what_it_holds_at_any_depth(desk, tmp_path):
    deep = tmp_path / "stukken" / "2024"
    deep.mkdir(parents=True)
    (deep / "b.md").write_text("# Kop\n", "utf-8")
    (tmp_path / "stukken" / "a.txt").write_text("tekst", "utf-8")
    (tmp_path / "stukken" / "foto.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "stukken" / "~$a.docx").write_bytes(b"\x05Jan")  # Word has a.docx open
    (tmp_path / "stukken" / ".oud").mkdir()
    (tmp_path / "stukken" / ".oud" / "c.txt").write_text("oude tekst", "utf-8")
    (tmp_path / "stukken" / "rond").symlink_to(tmp_path / "stukken")
    (tmp_path / "stukken" / "brief.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 60)
    added = add_documents(desk, [tmp_path / "stukken"])
    assert sorted(one.title for one in added.added) == ["a", "b"]
    assert [Path(one.file).name for one in added.failed] == ["brief.doc"]  # a text that is missed, unlike a photo


def test_that_a_folder_inside_that_cannot_be_looked_into_is_said(desk, tmp_path, monkeypatch):
    (tmp_path / "stukken" / "dicht").mkdir(parents=True)
    (tmp_path / "stukken" / "a.txt").write_text("tekst", "utf-8")
    look = os.scandir

    def refuse(where):
        if Path(where).name == "dicht":
            raise PermissionError(13, "Permission denied", str(where))
        return look(where)

    monkeypatch.setattr(os, "scandir", refuse)  # root may look anywhere
    added = add_documents(desk, [tmp_path / "stukken"])
    monkeypatch.undo()
    assert [one.title for one in added.added] == ["a"]
    assert [one.error for one in added.failed] == ["“dicht” cannot be read: Permission denied."]


def test_that_a_newer_version_joins_its_document(desk, version, tmp_path):
    newer = tmp_path / "brief-2.txt"
    newer.write_text(TEXT + "Nieuw slot.\n", "utf-8")
    added = add_documents(desk, [newer], version_of="brief")
    (row,) = read.shelf(desk)
    assert [one.number for one in row.versions] == [1, 2]
    assert find.find_version(desk, "brief").id == added.added[0].version
    assert find.find_version(desk, "brief:1").id == version
    assert find.find_version(desk, "brief.txt").id == version


def test_that_a_cancelled_import_leaves_nothing(with_engine, rapport300):
    asked = []

    def stop_after_a_while():
        asked.append(None)
        return len(asked) > 8

    added = add_documents(with_engine, [rapport300], cancelled=stop_after_a_while)
    assert added.cancelled
    assert (added.added, added.failed, read.shelf(with_engine)) == ((), (), ())
    with with_engine.project.reading() as db:
        assert db.execute("SELECT count(*) FROM chunk").fetchone() == (0,)


def test_that_every_real_document_comes_in_with_its_text_and_its_bytes(
    with_engine, seed_texts, seed_pdfs, tmp_path
):
    added = add_documents(with_engine, [*seed_texts, *seed_pdfs])
    assert added.failed == ()
    assert len(added.added) + len(added.known) == len(seed_texts) + len(seed_pdfs)
    by_file = {one.file: one for one in added.added}
    for file in seed_texts:
        raw = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert read.content(with_engine, by_file[str(file)].version).text == raw
    for file in seed_pdfs:
        source = read.source(with_engine, by_file[str(file)].version)
        assert Path(source.path).read_bytes() == file.read_bytes()
        assert Path(source.path).stat().st_mode & 0o077 == 0
    with_engine.close()
    assert check(with_engine.path).ok
    assert not Path(source.path).exists()


def test_that_progress_only_goes_forward_and_ends(with_engine, seed_pdfs):
    seen = []
    add_documents(with_engine, seed_pdfs[:2], progress=lambda done, total, _what: seen.append(done / total))
    assert seen == sorted(seen)
    assert seen[-1] == 1


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ("Toezicht 2024", "Toezicht 2024"),
        ("Microsoft Word - brief3.doc", "nota 7"),
        ("rapport_def.indd", "nota 7"),
        ("", "nota 7"),
        ("untitled", "nota 7"),
        ("(anonymous)", "nota 7"),
        ("Unknown risks", "Unknown risks"),
        ("PowerPoint-presentatie", "nota 7"),
        ("Document12", "nota 7"),
        ("Document on oversight", "Document on oversight"),
    ],
)
def test_that_a_title_comes_from_metadata_only_when_a_person_wrote_it(metadata, title):
    assert title_of("nota_7.pdf", {"title": metadata}) == title


def test_that_a_letter_brings_its_number_its_date_and_its_language(desk, tmp_path):
    letter = tmp_path / "Letter.txt"
    prose = "Het toezicht op de hulp is in dat jaar niet bij de gemeenten maar aan het rijk toegewezen. " * 9
    foot = "Tweede Kamer, vergaderjaar 2030–2031, 31 999, nr. 12"
    letter.write_text(f"Nr. 12 BRIEF\n\nDen Haag, 4 mei 2031\n\n{prose}\n{foot} 1\n{prose}\n{foot} 2\n", "utf-8")
    add_documents(desk, [letter])
    document = read.shelf(desk)[-1].document
    assert (document.title, document.identifier) == ("Letter", "Kamerstuk 31 999, nr. 12")
    assert (document.date, document.language) == ("2031-05-04", "nl")


def test_that_a_pdf_of_the_real_letter_brings_them_and_never_the_date_it_was_made(with_engine, seed_pdfs):
    add_documents(with_engine, seed_pdfs)
    found = {row.versions[0].file: row.document for row in read.shelf(with_engine)}
    letter = found["kamerbrief.pdf"]
    assert (letter.identifier, letter.date) == ("Kamerstuk 31 015, nr. 136", "2018-02-14")
    assert found["kamervragen.pdf"].date == "2016-12-08"
    others = [one for name, one in found.items() if not name.startswith("kamer")]
    assert {(one.identifier, one.date, one.language) for one in others} == {("", "", "nl")}


def test_that_a_wrong_date_is_refused(desk, text_file):
    with pytest.raises(Known, match="is not a date"):
        add_documents(desk, [text_file], date="17-05-2024")


def test_that_details_are_edited_and_a_document_keeps_a_title(desk, version):
    (row,) = read.shelf(desk)
    edit_documents.edit_document(desk, row.document.id, title="Brief", date="2024-05", identifier="31 015, nr. 7")
    assert read.shelf(desk)[0].document.identifier == "31 015, nr. 7"
    with pytest.raises(Known, match="needs a title"):
        edit_documents.edit_document(desk, row.document.id, title=" ")


def test_that_a_read_only_project_shows_everything_and_takes_nothing(desk, version, text_file):
    reader = open_desk(desk.path, settings=Settings(), read_only=True)
    try:
        assert read.content(reader, version).text == TEXT
        with pytest.raises(Known, match="reading only"):
            add_documents(reader, [text_file])
    finally:
        reader.close()
