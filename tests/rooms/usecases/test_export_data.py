"""Annotations leave as data: every form has the same ones in the same order, and never over a source."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pymupdf
import pytest
from openpyxl import load_workbook

from kantlijn.errors import DiskTrouble, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.export_data import DATA_FORMS, DATA_TABLES, data_as, export_data
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.marking.tag import Wanted, tag_many
from kantlijn.usecases.shelf.add_documents import add_documents

ENDS = ("\nDe inspectie houdt toezicht op de opvang. ", "Meldpunten zien meer signalen 😀 dan vorig jaar. ")


def ids_in(data: bytes, form: str) -> list[str]:
    """The annotations in the file, in its order."""
    if form == "csv":
        return [row["Annotation"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    if form == "xlsx":
        rows = load_workbook(io.BytesIO(data))["Annotations"].iter_rows(values_only=True)
        place = next(rows).index("Annotation")
        return [row[place] for row in rows]
    if form == "json":
        return [one["id"] for one in json.loads(data)["annotations"]]
    items = json.loads(data)["first"]["items"]
    return [one["id"].rsplit(":", 1)[1] for one in items if one["motivation"] != "linking"]


@pytest.fixture
def forty(desk: Desk, tmp_path: Path) -> list[str]:
    """Forty annotations in a PDF (one an area) and two texts, made in no order; their ids as the list has them."""
    report = pymupdf.open()
    for number in range(3):
        page = report.new_page()
        for line in range(12):
            page.insert_text(
                (72, 90 + 30 * line), f"Bladzijde {number + 1}, regel {line + 1} over preventie en toezicht."
            )
    report.save(tmp_path / "rapport.pdf")
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name + "".join(ENDS) * 30, "utf-8")
    files = [tmp_path / "b.txt", tmp_path / "rapport.pdf", tmp_path / "a.txt"]
    added = [one.version for one in add_documents(desk, files).added]
    chance = random.Random(7)
    for number in range(13):
        for version in chance.sample(added, 3):
            start = chance.randrange(600)
            wanted = Wanted(range=(start, start + 40), themes=("prevention",), note=f"=SOM({number})")
            tag_many(desk, version, [wanted], strict=True)
    tag_area(desk, added[1], 1, quad_of((60, 80, 300, 130)), ["detection"])
    return [row.passage.id for row in read.annotation_rows(desk)]


def test_that_the_same_forty_stand_in_the_same_order_in_every_form(desk: Desk, forty: list[str]) -> None:
    assert len(forty) == 40
    for form in DATA_FORMS:
        assert ids_in(data_as(desk, form), form) == forty, form


def test_that_a_filter_counts_in_every_form(desk: Desk, forty: list[str]) -> None:
    chosen = AnnotationFilter(any_themes=("detection",))
    (area,) = (row.passage.id for row in read.annotation_rows(desk, chosen))
    assert [ids_in(data_as(desk, form, chosen=chosen), form) for form in DATA_FORMS] == [[area]] * 4


def test_that_each_table_is_a_csv_file(desk: Desk, forty: list[str]) -> None:
    heads = {
        table: data_as(desk, "csv", table=table).decode("utf-8-sig").splitlines()[0].split(",")[0]
        for table in DATA_TABLES
    }
    assert heads == {
        "annotations": '"Document"', "matrix": '"Theme"', "relations": '"From: document"', "themes": '"Theme"',
        "documents": '"Title"',
    }  # fmt: skip


def test_that_what_is_not_there_is_refused_with_what_is(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Known, match="csv, xlsx, json, jsonld"):
        export_data(desk, tmp_path / "x", "ods")
    with pytest.raises(Known, match="annotations, matrix, relations"):
        export_data(desk, tmp_path / "x", "csv", table="notes")
    assert not (tmp_path / "x").exists()


def test_that_a_file_is_written_whole_and_never_over_a_document(
    desk: Desk, forty: list[str], tmp_path: Path
) -> None:
    before = (tmp_path / "a.txt").read_bytes()
    with pytest.raises(Known, match=r"a\.txt"):
        export_data(desk, tmp_path / "a.txt", "csv")
    assert (tmp_path / "a.txt").read_bytes() == before
    with pytest.raises(DiskTrouble, match=r"x\.csv"):
        export_data(desk, tmp_path / "nergens" / "x.csv", "csv")
    (tmp_path / "x.csv").write_text("ouder")
    assert ids_in(export_data(desk, tmp_path / "x.csv", "csv").read_bytes(), "csv") == forty


def test_that_five_thousand_annotations_are_in_every_form(tmp_path: Path) -> None:
    """How long they take is measured by bench/exporting.py."""
    (tmp_path / "lang.txt").write_text("".join(ENDS) * 700, "utf-8")
    desk = new_desk(tmp_path / "Veel.kantlijn", settings=Settings())
    try:
        version = add_documents(desk, [tmp_path / "lang.txt"]).added[0].version
        note = "Vergelijk met het rapport van vorig jaar; zie ook de brief. " * 4
        tag_many(desk, version, [Wanted(range=(n * 12, n * 12 + 90), themes=("prevention", "detection"), note=note)
                                 for n in range(5000)], strict=True)  # fmt: skip
        for form in DATA_FORMS:
            assert len(ids_in(data_as(desk, form), form)) == 5000, form
    finally:
        desk.close()
