"""What is written into a PDF's annotations is what is read from them, whatever the text."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kantlijn.engine.annotate import annotate
from kantlijn.engine.extract import extract_page
from kantlijn.engine.markings import markings
from kantlijn.engine.own_marks import plain_text
from kantlijn.errors import DiskTrouble

_WORDS = "Prevention begins at school."
_TEXT = some.text(max_size=60)
_IDS = some.text(some.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


def a_page(folder: Path) -> tuple[Path, list[bytes]]:
    """A PDF of one page, and the page's layer and text as annotate() takes them."""
    file = folder / "page.pdf"
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), _WORDS)
    document.save(file)
    text, layer, _ = extract_page(document, 0)
    document.close()
    return file, [layer.pack(), text.encode()]


def a_mark(id: str, note: str, tail: str, author: str, tags: list[str]) -> dict[str, object]:
    own = {"version": "v", "themes": [], "range": [0, 10], "quote": "q", "colour": "", "origin": ""}
    place = {"page": 0, "range": [0, 10], "quad": None, "alone": True, "xref": 0}
    return {
        "id": id, "own": {**own, "id": id}, "contents": note, "tail": tail, "author": author, "tags": tags,
        "created": "2026-11-20T19:29:00Z", "modified": "2026-11-20T19:30:00Z", "style": "highlight",
        "colour": "#1c63c4", "places": [place],
    }  # fmt: skip


def written(folder: Path, marks: list[dict[str, object]]) -> list[dict[str, object]]:
    """The markings of a copy with these marks in it."""
    file, blobs = a_page(folder)
    target = folder / "copy.pdf"
    target.unlink(missing_ok=True)
    asked = {"marks": marks, "dress": [], "drop": [], "pages": [0]}
    source = {"key": "a", "path": str(file)}
    annotate({"source": source, "target": str(target)}, [json.dumps(asked).encode(), *blobs])
    document = pymupdf.open(target)
    try:
        return markings(document)[0]
    finally:
        document.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(id=_IDS, note=_TEXT, tail=some.sampled_from(["", "\n\n▸ Themes: a; b", "▸ Themes: a"]), by=_TEXT)
def test_that_any_note_is_read_as_it_was_written(tmp_path: Path, id: str, note: str, tail: str, by: str) -> None:
    (one,) = written(tmp_path, [a_mark(id, note, tail, by, ["a; b", "(c)"])])
    assert one["contents"] == plain_text(note).encode("utf-16", "replace").decode("utf-16")
    assert one["own"]["id"] == id and one["own"]["range"] == [0, 10] and not one["own"]["edited"]
    assert (one["kind"], one["colour"], one["tags"]) == ("highlight", "#1c63c4", ["a; b", "(c)"])
    assert (one["created"], one["modified"]) == ("2026-11-20T19:29:00Z", "2026-11-20T19:30:00Z")


def test_that_our_lines_are_known_where_another_program_left_out_our_key(tmp_path: Path) -> None:
    written(tmp_path, [a_mark("abc", "Mine\nsecond", "\n\n▸ Themes: a; b\n▸ → Supports: “x”", "Me", ["a"])])
    document = pymupdf.open(tmp_path / "copy.pdf")
    (one,) = list(document[0].annots())
    document.xref_set_key(one.xref, "Kantlijn:Annotation", "null")
    (read,) = markings(document)[0]
    document.close()
    assert read["contents"] == "Mine\nsecond"
    assert read["own"]["id"] == "abc" and read["own"]["version"] == ""


def test_that_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    file, blobs = a_page(tmp_path)
    (tmp_path / "there.pdf").write_bytes(b"mine")
    asked = {"marks": [], "dress": [], "drop": [], "pages": [0]}
    plain = {"source": {"key": "a", "path": str(file)}, "target": str(tmp_path / "there.pdf")}
    with pytest.raises(DiskTrouble, match="could not be written"):
        annotate(plain, [json.dumps(asked).encode(), *blobs])
    assert (tmp_path / "there.pdf").read_bytes() == b"mine"
