"""What we count on in the libraries we stand on: a release that breaks it fails here, not in a window."""

from __future__ import annotations

import ast
import re
import sqlite3
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pymupdf
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
OURS = {"kantlijn", "kantlijn_resources", "bench", "tests"}
ALONG_WITH = {"shiboken6": "pyside6-essentials", "markupsafe": "jinja2"}  # come with one that is asked for


def test_that_qt_keeps_the_books_of_none(qapp: object) -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None on every void call, and aborts some 7,000 later."""
    from PySide6.QtGui import QImage, QPainter

    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal from Python 3.12 on")
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(20_000):
        painter.drawLine(0, 0, 8, 8)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100


def test_that_the_pdf_library_runs_no_scripts() -> None:
    document = pymupdf.open()
    document.new_page()
    assert not pymupdf.mupdf.pdf_js_supported(pymupdf.mupdf.pdf_document_from_fz_document(document.this))


def test_that_sqlite_can_do_what_the_store_asks() -> None:
    assert sqlite3.sqlite_version_info >= (3, 40)
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
    assert "THREADSAFE=0" not in options


def asked_for(*parts: str) -> set[str]:
    """The distributions that pyproject.toml asks for, by their normal names."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    lists = {"app": project["dependencies"], "dev": project["optional-dependencies"]["dev"]}
    return {normal(re.split(r"[<>=!~\[; ]", line)[0]) for part in parts for line in lists[part]}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> dict[str, Path]:
    """Each package of others that files in these folders import, with one of those files."""
    found: dict[str, Path] = {}
    own = {path.stem for path in (REPOSITORY / "tests").iterdir()}
    for path in (path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            found |= {name.split(".")[0]: path for name in names}
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names | OURS | own}


@pytest.mark.parametrize(
    ("folders", "parts"),
    [(("app", "resources"), ("app",)), (("tests", "bench"), ("app", "dev"))],
    ids=["app", "tests"],
)
def test_that_every_library_in_use_is_asked_for(folders: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """An environment that was made before keeps what is no longer asked for, and so hides that it is missing."""
    installed = packages_distributions()
    wanted = asked_for(*parts)
    used = imported(*folders)
    assert used
    missing = {
        name: str(path.relative_to(REPOSITORY))
        for name, path in used.items()
        if not wanted & {ALONG_WITH.get(name, ""), *map(normal, installed.get(name, ()))}
    }
    assert missing == {}
