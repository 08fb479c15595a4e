"""Projects as files: a copy under another name, throwing a scratch one away."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kantlijn.errors import DiskTrouble, NotAProject
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.keeping.check import check
from kantlijn.words import say


def save_copy(desk: Desk, path: Path) -> None:
    """A whole copy of the project as it is now; under its own name only when its file is there no more.

    DiskTrouble when it cannot be written there, and when the project's file was written over so that the copy,
    which is kept, is not whole.
    """
    if os.path.realpath(path) == os.path.realpath(desk.path) and not desk.lost_its_file:
        raise DiskTrouble(say("“{name}” is the open project itself. Choose another name.", name=path.name))
    if not path.parent.is_dir():
        raise DiskTrouble(say("The folder “{folder}” does not exist.", folder=str(path.parent)))
    try:
        desk.project.copy_to(path)
    except NotAProject as trouble:
        if not desk.project.overwritten:
            raise
        raise DiskTrouble(
            say(
                "Nothing whole can be read any more of “{name}”, since another program wrote into it. Restore a"
                " backup (Project › Restore a backup).",
                name=desk.path.name,
            )
        ) from trouble
    if desk.project.overwritten and not _is_whole(path):
        raise DiskTrouble(
            say(
                "“{copy}” has what can still be read of “{name}”, but it is not whole: `kantlijn check` tells what"
                " it lacks. Restore a backup of “{name}” (Project › Restore a backup).",
                copy=path.name, name=desk.path.name,
            )
        )  # fmt: skip


def _is_whole(path: Path) -> bool:
    with suppress(NotAProject):
        return check(path).ok
    return False


def throw_away(desk: Desk) -> None:
    """Close a scratch project and delete it."""
    desk.close()
    if desk.scratch:
        for tail in ("", "-wal", "-shm"):
            with suppress(OSError):
                desk.path.with_name(desk.path.name + tail).unlink()
