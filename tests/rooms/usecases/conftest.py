"""A project on the desk with one text in it, for tests of verbs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.shelf.add_documents import add_documents

TEXT = (
    "Preventie begint op school.\nDe wachttijd voor hulp liep op tot veer-\ntien weken. "
    "Meldpunten zien meer signalen.\n\nDe inspectie houdt toezicht. 😀 Einde.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "Toezicht.kantlijn", settings=Settings())
    yield made
    made.close()


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    file = tmp_path / "brief.txt"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.fixture
def version(desk: Desk, text_file: Path) -> str:
    """The id of the one version in the project."""
    return add_documents(desk, [text_file]).added[0].version
