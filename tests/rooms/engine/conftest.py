"""An engine, and help to look at where its text layer says that letters stand."""

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskBitmap, AskContent, AskSheets, Source
from kantlijn.model.document import Content
from kantlijn.model.layer import unpack


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    file = tmp_path_factory.mktemp("first") / "first.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.save(file)
    shared = Engine()
    for _ in range(8):  # both guests answer before the first test looks at what is running
        shared.ask(AskSheets(source=Source(key=str(file), path=str(file)))).result(20)
    yield shared
    shared.close()


@pytest.fixture
def read(engine) -> Callable[[Path], Content]:
    """The content of a file."""

    def of(path: Path) -> Content:
        return engine.ask(AskContent(source=Source(key=str(path), path=str(path)))).result(60)

    return of


@pytest.fixture
def saved(tmp_path):
    """Keep a pymupdf document as a file."""

    def save(document, name="made.pdf", **options):
        document.save(tmp_path / name, **options)
        document.close()
        return tmp_path / name

    return save


class Ink:
    """A page as drawn, to look for ink in the quads of its text layer. Lengths are points."""

    def __init__(self, engine, path, page=0, scale=3):
        source = Source(key=str(path), path=str(path))
        self.bitmap = engine.ask(AskBitmap(source=source, page=page, scale=scale)).result(10)
        self.scale = scale

    def points(self):
        """Where there is ink."""
        width, pixels = self.bitmap.width, self.bitmap.pixels
        return [
            ((n % width + 0.5) / self.scale, (n // width + 0.5) / self.scale)
            for n, level in enumerate(pixels[1::4])
            if level < 160
        ]


def inside(quad, point, room=0.0):
    """Whether a point lies in a quad (corners in order), with some room around it."""
    corners = [(quad[n], quad[n + 1]) for n in range(0, 8, 2)]
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
        if ((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)) / length < -room:
            return False
    return True


@pytest.fixture
def assert_ink_in_quads(engine, read):
    """All ink of a page lies in the quads of its words, and every word has ink in its own."""

    def check(path, page=0, room=0.6):
        content = read(path)
        text = content.text[slice(*content.pages[page].range)]
        layer = unpack(content.layers[page])
        quads = {}
        for line in layer.lines:
            at = line.start
            for word in text[line.start : line.end].split():
                start = text.index(word, at)
                at = start + len(word)
                quads[word, start] = line.quad(layer.edges[2 * start], layer.edges[2 * at - 1])
        points = Ink(engine, path, page).points()
        assert points
        stray = [point for point in points if not any(inside(quad, point, room) for quad in quads.values())]
        assert len(stray) <= 0.002 * len(points), stray[:5]
        for word, quad in quads.items():
            assert any(inside(quad, point) for point in points), word
        return content

    return check
