"""Copies of PDFs with odd notes and of odd files: encrypted, damaged, signed, lying, long, not a PDF at all."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from kantlijn.errors import Known, PasswordNeeded
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, open_desk
from kantlijn.usecases.handing.export_pdf_copy import export_pdf_copy
from kantlijn.usecases.handing.import_annotations import import_annotations
from kantlijn.usecases.marking.tag import Wanted, tag_many
from kantlijn.usecases.shelf.add_documents import add_documents

from .pdf_copies import a_desk, a_report, in_file, ours, put


@pytest.fixture
def desk(tmp_path: Path):
    made = a_desk(tmp_path / "p.kantlijn", a_report(tmp_path / "rapport.pdf"))
    yield made
    made.close()


@pytest.mark.parametrize("note", [
    "<script>alert(1)</script> ](javascript:x) =cmd| & ]]>", ") >> endobj (", "\\) \\\\ (((",
    "\u202erechts\u202c naar links", "😀👨‍👩‍👧 𝕏", "x" * 1_000_000, "▸ Themes: niet van ons",
    "regel\n\n▸ Themes: a; b", "een\r\ntwee\rdrie",
], ids=["markup", "end", "slashes", "bidi", "wide", "long", "sign", "tail", "newlines"])  # fmt: skip
def test_that_a_hostile_note_stays_text_and_comes_back(desk: Desk, tmp_path: Path, note: str) -> None:
    put(desk, "Preventie begint", ("prevention",), note)
    kept = read.annotation_rows(desk)[0].passage.annotation.note.replace("\r\n", "\n").replace("\r", "\n")
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    (one,) = ours(tmp_path / "kopie.pdf")
    assert str(one["said"]).startswith(kept)
    other = a_desk(tmp_path / "q.kantlijn", tmp_path / "kopie.pdf")
    try:
        import_annotations(other, other.version)
        rows = [row for row in read.annotation_rows(other) if row.readable == "Preventie begint"]
        assert [row.passage.annotation.note for row in rows] == [kept]
    finally:
        other.close()


def test_that_a_null_sign_in_a_note_harms_nothing(desk: Desk, tmp_path: Path) -> None:
    put(desk, "Preventie begint", note="voor\0na")
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    (one,) = ours(tmp_path / "kopie.pdf")
    assert str(one["said"]).startswith("voor") and str(one["said"]).endswith("na")


@pytest.mark.parametrize("user", ["geheim", ""])
def test_that_an_encrypted_file_stays_encrypted(tmp_path: Path, user: str) -> None:
    plain = pymupdf.open(a_report(tmp_path / "open.pdf"))
    plain.save(tmp_path / "dicht.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=user, owner_pw="baas")
    desk = a_desk(tmp_path / "p.kantlijn", tmp_path / "dicht.pdf", password=user)
    try:
        put(desk, "Preventie begint", ("prevention",), "geheime notitie é")
        told = export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
        told = export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    finally:
        desk.close()
    if user:
        desk = open_desk(tmp_path / "p.kantlijn", settings=Settings())
        try:
            with pytest.raises(PasswordNeeded, match="dicht"):
                export_pdf_copy(desk, read.shelf(desk)[0].versions[0].id, tmp_path / "kopie.pdf")
        finally:
            desk.close()
    assert told.encrypted and any("encrypted" in one for one in told.remarks)
    assert b"Themes" not in (tmp_path / "kopie.pdf").read_bytes()
    found = [one for one in in_file(tmp_path / "kopie.pdf", user) if str(one["name"]).startswith("kantlijn")]
    assert [str(one["said"]).splitlines()[0] for one in found] == ["geheime notitie é"]


def test_that_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    whole = a_report(tmp_path / "heel.pdf").read_bytes()
    cut = whole[: whole.rindex(b"startxref")]
    (tmp_path / "kapot.pdf").write_bytes(cut)
    desk = a_desk(tmp_path / "p.kantlijn", tmp_path / "kapot.pdf")
    try:
        put(desk, "Preventie begint")
        told = export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
        assert told.rewritten and any("damaged" in one for one in told.remarks)
        assert len(ours(tmp_path / "kopie.pdf")) == 1
        export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
        assert len(ours(tmp_path / "kopie.pdf")) == 1
    finally:
        desk.close()


def test_that_only_what_is_chosen_is_written(desk: Desk, tmp_path: Path) -> None:
    put(desk, "Preventie begint", ("prevention",))
    id_ = put(desk, "op het werk", ("detection",))
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf", AnnotationFilter(any_themes=("detection",)))
    assert [one["name"] for one in ours(tmp_path / "kopie.pdf")] == [f"kantlijn-{id_}"]


def test_that_a_text_and_another_file_are_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("Een brief over toezicht.", "utf-8")
    version = add_documents(desk, [tmp_path / "brief.txt"]).added[0].version
    with pytest.raises(Known, match="without pages"):
        export_pdf_copy(desk, version, tmp_path / "kopie.pdf")
    assert not (tmp_path / "kopie.pdf").exists()
    foreign = pymupdf.open()
    foreign.new_page()
    foreign.save(tmp_path / "ander.pdf")
    for name in ("rapport.pdf", "ander.pdf"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(Known, match="Choose another name"):
            export_pdf_copy(desk, desk.version, tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(Known):
        export_pdf_copy(desk, desk.version, tmp_path / "weg" / "kopie.pdf")
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".kopie")], "nothing half-made is left"


def test_that_a_signed_file_is_only_added_to(tmp_path: Path) -> None:
    document = pymupdf.open(a_report(tmp_path / "open.pdf"))
    document.xref_set_key(document.pdf_catalog(), "AcroForm/SigFlags", "3")
    document.save(tmp_path / "getekend.pdf")
    document.close()
    desk = a_desk(tmp_path / "p.kantlijn", tmp_path / "getekend.pdf")
    try:
        put(desk, "Preventie begint")
        told = export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    finally:
        desk.close()
    assert told.signed and not told.rewritten and any("signature" in one for one in told.remarks)
    assert (tmp_path / "kopie.pdf").read_bytes().startswith((tmp_path / "getekend.pdf").read_bytes())


_HOSTILE = (
    '{"id": "a", "range": [5, 1e400]}', '{"id": ["a"], "themes": {"x": 1}, "range": [0, 99999999]}', "[1]", "{",
    '{"id": "\\ud800", "range": [-4, 2], "part": -7}', '{"id": "x", "range": [0, 9], "quote": "0"}',
    "[" * 50_000, '{"id": "../../etc", "part": 1e9}', "null", '{"id": "a\\u0000b", "tail": 7, "mark": []}',
)  # fmt: skip


def test_that_a_file_that_lies_about_itself_harms_nothing(tmp_path: Path) -> None:
    document = pymupdf.open(a_report(tmp_path / "r.pdf"))
    page = document[0]
    for place, said in enumerate(_HOSTILE):
        one = page.add_highlight_annot(page.search_for("wachttijd voor hulp", quads=True))
        one.set_info(title="C. Lezer", content=f"notitie {place}")
        document.xref_set_key(one.xref, "Kantlijn:Annotation", pymupdf.get_pdf_str(said))
        document.xref_set_key(one.xref, "NM", f"(n{place})")
    document.save(tmp_path / "vals.pdf")
    document.close()
    desk = a_desk(tmp_path / "p.kantlijn", tmp_path / "vals.pdf")
    try:
        import_annotations(desk, desk.version)
        rows = [row for row in read.annotation_rows(desk) if row.passage.annotation.note.startswith("notitie")]
        assert {row.readable for row in rows} == {"wachttijd voor hulp"}
        assert len(rows) >= len(_HOSTILE) - 3, "those that claim one id are taken for parts of one"
        export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    finally:
        desk.close()


def test_that_five_thousand_annotations_in_a_long_report_are_written_or_counted(
    rapport300: Path, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path / "p.kantlijn", rapport300)
    try:
        content = read.content(desk, desk.version)
        step = len(content.text) // 5100
        wanted = [Wanted(range=_words(content.text, at * step), themes=("prevention",), note=f"notitie {at}")
                  for at in range(5000)]  # fmt: skip
        assert len(tag_many(desk, desk.version, wanted).passages) == 5000
        told = export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
        assert told.written > 4900 and told.written + told.left_out == 5000
    finally:
        desk.close()


def _words(text: str, at: int) -> tuple[int, int]:
    while text[at].isspace():
        at += 1
    end = min(len(text), at + 60)
    return at, end


def test_that_a_copy_whose_annotations_lost_their_numbers_is_made_anew(desk: Desk, tmp_path: Path) -> None:
    """Another program wrote them into the list of the page itself."""
    put(desk, "Preventie begint", ("prevention",))
    export_pdf_copy(desk, desk.version, tmp_path / "kopie.pdf")
    with pymupdf.open(tmp_path / "kopie.pdf") as written:
        numbers = [one.xref for one in written[0].annots()]
        inside = "".join(written.xref_object(number, compressed=True) for number in numbers)
        written.xref_set_key(written[0].xref, "Annots", f"[{inside}]")
        written.save(tmp_path / "elders.pdf")
    assert export_pdf_copy(desk, desk.version, tmp_path / "elders.pdf").written == 1
    with pymupdf.open(tmp_path / "elders.pdf") as brought:
        listed = brought.xref_get_key(brought[0].xref, "Annots")[1]
        assert "kantlijn-" not in listed and "okular-" in listed
    assert [one["words"] for one in ours(tmp_path / "elders.pdf")] == ["Preventie begint"]
