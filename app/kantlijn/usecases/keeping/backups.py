"""Backups that the program makes by itself: on opening and hourly while something changed; listed and put back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kantlijn import paths
from kantlijn.errors import DiskTrouble, NotFound, reason_of
from kantlijn.store import backups as stored
from kantlijn.store.backups import Backup
from kantlijn.store.connection import sentences
from kantlijn.store.opening import look
from kantlijn.store.put_back import put_back, take_from
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.keeping.backup_folders import folder_of, folders_of
from kantlijn.usecases.whole_file import make_project
from kantlijn.words import say, say_many

__all__ = ["Backup"]
_LONGEST = 235
"""Bytes of a file's name; systems take 255."""


def back_up(
    desk: Desk, *, cancelled: Callable[[], bool] | None = None, even_unchanged: bool = False
) -> Backup | None:
    """A backup of the project as it is, and older ones thinned out. None when the newest already has all of it.

    It keeps nobody from writing. ReadOnly; Cancelled; NotAProject when the project is damaged (then no backup is
    deleted); DiskTrouble, also when another file lies at its path now.
    """
    must_write(desk)
    desk.project.must_stand()
    try:
        folder = folder_of(desk)
        there = stored.listed(folder)
        if there and not even_unchanged:
            with desk.project.reading() as db:
                state = stored.state_of(db)
            if stored.state_in(there[0].path) == state:
                return None
        made = stored.make(desk.path, folder, now(), cancelled)
        stored.thin_out(folder)
    except OSError as trouble:
        raise DiskTrouble(
            say(
                "No backup could be made: “{file}” cannot be written ({why}). The project is unharmed; see that"
                " Kantlijn can write there.",
                file=trouble.filename or paths.backups_folder(), why=reason_of(trouble),
            )
        ) from trouble
    return made


def backups_of(project: Path) -> tuple[Backup, ...]:
    """The backups of the project at this path, the newest first; also when it is damaged or gone. DiskTrouble."""
    found: list[Backup] = []
    try:
        folders = folders_of(project)
        for folder in folders:
            found += [replace(one, counts=stored.counted(one.path)) for one in stored.listed(folder)]
    except OSError as trouble:
        raise DiskTrouble(
            say("The backups in “{folder}” cannot be read: {why}. Ask for permission.",
                folder=trouble.filename or paths.backups_folder(), why=reason_of(trouble))
        ) from trouble  # fmt: skip
    if len(folders) > 1:
        found.sort(key=lambda one: (one.at, one.number), reverse=True)
    return tuple(found)


def chosen_backup(project: Path, wanted: str) -> Path:
    """The backup meant by a number of the list (1: newest), "" (newest whole one) or a file's path. NotFound."""
    if wanted and not wanted.isdecimal():
        if not Path(wanted).is_file():
            raise NotFound(say("“{name}” does not exist. Check the name.", name=wanted))
        return Path(wanted)
    found = backups_of(project)
    if not wanted:
        found = tuple(one for one in found if one.counts is not None)
    place = int(wanted or 1)
    if not 1 <= place <= len(found):
        raise NotFound(
            say("“{name}” has no such backup. `kantlijn backup PROJECT --list` tells which there are.",
                name=project.name)
        )  # fmt: skip
    return found[place - 1].path


def restore_to(backup: Path, path: Path) -> dict[str, int]:
    """A backup as a new project; what it holds. NotAProject when it is not whole, DiskTrouble."""
    if os.path.lexists(path):
        raise DiskTrouble(say("“{name}” is already there. Choose another name.", name=path.name))
    if not path.parent.is_dir():
        raise DiskTrouble(say("The folder “{folder}” does not exist.", folder=str(path.parent)))
    with sentences(backup):
        look(backup)
        stored.look_for_space(path.parent, backup.stat().st_size)
    with sentences(path):
        return make_project(path, lambda fresh: take_from(backup, fresh))


def restore_in_place(project: Path, backup: Path) -> Path:
    """Put a backup in the place of a project that nobody has open; what was there is kept beside it.

    Returns where that is: "NAME before restore 2026-01-31.kantlijn", a NAME that is too long for that cut short.
    InUse; NotAProject when the backup is not whole, and DiskTrouble: then nothing was changed.
    """
    return put_back(project, backup, project.with_name(_before(project.stem, project.suffix)))


def _before(stem: str, ending: str) -> str:
    """The name of what was there, with room in it for a number and for the names of its logs."""
    while True:
        said = say("{name} before restore {date}", name=stem, date=now()[:10]) + ending
        if len(os.fsencode(said)) <= _LONGEST or not stem:
            return said
        stem = stem[:-1]


def said_size(size: int) -> str:
    """A file's size for a reader, from bytes."""
    return say("{n} MB", n=f"{size / 1e6:.1f}")


def said_content(one: Backup) -> str:
    """How much is in a backup, or that it is damaged."""
    if one.counts is None:
        return say("damaged")
    documents = say_many("{n} document", "{n} documents", one.counts["document"])
    return f"{documents}, {say_many('{n} annotation', '{n} annotations', one.counts['annotation'])}"
