"""Opening a project for a verb, and closing it whatever happens: for reading, or for writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kantlijn.cli.console import Console
from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk, open_desk


@contextmanager
def reading(project: Path, settings: Settings) -> Iterator[Desk]:
    """For looking only: works beside a window that has the project, and in a place that cannot be written."""
    desk = _opened(project, settings, read_only=True)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def writing(project: Path, settings: Settings) -> Iterator[Desk]:
    """For changing. InUse when another program has the project, ReadOnly when it cannot be written."""
    desk = _opened(project, settings, read_only=False)
    try:
        yield desk
    finally:
        desk.close()


def _opened(project: Path, settings: Settings, *, read_only: bool) -> Desk:
    desk = open_desk(project, settings=settings, read_only=read_only)
    if desk.project.missing:  # SQLite forgets it from now on, so this is the only time to say it
        Console().tell(desk.project.missing)
    return desk
