"""What Zotero, Okular and Acrobat leave in a PDF comes in at the right text, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from kantlijn.settings import Settings
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.handing.export_pdf_copy import export_pdf_copy
from kantlijn.usecases.handing.import_annotations import found_in, import_annotations, left_out_said
from kantlijn.usecases.marking import notes
from kantlijn.usecases.marking.tag import retag
from kantlijn.usecases.shelf.add_documents import add_documents

FIRST = "De wachttijd voor hulp is opgelopen tot veer-"
SECOND = "tien weken, en dat is langer dan was toegezegd."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Two pages: a highlight of Zotero's over two lines, others of Okular's, and halves over the page break."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Inleiding over preventie en toezicht.")
    page.insert_text((72, 140), FIRST)
    page.insert_text((72, 156), SECOND)
    page.insert_text((72, 780), "De inspectie adviseert om scholen")
    second = document.new_page()
    second.insert_text((72, 90), "te steunen met een vast programma.")
    second.insert_text((72, 200), "Tabel 1")
    page = document[0]
    quads = [quad for words in (FIRST, SECOND) for quad in page.search_for(words, quads=True)]
    zotero = page.add_highlight_annot(quads)
    zotero.set_colors(stroke=(1, 0.83, 0))
    zotero.set_info(title="A. Lezer", content="Vergelijk met 2023", creationDate="D:20250304100000Z",
                    modDate="D:20250305110000+02'00'")  # fmt: skip
    zotero.update()
    document.xref_set_key(zotero.xref, "NM", "(ABCD1234)")
    document.xref_set_key(zotero.xref, "Zotero:Tags", pymupdf.get_pdf_str('["hulp aan slachtoffers"]'))
    okular = page.add_underline_annot(page.search_for("preventie", quads=True))
    okular.set_info(title="B. Lezer")
    okular.set_colors(stroke=(0.11, 0.39, 0.77))
    okular.update()
    document.xref_set_key(okular.xref, "NM", "(okular-{1})")
    half = page.add_highlight_annot(page.search_for("De inspectie adviseert om scholen", quads=True))
    half.update()
    note = page.add_text_annot((70, 92), "Een losse notitie")
    note.update()
    second = document[1]
    other = second.add_highlight_annot(second.search_for("te steunen met een vast programma.", quads=True))
    other.update()
    second.add_rect_annot(pymupdf.Rect(60, 180, 300, 260))
    path = tmp_path / "rapport.pdf"
    document.save(path)
    return path


@pytest.fixture
def desk(report: Path, tmp_path: Path):
    made = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    made.version = add_documents(made, [report]).added[0].version
    yield made
    made.close()


def rows(desk):
    return {row.readable or "area": row for row in read.annotation_rows(desk)}


def test_that_text_note_author_dates_and_theme_come_along(desk) -> None:
    import_annotations(desk, desk.version)
    row = rows(desk)["De wachttijd voor hulp is opgelopen tot veertien weken, en dat is langer dan was toegezegd."]
    annotation = row.passage.annotation
    assert annotation.note == "Vergelijk met 2023"
    assert annotation.author == "A. Lezer"
    assert (annotation.created, annotation.modified) == ("2025-03-04T10:00:00Z", "2025-03-05T09:00:00Z")
    assert annotation.themes == ("victim-aid",)
    assert annotation.colour == "#ffd400"
    underlined = rows(desk)["preventie"].passage.annotation
    assert (underlined.style, underlined.themes) == ("underline", ("prevention",))


def test_that_halves_over_a_page_break_become_one_and_areas_and_notes_come_too(desk) -> None:
    import_annotations(desk, desk.version)
    found = rows(desk)
    whole = found["De inspectie adviseert om scholen te steunen met een vast programma."].passage.anchor
    assert (whole.first_page, whole.last_page) == (0, 1)
    assert found["Tabel 1"].passage.is_area
    assert found["Inleiding"].passage.annotation.note == "Een losse notitie"
    assert len(found) == 5


def test_that_what_is_there_is_told_before_it_comes_in(desk) -> None:
    told = found_in(desk, desk.version)
    assert (told.new, told.known, told.changed) == (5, 0, 0)
    by_key = {sort.key: sort for sort in told.sorts}
    assert by_key["tag:hulp aan slachtoffers"].theme == "victim-aid"
    assert by_key["#1c63c4"].theme == "prevention"
    assert by_key["#ffd400"].sample.startswith("De wachttijd")


def test_that_nothing_comes_in_twice_and_a_readers_note_is_never_overwritten(desk) -> None:
    first = import_annotations(desk, desk.version)
    row = rows(desk)["De wachttijd voor hulp is opgelopen tot veertien weken, en dat is langer dan was toegezegd."]
    notes.write_note(desk, row.passage.id, "Van mij")
    assert import_annotations(desk, desk.version).steps == ()
    told = found_in(desk, desk.version)
    assert (told.new, told.known, told.changed) == (0, 5, 1)
    assert rows(desk)[row.readable].passage.annotation.note == "Van mij"
    undo.undo(desk)
    undo.undo(desk)
    assert rows(desk) == {}
    assert len(first.touched("annotation")) == 5


def test_that_the_reader_chooses_the_themes(desk) -> None:
    import_annotations(desk, desk.version, {"#ffd400": "detection", "tag:hulp aan slachtoffers": ""})
    row = rows(desk)["De wachttijd voor hulp is opgelopen tot veertien weken, en dat is langer dan was toegezegd."]
    assert row.passage.annotation.themes == ("detection",)
    assert rows(desk)["preventie"].passage.annotation.themes == ()


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_that_turned_pages_give_the_same_words(tmp_path: Path, rotation: int) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 140), "De wachttijd voor hulp is opgelopen.")
    page.add_highlight_annot(page.search_for("voor hulp", quads=True)).update()
    page.set_cropbox(pymupdf.Rect(30, 30, 500, 700))
    page.set_rotation(rotation)
    document.save(tmp_path / "a.pdf")
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    try:
        version = add_documents(desk, [tmp_path / "a.pdf"]).added[0].version
        import_annotations(desk, version)
        assert [row.readable for row in read.annotation_rows(desk)] == ["voor hulp"]
    finally:
        desk.close()


def written(page: pymupdf.Page, body: str) -> int:
    """An annotation as its object stands in a file."""
    document = page.parent
    xref = document.get_new_xref()
    document.update_object(xref, f"<</Type/Annot/P {page.xref} 0 R {body}>>")
    kind, there = document.xref_get_key(page.xref, "Annots")
    document.xref_set_key(page.xref, "Annots", f"{there[:-1] if kind == 'array' else '['} {xref} 0 R]")
    return xref


def on(page: pymupdf.Page, words: str) -> str:
    """Frame and corners of these words, the corners as Acrobat orders them."""
    (box,) = page.search_for(words)
    x0, x1, top, bottom = box.x0, box.x1, page.rect.height - box.y0, page.rect.height - box.y1
    return f"/Rect[{x0} {bottom} {x1} {top}]/QuadPoints[{x0} {top} {x1} {top} {x0} {bottom} {x1} {bottom}]"


@pytest.fixture
def take(tmp_path: Path):
    """Adds a PDF to a new project, takes in its annotations, and gives the rows."""
    open_desks = []

    def taken(document: pymupdf.Document):
        document.save(tmp_path / "a.pdf")
        desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
        open_desks.append(desk)
        version = add_documents(desk, [tmp_path / "a.pdf"]).added[0].version
        told = found_in(desk, version)
        import_annotations(desk, version)
        assert (told.known, import_annotations(desk, version).steps) == (0, ())
        return desk, read.annotation_rows(desk)

    yield taken
    for desk in open_desks:
        desk.close()


def a_page() -> pymupdf.Page:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 140), "De wachttijd voor hulp is opgelopen.")
    return page


def test_that_a_replacement_is_one_struck_passage_with_the_new_words_and_the_answers_to_them(take) -> None:
    page = a_page()
    sign = written(page, "/Subtype/Caret/Rect[180 700 190 710]/Contents(gedaald)/T(A)/NM(c)")
    written(page, f"/Subtype/StrikeOut{on(page, 'opgelopen')}/T(A)/NM(s)/IRT {sign} 0 R/RT/Group")
    written(page, f"/Subtype/Text/Rect[180 700 190 710]/Contents(Eens)/T(B)/IRT {sign} 0 R")
    written(
        page, f"/Subtype/Text/Rect[180 700 190 710]/Contents(x)/StateModel(Marked)/State(Marked)/IRT {sign} 0 R"
    )
    _, (row,) = take(page.parent)
    assert (row.readable, row.passage.annotation.style) == ("opgelopen", "strike")
    assert row.passage.annotation.note == "gedaald\n\n**B:** Eens"


def test_that_answers_find_what_has_no_name_and_formatted_text_is_read_where_there_is_no_plain(take) -> None:
    page = a_page()
    formatted = "<body><p>Let op: <b>2023</b> &amp; later</p><p>Tweede</p></body>"
    head = written(page, f"/Subtype/Highlight{on(page, 'hulp')}/RC({formatted})")
    written(page, f"/Subtype/Text/Rect[180 700 190 710]/Contents(Eens)/IRT {head} 0 R")
    _, (row,) = take(page.parent)
    assert row.passage.annotation.note == "Let op: 2023 & later\nTweede\n\nEens"


def test_that_two_on_one_spot_both_come_and_the_very_same_comes_once(take) -> None:
    page = a_page()
    for said in ("een", "twee", "een"):
        written(page, f"/Subtype/Highlight{on(page, 'hulp')}/Contents({said})")
    _, rows = take(page.parent)
    assert sorted(row.passage.annotation.note for row in rows) == ["een", "twee"]


def test_that_a_highlight_without_corners_marks_its_frame_and_a_note_on_an_empty_spot_stays_there(take) -> None:
    page = a_page()
    frame = on(page, "wachttijd").partition("/QuadPoints")[0]
    written(page, f"/Subtype/Highlight{frame}/Contents(kader)")
    written(page, "/Subtype/Text/Rect[400 100 420 120]/Contents(los)")
    written(page, "/Subtype/Text/Rect[30 695 50 715]/Contents(naast)")
    _, rows = take(page.parent)
    said = {row.passage.annotation.note: row for row in rows}
    assert said["kader"].readable == "wachttijd"
    assert said["kader"].passage.annotation.author == ""  # nobody said whose it is
    assert said["los"].passage.is_area and not said["los"].readable
    assert said["naast"].readable == "De"


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize(("top", "bottom"), [(130.0, 134.0), (138.5, 146.0)])
def test_that_a_highlight_over_or_under_the_middle_of_letters_marks_them(take, rotation, top, bottom) -> None:
    page = a_page()
    page.insert_text((72, 156), "Dit is de regel eronder.")
    (box,) = page.search_for("voor hulp")
    page.add_highlight_annot(pymupdf.Rect(box.x0, top, box.x1, bottom)).update()
    page.set_rotation(rotation)
    _, (row,) = take(page.parent)
    assert row.readable == "voor hulp"
    assert not row.passage.is_area


def test_that_what_stands_in_the_list_of_a_page_itself_comes_in_and_gets_themes_in_a_copy(take, tmp_path) -> None:
    """Without a number of their own in the file, as some programs write them."""
    page = a_page()
    direct = (f"<</Type/Annot/Subtype/Highlight{on(page, words)}/Contents({words})/T(A)>>"
              for words in ("wachttijd", "hulp"))  # fmt: skip
    link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>"
    page.parent.xref_set_key(page.xref, "Annots", f"[{link} {' null '.join(direct)}]")
    written(page, f"/Subtype/Highlight{on(page, 'opgelopen')}/NM(n)")
    desk, rows = take(page.parent)
    assert [row.readable for row in rows] == ["wachttijd", "hulp", "opgelopen"]
    retag(desk, [rows[1].passage.id], add=["prevention"])
    assert export_pdf_copy(desk, rows[0].version.id, tmp_path / "copy.pdf").brought == 3
    with pymupdf.open(tmp_path / "copy.pdf") as copy:
        listed = copy.xref_get_key(copy[0].xref, "Annots")[1]
    assert listed.count("Zotero:Tags") == 1 and listed.count("/Highlight") == 2
    assert listed.index("(wachttijd)") < listed.rindex("/Highlight") < listed.index("Zotero:Tags")


def test_that_a_tag_without_a_theme_becomes_one_and_undo_takes_it_back(take) -> None:
    page = a_page()
    tags = '/Zotero:Tags(["preventie","Wachtlijsten"])'
    written(page, f"/Subtype/Highlight{on(page, 'wachttijd')}{tags}")
    desk, (row,) = take(page.parent)
    new = next(one.theme for one in read.themes(desk) if one.theme.name == "Wachtlijsten")
    assert row.passage.annotation.themes == ("prevention", new.id)
    undo.undo(desk)
    assert read.annotation_rows(desk) == () and new.id not in {one.theme.id for one in read.themes(desk)}


def test_that_what_cannot_come_in_is_told(report: Path, tmp_path: Path) -> None:
    with pymupdf.open(report) as document:
        document[0].add_file_annot((300, 300), b"figures", "figures.csv")
        document.save(tmp_path / "with a file.pdf")
    desk = new_desk(tmp_path / "q.kantlijn", settings=Settings())
    try:
        version = add_documents(desk, [tmp_path / "with a file.pdf"]).added[0].version
        found = found_in(desk, version)
        assert (found.new, found.left_out) == (len(import_annotations(desk, version).touched("annotation")), 1)
        assert left_out_said(found).startswith("1 annotation is left out")
        assert left_out_said(replace(found, left_out=0)) == ""
    finally:
        desk.close()
