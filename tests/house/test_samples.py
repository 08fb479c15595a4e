"""The sample project's documents: small, complete, and annotated with words that stand in them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf
import pytest

STARTERS = {"Prevention", "Victim aid", "Detection", "Enforcement", "Cooperation"}


@pytest.fixture(scope="module")
def project(samples: Path) -> dict[str, Any]:
    return json.loads((samples / "annotations.json").read_text("utf-8"))  # type: ignore[no-any-return]


def squeezed(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).casefold() if letter.isalnum())


def words(path: Path) -> str:
    """What stands between running head and page number."""
    if path.suffix == ".txt":
        return squeezed(path.read_text("utf-8"))
    blocks = [block for page in pymupdf.open(path) for block in page.get_text("blocks")]
    return squeezed("".join(block[4] for block in blocks if 60 < block[1] < 770))


@pytest.mark.parametrize(
    ("name", "pages"), [("toezicht-2023.pdf", 12), ("toezicht-2024.pdf", 12), ("kabinetsreactie.pdf", 3)]
)
def test_that_each_pdf_is_small_and_has_an_outline_a_title_and_its_own_letters(
    samples: Path, name: str, pages: int
) -> None:
    file = pymupdf.open(samples / name)
    assert (samples / name).stat().st_size < 300_000
    assert len(file) >= pages
    assert file.metadata["title"]
    assert len(file.get_toc()) >= 8
    assert all("+" in font[3] for page in file for font in page.get_fonts())  # a subset, embedded


def test_that_every_annotation_quotes_words_that_stand_in_its_document_once(
    samples: Path, project: dict[str, Any]
) -> None:
    texts: dict[str, str] = {}
    for annotation in project["annotations"]:
        name = annotation["file"]
        text = texts.setdefault(name, words(samples / name))
        assert text.count(squeezed(annotation["quote"])) == 1, (name, annotation["quote"])


def test_that_annotations_show_what_the_program_can_do(project: dict[str, Any]) -> None:
    annotations = project["annotations"]
    assert len(annotations) >= 40
    assert sum(len(one["themes"]) > 1 for one in annotations) >= 8
    assert sum(bool(one["note"]) for one in annotations) >= 12
    assert {theme.partition("/")[0] for one in annotations for theme in one["themes"]} == STARTERS


def test_that_every_document_is_listed_and_there(samples: Path, project: dict[str, Any]) -> None:
    listed = {file for document in project["documents"] for file in document["files"]}
    assert listed == {path.name for path in samples.iterdir() if path.suffix in (".pdf", ".txt")}
