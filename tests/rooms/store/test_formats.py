"""Newer formats are refused, older ones brought up to date whole or not at all, with a copy kept."""

from __future__ import annotations

import sqlite3

import pytest

from kantlijn.errors import NewerProject, NotAProject, ReadOnly
from kantlijn.store import connection, migrations, passages, schema
from kantlijn.store.project import Project

from .conftest import planted_trigger

LATER = schema.VERSION + 1


def test_that_a_newer_project_is_refused_and_untouched(kept):
    with sqlite3.connect(kept) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.close()
    before = kept.read_bytes()
    with pytest.raises(NewerProject, match="newer Kantlijn"):
        Project.open(kept)
    assert kept.read_bytes() == before


def test_that_the_schema_a_project_is_held_to_is_the_one_migrations_make(path):
    project = Project.create(path)
    with project.reading() as db:
        assert schema.digest(db) == schema.DIGESTS[schema.VERSION]
        assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    project.close()


@pytest.fixture
def later_program(monkeypatch):
    """As if this program knew a next format, whose step is the one given."""

    def later(step):
        steps = migrations.Migrations("kantlijn")
        steps._migrations.extend(migrations.steps._migrations)
        steps(name=f"m{LATER:03}_later")(step)
        monkeypatch.setattr(migrations, "steps", steps)
        with sqlite3.connect(":memory:") as memory:
            steps.apply(migrations.Database(memory))
            monkeypatch.setitem(schema.DIGESTS, LATER, schema.digest(memory))
        memory.close()
        monkeypatch.setattr("kantlijn.store.opening.VERSION", LATER)

    yield later
    monkeypatch.undo()


def _with_a_table_more(db):
    db.execute("CREATE TABLE later (id TEXT PRIMARY KEY) STRICT")
    db.execute(f"PRAGMA user_version = {LATER}")


def test_that_an_older_project_is_brought_up_to_date_and_a_copy_kept(kept, later_program, monkeypatch, tmp_path):
    (tmp_path / f"Mijn project-format{schema.VERSION}.kantlijn").write_text("an older copy", "utf-8")
    later_program(_with_a_table_more)
    project = Project.open(kept)
    with project.reading() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (LATER,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("SELECT name FROM theme").fetchone() == ("Prevention",)
    project.close()
    monkeypatch.undo()
    assert (tmp_path / f"Mijn project-format{schema.VERSION}.kantlijn").read_text("utf-8") == "an older copy"
    copy = tmp_path / f"Mijn project-format{schema.VERSION}-2.kantlijn"
    assert copy.stat().st_mode & 0o077 == 0
    old = Project.open(copy)
    assert old.undo().title == "Step 1"
    old.close()


def test_that_an_older_project_that_cannot_be_written_is_read_and_left_as_it_is(kept, later_program, tmp_path):
    before = kept.read_bytes()
    later_program(_with_a_table_more)
    project = Project.open(kept, read_only=True)
    with project.reading() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (LATER,)
        assert db.execute("SELECT name FROM theme").fetchone() == ("Prevention",)
    with pytest.raises(ReadOnly, match="open for reading only"):
        project.undo()
    project.copy_to(tmp_path / "copy.kantlijn")
    project.close()
    assert kept.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([kept.name, "copy.kantlijn"])
    copy = Project.open(tmp_path / "copy.kantlijn")  # which can be written, and is of today's format
    assert copy.undo().title == "Step 1"
    copy.close()


def test_that_a_migration_that_fails_or_breaks_links_changes_nothing(kept, later_program, monkeypatch):
    def breaks(db):
        _with_a_table_more(db)
        db.execute("INSERT INTO annotation VALUES ('a', 'no such document', '', '', '', '', '', '', '')")

    later_program(breaks)
    with pytest.raises(NotAProject, match="damaged"):
        Project.open(kept)
    monkeypatch.undo()
    project = Project.open(kept)
    with project.reading() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert db.execute("SELECT count(*) FROM annotation").fetchone() == (0,)
    project.close()


def test_that_an_older_project_with_aplanted_trigger_is_not_migrated(kept, later_program, tmp_path):
    planted_trigger(kept)
    before = kept.read_bytes()
    later_program(_with_a_table_more)
    with pytest.raises(NotAProject, match="changed by another program"):
        Project.open(kept)
    assert kept.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [kept.name]


def test_that_a_project_of_the_first_format_keeps_all_it_had(tmp_path):
    path = tmp_path / "oud.kantlijn"
    with sqlite3.connect(path) as db:
        steps = migrations.Migrations("kantlijn")
        steps._migrations.extend(migrations.steps._migrations[:1])
        steps.apply(migrations.Database(db))
        db.execute(f"PRAGMA application_id = {connection.APPLICATION}")
        db.execute("INSERT INTO document VALUES ('d', 'Rapport', '', '', '', '', '', '', '', '', 0)")
        db.execute("INSERT INTO annotation VALUES ('a', 'd', 'Een notitie', 'lezer', '2026', '2026')")
    db.close()
    project = Project.open(path)
    (annotation,) = passages.annotations_with(project, ["a"])
    assert (annotation.note, annotation.style, annotation.origin) == ("Een notitie", "highlight", "")
    with project.reading() as found:
        assert schema.is_ours(found, schema.VERSION)
    project.close()
