"""REFI-QDA out and in again: valid, and nothing of a project lost on the way through another one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kantlijn.errors import Known
from kantlijn.model.annotation import Annotation
from kantlijn.model.changes import Change
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.store import passages as stored
from kantlijn.store import relations as related
from kantlijn.store import shelf
from kantlijn.text.within import quad_of
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.export_refi import export_refi
from kantlijn.usecases.handing.import_refi import found_in, import_codebook, import_refi
from kantlijn.usecases.marking import areas, arrange_themes, notes, relate, shape, tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.edit_documents import edit_document
from kantlijn.usecases.undo import undo
from kantlijn.usecases.versions import carry
from rooms.exchange.refi_rules import SPACE, names_in, obeyed, project_of

LETTER = "Preventie & voorlichting beginnen op school. 😀 De opvang\r\nis vol; caf\u00e9s <helpen> mee.\r\n"


@pytest.fixture
def desk(tmp_path: Path, samples: Path) -> Iterator[Desk]:
    """Two versions of a PDF, another PDF, a text with other line ends; themes of one name, areas, relations."""
    made = new_desk(tmp_path / "eerste" / "Toezicht.kantlijn", settings=Settings())
    (tmp_path / "brief.txt").write_bytes(LETTER.encode("cp1252", "replace"))
    try:
        fill(made, samples, tmp_path / "brief.txt")
        yield made
    finally:
        made.close()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    for name in ("eerste", "tweede", "derde"):
        (tmp_path / name).mkdir()


def fill(desk: Desk, samples: Path, letter: Path) -> None:
    old = add_documents(desk, [samples / "toezicht-2023.pdf"]).added[0]
    new = add_documents(desk, [samples / "toezicht-2024.pdf"], version_of=old.document).added[0]
    text = add_documents(desk, [letter], title="Brief & bijlage").added[0]
    add_documents(desk, [samples / "kabinetsreactie.pdf"])
    edit_document(desk, old.document, author="Inspectie", date="2023-05")
    notes.write_document_note(desk, old.document, "Twee versies\n\n& een bijlage")
    (schools,) = arrange_themes.add_theme(desk, "Scholen", parent="prevention").touched("theme")
    (other,) = arrange_themes.add_theme(desk, "Scholen", parent="detection", key="9").touched("theme")
    arrange_themes.edit_theme(desk, schools, definition="Wat <scholen> & besturen doen", search_words=("les",))
    arrange_themes.edit_theme(desk, "prevention", name="Voorkomen")
    arrange_themes.delete_theme(desk, "cooperation")
    made = []
    content = read.content(desk, old.version)
    for place in (40, 60, 300, 900):
        note = f"Bij {place} & < 😀\n\n*x*"
        changes = tag.tag(desk, old.version, (place, place + 70), [schools, "victim-aid"], note=note)
        made += changes.touched("annotation")
    made += tag.tag(desk, old.version, (45, 55), [], id="met-eigen-naam").touched("annotation")
    page = content.pages[0]
    quad = quad_of((72.25, 100.5, 300.75, page.height - 90.125))
    made += areas.tag_area(desk, old.version, 0, quad, [other], note="Tabel").touched("annotation")
    shape.set_style(desk, made[:1], "underline")
    tag.tag(desk, text.version, (0, 24), ["prevention"])
    tag.tag(desk, text.version, (45, 50), ["detection"], note="😀")
    relate.relate(desk, made[0], made[1], "supports", status="partly", note="Omdat & daarom")
    relate.relate(desk, made[3], made[2])
    rows = carry.carry(desk, old.document, new.version).rows
    doubt = [row.annotation.id for row in rows if row.target.state != "lost"]
    carry.drop(desk, doubt[:1], new.version)


def without_names(xml: bytes) -> bytes:
    """Without the project's name, its export's time and who made the export."""
    return re.sub(rb"<Project [^>]*>", b"<Project>", xml, count=1)


def through(desk: Desk, folder: Path) -> Desk:
    """The project written, and read into a new one."""
    export_refi(desk, folder / "uit.qdpx")
    other = new_desk(folder / "Nieuw.kantlijn", settings=Settings())
    told = import_refi(other, folder / "uit.qdpx")
    assert (told.unplaced, told.doubtful, told.remarks) == ((), (), ())
    return other


def test_that_a_project_written_and_read_into_a_new_one_is_written_the_same(desk: Desk, tmp_path: Path) -> None:
    written = export_refi(desk, tmp_path / "een.qdpx")
    obeyed(project_of(tmp_path / "een.qdpx"))
    other = through(desk, tmp_path / "tweede")
    try:
        export_refi(other, tmp_path / "twee.qdpx")
    finally:
        other.close()
    one, two = project_of(tmp_path / "een.qdpx"), project_of(tmp_path / "twee.qdpx")
    assert without_names(one).decode() == without_names(two).decode()
    assert names_in(tmp_path / "een.qdpx") == names_in(tmp_path / "twee.qdpx")
    assert (written.documents, written.relations) == (3, 2)


def records(desk: Desk) -> tuple[object, ...]:
    """All that a reader made, without the ids of documents, versions and anchors, which are the project's own."""
    documents = {one.id: one.title for one in shelf.documents(desk.project)}
    files = {one.id: one.file for one in shelf.versions(desk.project)}
    annotations = {row.passage.id for row in read.annotation_rows(desk)}
    every = stored.annotations_with(desk.project, annotations)
    return (
        [replace(one, id="") for one in shelf.documents(desk.project)],
        [replace(one, id="", document=documents[one.document]) for one in shelf.versions(desk.project)],
        sorted(shelf.themes(desk.project), key=lambda one: one.id),
        sorted((replace(one, document=documents[one.document]) for one in every), key=lambda one: one.id),
        sorted(
            (replace(one, id="", version=files[one.version]) for one in stored.anchors(desk.project, annotations)),
            key=lambda one: (one.annotation, one.version),
        ),
        related.relations(desk.project),
    )


def test_that_every_record_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    other = through(desk, tmp_path / "tweede")
    try:
        for one, two in zip(records(desk), records(other), strict=True):
            assert one == two
    finally:
        other.close()


def test_that_importing_is_one_step_beside_the_files_and_can_be_undone(desk: Desk, tmp_path: Path) -> None:
    other = through(desk, tmp_path / "tweede")
    try:
        assert len(read.history(other)) == 5
        assert read.next_undo(other) == "Import “uit.qdpx”"
        undo(other)
        assert read.annotation_rows(other) == ()
        assert len(read.themes(other)) == 5
        assert len(shelf.documents(other.project)) == 3
    finally:
        other.close()


def test_that_what_is_there_already_is_not_doubled(desk: Desk, tmp_path: Path) -> None:
    export_refi(desk, tmp_path / "uit.qdpx")
    before = records(desk)
    found = found_in(desk, tmp_path / "uit.qdpx")
    assert (found.annotations, found.here, found.documents, found.relations) == (8, 8, 4, 2)
    told = import_refi(desk, tmp_path / "uit.qdpx")
    assert (told.known, told.annotations, told.themes, told.relations) == (8, 0, 0, 0)
    assert (told.documents, told.known_documents) == ((), 4)
    assert records(desk) == before
    assert read.next_undo(desk) != "Import “uit.qdpx”"


def test_that_a_note_changed_since_stays_as_the_reader_has_it(desk: Desk, tmp_path: Path) -> None:
    export_refi(desk, tmp_path / "uit.qdpx")
    row = read.annotation_rows(desk)[0]
    notes.write_note(desk, row.passage.id, "Later")
    tag.delete_annotations(desk, ["met-eigen-naam"])
    told = import_refi(desk, tmp_path / "uit.qdpx")
    assert (told.known, told.annotations) == (7, 1)
    after = {one.passage.id: one.passage.annotation.note for one in read.annotation_rows(desk)}
    assert after[row.passage.id] == "Later"
    assert "met-eigen-naam" in after


def test_that_what_the_standard_cannot_hold_is_said(desk: Desk, tmp_path: Path) -> None:
    said = " ".join(export_refi(desk, tmp_path / "uit.qdpx").remarks)
    for words in ("1 document has several versions", "lost in another version", "search words", "one language",
                  "status of 1 relation", "1 annotation is drawn", "area", "history"):  # fmt: skip
        assert words in said
    said = " ".join(export_refi(desk, tmp_path / "uit.qdc", "qdc").remarks)
    assert "themes only" in said
    assert "version" not in said


def test_that_other_programs_find_text_codings_notes_and_links(desk: Desk, tmp_path: Path) -> None:
    export_refi(desk, tmp_path / "uit.qdpx")
    root = obeyed(project_of(tmp_path / "uit.qdpx"))
    with zipfile.ZipFile(tmp_path / "uit.qdpx") as archive:
        for source in root.iterfind(".//q:Representation", SPACE):
            raw = archive.read("sources/" + source.get("plainTextPath").removeprefix("internal://"))
            assert not raw.startswith(b"\xef\xbb\xbf")
            text = raw.decode()
            for one in source.iterfind("q:PlainTextSelection", SPACE):
                words = text[int(one.get("startPosition")) : int(one.get("endPosition"))]
                assert one.get("name") == " ".join(words.split())
    (pdf, *_) = root.iterfind(".//q:PDFSource", SPACE)
    (area,) = pdf.iterfind("q:PDFSelection", SPACE)
    corners = [int(area.get(name)) for name in ("page", "firstX", "firstY", "secondX", "secondY")]
    assert corners == [0, 72, 90, 301, 741]  # from the bottom left of an A4 page, 842 points high
    notes_there = {one.get("guid"): one.findtext("q:PlainTextContent", None, SPACE)
                   for one in root.iterfind(".//q:Note", SPACE)}  # fmt: skip
    (reference,) = area.iterfind("q:NoteRef", SPACE)
    assert notes_there[reference.get("targetGUID")] == "Tabel"
    links = [(one.get("name"), one.get("direction")) for one in root.iterfind(".//q:Link", SPACE)]
    assert links == [("supports", "OneWay"), ("responds-to", "OneWay")]
    (versions,) = root.iterfind(".//q:Set", SPACE)
    assert len(versions.findall("q:MemberSource", SPACE)) == 2


def test_that_a_filter_writes_only_what_is_chosen(desk: Desk, tmp_path: Path) -> None:
    chosen = AnnotationFilter(any_themes=("prevention",), text="voorlichting")
    written = export_refi(desk, tmp_path / "uit.qdpx", chosen=chosen)
    assert (written.documents, written.annotations) == (1, 1)
    root = obeyed(project_of(tmp_path / "uit.qdpx"))
    assert [one.get("name") for one in root.iterfind(".//q:TextSource", SPACE)] == ["Brief & bijlage"]
    assert root.find(".//q:PDFSource", SPACE) is None


def test_that_nothing_is_written_over_a_project_or_in_another_form(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Known, match="project"):
        export_refi(desk, desk.path)
    with pytest.raises(Known, match="qdpx, qdc"):
        export_refi(desk, tmp_path / "uit.xml", "xml")


def test_that_a_codebook_goes_round(desk: Desk, tmp_path: Path) -> None:
    export_refi(desk, tmp_path / "een.qdc", "qdc")
    root = obeyed((tmp_path / "een.qdc").read_bytes())
    names = [one.get("name") for one in root.iterfind(".//c:Code", SPACE)]
    assert names.count("Scholen") == 2
    other = new_desk(tmp_path / "tweede" / "Nieuw.kantlijn", settings=Settings())
    try:
        for theme in read.themes(other):
            arrange_themes.delete_theme(other, theme.theme.id)
        told = import_codebook(other, tmp_path / "een.qdc")
        assert (told.themes, told.known) == (6, 0)
        assert sorted(shelf.themes(other.project), key=lambda one: one.id) == sorted(
            shelf.themes(desk.project), key=lambda one: one.id
        )
        export_refi(other, tmp_path / "twee.qdc", "qdc")
        assert import_codebook(other, tmp_path / "een.qdc").known == 6
    finally:
        other.close()
    assert (tmp_path / "een.qdc").read_bytes() == (tmp_path / "twee.qdc").read_bytes()


def test_that_a_long_note_of_one_letter_is_no_bomb(desk: Desk, tmp_path: Path) -> None:
    row = read.annotation_rows(desk)[0]
    notes.write_note(desk, row.passage.id, "a" * 1_000_000)
    other = through(desk, tmp_path / "tweede")
    try:
        (again,) = read.annotation_rows(other, AnnotationFilter(ids=(row.passage.id,)))
        assert len(again.passage.annotation.note) == 1_000_000
    finally:
        other.close()


def test_that_times_and_authors_that_are_none_come_back(desk: Desk, tmp_path: Path) -> None:
    row = read.annotation_rows(desk)[1]
    before = row.passage.annotation
    odd: Annotation = replace(before, author="A.  Lezer\n", created="2024-05-01", modified="")
    desk.write("", [Change(before, odd)])
    other = through(desk, tmp_path / "tweede")
    try:
        (again,) = read.annotation_rows(other, AnnotationFilter(ids=(odd.id,)))
        assert again.passage.annotation == replace(odd, document=again.passage.annotation.document)
    finally:
        other.close()
