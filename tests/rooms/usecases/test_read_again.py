"""A PDF's text read anew by a later engine: annotations go along, and what is in doubt is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from kantlijn.documents import plain
from kantlijn.documents.structured import Structured
from kantlijn.model.document import Content
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.shelf import read_again
from kantlijn.usecases.shelf.add_documents import add_documents

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


def test_that_a_page_is_read_anew_as_it_is_read_today(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>Aid</h1><p>Victims find <del>no</del> help nearby.<p>Oversight is shared.", "utf-8")
    once = Content(extractor="html/1", mime="text/html", text="Aid\n\nVictims find help "
     "nearby.\n\nOversight is shared.\n")
    with monkeypatch.context() as earlier:
        earlier.setattr(Structured, "read_bytes", lambda *_args: once)
        kept = add_documents(desk, [page]).added[0].version
    for words in ("Oversight is", "find help"):
        start = once.text.index(words)
        tag.tag(desk, kept, (start, start + len(words)), ["prevention"])
    told = read_again.read_again(desk, kept)
    assert (told.same, told.changed, told.lost) == (1, 1, ())
    assert read.content(desk, kept).text == "Aid\n\nVictims find no help nearby.\n\nOversight is shared.\n"
    assert [row.readable for row in read.annotation_rows(desk)] == ["find no help", "Oversight is"]
    assert read.content(desk, kept).outline == ((1, "Aid", 0),)
    assert read_again.read_again(desk, kept).changes is None
    assert check(desk.path).ok
    undo.undo(desk)
    assert read.content(desk, kept).text == once.text


def test_that_a_text_in_an_older_encoding_is_read_anew(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = "Geïnd na één week, zoë.".encode("cp850")
    (tmp_path / "a.txt").write_bytes(raw)
    with monkeypatch.context() as earlier:
        earlier.setattr(plain, "EXTRACTOR", "text/1")
        earlier.setattr(plain, "_of_the_west", lambda data: (data.decode("latin-1"), "cp1252"))
        kept = add_documents(desk, [tmp_path / "a.txt"]).added[0].version
    assert "één" not in read.content(desk, kept).text
    assert read_again.read_again(desk, kept).changes is not None
    assert read.content(desk, kept).text == "Geïnd na één week, zoë."
