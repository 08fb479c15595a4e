"""Versions compared in a project, and annotations carried from one to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from kantlijn.errors import Cancelled, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.store import passages as stored
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import shape, tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.recognise_version import keep_apart, likely_versions, make_version_of
from kantlijn.usecases.undo import redo, undo
from kantlijn.usecases.versions import carry, compare, passage_past, whats_new

OLD = """Prevention begins at school, and every school has a plan for it.

Waiting times for help rose to fourteen weeks in most of the regions we visited.

Reports of harm reach the desks late, often by chance, and seldom by the people who first saw something.

The council asks the ministers to answer before the summer of this year.

Victims are told about the help there is, in words they understand, within five working days.
"""
NEW = """Prevention begins at school, and every school has a plan for it.

Victims are told about the help there is, in words they understand, within five working days.

Waiting times for help fell to nine weeks in most of the regions we visited.

Reports of harm reach the desks late, often by chance, and seldom by the people who first saw something.

A new desk for young people opened in March, and it is open at weekends.
"""
LATER = NEW.replace("nine weeks", "seven weeks").replace("in March", "in the spring")


def add(desk: Desk, folder: Path, name: str, text: str, *, version_of: str = "") -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return add_documents(desk, [file], version_of=version_of).added[0].version


def mark(desk: Desk, version: str, words: str, theme: str = "") -> str:
    changes = tag.tag(desk, version, tag.locate_quote(desk, version, words), [theme] if theme else [])
    (made,) = changes.touched("annotation")
    return made


@pytest.fixture
def versions(desk: Desk, tmp_path: Path) -> tuple[str, str]:
    old = add(desk, tmp_path, "report-2023.txt", OLD)
    return old, add(desk, tmp_path, "report-2024.txt", NEW, version_of="report-2023.txt")


def test_that_a_comparison_is_kept_and_says_what_changed(desk, versions):
    found = compare.compare_versions(desk, *versions)
    new = found.new_content.text
    written = [" ".join(new[a:b] for a, b in edit.new) for edit in found.comparison.edits]
    assert any("new desk for young people" in words for words in written)
    assert any(edit.kind == "moved" for edit in found.comparison.edits)
    assert found.comparison.conserved
    again = compare.compare_versions(desk, *versions, cancelled=lambda: True)  # kept: there is nothing to cancel
    assert again.comparison == found.comparison


def test_that_a_cancelled_comparison_ends_and_keeps_nothing(desk, versions):
    with pytest.raises(Cancelled):
        compare.compare_versions(desk, *versions, cancelled=lambda: True)
    assert compare.compare_versions(desk, *versions).comparison.edits


def test_that_a_version_without_text_is_refused_in_a_sentence(desk, versions, tmp_path):
    empty = add(desk, tmp_path, "dashes.txt", "---\n\n---\n")
    with pytest.raises(Known, match=r"dashes\.txt"):
        compare.compare_versions(desk, versions[0], empty)


def test_that_annotations_find_their_place_and_keep_the_old_one(desk, versions):
    old, new = versions
    kept = mark(desk, old, "every school has a plan")
    moved = mark(desk, old, "Victims are told about the help there is, in words they understand")
    changed = mark(desk, old, "Waiting times for help rose to fourteen weeks")
    lost = mark(desk, old, "The council asks the ministers to answer before the summer of this year.")
    before = {anchor.id: anchor for anchor in stored.anchors(desk.project, [kept, moved, changed, lost])}
    done = carry.carry(desk, read.version(desk, old).document, new)
    states = {row.annotation.id: row.target.state for row in done.rows}
    assert states == {kept: "unchanged", moved: "moved", changed: "changed", lost: "lost"}
    text = desk.content_of(read.version(desk, new)).text
    for row in done.rows:
        start, end = row.target.range
        assert text[start:end] == row.target.quote
    assert [row.target.quote for row in done.rows if row.annotation.id == kept] == ["every school has a plan"]
    after = {anchor.id: anchor for anchor in stored.anchors(desk.project, [kept, moved, changed, lost])}
    assert {name: after[name] for name in before} == before
    assert check(desk.path).ok
    assert {passage.id for passage in read.passages(desk, new)} == {kept, moved, changed}
    assert len(read.annotation_rows(desk)) == 4
    in_new = read.annotation_rows(desk, AnnotationFilter(versions=(new,)))
    assert [row.passage.anchor.version for row in in_new] == [new] * 3


def test_that_carrying_is_one_step_and_twice_adds_nothing(desk, versions):
    old, new = versions
    mark(desk, old, "every school has a plan")
    document = read.version(desk, old).document
    carry.carry(desk, document, new)
    assert carry.carry(desk, document, new).changes.steps == ()
    undo(desk)
    assert carry.carried_rows(desk, new) == ()
    assert carry.waiting_annotations(desk, new) == 1
    redo(desk)
    assert len(carry.carried_rows(desk, new)) == 1


def test_that_a_reader_decides_and_can_undo_it(desk, versions):
    old, new = versions
    one = mark(desk, old, "Waiting times for help rose to fourteen weeks")
    two = mark(desk, old, "The council asks the ministers to answer before the summer of this year.")
    carry.carry(desk, read.version(desk, old).document, new)

    def target(annotation: str):
        return next(row.target for row in carry.carried_rows(desk, new) if row.annotation.id == annotation)

    carry.accept(desk, [one], new)
    assert target(one).review == "accepted"
    carry.place(desk, two, new, tag.locate_quote(desk, new, "open at weekends"))
    assert (target(two).quote, target(two).review, target(two).method) == ("open at weekends", "placed", "by hand")
    carry.drop(desk, [two], new)
    assert target(two).review == "dropped"
    assert two not in {passage.id for passage in read.passages(desk, new)}
    undo(desk)
    assert target(two).quote == "open at weekends"
    assert check(desk.path).ok
    shape.nudge(desk, one, end=1, version_id=new)
    assert target(one).review == "placed"
    (source,) = [row.source for row in carry.carried_rows(desk, new) if row.annotation.id == one]
    assert source.quote.endswith("fourteen weeks")


def test_that_a_later_version_is_reached_directly_or_by_the_one_between(desk, versions, tmp_path):
    old, new = versions
    one = mark(desk, old, "Waiting times for help rose to fourteen weeks")
    by_hand = mark(desk, old, "The council asks the ministers to answer before the summer of this year.")
    document = read.version(desk, old).document
    carry.carry(desk, document, new)
    carry.place(desk, by_hand, new, tag.locate_quote(desk, new, "it is open at weekends"))
    last = add(desk, tmp_path, "report-2025.txt", LATER, version_of="report-2023.txt")
    done = carry.carry(desk, document, last)
    quotes = {row.annotation.id: row.target.quote for row in done.rows}
    assert "seven weeks" in quotes[one]
    assert quotes[by_hand] == "it is open at weekends"
    past = passage_past.through_versions(desk, one)
    assert [row.version.number for row in past] == [1, 2, 3]
    assert ("nine ", "deleted") in past[2].words
    assert ("seven", "inserted") in past[2].words


def test_that_what_is_new_for_a_theme_is_told(desk, versions):
    old, new = versions
    themes = {row.theme.name: row.theme.id for row in read.themes(desk)}
    mark(desk, old, "Waiting times for help rose to fourteen weeks", themes["Victim aid"])
    found = compare.compare_versions(desk, old, new)
    numbers = whats_new.new_for_theme(desk, found, themes["Victim aid"])
    edits = [found.comparison.edits[number] for number in numbers]
    assert any("fourteen" in found.old_content.text[a:b] for edit in edits for a, b in edit.old)
    assert len(numbers) < len(found.comparison.edits)


def test_that_a_newer_version_is_recognised_and_made_one(desk, tmp_path):
    old = add(desk, tmp_path, "report-2023.txt", OLD)
    other = add(desk, tmp_path, "letter.txt", "A different letter, about parking places and trees in town.")
    new = add(desk, tmp_path, "report-2024.txt", NEW)
    annotation = mark(desk, new, "open at weekends")
    (likeness,) = likely_versions(desk, new)
    assert likeness.version.id == old
    assert likeness.newer
    assert "%" in likeness.reason
    assert likely_versions(desk, other) == ()
    keep_apart(desk, new, likeness.document.id)
    assert likely_versions(desk, new) == ()
    make_version_of(desk, new, likeness.document.id)
    (row,) = [row for row in read.shelf(desk) if row.document.id == likeness.document.id]
    assert [version.id for version in row.versions] == [old, new]
    assert [passage.id for passage in read.passages(desk, new)] == [annotation]
    assert len(read.shelf(desk)) == 2
    assert check(desk.path).ok
    undo(desk)
    assert len(read.shelf(desk)) == 3


def test_that_an_index_copy_is_recognised_as_the_same_text(desk, tmp_path):
    add(desk, tmp_path, "Persbericht rapportage.txt", OLD * 3)
    plain = "".join(letter if letter.isalpha() and letter.isascii() else " " for letter in (OLD * 3).lower())
    copy = add(desk, tmp_path, "index 4711.txt", " ".join(plain.split()))
    (likeness,) = likely_versions(desk, copy)
    assert likeness.share >= 0.9
