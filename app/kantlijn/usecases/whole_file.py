"""Writing a file for the reader: whole or not at all, and never over a document or a project."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from kantlijn.errors import DiskTrouble, Known, reason_of
from kantlijn.model.ids import new_id
from kantlijn.store import shelf
from kantlijn.store.copies import as_new, drop, fresh_beside, sync_folder
from kantlijn.usecases.desk import Desk
from kantlijn.words import say

R = TypeVar("R")
_ID = 26
"""Letters in an id."""
_DAY = 24 * 3600  # seconds
_HEADS = (b"%PDF-", b"SQLite format 3\0")


def write_whole(path: Path, data: bytes) -> None:
    """Write the file, or leave what was there. DiskTrouble, with its sentence."""

    def written(fresh: Path) -> None:
        with fresh.open("xb") as file:
            file.write(data)

    make_whole(path, written)


def make_whole(path: Path, make: Callable[[Path], R]) -> R:
    """Have make write a file to a path where nothing is yet, and put it in its place when it is whole.

    Returns what make returns. DiskTrouble with its sentence, and what make raises; then what was there is left.
    """
    with refused_at(path):
        target = Path(os.path.realpath(path))  # through a link, so that the link stays one
        fresh = target.with_name(f".{target.name[:80]}.{new_id()}")
        _sweep(fresh)
        return _make(target, fresh, make)


def _sweep(fresh: Path) -> None:
    """Delete what was to get the same name and was left by a program that was killed, a day ago or longer."""
    pattern = f"{glob.escape(fresh.name[:-_ID])}{'[0-9A-Z]' * _ID}"
    for left in fresh.parent.glob(pattern):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _DAY:
                left.unlink()


def make_project(path: Path, make: Callable[[Path], R]) -> R:
    """As make_whole() does, a project where there is no file: no log is left there that would get into it.

    InUse too, when a program still has open a project that had this name.
    """
    target = Path(os.path.realpath(path))
    with refused_at(path), as_new(target):
        return _make(target, fresh_beside(target), make)


@contextmanager
def refused_at(path: Path) -> Iterator[None]:
    """DiskTrouble for an OSError inside."""
    try:
        yield
    except OSError as trouble:
        raise DiskTrouble(
            say(
                "“{file}” could not be written: {why}. Choose another folder or name.",
                file=path.name or str(path),
                why=reason_of(trouble),
            )
        ) from trouble


def _make(target: Path, fresh: Path, make: Callable[[Path], R]) -> R:
    """Into the fresh file beside it first, so that a full disk or a crash leaves what was there."""
    try:
        made = make(fresh)
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(target)
    except BaseException:
        drop(fresh)
        raise
    sync_folder(target.parent)
    return made


def must_not_be_a_source(desk: Desk | None, path: Path, *, pdf: bool = False) -> None:
    """Known when the file there is a folder, device, project, PDF, or a document of this project.

    pdf: a PDF is what is written, so that another one that was written before may be replaced.
    """
    target = Path(os.path.realpath(path))
    try:
        there = target.stat()
    except OSError:
        return  # nothing there, or nothing we may see: writing will tell
    name = target.name or str(target)
    if not stat.S_ISREG(there.st_mode):
        raise DiskTrouble(say("“{file}” is not a file that can be written. Choose another name.", file=name))
    # opening the project's own file and closing it again would drop the locks that SQLite holds on it
    own = desk is not None and target == Path(os.path.realpath(desk.path))
    versions = shelf.versions(desk.project) if desk is not None else ()
    sums = {version.sha256 for version in versions if version.size == there.st_size}
    head, known = b"", False
    if not own:
        try:
            with target.open("rb") as data:
                head = data.read(16)
                data.seek(0)
                known = bool(sums) and hashlib.file_digest(data, "sha256").hexdigest() in sums
        except OSError:
            return
    if own or known or head.startswith(_HEADS[1:] if pdf else _HEADS):
        raise Known(
            say("“{file}” is a document or a project; nothing is written over it. Choose another name.",
                file=name)
        )  # fmt: skip
