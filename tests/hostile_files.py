"""Files of every format that the program reads, harmed by chance: made, opened, and what became of them.

The same harm comes out of the same number. Short sweeps are in tests/journeys/test_hostile_files.py, the long one
is `python -m bench.mutated`.
"""

from __future__ import annotations

import io
import logging
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from kantlijn.documents.contract import AskBitmap, AskMarkings, AskPage
from kantlijn.errors import Known
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.handing.bring_in import bring_in
from kantlijn.usecases.handing.hand_out import hand_out
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.shelf.add_documents import add_documents

DOCUMENTS = ("pdf", "txt", "md", "html", "docx", "odt", "epub", "rtf")
ANNOTATIONS = ("qdpx", "qdc", "jsonld", "csv")
FORMATS = (*DOCUMENTS, *ANNOTATIONS, "kantlijn")
HANG = 10.0
"""Seconds within which every file has opened or got its sentence."""
TEXT = (
    "Preventie begint op school, met een plan per jaar.\n\nDe wachttijd voor hulp liep op tot veertien weken."
    "\n\nMeldpunten zien meer signalen — café, naïef, €5, 😀 en 𝔘.\n\n"
)
_EDGES = (
    b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"99999999999999999999", b"1e308",
)  # fmt: skip
_TOKENS = (
    b"\0", b"\xff\xfe", b"<<", b">>", b"endobj", b"stream\n", b"]", b"[" * 200, b"(" * 100, b"<" * 50, b"</",
    b"&lol;", b"{" * 300, b'"', b"\\u0000", b"\\ud800", b"null", b"true", b"\xf4\x90\x80\x80", b"PK\x03\x04",
    b"{\\", b"\\bin99999999 ", b"../../", b"%PDF-", b"/Kids", b"R", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&#0;",
    b"\r\n",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same file harmed; of an archive half of the time what is packed in it."""
    if data[:4] == b"PK\x03\x04" and chance.random() < 0.6:
        return _mutated_inside(data, chance)
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 32))):
        chance.choice(_HARMS)(made, chance)
    return bytes(made)


def _mutated_inside(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as fresh:
        names = packed.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = packed.read(name)
            if name == chosen:
                content = mutated(content, chance)
                name = chance.choice((name, name, name, name, "../" + name, name.upper(), name + "x"))
            fresh.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _place(made: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(made) + 1)


def _flip(made: bytearray, chance: random.Random) -> None:
    if made:
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)


def _noise(made: bytearray, chance: random.Random) -> None:
    at = _place(made, chance)
    made[at : at + chance.randrange(1, 64)] = chance.randbytes(chance.randrange(64))


def _cut(made: bytearray, chance: random.Random) -> None:
    del made[_place(made, chance) :]


def _drop(made: bytearray, chance: random.Random) -> None:
    at = _place(made, chance)
    del made[at : at + chance.choice((1, 4, 64, 1024))]


def _double(made: bytearray, chance: random.Random) -> None:
    at = _place(made, chance)
    part = bytes(made[at : at + chance.choice((1, 16, 256, 4096))])
    goes = _place(made, chance)
    made[goes:goes] = part * chance.choice((1, 1, 2, 50))


def _number(made: bytearray, chance: random.Random) -> None:
    numbers = list(re.finditer(rb"-?\d+", made))
    if numbers:
        found = chance.choice(numbers)
        made[found.start() : found.end()] = chance.choice(_EDGES)


def _token(made: bytearray, chance: random.Random) -> None:
    at = _place(made, chance)
    made[at:at] = chance.choice(_TOKENS)


def _zero(made: bytearray, chance: random.Random) -> None:
    at = _place(made, chance)
    end = min(len(made), at + chance.choice((1, 16, 512)))
    made[at:end] = bytes(end - at)


_HARMS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _noise, _cut, _drop, _double, _number, _number, _token, _zero,
)  # fmt: skip


# -- whole files to begin with --------------------------------------------------------------------------------


def whole_files(folder: Path, samples: Path) -> dict[str, list[bytes]]:
    """For each format one or more files as they should be. samples: the sample project's documents."""
    made: dict[str, list[bytes]] = {
        "txt": [TEXT.encode() * 5, TEXT.encode("utf-16"), "Café, €5\n".encode("cp1252") * 20],
        "md": [f"# Plan\n\n{TEXT}\n- een\n- twee\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[x](javas:1)\n".encode()],
        "html": [_html().encode(), _MHTML + _html().encode()],
        "rtf": [_rtf()],
        "pdf": [_pdf(), *(file.read_bytes() for file in sorted(samples.glob("*.pdf"))[:1])],
        "docx": [_docx()],
        "odt": [_odt(), _flat_odt(_odt())],
        "epub": [_epub()],
    }
    path = folder / "whole.kantlijn"
    desk = new_desk(path, settings=Settings())
    (folder / "nota.txt").write_text(TEXT * 3, "utf-8")
    (folder / "rapport.pdf").write_bytes(made["pdf"][0])
    for name in ("nota.txt", "rapport.pdf"):
        version = add_documents(desk, [folder / name]).added[0].version
        for number in range(6):
            theme = read.themes(desk)[number % 3].theme.id
            tag.tag(desk, version, (number * 9, number * 9 + 8), [theme])
    for form, ending in (("qdpx", "qdpx"), ("qdc", "qdc"), ("jsonld", "jsonld"), ("themes", "csv")):
        hand_out(desk, folder / f"out.{ending}", form)
        made[ending] = [(folder / f"out.{ending}").read_bytes()]
    desk.close()
    made["kantlijn"] = [path.read_bytes()]
    return made


def _pdf() -> bytes:
    """Uncompressed, so that harm reaches what is drawn: text, a link, a highlight, an outline."""
    import pymupdf

    with pymupdf.open() as document:
        for number in range(4):
            page = document.new_page()
            page.insert_textbox((72, 72, 500, 400), f"{number + 1}. {TEXT}", fontsize=11)
            page.draw_circle((200, 600), 60, fill=(0, 0.4, 0.8))
        page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(72, 72, 200, 90), "uri": "https://example.org"})
        page.add_highlight_annot(pymupdf.Rect(72, 72, 200, 90)).update()
        document.set_toc([[1, "Preventie", 1], [2, "Hulp", 2], [1, "Toezicht", 4]])
        return bytes(document.tobytes(deflate=False))


def _html() -> str:
    return (
        "<!doctype html><html lang=nl><head><title>Nota</title><meta charset=utf-8></head><body><h1>Preventie</h1>"
        f"<p>{TEXT}</p><ul><li>een<li>twee</ul><table><tr><th>a<td>b</table><script>alert(1)</script>"
        "<p>noot<sup><a href='#n1'>1</a></sup></p><div id=n1>De noot.</div></body></html>"
    )


_MHTML = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: image/png\n"
    b"Content-Transfer-Encoding: base64\n\nAAAA\n--B\nContent-Type: text/html; charset=utf-8\n\n"
)


def _rtf() -> bytes:
    body = "".join(letter if letter.isascii() else f"\\u{min(ord(letter), 32767)}?" for letter in TEXT)
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Nota}}\pard\b Preventie\b0\par "
        + body.replace("\n", "\\par\n")
        + r"\trowd\cellx100\intbl a\cell b\cell\row caf\'e9{\footnote De noot.}\par}"
    ).encode("ascii")  # fmt: skip


def _docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Preventie", 1)
    for line in TEXT.split("\n\n"):
        document.add_paragraph(line)
    document.add_paragraph("een", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "a"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt() -> bytes:
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, "Preventie"))
    for line in TEXT.split("\n\n"):
        document.body.append(Paragraph(line))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _flat_odt(packed: bytes) -> bytes:
    """The same in one XML file."""
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return parts.read("content.xml").replace(b"office:document-content", b"office:document")


def _epub() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/epub+zip")
        packed.writestr(
            "META-INF/container.xml",
            '<?xml version="1.0"?>'
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="a/content.opf" media-type="application/oebps-package+xml"/>'
            "</rootfiles></container>",
        )
        packed.writestr(
            "a/content.opf",
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Nota</dc:title></metadata><manifest>'
            '<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="c1"/></spine></package>',
        )
        packed.writestr(
            "a/c1.xhtml",
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>1</title></head>'
            f"<body><h1>Preventie</h1><p>{TEXT}</p></body></html>",
        )
    return out.getvalue()


# -- opening them ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Swept:
    """What became of the files of one format. bugs: what the log called one. slowest: seconds."""

    opened: int = 0
    refused: int = 0
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    slowest: float = 0.0


class _Bugs(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[_Bugs]:
    bugs, log = _Bugs(), logging.getLogger("kantlijn")
    log.addHandler(bugs)
    try:
        yield bugs
    finally:
        log.removeHandler(bugs)


def sweep(form: str, whole: list[bytes], folder: Path, numbers: range) -> Swept:
    """Open so many harmed files of one format, each as a reader would; documents some at once, as a folder is."""
    swept = Swept()
    at_once = 20 if form in DOCUMENTS else 1
    desk: Desk | None = None
    with _listening() as bugs:
        for place in range(0, len(numbers), at_once):
            if place % 200 == 0:  # a project that holds thousands of files is another test
                if desk is not None:
                    desk.close()
                desk = new_desk(folder / f"{form}{numbers[place]}.kantlijn", settings=Settings())
            assert desk is not None
            files = [_harmed(form, whole, folder, number) for number in numbers[place : place + at_once]]
            known = len(bugs.said)
            _open_some(swept, desk, form, files)
            swept.bugs += [f"{files[0].name}…: {said}" for said in bugs.said[known:]]
            for file in files:
                file.unlink()
    if desk is not None:
        desk.close()
    return swept


def _harmed(form: str, whole: list[bytes], folder: Path, number: int) -> Path:
    chance = random.Random(f"{form}{number}")
    file = folder / f"harmed{number}.{form}"
    file.write_bytes(mutated(chance.choice(whole), chance))
    return file


def _open_some(swept: Swept, desk: Desk, form: str, files: list[Path]) -> None:
    times = _Times()
    try:
        opened = _documents(desk, form, files, times) if form in DOCUMENTS else _other(desk, form, files[0], times)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, it is what is being counted
        if len(files) > 1:  # which of them was it?
            for file in files:
                _open_some(swept, desk, form, [file])
        else:
            swept.crashes.append(f"{files[0].name}: {type(trouble).__name__}: {trouble}")
        return
    swept.opened += opened
    swept.refused += len(files) - opened
    for name, taken in times.taken():
        swept.slowest = max(swept.slowest, taken)
        if taken > HANG:
            swept.hangs.append(f"{name}: {taken:.1f} s")


class _Times:
    """When work on each file began."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, float]] = []

    def __call__(self, _done: int, _total: int, sentence: str) -> None:
        if not self._marks or self._marks[-1][0] != sentence:
            self._marks.append((sentence, time.monotonic()))

    def taken(self) -> Iterator[tuple[str, float]]:
        """Seconds that each file took, by what was said of it."""
        marks = [*self._marks, ("", time.monotonic())]
        for (name, since), (_, until) in pairwise(marks):
            yield name, until - since


def _other(desk: Desk, form: str, file: Path, times: _Times) -> int:
    """1 when it opened; 0 for a sentence. Anything else is a crash."""
    times(0, 1, file.name)
    try:
        if form == "kantlijn":
            _read_project(file)
        else:
            bring_in(desk, file)
    except Known as trouble:
        _must_be_a_sentence(trouble.sentence)
        return 0
    return 1


def _must_be_a_sentence(said: str) -> None:
    assert said.strip().endswith((".", "?", "!")), f"no sentence: {said!r}"


def _documents(desk: Desk, form: str, files: list[Path], times: _Times) -> int:
    """How many came in; those of PDFs are drawn, too."""
    added = add_documents(desk, files, progress=times)
    assert len(added.failed) + len(added.added) + len(added.known) == len(files)
    for failed in added.failed:
        _must_be_a_sentence(failed.error)
    for one in added.added:
        read.content(desk, one.version).text.encode()  # no half of a pair in it
        if form == "pdf":
            _draw(desk, one.version, times)
    return len(added.added) + len(added.known)


def _draw(desk: Desk, version: str, times: _Times) -> None:
    source = read.source(desk, version)
    for request in (AskBitmap(source=source, page=0, scale=1.0), AskPage(source=source, page=0),
                    AskMarkings(source=source)):  # fmt: skip
        times(0, 1, f"{version} {type(request).__name__}")
        try:
            desk.engine.ask(request).result(3 * HANG)
        except Known as trouble:
            _must_be_a_sentence(trouble.sentence)


def _read_project(file: Path) -> None:
    try:
        check(file)
        desk = open_desk(file, settings=Settings())
        try:
            for shelved in read.shelf(desk):
                for version in shelved.versions:
                    read.content(desk, version.id)
            read.annotation_rows(desk)
            read.themes(desk)
        finally:
            desk.close()
    finally:
        for left in file.parent.glob(f"{file.name}-*"):
            left.unlink()
