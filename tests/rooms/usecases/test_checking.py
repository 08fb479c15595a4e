"""kantlijn check finds what is wrong with a project, says each thing in a sentence, and changes nothing."""

from __future__ import annotations

import sqlite3

import pytest

from kantlijn.errors import NotAProject
from kantlijn.settings import Settings
from kantlijn.usecases import find, read, undo
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag

from .conftest import TEXT


@pytest.fixture
def checked(desk, version):
    """A closed project with two tagged passages, one of them undone."""
    theme = find.find_theme(desk, "prevention").id
    tag.tag(desk, version, (0, 9), [theme], note="noot")
    tag.tag(desk, version, (10, 16), [theme])
    undo.undo(desk)
    desk.close()
    return desk.path


def test_that_a_whole_project_is_said_to_be_whole_and_counted(checked, tmp_path):
    before = checked.read_bytes()
    report = check(checked)
    assert report.ok and report.problems == ()
    assert (report.counts["annotation"], report.counts["history"]) == (1, 3)
    assert checked.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["Toezicht.kantlijn", "brief.txt"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE chunk SET bytes = zeroblob(length(bytes))", "bytes of “brief.txt” are not those"),
        ("DELETE FROM chunk", "bytes of “brief.txt” are not those"),
        ("DELETE FROM content", "text of “brief.txt” is missing"),
        ("UPDATE content SET text = substr(text, 1, 40)", "text of “brief.txt” is not the one"),
        ("UPDATE content SET text = CAST(replace(CAST(text AS TEXT), 'e', 'o') AS BLOB)", "is not the one"),
        ("UPDATE theme SET name = CAST(x'41ff42' AS TEXT) WHERE \"key\" = '1'", "is damaged"),
        ("INSERT INTO history_step SELECT seq, place + 9, kind, record, NULL, after FROM history_step"
         " WHERE kind = 'annotation'", "does not begin where"),
        ("UPDATE content SET text = x'ff'", "text of “brief.txt” cannot be read"),
        ("UPDATE content SET details = '{'", "text of “brief.txt” cannot be read"),
        ('UPDATE anchor SET "start" = 1', "is not where it is said to be"),
        ("UPDATE anchor SET quads = '['", "damaged"),
        ("DELETE FROM anchor", "has no passage"),
        ("UPDATE annotation SET note = 'other'", "is not what the history made of it"),
        ("DELETE FROM annotation_theme", "is not what the history made of it"),
        ("UPDATE history SET undone = 1 - undone", "history is out of order"),
        ("UPDATE history_step SET after = '{' WHERE kind = 'anchor'", "of the history cannot be read"),
        ("UPDATE theme SET parent = id WHERE \"key\" = '1'", "lies inside itself"),
        ("UPDATE annotation SET document = 'gone'", "points to a missing document"),
    ],
)
def test_that_each_kind_of_damage_is_said_in_a_sentence(checked, harm, said):
    with sqlite3.connect(checked) as db:
        db.execute(harm)
    db.close()
    report = check(checked)
    assert not report.ok
    assert any(said in problem for problem in report.problems), report.problems
    assert all(problem.endswith(".") for problem in report.problems)


def test_that_opening_a_project_that_lost_a_text_keeps_the_bytes_it_was_made_from(checked):
    with sqlite3.connect(checked) as db:
        db.execute("DELETE FROM content")
    db.close()
    desk = open_desk(checked, settings=Settings())
    try:
        version = read.shelf(desk)[0].versions[0]
        assert b"".join(desk.project.chunks(version.sha256)).decode("utf-8") == TEXT
    finally:
        desk.close()


def test_that_themes_inside_each_other_do_not_hang_what_shows_them(checked):
    with sqlite3.connect(checked) as db:
        db.execute("UPDATE theme SET parent = 'detection' WHERE id = 'prevention'")
        db.execute("UPDATE theme SET parent = 'prevention' WHERE id = 'detection'")
        db.execute("UPDATE theme SET parent = 'prevention' WHERE id = 'enforcement'")
    db.close()
    desk = open_desk(checked, settings=Settings())
    try:
        depths = {row.theme.name: row.depth for row in read.themes(desk)}
        assert len(depths) == 5
        assert (depths["Prevention"], depths["Enforcement"]) == (0, 1)
        assert find.find_theme(desk, "prevention/enforcement").name == "Enforcement"
    finally:
        desk.close()


def test_that_text_that_cannot_be_read_any_more_is_said_when_a_pane_asks_for_it(checked):
    with sqlite3.connect(checked) as db:
        db.execute("UPDATE content SET text = x'ff'")
    db.close()
    desk = open_desk(checked, settings=Settings())
    try:
        with pytest.raises(NotAProject, match="is damaged"):
            read.content(desk, read.shelf(desk)[0].versions[0].id)
    finally:
        desk.close()
