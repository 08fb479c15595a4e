"""Rows that are kept between questions are true after every change, whoever makes it."""

from __future__ import annotations

from pathlib import Path

from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.marking import arrange_themes
from kantlijn.usecases.marking.notes import write_note
from kantlijn.usecases.marking.relate import relate
from kantlijn.usecases.marking.tag import Wanted, delete_annotations, move_passage, tag_many, toggle_theme
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.edit_documents import edit_document
from kantlijn.usecases.undo import redo, undo


def fresh(desk: Desk) -> tuple[read.AnnotationRow, ...]:
    """The rows as somebody sees them who has kept nothing."""
    other = open_desk(desk.path, settings=Settings(), read_only=True)
    try:
        return read.annotation_rows(other)
    finally:
        other.close()


def make(tmp_path: Path) -> tuple[Desk, str]:
    (tmp_path / "report.txt").write_text("One two three four five six seven eight nine ten. " * 20, "utf-8")
    desk = new_desk(tmp_path / "kept.kantlijn", settings=Settings())
    added = add_documents(desk, [tmp_path / "report.txt"])
    version = added.added[0].version
    theme = read.themes(desk)[0].theme.id
    tag_many(desk, version, [Wanted(id=f"a{n}", range=(n * 20, n * 20 + 9), themes=(theme,)) for n in range(5)])
    return desk, version


def test_that_rows_are_true_after_every_verb_and_its_undoing(tmp_path: Path) -> None:
    desk, version = make(tmp_path)
    themes = [row.theme.id for row in read.themes(desk)]
    document = read.shelf(desk)[0].document.id
    verbs = [
        lambda: write_note(desk, "a1", "A note."),
        lambda: toggle_theme(desk, ["a0", "a1"], themes[1]),
        lambda: move_passage(desk, "a2", version, (3, 30)),
        lambda: relate(desk, "a0", "a3"),
        lambda: edit_document(desk, document, title="Another title"),
        lambda: arrange_themes.delete_theme(desk, themes[0]),
        lambda: delete_annotations(desk, ["a3"]),
    ]
    read.annotation_rows(desk)
    for verb in verbs:
        verb()
        assert read.annotation_rows(desk) == fresh(desk)
    for step in (undo, redo):
        for _ in verbs:
            step(desk)
            assert read.annotation_rows(desk) == fresh(desk)
    desk.close()


def test_that_a_reader_of_an_open_project_sees_what_its_writer_does(tmp_path: Path) -> None:
    desk, _version = make(tmp_path)
    other = open_desk(desk.path, settings=Settings(), read_only=True)
    before = read.annotation_rows(other)
    write_note(desk, "a1", "Written elsewhere.")
    after = read.annotation_rows(other)
    assert after != before and after == read.annotation_rows(desk)
    other.close()
    desk.close()


def test_that_unchanged_rows_are_not_made_again(tmp_path: Path) -> None:
    desk, _version = make(tmp_path)
    before = {row.passage.id: row for row in read.annotation_rows(desk)}
    write_note(desk, "a1", "Only here.")
    after = {row.passage.id: row for row in read.annotation_rows(desk)}
    assert after["a1"] is not before["a1"] and after["a0"] is before["a0"]
    desk.close()


def test_that_another_window_sees_titles_versions_and_documents_as_they_become(tmp_path: Path) -> None:
    desk, _ = make(tmp_path)
    other = open_desk(desk.path, settings=Settings(), read_only=True)
    try:
        document = read.shelf(desk)[0].document.id
        assert [row.document.title for row in read.shelf(other)] == ["report"]
        edit_document(desk, document, title="Another title")
        for one in (desk, other):
            assert [row.document.title for row in read.shelf(one)] == ["Another title"]
            assert {row.document_title for row in read.annotation_rows(one)} == {"Another title"}
        (tmp_path / "answer.txt").write_text("An answer.", "utf-8")
        add_documents(desk, [tmp_path / "answer.txt"])
        undo(desk)
        for one in (desk, other):
            assert [row.document.title for row in read.shelf(one)] == ["Another title"]
        redo(desk)
        for one in (desk, other):
            assert [row.versions[0].file for row in read.shelf(one)] == ["report.txt", "answer.txt"]
    finally:
        other.close()
        desk.close()
