"""PDFs made for these tests, and an engine that several tests share."""

import random
import time

import pymupdf
import pytest

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskSheets, Source


def raw_pdf(content, box="0 0 595 842"):
    """A one-page PDF around a content stream."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R>>" % box.encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    made = b"%PDF-1.7\n"
    for number, part in enumerate(parts, 1):
        made += b"%d 0 obj%sendobj\n" % (number, part)
    return made + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Sources of PDFs by name: plain (12 pages), heavy (many curves in one path)…"""
    folder = tmp_path_factory.mktemp("pdf")
    plain = pymupdf.open()
    for number in range(12):
        page = plain.new_page()
        page.insert_text((72, 100), f"Bladzijde {number + 1} over toezicht", fontsize=12)
        page.draw_rect((100, 200, 200, 300), color=(1, 0, 0), fill=(0, 0, 1))
    plain.save(folder / "plain.pdf")
    plain.save(folder / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="geheim", owner_pw="baas")
    chance = random.Random(1)
    curves = "\n".join(" ".join(f"{chance.uniform(0, 800):.1f}" for _ in range(6)) + " c" for _ in range(6000))
    (folder / "heavy.pdf").write_bytes(raw_pdf(f"0 0 m\n{curves}\nB".encode()))
    (folder / "huge.pdf").write_bytes(raw_pdf(b"", box="0 0 14400 14400"))
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "noise.pdf").write_bytes(b"%PDF-1.7\n" + chance.randbytes(3000))
    (folder / "pageless.pdf").write_bytes(raw_pdf(b"").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"))
    return {path.stem: Source(key=str(path), path=str(path)) for path in folder.iterdir()}


def started(engine, source):
    """The engine with all its processes there, so that a test is not blamed for starting them."""
    engine.ask(AskSheets(source=source)).result(20)
    end = time.monotonic() + 20
    while len(engine.processes) < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    return engine


@pytest.fixture(scope="module")
def engine(made):
    """An engine for tests that leave its guests alive."""
    shared = started(Engine(), made["plain"])
    yield shared
    shared.close()


@pytest.fixture
def own_engine(made):
    """An engine for one test, that may do as it likes with it."""
    engines = []

    def make(**arguments):
        engines.append(started(Engine(**arguments), made["plain"]))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
