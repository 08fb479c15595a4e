"""The real window on a project with two versions of a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.compare.two_versions import NEW, OLD
from panes.shell.reading_desk import look, make_window  # noqa: F401


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two versions of one text, closed."""
    (tmp_path / "report-2023.txt").write_text(OLD, "utf-8")
    (tmp_path / "report-2024.txt").write_text(NEW, "utf-8")
    path = tmp_path / "safety.kantlijn"
    desk = new_desk(path)
    add_documents(desk, [tmp_path / "report-2023.txt"])
    add_documents(desk, [tmp_path / "report-2024.txt"], version_of="report-2023.txt")
    desk.close()
    return path


@pytest.fixture
def window(make_window: Callable[..., Window], project: Path) -> Window:  # noqa: F811
    """A window on the project."""
    return make_window(project)


@pytest.fixture
def versions(window: Window) -> tuple[str, str]:
    """Ids, old and new."""
    (row,) = read.shelf(window.jobs.desk)
    return row.versions[0].id, row.versions[1].id


@pytest.fixture
def compared(window: Window, versions: tuple[str, str], qtbot: Any) -> Window:
    """The window with both compared."""
    window.comparing.compare(*versions)
    qtbot.waitUntil(lambda: window.comparing.compared is not None, timeout=20_000)
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes), timeout=20_000)
    qtbot.waitUntil(lambda: not window.jobs.pending, timeout=20_000)
    return window
