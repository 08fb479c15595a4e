"""A project file with one theme in it, for tests of the file itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kantlijn.model.changes import Change, Changes
from kantlijn.model.theme import Theme
from kantlijn.store.project import Project

THEME = Theme(id="t", name="Prevention", name_nl="Preventie", colour="#1d63c4", letter="P", search_words=("één",))


def step(number: int, *changes: Change) -> Changes:
    return Changes(id=f"s{number}", at="2026-01-01T00:00:00Z", author="r", title=f"Step {number}", steps=changes)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "Mijn project.kantlijn"


@pytest.fixture
def kept(path) -> Path:
    """A closed project with one theme in it."""
    project = Project.create(path)
    project.commit(step(1, Change(None, THEME)))
    project.close()
    return path


def planted_trigger(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TRIGGER evil AFTER INSERT ON theme BEGIN DELETE FROM annotation; END")
    db.close()
