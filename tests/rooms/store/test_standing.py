"""A project whose file is moved, deleted or replaced under it: nothing more is acknowledged, nothing is lost."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kantlijn.errors import DiskTrouble
from kantlijn.store.project import Project

from .conftest import step

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: open files cannot be moved there")


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.kantlijn"))


def folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_name("other.kantlijn")
    shutil.copy(path, other)
    other.replace(path)


@pytest.mark.parametrize("happens", [moved, folder_moved, deleted, replaced])
def test_that_nothing_is_acknowledged_that_would_go_to_a_file_nobody_finds(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1))
    happens(path)
    for write in (lambda: project.commit(step(2)), project.undo, lambda: project.keep_fact("a", "b")):
        with pytest.raises(DiskTrouble, match=r"p.kantlijn” was (moved or renamed|deleted or replaced) while"):
            write()
    assert project.lost_its_file == (happens in (deleted, replaced))
    project.copy_to(tmp_path / "copy.kantlijn")
    project.close()
    found = {file for file in tmp_path.rglob("*.kantlijn") if file.name != "p.kantlijn" or happens is folder_moved}
    for file in found:
        opened = Project.open(file)
        assert opened.undo().title == "Step 1"
        opened.close()
    assert len(found) == (1 if happens in (deleted, replaced) else 2)


def test_that_a_deleted_project_can_be_put_back_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "p.kantlijn"
    project = Project.create(path)
    project.commit(step(1))
    path.unlink()
    project.copy_to(path)
    project.close()
    again = Project.open(path)
    assert again.undo().title == "Step 1"
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == ["p.kantlijn"]
