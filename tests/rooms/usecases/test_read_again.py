"""A PDF's text read anew by a later engine: annotations go along, and what is in doubt is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from kantlijn.errors import Known
from kantlijn.model.document import Content
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read, read_again, tag, undo
from kantlijn.usecases.add_documents import add_documents
from kantlijn.usecases.areas import tag_area
from kantlijn.usecases.check import check
from kantlijn.usecases.desk import Desk, new_desk

LINES = [
    "Prevention begins at school and at home.", "Victims find help and advice nearby.",
    "Supervision is shared among three bodies.", "Detection needs people who know the field.",
    "The council met twice and will meet again.", "Reporting points see more signals than before.",
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = pymupdf.open()
    page = made.new_page()
    for number, line in enumerate(LINES):
        page.insert_text((72, 100 + 40 * number), line, fontsize=13)
    made.save(tmp_path / "report.pdf")
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    add_documents(desk, [tmp_path / "report.pdf"])
    yield desk
    desk.close()


def version(desk: Desk) -> str:
    return read.shelf(desk)[0].versions[0].id


def put(desk: Desk, words: str) -> None:
    start = read.content(desk, version(desk)).text.index(words)
    tag.tag(desk, version(desk), (start, start + len(words)), ["prevention"])


def later(monkeypatch: pytest.MonkeyPatch, desk: Desk, **words: str) -> None:
    """As if a later engine read the file, with these words otherwise."""
    now = read.content(desk, version(desk))
    text = now.text
    for old, new in words.items():
        text = text.replace(old.replace("_", " "), new)
    text = f"Head of the page\n\n{text}"
    pages = tuple(replace(page, range=(0, len(text))) for page in now.pages)
    made = Content(extractor="mupdf-9/9", mime=now.mime, text=text, pages=pages, layers=now.layers)
    monkeypatch.setattr(read_again, "_asked", lambda *_args: made)


def test_that_annotations_stand_on_the_same_words_after(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("help and advice", "three bodies", "will meet again."):
        put(desk, words)
    tag_area(desk, version(desk), 0, quad_of((60, 80, 400, 110)), ["detection"])
    later(monkeypatch, desk)
    told = read_again.read_again(desk, version(desk))
    assert (told.same, told.changed, told.lost) == (4, 0, ())
    rows = [row.readable for row in read.annotation_rows(desk)]
    assert {"help and advice", "three bodies", "will meet again."} <= set(rows)
    assert check(desk.path).ok
    undo.undo(desk)
    assert not read.content(desk, version(desk)).text.startswith("Head")
    assert {"help and advice", "three bodies"} <= {row.readable for row in read.annotation_rows(desk)}
    undo.redo(desk)
    assert read.content(desk, version(desk)).text.startswith("Head")


def test_that_what_reads_otherwise_or_is_gone_is_told_and_marked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, LINES[2])
    put(desk, LINES[3])
    later(monkeypatch, desk, three_bodies="four bodies", **{LINES[3].replace(" ", "_"): "Nothing."})
    told = read_again.read_again(desk, version(desk))
    assert told.changed == 1
    assert told.lost == (LINES[3],)
    rows = read.annotation_rows(desk)
    assert [row.passage.anchor.review for row in rows] == ["open", "open"]
    assert "four bodies" in rows[0].readable
    assert check(desk.path).ok


def test_that_the_same_engine_changes_nothing(desk: Desk) -> None:
    before = len(read.history(desk))
    assert read_again.read_again(desk, version(desk)).changes is None
    assert len(read.history(desk)) == before


def test_that_a_text_is_told_to_have_nothing_to_read_anew(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Plain.", "utf-8")
    added = add_documents(desk, [tmp_path / "a.txt"]).added[0]
    with pytest.raises(Known, match="is a text"):
        read_again.read_again(desk, added.version)
