"""The list of what could go wrong with strangers' files and readers' secrets, a test a line.

Most lines have tests of their own in the rooms; here each is asked once of the program as a whole.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pymupdf
import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QDesktopServices, QImage, QPainter, QTextDocument

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskBitmap, AskPage, Source
from kantlijn.errors import BadFile, DiskTrouble, EngineTrouble, Known, NotAProject
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.handing.bring_in import bring_in
from kantlijn.usecases.handing.hand_out import hand_out
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.notes import write_note
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.summaries.write_summary import FORMS, export_summary
from rooms.engine.test_hostile_pdfs import flate_bomb, one_page

EVIL = (
    "<script>alert(1)</script> <img src=http://x.example/a.png onerror=alert(1)> [x](javascript:alert(1)) "
    "<a href='file:///etc/passwd'>y</a> <iframe src=//x.example></iframe> <b onclick=alert(1)>vet</b> "
    "<svg/onload=alert(1)> ![p](http://x.example/p.png) <style>@import 'http://x.example'</style>"
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("http://x.example")')
TEXT = "Preventie begint op school. De wachttijd voor hulp liep op.\n" * 6


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A text with an annotation for every formula, and one whose note is evil."""
    (tmp_path / "nota.txt").write_text(TEXT, "utf-8")
    made = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    version = add_documents(made, [tmp_path / "nota.txt"]).added[0].version
    theme = read.themes(made)[0].theme.id
    for number, note in enumerate((EVIL, *FORMULAS)):
        tag.tag(made, version, (number * 9, number * 9 + 8), [theme], id=f"a{number}")
        write_note(made, f"a{number}", note)
    yield made
    made.close()


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(guests=1)
    yield made
    made.close()


def _source(file: Path, data: bytes) -> Source:
    file.write_bytes(data)
    return Source(key=file.name, path=str(file))


def test_that_a_hostile_pdf_that_would_crash_hang_or_eat_memory_is_survived(engine, tmp_path):
    bomb = _source(tmp_path / "bom.pdf", flate_bomb())
    with pytest.raises(EngineTrouble, match=r"too long|too much memory|cannot be"):
        engine.ask(AskBitmap(source=bomb, page=0, scale=2.0), deadline=1.0).result(60)
    plain = _source(tmp_path / "nota.pdf", one_page())
    assert engine.ask(AskBitmap(source=plain, page=0, scale=1.0)).result(30).width == 595


def test_that_bad_files_get_a_sentence_and_leave_the_rest(desk, tmp_path):
    before = [row.document.id for row in read.shelf(desk)]
    for name, data in (
        ("leeg.pdf", b""), ("ruis.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9), ("half.docx", b"PK\3\4x"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        added = add_documents(desk, [tmp_path / name])
        assert f"“{name}”" in added.failed[0].error
    assert [row.document.id for row in read.shelf(desk)] == before


def test_that_pdf_javascript_is_not_run(engine, tmp_path):
    with pymupdf.open() as document:
        document.new_page()
        inside = pymupdf.mupdf.pdf_document_from_fz_document(document.this)
        assert not pymupdf.mupdf.pdf_js_supported(inside)
    acts = one_page().replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    drawn = engine.ask(AskBitmap(source=_source(tmp_path / "js.pdf", acts), page=0, scale=1.0)).result(30)
    assert drawn.width == 595


def test_that_pdf_links_open_nothing_but_the_web_and_that_after_a_question(engine, tmp_path, window, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    with pymupdf.open() as document:
        page = document.new_page()
        for n, link in enumerate((
            {"kind": pymupdf.LINK_LAUNCH, "file": "/bin/sh"},
            {"kind": pymupdf.LINK_GOTOR, "file": "/bin/sh", "page": 0},
            {"kind": pymupdf.LINK_URI, "uri": "file:///etc/passwd"},
            {"kind": pymupdf.LINK_URI, "uri": "javascript:1"},
            {"kind": pymupdf.LINK_URI, "uri": "https://example.org/"},
        )):  # fmt: skip
            page.insert_link({**link, "from": pymupdf.Rect(50, 50 * n + 50, 90, 50 * n + 70)})
        source = _source(tmp_path / "links.pdf", document.tobytes())
    links = engine.ask(AskPage(source=source, page=0)).result(30).links
    assert [link.uri for link in links] == ["https://example.org/"]
    following = window.findChild(_following())
    for address in ("file:///etc/passwd", "javascript:1", "/bin/sh", "smb://x/y"):
        following.ask(address)
    assert opened == []


def _following() -> type:
    from kantlijn.ui.shell.reading.following import Following

    return Following


def test_that_embedded_files_are_never_extracted(desk, tmp_path):
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "Toezicht")
        document.embfile_add("../../evil.sh", b"#!/bin/sh", filename="../../evil.sh")
        document.save(tmp_path / "in.pdf")
    assert not add_documents(desk, [tmp_path / "in.pdf"]).failed
    assert not [*tmp_path.parent.rglob("evil*"), *Path.home().rglob("evil*")]


class _Seen(HTMLParser):
    """Tags and addresses in a page; the addresses are those that a program would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.acts: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.acts.append(name)
            if name in ("src", "href", "data", "action", "background", "poster"):
                self.addresses.append(value or "")


def test_that_notes_and_markdown_bring_no_script_along(desk, tmp_path):
    page = export_summary(desk, tmp_path / "s.html", "html").read_text("utf-8")
    seen = _Seen(page)
    assert "vet" in page, "the note itself is not there"
    assert not seen.tags & {"script", "iframe", "svg", "img", "object", "embed", "form", "link", "base"}
    assert seen.acts == []
    bad = ("javascript:", "data:", "file:", "//")
    assert [one for one in seen.addresses if one.strip().lower().startswith(bad)] == []


def test_that_exported_html_forbids_scripts_by_its_policy(desk, tmp_path):
    page = export_summary(desk, tmp_path / "s.html", "html").read_text("utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy"\s+content="([^"]*)"', page)
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "@import" not in page.partition("</style>")[0]


def test_that_qtextbrowser_and_qtextdocument_load_no_files(qtbot, tmp_path):
    from kantlijn.ui.kit.browser import ClosedBrowser, ClosedDocument

    picture = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 4, 4))
    picture.clear_with(0)
    file = tmp_path / "black.png"
    picture.save(file)

    def black(document: QTextDocument) -> bool:
        """Whether the picture is drawn, however its address is written."""
        names = (str(file), file.as_uri(), f"//localhost{file}")
        document.setHtml("".join(f"<p>a<img width=90 height=90 src='{name}'>" for name in names))
        document.setTextWidth(400)
        sheet = QImage(400, 400, QImage.Format.Format_RGB32)
        sheet.fill(0xFFFFFFFF)
        painter = QPainter(sheet)
        document.drawContents(painter)
        painter.end()
        grid = [(x, y) for x in range(0, 400, 8) for y in range(0, 400, 8)]
        return sum(sheet.pixelColor(x, y).lightness() < 20 for x, y in grid) > 50

    browser = ClosedBrowser()
    qtbot.addWidget(browser)
    assert black(QTextDocument()), "Qt fetches no files any more: this proves nothing"
    assert not black(browser.document())
    assert not black(ClosedDocument())
    browser.setHtml(f"<img src='{file}'>")
    assert isinstance(browser.document(), ClosedDocument)


def test_that_webengine_is_not_shipped():
    named = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert "PySide6-Essentials" in named
    assert not re.search(r'"PySide6(-Addons)?[><=! ]', named)
    look = "import kantlijn.ui.shell.window, sys; print([n for n in sys.modules if 'WebEngine' in n])"
    loaded = subprocess.run(
        [sys.executable, "-c", look],
        capture_output=True, text=True, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert loaded.stdout.strip() == "[]"


def test_that_csv_injection_is_guarded_against(desk, tmp_path):
    hand_out(desk, tmp_path / "a.csv", "csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_that_xlsx_injection_leaves_text(desk, tmp_path):
    hand_out(desk, tmp_path / "a.xlsx", "xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert [cell for cell in cells if str(cell.value) == "=1+1"], "the formula is not there as text"
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    book.close()


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))
XML = (
    f"<?xml version='1.0'?><!DOCTYPE x [{_LAUGHS}]><CodeBook>&l8;</CodeBook>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><CodeBook name='&e;'/>",
)


@pytest.mark.parametrize("trap", XML)
def test_that_xml_bombs_and_xxe_are_refused(desk, tmp_path, trap):
    (tmp_path / "a.qdc").write_text(trap, "utf-8")
    with pytest.raises(BadFile):
        bring_in(desk, tmp_path / "a.qdc")
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", trap)
        packed.writestr("word/document.xml", trap)
    (failed,) = add_documents(desk, [tmp_path / "a.docx"]).failed
    assert "a.docx" in failed.error
    assert "root:" not in failed.error


@pytest.mark.parametrize("member", ["../../weg.txt", "/tmp/weg.txt", "sources/../../../weg.txt"])
def test_that_a_qdpx_zip_leads_nowhere_and_is_no_bomb(desk, tmp_path, member):
    hand_out(desk, tmp_path / "a.qdpx", "qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx", "a") as packed:
        packed.writestr(member, b"x")
    with pytest.raises(BadFile, match="leads outside"):
        bring_in(desk, tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "bom.qdpx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("project.qde", bytes(100 << 20))
    with pytest.raises(BadFile):
        bring_in(desk, tmp_path / "bom.qdpx")
    assert not list(tmp_path.parent.rglob("weg.txt"))


def test_that_file_permissions_are_the_owners_alone(tmp_path):
    before = os.umask(0o022)
    try:
        desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
        (tmp_path / "nota.txt").write_text(TEXT, "utf-8")
        add_documents(desk, [tmp_path / "nota.txt"])
        beside = [one for one in tmp_path.iterdir() if "kantlijn" in one.name]
        assert len(beside) >= 3  # the file, its log and what they share
        assert [one.name for one in beside if stat.S_IMODE(one.stat().st_mode) & 0o077] == []
        desk.close()
    finally:
        os.umask(before)
    made = [one for one in Path.home().rglob("kantlijn") if one.is_dir()]
    assert [one for one in made if stat.S_IMODE(one.stat().st_mode) & 0o077] == []


def test_that_temp_and_partial_exports_leave_what_was_there(desk, tmp_path, monkeypatch):
    target = tmp_path / "s.html"
    export_summary(desk, target, "html")
    before = target.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kantlijn.usecases.whole_file.os.fsync", full)
    for form in FORMS:
        with pytest.raises(DiskTrouble, match="could not be written: No space left"):
            export_summary(desk, target, form)
    with pytest.raises(DiskTrouble):
        hand_out(desk, tmp_path / "a.json", "json")
    assert target.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir() if "kantlijn" not in one.name) == ["nota.txt", "s.html"]
    with pytest.raises(Known, match="nothing is written over it"):
        hand_out(desk, desk.path, "json")


def test_that_deleted_notes_remain_nowhere_in_the_file(tmp_path):
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    secret = "een woord dat weg moet " * 400
    desk.project.keep_fact("geheim", secret)
    desk.project.keep_fact("geheim", "")
    with desk.project.reading() as db:
        assert db.execute("PRAGMA secure_delete").fetchone() == (1,)
    desk.close()
    assert b"een woord dat weg moet" not in (tmp_path / "p.kantlijn").read_bytes()


@pytest.mark.parametrize("planted", [
    "CREATE TRIGGER evil AFTER INSERT ON theme BEGIN DELETE FROM annotation; END",
    "CREATE VIEW evil AS SELECT * FROM annotation",
    "CREATE TABLE evil (x)",
    "CREATE VIRTUAL TABLE evil USING fts5 (x)",
    "CREATE INDEX evil ON annotation (note)",
    "ALTER TABLE theme ADD COLUMN evil TEXT DEFAULT (hex(randomblob(9)))",
])  # fmt: skip
def test_that_a_hostile_store_file_is_refused_untouched(desk, planted):
    path = desk.path
    desk.close()
    with closing(sqlite3.connect(path)) as db:
        try:
            db.execute(planted)
        except sqlite3.OperationalError:  # SQLite itself holds it off
            db.execute("CREATE TABLE evil (x)")
        db.commit()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NotAProject, match="changed by another program"):
            open_desk(path, settings=Settings(), read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("row", [
    ("trigger", "sqlite_stat9", "theme", "CREATE TRIGGER sqlite_stat9 AFTER INSERT ON theme BEGIN SELECT 1; END"),
    ("view", "sqlite_stat9", "sqlite_stat9", "CREATE VIEW sqlite_stat9 AS SELECT 1"),
    ("table", "holds_evil", "holds_evil", "CREATE VIRTUAL TABLE holds_evil USING fts5(x)"),
])  # fmt: skip
def test_that_a_hostile_store_file_hides_nothing_behind_a_name_of_sqlites_own(desk, row):
    path = desk.path
    desk.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema=ON")
        db.execute("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, 0, ?)", row)
        db.commit()
    with pytest.raises(NotAProject, match="changed by another program"):
        open_desk(path, settings=Settings())


_WORK = """
import socket, sys
from pathlib import Path
def never(*_):
    raise SystemExit("somebody reaches for the network")
connect = socket.socket.connect
socket.socket.connect = lambda self, to: connect(self, to) if self.family == socket.AF_UNIX else never()
socket.getaddrinfo = never
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.marking import tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.summaries.write_summary import FORMS, export_summary
folder = Path(sys.argv[1])
desk = new_desk(folder / "net.kantlijn", settings=Settings())
added = add_documents(desk, sorted(folder.glob("in*")))
assert not added.failed, added.failed
for one in added.added:
    tag.tag(desk, one.version, (0, 9), [read.themes(desk)[0].theme.id])
for form in FORMS:
    export_summary(desk, folder / f"out.{form}", form)
desk.close()
print("done")
"""


def test_that_the_network_is_never_asked_for(tmp_path):
    (tmp_path / "in.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in.pdf").write_bytes(one_page())
    (tmp_path / "in.html").write_text(f"<html><body>{EVIL}<p>tekst om te lezen</body></html>", "utf-8")
    alone = ["unshare", "-n"] if shutil.which("unshare") and not subprocess.run(
        ["unshare", "-n", "true"], capture_output=True).returncode else []  # fmt: skip
    done = subprocess.run(
        [*alone, sys.executable, "-c", _WORK, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "done\n", done.stderr
    if not alone:
        pytest.skip("NOT RUN: without root no namespace without network; that none was asked for is tested")


def test_that_crash_reports_hold_no_text(tmp_path):
    """What a guest, or a bug, leaves in the log has no word of the documents."""
    (tmp_path / "in.txt").write_text("Vertrouwelijkheid", "utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom kantlijn.ui import start\n"
        "import faulthandler, logging\n"
        "text = Path(sys.argv[1]).read_text()\n"
        "file = Path(sys.argv[2]).open('w')\nfaulthandler.enable(file)\n"
        "def reader(words):\n    faulthandler._sigsegv()\n"
        "reader(text)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "in.txt"), str(tmp_path / "crash.log")],
        capture_output=True, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == -11
    said = (tmp_path / "crash.log").read_text("utf-8")
    assert "Segmentation fault" in said
    assert "in reader" in said
    assert "Vertrouwelijkheid" not in said


def test_that_text_of_every_plane_of_unicode_comes_in_and_goes_out(tmp_path):
    letters = "".join(
        chr(point)
        for plane in range(17)
        for point in range(plane << 16, (plane + 1) << 16, 257)
        if not 0xD800 <= point <= 0xDFFF and point >= 0x20
    )
    text = "\n".join(letters[at : at + 40] for at in range(0, len(letters), 40))
    (tmp_path / "vlakken.txt").write_text(text, "utf-8")
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    version = add_documents(desk, [tmp_path / "vlakken.txt"]).added[0].version
    kept = read.content(desk, version).text
    assert {one >> 16 for one in map(ord, kept)} == set(range(17))
    theme = read.themes(desk)[0].theme.id
    for number, at in enumerate(range(0, len(kept) - 60, 200)):
        tag.tag(desk, version, (at, at + 60), [theme], id=f"u{number}")
        write_note(desk, f"u{number}", kept[at : at + 60])
    for form in FORMS:
        assert export_summary(desk, tmp_path / f"out.{form}", form).stat().st_size > 500
    for form in ("json", "jsonld", "csv", "xlsx", "qdpx"):
        hand_out(desk, tmp_path / f"data.{form}", form)
    data = json.loads((tmp_path / "data.json").read_text("utf-8"))
    assert len(data["annotations"]) == number + 1
    desk.close()
