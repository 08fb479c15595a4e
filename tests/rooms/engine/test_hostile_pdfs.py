"""PDFs made to harm: each is read, or refused with a sentence, within its time; the engine reads on after it."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskBitmap, AskContent, AskMarkings, AskPage, AskSheets, Source
from kantlijn.errors import Known
from kantlijn.model.document import Content
from kantlijn.model.layer import unpack


@pytest.fixture
def engine():
    """One of the test's own: these files end processes."""
    own = Engine(guests=1)
    yield own
    own.close()


HANG = 20.0
"""Seconds; the bound in earnest is 10 s a request, and this machine may be busy."""


def a_pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """Objects 1, 2, … with a table of where they are."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def a_stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(packed), more, packed)


_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F 5 0 R >> >> >>"
)
_WORDS = b"BT /F 12 Tf 72 700 Td (Preventie en toezicht) Tj ET"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(page: bytes = _PAGE, content: bytes = _WORDS, font: bytes = _FONT, *more: bytes) -> bytes:
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return a_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, a_stream(content), font, *more])


def deep_tree() -> bytes:
    """Page trees 20,000 deep around one page."""
    deep = 20_000
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, deep + 2)]
    return a_pdf([*objects, b"<< /Type /Page /MediaBox [0 0 595 842] >>"])


def tree_in_a_circle() -> bytes:
    return a_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 900000 >>"])


def claims_a_billion_pages() -> bytes:
    return one_page().replace(b"/Count 1 ", b"/Count 1000000000 ")


def outline_in_a_circle() -> bytes:
    return a_pdf([
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE,
        a_stream(_WORDS), _FONT, b"<< /First 7 0 R /Last 7 0 R /Count 1 >>",
        b"<< /Title (Rond) /Parent 6 0 R /First 6 0 R /Next 7 0 R /Dest [3 0 R /Fit] >>",
    ])  # fmt: skip


def deep_outline() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE,
        a_stream(_WORDS), _FONT,
    ]  # fmt: skip
    objects += [b"<< /Title (Diep) /First %d 0 R /Last %d 0 R /Dest [3 0 R /Fit] >>" % (n + 1, n + 1)
                for n in range(6, 20_006)]  # fmt: skip
    return a_pdf([*objects, b"<< /Title (Onder) >>"])


def many_objects() -> bytes:
    """Half a million of them; nobody asks for them."""
    return one_page(_PAGE, _WORDS, _FONT, *[b"<< /A [1 2 (x)] >>"] * 500_000)


def deep_arrays() -> bytes:
    return one_page(_PAGE, _WORDS, _FONT, b"[" * 100_000 + b"]" * 100_000)


def deep_drawing() -> bytes:
    return one_page(content=b"q " * 300_000 + _WORDS)


def form_in_itself() -> bytes:
    page = _PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    itself = b"/Resources << /XObject << /X 6 0 R >> >>"
    form = a_stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + itself)
    return one_page(page, b"/X Do " + _WORDS, _FONT, form)


def flate_bomb() -> bytes:
    """294 MB of drawing in some 300 kB."""
    return one_page(content=b"0 0 m 1 1 l S\n" * 21_000_000)


def boxed(box: bytes) -> bytes:
    return one_page(_PAGE.replace(b"[0 0 595 842]", box))


def lying_font(cmap: bytes) -> bytes:
    """A font whose table says that its letters are others."""
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    font = _FONT.replace(b" >>", b" /ToUnicode 6 0 R /FirstChar 0 /LastChar 255 /Widths 7 0 R >>")
    widths = b"[" + b" ".join([b"-5000", b"0", b"1e30", b"700"] * 64) + b"]"
    return one_page(_PAGE, _WORDS, font, a_stream(head + cmap + b"\nendcmap end"), widths)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "deep tree": deep_tree, "tree in a circle": tree_in_a_circle, "a billion pages": claims_a_billion_pages,
    "outline in a circle": outline_in_a_circle, "deep outline": deep_outline, "many objects": many_objects,
    "deep arrays": deep_arrays, "deep drawing": deep_drawing, "form in itself": form_in_itself,
    "flate bomb": flate_bomb,
    "huge page": lambda: boxed(b"[0 0 1e9 1e9]"), "endless page": lambda: boxed(b"[0 0 1e38 1e38]"),
    "page of nothing": lambda: boxed(b"[5 5 5 5]"), "page inside out": lambda: boxed(b"[900 900 -900 -900]"),
    "page of no numbers": lambda: boxed(b"[/a (b) null []]"),
    "long letters": lambda: lying_font(b"1 beginbfrange <00> <FF> <" + b"0041" * 4000 + b"> endbfrange"),
    "half letters": lambda: lying_font(b"1 beginbfrange <00> <FF> <D800> endbfrange"),
    "nul letters": lambda: lying_font(b"1 beginbfrange <00> <FF> <0000> endbfrange"),
    "turning letters": lambda: lying_font(b"1 beginbfrange <00> <FF> <202E> endbfrange"),
    "broken table": lambda: lying_font(b"999999999 beginbfchar <"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_pdf_made_to_harm_is_read_or_refused_in_time(engine, tmp_path, name):
    file = tmp_path / "nota.pdf"
    file.write_bytes(HOSTILE[name]())
    source = Source(key=name, path=str(file))
    answers = []
    for request in (AskSheets(source=source), AskContent(source=source),
                    AskBitmap(source=source, page=0, scale=0.5), AskPage(source=source, page=0),
                    AskMarkings(source=source)):  # fmt: skip
        since = time.monotonic()
        try:
            answers.append(engine.ask(request).result(4 * HANG))
        except Known as trouble:
            assert trouble.sentence.endswith(".")
        # an engine is held to what it computes; beside other tests that may take twice as long by the clock
        assert time.monotonic() - since < 2 * HANG, type(request).__name__
    for answer in answers:
        if isinstance(answer, Content):
            _must_fit(answer)
    _must_read_on(engine, tmp_path)


def _must_fit(content: Content) -> None:
    content.text.encode()  # no half letters
    assert "\0" not in content.text
    for page, layer in zip(content.pages, content.layers, strict=True):
        start, end = page.range
        assert 0 <= start <= end <= len(content.text)
        for line in unpack(layer).lines:
            assert 0 <= line.start <= line.end <= end - start


def _must_read_on(engine: Engine, folder: Path) -> None:
    file = folder / "plain.pdf"
    file.write_bytes(one_page())
    content = engine.ask(AskContent(source=Source(key=f"plain {folder}", path=str(file)))).result(HANG)
    assert "Preventie en toezicht" in content.text


def _thick(engine: Engine, folder: Path, pages: int) -> None:
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    page = _PAGE.replace(b"/F 5 0 R", b"/F 3 0 R")
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, pages)
    file = folder / "dik.pdf"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, _FONT, a_stream(_WORDS), *[page] * pages]
    file.write_bytes(a_pdf(objects))
    source = Source(key="dik", path=str(file))
    assert len(engine.ask(AskSheets(source=source)).result(60).sizes) == pages
    content = engine.ask(AskContent(source=source)).result(300)
    assert content.text.count("Preventie en toezicht") == pages
    assert "trouble" not in content.details
    assert engine.ask(AskBitmap(source=source, page=pages - 1, scale=0.2)).result(20).width == 119


def test_that_two_thousand_pages_come_in_whole(engine, tmp_path):
    _thick(engine, tmp_path, 2_000)


@pytest.mark.long
def test_that_twenty_thousand_pages_come_in_whole(engine, tmp_path):
    _thick(engine, tmp_path, 20_000)


def test_that_no_link_that_starts_a_program_or_opens_a_file_comes_out(engine, tmp_path):
    """Whatever it calls itself; and pages that act when they are opened are only pages."""
    actions = [
        b"/S /Launch /F (/bin/sh)", b"/S /Launch /Win << /F (calc.exe) >>", b"/S /URI /URI (file:///etc/passwd)",
        b"/S /GoToR /F (\\\\\\\\host\\\\share\\\\x.pdf) /D [0 /Fit]", b"/S /GoToR /F (/bin/sh) /D [0 /Fit]",
        b"/S /URI /URI (javascript:app.alert\\(1\\))", b"/S /JavaScript /JS (app.launchURL\\('http://x'\\))",
        b"/S /SubmitForm /F (http://example.org/x)", b"/S /URI /URI (smb://host/x)", b"/S /GoToE /F (x.pdf)",
        b"/S /URI /URI (data:text/html,x)", b"/S /ImportData /F (x.fdf)",
    ]  # fmt: skip
    links = b" ".join(
        b"<< /Type /Annot /Subtype /Link /Rect [%d 700 %d 720] /A << %b >> >>" % (40 * n, 40 * n + 30, action)
        for n, action in enumerate(actions)
    )
    acts = b"/AA << /O << /S /Launch /F (/bin/sh) >> >> "
    page = _PAGE.replace(b"/Contents", acts + b"/Annots [" + links + b"] /Contents")
    file = tmp_path / "links.pdf"
    file.write_bytes(one_page(page).replace(b"/Catalog", b"/Catalog /OpenAction << /S /Launch /F (/bin/sh) >>"))
    assert engine.ask(AskPage(source=Source(key="links", path=str(file)), page=0)).result(20).links == ()


def test_that_embedded_files_stay_where_they_are(engine, tmp_path):
    with pymupdf.open() as document:
        document.new_page()
        document.embfile_add("../../evil.sh", b"#!/bin/sh", filename="../../evil.sh")
        document.save(tmp_path / "in.pdf")
    source = Source(key="in", path=str(tmp_path / "in.pdf"))
    engine.ask(AskContent(source=source)).result(20)
    engine.ask(AskPage(source=source, page=0)).result(20)
    assert not list(tmp_path.parent.rglob("evil.sh"))


def for_a_certificate() -> bytes:
    locked = b"/Encrypt << /Filter /Adobe.PubSec /V 4 /Length 128 >> /ID [(a) (a)] /Size "
    return one_page().replace(b"trailer << /Size ", b"trailer << " + locked)


def two_pages_that_are_their_own_tree() -> bytes:
    return tree_in_a_circle().replace(b"/Count 900000", b"/Count 2")


@pytest.mark.parametrize(
    ("made", "said"),
    [(for_a_certificate, "“nota.pdf” is encrypted for the owner of a certificate"),
     (two_pages_that_are_their_own_tree, "“nota.pdf” opens, but none of its pages can be read")],
)  # fmt: skip
def test_that_what_cannot_be_read_is_named_with_what_to_do(engine, tmp_path, made, said):
    file = tmp_path / "nota.pdf"
    file.write_bytes(made())
    with pytest.raises(Known) as refused:
        engine.ask(AskContent(source=Source(key=said, path=str(file)))).result(HANG)
    assert said in refused.value.sentence
    assert "copy" in refused.value.sentence
