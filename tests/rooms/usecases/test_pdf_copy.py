"""A copy of a PDF with our annotations: what other programs show of it, and what comes back from it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest

from kantlijn.errors import Known
from kantlijn.text.within import quad_of
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing import pdf_base
from kantlijn.usecases.handing.export_pdf_copy import export_pdf_copy
from kantlijn.usecases.handing.import_annotations import found_in, import_annotations
from kantlijn.usecases.marking import notes
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.marking.relate import relate
from kantlijn.usecases.marking.tag import delete_annotations, retag
from kantlijn.usecases.shelf.add_documents import add_documents

from .pdf_copies import a_desk, a_report, in_file, ours, put

NOTE = "Vergelijk met 2023.\n\n- **eerste** punt\n- tweede (met haakjes) \\ en é 😀"
poppler = pytest.mark.skipif(not shutil.which("pdftocairo"), reason="NOT RUN: poppler (pdftocairo) is missing")


@pytest.fixture
def desk(tmp_path: Path):
    made = a_desk(tmp_path / "p.kantlijn", a_report(tmp_path / "rapport.pdf"))
    yield made
    made.close()


def everything(desk: Desk) -> dict[str, tuple[object, ...]]:
    """What must come back the same, by the words or, for an area, "area"."""
    return {
        row.readable if not row.passage.is_area else "area": (
            row.passage.anchor.range, row.passage.anchor.quote, row.passage.annotation.note,
            row.passage.annotation.author, row.passage.annotation.created, row.passage.annotation.modified,
            row.passage.annotation.themes, row.passage.annotation.style, row.passage.annotation.colour,
            tuple(tuple(round(value, 2) for value in quad) for _, quad in row.passage.anchor.quads),
        )
        for row in read.annotation_rows(desk)
    }  # fmt: skip


def test_that_a_reader_elsewhere_sees_words_note_themes_author_and_dates(desk: Desk, tmp_path: Path) -> None:
    id_ = put(desk, "De wachttijd voor hulp is opgelopen tot veertien weken", ("victim-aid", "detection"), NOTE)
    to = put(desk, "Preventie begint op school")
    relate(desk, id_, to, type="responds-to", status="open")
    told = export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    assert (told.written, told.brought, told.left_out, told.encrypted, told.signed) == (2, 0, 0, False, False)
    by_name = {one["name"]: one for one in ours(tmp_path / "kopie.pdf")}
    one = by_name[f"kantlijn-{id_}"]
    annotation = next(row.passage.annotation for row in read.annotation_rows(desk) if row.passage.id == id_)
    assert one["words"] == "De wachttijd voor hulp is opgelopen tot veer- tien weken,"
    assert str(one["said"]).startswith(NOTE + "\n\n▸ ")
    assert "Victim aid" in str(one["said"]) and "Detection" in str(one["said"])
    assert "“Preventie begint op school” (rapport, p. i)" in str(one["said"])
    assert one["author"] == annotation.author
    assert one["made"] == "D:" + "".join(filter(str.isdigit, annotation.created)) + "Z"
    assert json.loads(str(one["tags"])) == ["Victim aid", "Detection"]
    assert one["drawn"] and one["type"] == "Highlight"
    themes = {row.theme.id: row.theme for row in read.themes(desk)}
    colour = "#" + "".join(f"{round(255 * part):02x}" for part in one["colour"])
    assert colour == themes["victim-aid"].colour


def test_that_the_rest_of_the_file_is_as_it_was(desk: Desk, tmp_path: Path) -> None:
    put(desk, "Preventie begint op school")
    before = (tmp_path / "rapport.pdf").read_bytes()
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    after = (tmp_path / "kopie.pdf").read_bytes()
    assert after.startswith(before) and len(after) > len(before)
    document = pymupdf.open(tmp_path / "kopie.pdf")
    page = document[0]
    assert [row[1] for row in document.get_toc()] == ["Inleiding", "Bijlage"]
    assert [link["uri"] for link in page.get_links()] == ["https://x.org/"]
    assert [field.field_value for field in document[1].widgets()] == ["ingevuld"]
    assert page.get_label() == "i"
    others = [one["said"] for one in in_file(tmp_path / "kopie.pdf") if one["author"] == "B. Lezer"]
    assert others == ["Van elders"]
    assert (tmp_path / "rapport.pdf").read_bytes() == before
    assert b"".join(desk.project.chunks(read.version(desk, desk.version).sha256)) == before


@poppler
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
def test_that_poppler_tints_the_passage_and_nothing_beside_it(tmp_path: Path, rotation: int, crop: bool) -> None:
    desk = a_desk(tmp_path / "p.kantlijn", a_report(tmp_path / "r.pdf", rotation=rotation, crop=crop))
    try:
        put(desk, "wachttijd voor hulp", ("prevention",))
        export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    finally:
        desk.close()
    subprocess.run(["pdftocairo", "-png", "-r", "72", "-f", "1", "-l", "1", "-cropbox", tmp_path / "kopie.pdf",
                    tmp_path / "blad"], check=True)  # fmt: skip
    sheet = next(tmp_path.glob("blad*.png"))
    picture = pymupdf.Pixmap(sheet)
    assert pymupdf.Pixmap(picture, 0).n >= 3
    page = pymupdf.open(tmp_path / "kopie.pdf")[0]
    turn = page.rotation_matrix
    tinted, plain, dark = [], [], []
    for word in page.get_text("words"):
        if word[4] not in ("opgelopen", "wachttijd", "voor", "hulp", "is", "Preventie"):
            continue
        box = (pymupdf.Rect(word[:4]) * turn).normalize()
        points = [picture.pixel(x, y)[:3] for x in range(int(box.x0) + 1, int(box.x1))
                  for y in range(int(box.y0) + 1, int(box.y1))]  # fmt: skip
        coloured = sum(max(point) - min(point) > 24 for point in points) / len(points)
        (tinted if word[4] in ("wachttijd", "voor", "hulp") else plain).append(coloured)
        dark.append(min(sum(point) for point in points))
    assert len(tinted) == 3 and min(tinted) > 0.6
    assert len(plain) == 3 and max(plain) < 0.1
    assert max(dark) < 330, "the letters stay dark under the tint"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="NOT RUN: poppler (pdftotext) is missing")
def test_that_poppler_reads_the_same_text_as_before(desk: Desk, tmp_path: Path) -> None:
    put(desk, "Preventie begint op school", note="Let op")
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    one, two = (
        subprocess.run(["pdftotext", tmp_path / name, "-"], check=True, capture_output=True).stdout
        for name in ("rapport.pdf", "kopie.pdf")
    )
    assert one == two and b"wachttijd" in one


def test_that_a_second_copy_brings_the_first_up_to_date(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.pdf"
    first, second = put(desk, "Preventie begint", note="een"), put(desk, "op het werk")
    export_pdf_copy(desk, desk.version, copy)
    export_pdf_copy(desk, desk.version, copy)
    size = copy.stat().st_size
    assert len(ours(copy)) == 2
    notes.write_note(desk, first, "twee")
    delete_annotations(desk, [second])
    third = put(desk, "Meldpunten zien meer signalen")
    export_pdf_copy(desk, desk.version, copy)
    assert {one["name"] for one in ours(copy)} == {f"kantlijn-{first}", f"kantlijn-{third}"}
    assert {one["said"] for one in ours(copy)} == {"twee", ""}
    assert len(in_file(copy)) == 3, "and the highlight that was there already"
    assert copy.stat().st_size < size + 2000, "it is made anew, and does not grow with every export"


def test_that_a_copy_nobody_wrote_in_is_not_read_through_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = pdf_base._markings
    monkeypatch.setattr(
        pdf_base, "_markings", lambda worker, source: asked.append(source.path) or real(worker, source)
    )
    put(desk, "Preventie begint")
    target = tmp_path / "copy.pdf"
    export_pdf_copy(desk, desk.version, target)
    first = target.read_bytes()
    asked.clear()
    export_pdf_copy(desk, desk.version, target)
    assert str(target) not in asked and len(ours(target)) == 1
    assert len(target.read_bytes()) == len(first)
    with target.open("ab") as more:
        more.write(b"\n% another program was here\n")
    export_pdf_copy(desk, desk.version, target)
    assert str(target) in asked and len(ours(target)) == 1


def test_that_what_others_write_in_the_copy_stays(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.pdf"
    id_ = put(desk, "Preventie begint")
    export_pdf_copy(desk, desk.version, copy)
    document = pymupdf.open(copy)
    document[0].add_text_annot((300, 300), "Van een collega").update()
    document.saveIncr()
    document.close()
    told = export_pdf_copy(desk, desk.version, copy)
    assert told.kept == 1 and len(told.remarks) == 1
    assert [one["name"] for one in ours(copy)] == [f"kantlijn-{id_}"]
    assert [one["said"] for one in in_file(copy) if one["type"] == "Text"] == ["Van een collega"]


def test_that_a_note_changed_in_the_copy_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.pdf"
    put(desk, "Preventie begint", ("prevention",), "van mij")
    export_pdf_copy(desk, desk.version, copy)
    document = pymupdf.open(copy)
    page = document[0]
    mine = next(one for one in page.annots() if one.info["id"].startswith("kantlijn-"))
    mine.set_info(content=mine.info["content"].replace("van mij", "van een ander"))
    document.saveIncr()
    document.close()
    before = copy.read_bytes()
    with pytest.raises(Known, match="another name"):
        export_pdf_copy(desk, desk.version, copy)
    assert copy.read_bytes() == before


def test_that_it_comes_back_the_same_in_another_project(desk: Desk, tmp_path: Path) -> None:
    put(desk, "De wachttijd voor hulp is opgelopen tot veertien weken", ("victim-aid", "detection"), NOTE)
    put(desk, "De inspectie adviseert om scholen te steunen met een vast programma.", ("prevention",))
    put(desk, "meer signalen", note="zonder thema  ")
    changes = tag_area(desk, desk.version, 1, quad_of((60.25, 180, 301.1, 260)), ["enforcement"], note="tabel")
    relate(desk, changes.steps[0].after.id, read.annotation_rows(desk)[0].passage.id)
    _restyle(desk, "meer signalen", "underline")
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    names = [one["name"] for one in ours(tmp_path / "kopie.pdf")]
    assert len(names) == 5 and len(set(names)) == 5, "one on each page, each with a name of its own"
    before = everything(desk)
    other = a_desk(tmp_path / "q.kantlijn", tmp_path / "kopie.pdf")
    try:
        import_annotations(other, other.version)
        after = everything(other)
        assert {name: after[name] for name in before} == before
        assert len(after) == len(before) + 1, "and the one of another program"
        assert import_annotations(other, other.version).steps == ()
        told = export_pdf_copy(other, other.version, tmp_path / "nog een.pdf")
        assert (told.written, told.brought, told.left_out) == (4, 1, 0)
        assert sorted(one["name"] for one in ours(tmp_path / "nog een.pdf")) == sorted(names)
    finally:
        other.close()


def _restyle(desk: Desk, words: str, style: str) -> None:
    from dataclasses import replace

    from kantlijn.model.changes import Change

    row = next(row for row in read.annotation_rows(desk) if row.readable == words)
    desk.write("x", [Change(row.passage.annotation, replace(row.passage.annotation, style=style))])


def test_that_the_same_project_knows_its_own(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.pdf"
    id_ = put(desk, "Preventie begint", ("prevention",), "van mij")
    export_pdf_copy(desk, desk.version, copy)
    document = next(row.document.id for row in read.shelf(desk))
    later = add_documents(desk, [copy], version_of=document).added[0].version
    told = found_in(desk, later)
    assert (told.new, told.known, told.changed) == (1, 1, 0)
    assert [sort.key for sort in told.sorts] == ["#ffff00"], "of the other program; ours ask for no theme"
    notes.write_note(desk, id_, "later veranderd")
    assert found_in(desk, later).changed == 0, "the file is older, nobody changed the note in it"
    import_annotations(desk, later)
    assert sum(row.passage.id == id_ for row in read.annotation_rows(desk)) == 1


def test_that_what_came_from_the_file_is_not_doubled_and_gets_its_themes(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.pdf"
    import_annotations(desk, desk.version, {})
    row = read.annotation_rows(desk)[0]
    retag(desk, [row.passage.id], add=["detection"])
    told = export_pdf_copy(desk, desk.version, copy)
    assert (told.written, told.brought) == (0, 1)
    (one,) = in_file(copy)
    assert (one["author"], one["name"]) == ("B. Lezer", "okular-{1}")
    assert str(one["said"]).startswith("Van elders") and json.loads(str(one["tags"])) == ["Detection"]
    other = a_desk(tmp_path / "q.kantlijn", copy)
    try:
        import_annotations(other, other.version)
        assert [row.passage.annotation.note for row in read.annotation_rows(other)] == ["Van elders"]
        assert [row.passage.annotation.themes for row in read.annotation_rows(other)] == [("detection",)]
    finally:
        other.close()
