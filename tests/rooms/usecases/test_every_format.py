"""The same forty annotations in every format: all of them, in one order, whatever words are in them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pymupdf
import pytest
from openpyxl import load_workbook

from kantlijn.errors import BadFile
from kantlijn.model.recipe import BY, Wanted, wanted_from_json, wanted_to_json
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.hand_out import FORMS as DATA
from kantlijn.usecases.handing.hand_out import hand_out
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.marking.relate import relate
from kantlijn.usecases.marking.tag import Wanted as Place
from kantlijn.usecases.marking.tag import tag_across
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.summaries.templates import copy_built_in
from kantlijn.usecases.summaries.write_summary import FORMS, export_summary
from rooms.usecases.other_programs import needs, office_to_pdf, text_of_pdf

MANY = 40
HOSTILE = (
    "<script>alert(1)</script>", "](javascript:alert(1))", "=cmd|' /C calc'!A0", "R&D & Q&A; ]]>",
    "\u202eright\u200f", "nul\0bell\a", "beyond the plane 😀𝔘", "{{ 7*7 }}{% for %}", "-----",
    "@SUM(1)", "\\input{x}", "'; DROP TABLE",
)  # fmt: skip


def quote(number: int) -> str:
    return f"Mark{number:02} stands in its own sentence"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two texts and a PDF; quotes 0 … 39 in the order of documents and lines, tagged in another order."""
    folder = tmp_path_factory.mktemp("forms")
    made = new_desk(folder / "Forty.kantlijn", settings=Settings())
    wanted: dict[str, list[Place]] = {}
    for part, numbers in enumerate((range(25), range(25, MANY))):
        lines = [f"{quote(number)}. Between them is plain text about oversight." for number in numbers]
        (folder / f"part{part}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        added = add_documents(made, [folder / f"part{part}.txt"], title=f"Part {part}").added[0]
        text = read.content(made, added.version).text
        for number in numbers:
            start = text.index(quote(number))
            note = HOSTILE[number % len(HOSTILE)]
            themes = ("prevention", "detection")[: 1 + number % 2]
            wanted.setdefault(added.version, []).append(
                Place(range=(start, start + len(quote(number))), themes=themes, note=note, id=f"A{number:02}")
            )
    tag_across(made, {version: places[::-1] for version, places in wanted.items()})
    for number in range(0, 20, 2):
        relate(made, f"A{number + 1:02}", f"A{number:02}", note=HOSTILE[number % len(HOSTILE)])
    yield made
    made.close()


def marks(text: str) -> list[int]:
    """The numbers of the quotes in a text, in order."""
    return [int(found) for found in re.findall(r"Mark(\d\d) stands in its own sentence", text)]


def data(desk: Desk, form: str, folder: Path, **named: str) -> Path:
    return hand_out(desk, folder / f"out{DATA[form]}", form, **named).path


EVERY = list(range(MANY))


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_that_text_has_all_in_reading_order(desk: Desk, tmp_path: Path, form: str) -> None:
    path = export_summary(desk, tmp_path / "s", form, Wanted(by="document"))
    assert marks(unescape(path.read_text("utf-8"))) == EVERY


@pytest.mark.parametrize("sources", ["inline", "footnotes"])
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_that_libreoffice_shows_all_in_reading_order(
    desk: Desk, tmp_path: Path, form: str, sources: str
) -> None:
    path = export_summary(desk, tmp_path / f"s.{form}", form, Wanted(by="document", sources=sources))
    shown = text_of_pdf(office_to_pdf(path, tmp_path))
    assert marks(shown) == EVERY
    assert "Part 0" in shown and "line 25" in shown
    assert "<script>alert(1)</script>" in shown and "😀" in shown


def test_that_a_pdf_has_all_in_reading_order_with_bookmarks(desk: Desk, tmp_path: Path) -> None:
    path = export_summary(desk, tmp_path / "s.pdf", "pdf", Wanted(by="document"))
    assert marks(text_of_pdf(path)) == EVERY
    needs("pdftohtml")
    told = subprocess.run(["pdftohtml", "-xml", "-stdout", path], capture_output=True, check=True, timeout=60)
    assert b"Part 1" in told.stdout[told.stdout.index(b"<outline") :]


def test_that_data_has_all_in_reading_order(desk: Desk, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(data(desk, "csv", tmp_path).read_text("utf-8-sig"))))
    assert marks("\n".join(row["Quote"] for row in rows)) == EVERY
    sheet = load_workbook(data(desk, "xlsx", tmp_path))["Annotations"]
    quotes = [row[[cell.value for cell in sheet[1]].index("Quote")].value for row in sheet.iter_rows(min_row=2)]
    assert marks("\n".join(quotes)) == EVERY
    told = json.loads(data(desk, "json", tmp_path).read_text("utf-8"))
    assert [one["id"] for one in told["annotations"]] == [f"A{number:02}" for number in EVERY]
    linked = data(desk, "jsonld", tmp_path).read_text("utf-8")
    assert list(dict.fromkeys(marks(linked))) == EVERY


def test_that_a_refi_project_has_all_in_reading_order(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(data(desk, "qdpx", tmp_path)) as box:
        xml = box.read("project.qde").decode()
    names = re.findall(r'<PlainTextSelection [^>]*name="([^"]*)"', xml)
    assert marks("\n".join(names)) == EVERY


def test_that_overlapping_passages_areas_and_versions_stand_in_the_order_of_the_list(
    tmp_path: Path, samples: Path
) -> None:
    desk = new_desk(tmp_path / "o.kantlijn", settings=Settings())
    old = add_documents(desk, [samples / "toezicht-2023.pdf"]).added[0]
    new = add_documents(desk, [samples / "toezicht-2024.pdf"], version_of=old.document).added[0]
    reply = add_documents(desk, [samples / "kabinetsreactie.pdf"]).added[0]
    ranges = [(50, 90), (45, 200), (45, 3000), (40, 5000), (9000, 9100)]
    tag_across(desk, {
        one.version: [Place(range=range, note=f"Mark{10 * n + m} stands in its own sentence")
                      for m, range in enumerate(ranges[: 5 if one is not reply else 4])]
        for n, one in enumerate((reply, old, new), 1)
    })  # fmt: skip
    tag_area(desk, old.version, 2, quad_of((100, 300, 400, 450)), [], note="Mark99 stands in its own sentence")
    rows = read.annotation_rows(desk)
    order = [marks(row.passage.annotation.note)[0] for row in rows]
    assert len(order) == 15 and 0 < order.index(99) < 14
    for form in ("html", "markdown", "text", "pdf"):
        path = export_summary(desk, tmp_path / "s", form, Wanted(by="document"))
        assert marks(text_of_pdf(path) if form == "pdf" else unescape(path.read_text("utf-8"))) == order
    for form in ("csv", "json", "jsonld"):
        assert list(dict.fromkeys(marks(data(desk, form, tmp_path).read_text("utf-8")))) == order
    with pymupdf.open(data(desk, "pdf-copy", tmp_path, version=old.version)) as copy:
        noted = [mark for page in copy for one in page.annots() for mark in marks(one.info["content"])]
    here = [mark for mark, row in zip(order, rows, strict=True) if row.version.id == old.version]
    assert list(dict.fromkeys(noted)) == here
    desk.close()


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("form", FORMS)
def test_that_every_gathering_comes_in_every_format(desk: Desk, tmp_path: Path, by: str, form: str) -> None:
    wanted = Wanted(by=by, definitions=True, document_notes=True, order="theme")
    path = export_summary(desk, tmp_path / f"s.{form}", form, wanted)
    assert path.stat().st_size > 500
    if form == "text":
        found = marks(path.read_text("utf-8"))
        assert set(found) == (set(range(20)) if by in ("relation", "register") else set(EVERY))


def test_that_a_browser_shows_the_page_and_asks_for_nothing(desk: Desk, tmp_path: Path) -> None:
    needs("chromium")
    wanted = Wanted(by="document", title=HOSTILE[0])
    path = export_summary(desk, tmp_path / "s.html", "html", wanted)
    log = tmp_path / "net.json"
    shown = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
         f"--log-net-log={log}", "--dump-dom", path.as_uri()],
        check=True, capture_output=True, timeout=120,
    ).stdout.decode()  # fmt: skip
    assert marks(unescape(shown)) == EVERY
    assert "<script" not in shown
    asked = set(re.findall(r'"url":"((?:https?|ws|ftp)://[^"]*)"', log.read_text("utf-8", "replace")))
    ours = {url for url in asked if "example" in url or "alert" in url or str(tmp_path) in url}
    assert ours == set()


def test_that_a_template_of_strangers_makes_no_page_that_loads_or_runs(desk: Desk, tmp_path: Path) -> None:
    path = copy_built_in(desk, "html", "hostile")
    path.write_text(
        '<html><head><script>alert(1)</script><link rel=stylesheet href="http://e.org/x.css"><style>'
        "@import url(http://e.org/a.css); p{background:url(http://e.org/p.png)}</style></head><body onload=x()>"
        '<img src="http://e.org/i.png"><iframe src="http://e.org"></iframe>{{ title }} {{ groups[0].title }}'
        "{{ ''.__class__.__mro__ }}</body></html>", "utf-8",
    )  # fmt: skip
    try:
        export_summary(desk, tmp_path / "t.html", "html", Wanted(template="hostile"))
        made = (tmp_path / "t.html").read_text("utf-8")
    except BadFile as refused:
        assert "hostile" in refused.sentence
    else:
        assert not re.search(r"<script|<link|<iframe|onload|http://e\.org", made)
    path.write_text('<p style="background:url(http://e.org/p.png)">{{ title }}</p><script>1</script>', "utf-8")
    export_summary(desk, tmp_path / "t.html", "html", Wanted(template="hostile"))
    made = (tmp_path / "t.html").read_text("utf-8")
    assert "Forty" in made
    assert not re.search(r"<script|url\s*\(", made)
    path.unlink()


def test_that_an_empty_template_and_a_name_that_is_not_there_are_told_in_words(desk: Desk, tmp_path: Path) -> None:
    path = copy_built_in(desk, "text", "short")
    for source, told in (
        ("\n", "“short.txt” is empty"),
        ("{{ title }}\n{{ groups[0].name }}", "a mistake in line 2: “group” has no attribute 'name'."),
    ):
        path.write_text(source, "utf-8")
        with pytest.raises(BadFile) as refused:
            export_summary(desk, tmp_path / "t.txt", "text", Wanted(template="short"))
        assert told in refused.value.sentence
    path.unlink()


def test_that_a_megabyte_of_a_note_goes_everywhere(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "big.kantlijn", settings=Settings())
    (tmp_path / "a.txt").write_text(f"{quote(7)}.\n", "utf-8")
    version = add_documents(desk, [tmp_path / "a.txt"]).added[0].version
    note = "=1+1 <b>& " * 100_000
    tag_across(desk, {version: [Place(range=(0, len(quote(7))), themes=("prevention",), note=note)]})
    for form in FORMS:
        assert export_summary(desk, tmp_path / f"s.{form}", form, Wanted()).stat().st_size > 2000
    for form in sorted(set(DATA) - {"pdf-copy"}):
        assert hand_out(desk, tmp_path / f"d{DATA[form]}", form).path.exists()
    desk.close()


def test_that_what_is_wanted_survives_as_a_recipe(desk: Desk) -> None:
    wanted = Wanted(by="matrix", order="date", context=3, notes=False, sources="footnotes", title="x")
    assert wanted_from_json(wanted_to_json(wanted)) == wanted
    assert wanted_from_json(wanted_to_json(replace(wanted, by="theme"))).by == "theme"
