"""Putting another file in the place of a project, so that at every moment one whole project has its name."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path

from kantlijn.store import opening
from kantlijn.store.backups import copy_pages, look_for_space, must_be_whole
from kantlijn.store.connection import REFUSALS, connect, sentences
from kantlijn.store.copies import drop, drop_logs, free_name, fresh_beside, sync_folder
from kantlijn.store.lock import Lock


def put_back(project: Path, backup: Path, aside: Path) -> Path:
    """The backup at project's path; what was there goes to aside, or a free name like it, which is returned.

    InUse when a program has the project open; NotAProject when the backup is not whole; DiskTrouble.
    """
    project = Path(os.path.realpath(project))
    lock = Lock(project)
    with sentences(backup):
        opening.look(backup)
        size = backup.stat().st_size
    with sentences(project):
        look_for_space(project.parent, 2 * size)
        lock.take()
        try:
            fresh = fresh_beside(project)
            try:
                take_from(backup, fresh)
                aside = free_name(aside)
                _set_aside(project, aside)
                drop_logs(project)
                fresh.replace(project)
                sync_folder(project.parent)
            except BaseException:
                drop(fresh)
                raise
        finally:
            lock.release()
    return aside


def take_from(backup: Path, target: Path) -> dict[str, int]:
    """What a backup holds, put into a file of its own; the counts of it. NotAProject when it is not whole.

    It may be any project, open elsewhere too: what its log holds comes along. OSError, sqlite3.Error.
    """
    if any(map(_has_content, (backup.with_name(backup.name + tail) for tail in ("-wal", "-journal")))):
        _emptied(target)
        copy_pages(backup, target)
        _synced(target)
    else:
        _copied(backup, target)
    return must_be_whole(target, backup)


def _has_content(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > 0
    return False


def _copied(source: Path, target: Path) -> None:
    """On disk when this returns, for its owner alone."""
    _emptied(target)
    shutil.copyfile(source, target)
    _synced(target)


def _emptied(target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _synced(target: Path) -> None:
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def _set_aside(project: Path, aside: Path) -> None:
    """Give what is there a second name, its write-ahead log with it; the first keeps standing."""
    if not project.exists():
        return
    with suppress(*REFUSALS, OSError), closing(connect(project)) as db:  # its log goes into it
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for log, tails in (("-wal", ("-wal", "-shm")), ("-journal", ("-journal",))):
        if not _has_content(project.with_name(project.name + log)):
            continue
        for tail in tails:  # the index of a log that is folded in would lie there for ever
            file = project.with_name(project.name + tail)
            if _has_content(file):
                _copied(file, aside.with_name(aside.name + tail))
    try:
        os.link(project, aside)
    except OSError:  # a file system without second names
        _copied(project, aside)
