"""Projects as files: a copy under another name, throwing a scratch one away."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kantlijn.errors import DiskTrouble
from kantlijn.usecases.desk import Desk
from kantlijn.words import say


def save_copy(desk: Desk, path: Path) -> None:
    """A whole copy of the project as it is now; under its own name only when its file is there no more.

    DiskTrouble when it cannot be written there.
    """
    if path.resolve() == desk.path.resolve() and not desk.lost_its_file:
        raise DiskTrouble(say("“{name}” is the open project itself. Choose another name.", name=path.name))
    if not path.parent.is_dir():
        raise DiskTrouble(say("The folder “{folder}” does not exist.", folder=str(path.parent)))
    desk.project.copy_to(path)


def throw_away(desk: Desk) -> None:
    """Close a scratch project and delete it."""
    desk.close()
    if desk.scratch:
        for tail in ("", "-wal", "-shm"):
            with suppress(OSError):
                desk.path.with_name(desk.path.name + tail).unlink()
