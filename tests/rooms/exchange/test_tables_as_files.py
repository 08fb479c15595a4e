"""CSV, XLSX and JSON hold what the project holds, and no text in them ever acts."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from kantlijn.exchange.cells import clean, cut, guarded, unguarded
from kantlijn.exchange.csv_file import table_to_csv
from kantlijn.exchange.json_file import handover_to_json
from kantlijn.exchange.tables import TABLES, Table, annotation_table, matrix_table, relation_table, theme_table
from kantlijn.exchange.xlsx_file import tables_to_xlsx
from kantlijn.model.handover import Handover
from rooms.exchange.a_handover import HOSTILE, handed, handover

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice") or ""
READ_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
texts = some.text(max_size=60) | some.sampled_from(HOSTILE)


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def hostile() -> Handover:
    return handover(*(handed(n, note=one, readable=one, author=one) for n, one in enumerate(HOSTILE)))


def workbook(made: Handover) -> bytes:
    return tables_to_xlsx([make(made) for make in TABLES.values()], title=made.project, author=made.author)


def opened_by_office(file: Path, *options: str) -> list[Path]:
    """The files that LibreOffice makes of this one."""
    out = file.parent / f"{file.name} opened"
    home = f"-env:UserInstallation={(file.parent / 'office').as_uri()}"
    subprocess.run(
        [SOFFICE, home, "--headless", *options, "--outdir", str(out), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return sorted(out.iterdir()) if out.is_dir() else []


@pytest.fixture
def calc(tmp_path: Path) -> None:
    """NOT RUN where LibreOffice is missing, or the part of it that opens tables."""
    if not SOFFICE:
        pytest.skip("NOT RUN: LibreOffice is not installed")
    (tmp_path / "probe.csv").write_text("1,2\n")
    if not opened_by_office(tmp_path / "probe.csv", "--convert-to", "xlsx"):
        pytest.skip("NOT RUN: LibreOffice Calc is not installed")


def test_that_tables_say_where_each_annotation_stands_and_what_it_is_about() -> None:
    made = handover(handed(1), handed(2, themes=(), anchor={"version": "V2"}), handed(3, themes=("T1", "T3")))
    table = annotation_table(made)
    rows = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    assert [row["Themes"] for row in rows] == ["Prevention / Schools", "", "Prevention; Oversight"]
    assert (rows[0]["Document"], rows[0]["Page"], rows[0]["Line"]) == ("Oversight in 2024", "i", "")
    assert (rows[1]["Document"], rows[1]["Page"], rows[1]["Line"]) == ("Reply of the board", "", 2)
    assert (rows[2]["Start"], rows[2]["End"], rows[2]["Annotation"]) == (30, 35, "A3")


def test_that_the_matrix_counts_each_annotation_under_its_own_themes() -> None:
    made = handover(handed(1), handed(2, themes=(), anchor={"version": "V2"}), handed(3, themes=("T1", "T3")))
    table = matrix_table(made)
    assert table.headers == ("Theme", "Oversight in 2024", "Reply of the board", "Total")
    assert table.rows == (
        ("Prevention", 1, 0, 1), ("Prevention / Schools", 1, 0, 1), ("Oversight", 1, 0, 1),
        ("Without a theme", 0, 1, 1), ("Annotations", 2, 1, 3),
    )  # fmt: skip


def test_that_relations_have_both_their_ends_with_words() -> None:
    table = relation_table(handover(handed(1), handed(2, anchor={"version": "V2"})))
    (row,) = (dict(zip(table.headers, row, strict=True)) for row in table.rows)
    assert (row["From: document"], row["From: page or line"]) == ("Reply of the board", 2)
    assert (row["From: quote"], row["To: document"]) == ("woord2", "Oversight in 2024")
    assert (row["Relation"], row["Status"], row["To: quote"]) == ("responds to", "partly adopted", "woord1")


def test_that_themes_are_counted_and_stand_below_their_parents() -> None:
    table = theme_table(handover(handed(1), handed(2)))
    counts = [(row[0], row[8]) for row in table.rows]
    assert counts == [("Prevention", 0), ("Prevention / Schools", 2), ("Oversight", 0)]


@given(some.lists(some.lists(texts, min_size=2, max_size=2), max_size=5))
def test_that_a_csv_file_gives_back_every_text_and_starts_no_formula(rows: list[list[str]]) -> None:
    data = table_to_csv(Table(name="", headers=("a", "b"), rows=tuple(map(tuple, rows)), widths=(9, 9)))
    assert data.startswith(b"\xef\xbb\xbf")
    read = csv_rows(data)[1:]
    assert [[unguarded(cell) for cell in row] for row in read] == [[clean(cell) for cell in row] for row in rows]
    assert not [cell for row in read for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} - {""}]


@given(texts)
def test_that_a_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_that_every_cell_of_a_csv_file_is_in_quotes() -> None:
    lines = table_to_csv(matrix_table(handover(handed(1)))).decode("utf-8-sig").splitlines()
    assert all(cell.startswith('"') and cell.endswith('"') for line in lines for cell in line.split(","))


@pytest.mark.usefixtures("calc")
def test_that_libreoffice_takes_no_text_of_a_csv_file_for_a_formula(tmp_path: Path) -> None:
    made = hostile()
    (tmp_path / "annotations.csv").write_bytes(table_to_csv(annotation_table(made)))
    (file,) = opened_by_office(tmp_path / "annotations.csv", READ_CSV, "--convert-to", "xlsx")
    sheet = load_workbook(file).active
    headers = [cell.value for cell in sheet[1]]
    assert sheet.max_row == len(HOSTILE) + 1
    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []
    notes = [row[headers.index("Note")].value for row in sheet.iter_rows(min_row=2)]
    assert notes[:4] == [f"'{one}" for one in HOSTILE[:4]]
    assert "<script>alert(1)</script>" in notes
    assert "regel één\nregel twee\nregel drie" in notes


def test_that_every_text_of_a_workbook_is_a_text() -> None:
    book = load_workbook(io.BytesIO(workbook(hostile())))
    assert book.sheetnames == ["Annotations", "Themes × documents", "Relations", "Themes", "Documents"]
    table = annotation_table(hostile())
    sheet = book["Annotations"]
    for place, row in enumerate(table.rows, 2):
        for column, cell in enumerate(row, 1):
            found = sheet.cell(place, column)
            if column - 1 in table.moments:
                assert found.value == datetime(2026, 11, 20, 12)
            elif isinstance(cell, int):
                assert (found.data_type, found.value) == ("n", cell)
            elif clean(cell):
                assert (found.data_type, found.value.replace("_x005F_", "_")) == ("s", clean(cell))
            assert found.hyperlink is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:Q{len(table.rows) + 1}")
    assert sheet.cell(2, 8).alignment.wrap_text
    assert 20 < sheet.column_dimensions["H"].width < 100


@settings(max_examples=25, deadline=None)
@given(some.lists(texts, min_size=1, max_size=6))
def test_that_a_workbook_is_xml_whatever_is_in_it(every: list[str]) -> None:
    made = handover(*(handed(n, note=one, readable=one) for n, one in enumerate(every)))
    book = load_workbook(io.BytesIO(workbook(made)))
    read = [row[9].value or "" for row in book["Annotations"].iter_rows(min_row=2)]
    assert [one.replace("_x005F_", "_") for one in read] == [clean(one) for one in every]


def test_that_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    data = workbook(handover(handed(1, note="😀" * 500_000), handed(2, note="a" * 32_767)))
    sheet = load_workbook(io.BytesIO(data))["Annotations"]
    long, fitting = sheet.cell(2, 10).value, sheet.cell(3, 10).value
    assert len(long.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert long.startswith("😀😀")
    assert "cut" in long[-90:]
    assert fitting == "a" * 32_767


def test_that_a_row_of_a_workbook_is_as_high_as_its_text() -> None:
    data = workbook(handover(handed(1, note="een\n" * 9 + "twee"), handed(2, note="woord " * 100), handed(3)))
    rows = load_workbook(io.BytesIO(data))["Annotations"].row_dimensions
    assert rows[2].height == 10 * 15
    assert 10 * 15 <= rows[3].height <= 18 * 15  # 600 letters in a column of 40
    assert rows[4].height is None  # of one line, as all rows are
    endless = load_workbook(io.BytesIO(workbook(handover(handed(1, note="x\n" * 9000)))))["Annotations"]
    assert 400 < endless.row_dimensions[2].height <= 409


@given(some.text(max_size=50), some.integers(10, 60))
def test_that_what_is_cut_fits_and_is_a_beginning(text: str, most: int) -> None:
    shorter = cut(text, most, " [cut]")
    assert len(shorter.encode("utf-16-le", "surrogatepass")) // 2 <= most
    assert text.startswith(shorter.removesuffix(" [cut]"))


@pytest.mark.usefixtures("calc")
def test_that_libreoffice_reads_each_sheet_as_the_tables_say(tmp_path: Path) -> None:
    plain = [one for one in HOSTILE if clean(one) == one and one.strip() and "_x" not in one]
    made = handover(*(handed(n, note=one, readable=one) for n, one in enumerate(plain)))
    (tmp_path / "book.xlsx").write_bytes(workbook(made))
    files = opened_by_office(tmp_path / "book.xlsx", "--convert-to", EVERY_SHEET)
    assert len(files) == len(TABLES)
    for make in TABLES.values():
        table = make(made)
        (file,) = (one for one in files if one.stem == f"book-{table.name}")
        said = [list(map(str, table.headers)), *(list(map(str, row)) for row in table.rows)]
        for column in table.moments:
            said[0][column] += " (UTC)"
            for row in said[1:]:
                row[column] = row[column][:19].replace("T", " ")
        assert csv_rows(file.read_bytes()) == said


def test_that_moments_of_a_workbook_are_dates_in_utc_and_the_rest_stays_as_written() -> None:
    written = ("2026-11-20T23:30:00Z", "2026-11-21T00:15:00+01:00", "2026-11-20T23:30:00", "1871-03-01T00:00:00Z",
               "2026-11", "gisteren", "")  # fmt: skip
    made = handover(*(handed(n, created=one) for n, one in enumerate(written)))
    sheet = load_workbook(io.BytesIO(workbook(made)))["Annotations"]
    cells = [row[11] for row in sheet.iter_rows()]
    assert (cells[0].value, sheet.cell(1, 13).value) == ("Made (UTC)", "Changed (UTC)")
    dates = [datetime(2026, 11, 20, 23, 30), datetime(2026, 11, 20, 23, 15)]
    assert [cell.value for cell in cells[1:]] == [*dates, *written[2:6], None]
    assert [cell.is_date for cell in cells[1:4]] == [True, True, False]
    assert cells[1].number_format == "yyyy-mm-dd hh:mm"


def test_that_a_workbook_has_no_formulas_and_no_links_outside() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(hostile()))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert len(sheets) == len(TABLES)
    assert all("<f>" not in sheet and "hyperlink" not in sheet for sheet in sheets)


def test_that_json_has_all_that_the_project_knows_of_an_annotation() -> None:
    area = {"range": (50, 50), "quote": "", "quads": ((0, (1.0, 2.0, 30.0, 2.0, 30.0, 40.0, 1.0, 40.0)),)}
    plain = json.loads(handover_to_json(handover(handed(1), handed(5, anchor=area, readable="Tabel 1"))))
    assert (plain["format"], plain["version"], plain["project"]) == ("kantlijn-annotations", 1, "Toezicht")
    assert plain["documents"][0]["versions"][0]["sha256"] == "1" * 64
    assert plain["themes"][0]["search_words"] == ["school", "voorlichting"]
    text, box = plain["annotations"]
    assert text == {
        "id": "A1", "document": "D1", "version": "V1", "themes": ["T2"], "theme_names": ["Schools"],
        "note": "Noot 1", "author": "Robin", "created": "2026-11-20T12:00:00Z", "modified": "2026-11-20T12:00:00Z",
        "style": "highlight", "colour": "", "origin": "", "quote": "woord1", "page": "i", "line": None,
        "anchor": {
            "range": [10, 15], "quote": "woord1", "prefix": "voor ", "suffix": " na", "first_page": 0,
            "last_page": 0, "state": "original", "score": 1.0, "method": "made", "review": "", "areas": [],
        },
    }  # fmt: skip
    assert box["anchor"]["areas"] == [{"page": 0, "corners": [1.0, 2.0, 30.0, 2.0, 30.0, 40.0, 1.0, 40.0]}]
    assert plain["relations"][0]["status"] == "partly"


@given(some.lists(texts, min_size=1, max_size=4))
def test_that_json_gives_back_every_note(every: list[str]) -> None:
    made = handover(*(handed(n, note=one) for n, one in enumerate(every)))
    notes = [one["note"] for one in json.loads(handover_to_json(made))["annotations"]]
    assert notes == [one.encode("utf-8", "replace").decode() for one in every]


def test_that_a_printed_sheet_has_all_columns_on_a_page_and_its_head_on_each() -> None:
    book = load_workbook(io.BytesIO(workbook(hostile())))
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert setup.orientation == "landscape"
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)  # one is what no word of it means
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
