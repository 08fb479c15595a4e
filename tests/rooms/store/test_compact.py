"""A project made as small as it can be: where the room for that is looked for."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kantlijn.errors import DiskTrouble
from kantlijn.store import compact
from kantlijn.store.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: SQLite asks the system there")


@pytest.fixture
def rooms(tmp_path, monkeypatch) -> dict[Path, int]:
    """Free bytes by folder; elsewhere there is room. Every project counts as a large one."""
    found: dict[Path, int] = {}
    monkeypatch.setattr(compact, "_IN_MEMORY", 0)
    monkeypatch.setattr(
        compact.shutil, "disk_usage", lambda folder: SimpleNamespace(free=found.get(Path(folder), 1 << 40))
    )
    monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
    return found


def test_that_room_is_looked_for_where_sqlite_makes_the_new_file(kept, tmp_path, rooms, monkeypatch):
    """A /tmp that is memory and nearly full does not stand in the way, and another that is full is named."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "gone"))  # SQLite passes by what is not there; so does Python
    monkeypatch.setattr(compact.tempfile, "tempdir", "/tmp")
    rooms[Path("/tmp")] = 1 << 20
    project = Project.open(kept)
    if Path("/var/tmp").is_dir():
        assert compact.rewrite(project)[1] > 0
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("TMPDIR", str(own))
    rooms[own] = 1 << 20
    with pytest.raises(DiskTrouble, match=f"not enough room in “{own}”"):
        compact.rewrite(project)
    project.close()
