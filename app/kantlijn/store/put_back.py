"""Putting another file in the place of a project, so that at every moment one whole project has its name."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path

from kantlijn.store.backups import look_for_space, must_be_whole
from kantlijn.store.connection import REFUSALS, connect, sentences
from kantlijn.store.copies import LOGS, free_name
from kantlijn.store.lock import Lock


def put_back(project: Path, backup: Path, aside: Path) -> Path:
    """The backup at project's path; what was there goes to aside, or a free name like it, which is returned.

    InUse when a program has the project open; NotAProject when the backup is not whole; DiskTrouble.
    """
    project = project.resolve()
    lock = Lock(project)
    with sentences(project):
        look_for_space(project.parent, 2 * backup.stat().st_size)
        lock.take()
        try:
            fresh = project.with_name(f".{project.name}.new")
            try:
                _copied(backup, fresh)
                must_be_whole(fresh, backup)
                aside = free_name(aside)
                _set_aside(project, aside)
                for log in LOGS:  # must never be read into the file that comes
                    project.with_name(project.name + log).unlink(missing_ok=True)
                fresh.replace(project)
            except BaseException:
                with suppress(OSError):
                    fresh.unlink(missing_ok=True)
                raise
        finally:
            lock.release()
    return aside


def _copied(source: Path, target: Path) -> None:
    """On disk when this returns, for its owner alone."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    shutil.copyfile(source, target)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def _set_aside(project: Path, aside: Path) -> None:
    """Give what is there a second name, its write-ahead log with it; the first keeps standing."""
    if not project.exists():
        return
    with suppress(*REFUSALS, OSError), closing(connect(project)) as db:  # its log goes into it
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for tail in LOGS:
        log = project.with_name(project.name + tail)
        if log.exists() and log.stat().st_size:
            _copied(log, aside.with_name(aside.name + tail))
    try:
        os.link(project, aside)
    except OSError:  # a file system without second names
        _copied(project, aside)
