"""The folder through which files come to the engine, which may read no other: a hard link for each, or a copy.

An engine's process is fenced in when it starts, before anybody knows what will be read. So a file is linked into
this folder, under its own name, when it is asked about, and taken out when it has not been for a while.
"""

from __future__ import annotations

import itertools
import os
import shutil
import stat
import sys
import tempfile
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kantlijn import paths
from kantlijn.documents import tessdata
from kantlijn.errors import DiskTrouble, reason_of
from kantlijn.words import say

_KEPT = 8
"""Files that stay though nothing is being asked about them: more than the engine keeps open."""


@dataclass(slots=True)
class _Guest:
    """A file inside the folder. held: how many requests are about it."""

    path: Path
    outside: str
    held: int = 0


class Door:
    """One engine's folder, made when first needed; let_in() and done() from any thread."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._folder: Path | None = None
        self._inside: OrderedDict[tuple[object, ...], _Guest] = OrderedDict()
        self._numbers = itertools.count(1)

    def arguments(self) -> tuple[str, ...]:
        """What a process of this engine is started with."""
        if sys.platform != "linux":
            return ()
        with self._turn:
            return reading(self._made())

    def let_in(self, path: str) -> str:
        """Where the engine finds this file; its own path when it cannot be read, for the engine to say so.

        Each call asks for one of done(). DiskTrouble when it has to be copied and does not fit.
        """
        if sys.platform != "linux":
            return path
        with self._turn:
            try:
                state = Path(path).stat()
            except (OSError, ValueError):
                return path
            if not stat.S_ISREG(state.st_mode):
                return path
            key = (path, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
            if key not in self._inside:
                self._make_room()
                inside = self._brought(Path(path))
                if inside is None:
                    return path
                self._inside[key] = _Guest(inside, path)
            self._inside.move_to_end(key)
            there = self._inside[key]
            there.held += 1
            return str(there.path)

    def done(self, inside: str) -> None:
        """The request that let_in() gave this path for is over."""
        with self._turn:
            for there in self._inside.values():
                if str(there.path) == inside:
                    there.held -= 1

    def close(self) -> None:
        """Take the folder away."""
        with self._turn:
            self._inside.clear()
            folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # unless open files of a project are beside it
                folder.parent.rmdir()

    def _made(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="door-", dir=paths.open_files_folder()))
        return self._folder

    def _make_room(self) -> None:
        """Take out what is gone outside, and what was not asked about for longest."""
        idle = [key for key, there in self._inside.items() if not there.held]
        surplus = max(0, len(idle) - _KEPT + 1)
        for place, key in enumerate(idle):
            if place < surplus or not Path(self._inside[key].outside).exists():
                shutil.rmtree(self._inside.pop(key).path.parent, ignore_errors=True)

    def _brought(self, path: Path) -> Path | None:
        """The link or copy; None when the file may not be read."""
        room = self._made() / str(next(self._numbers))
        inside = room / path.name
        try:
            room.mkdir(mode=0o700)
            real = os.path.realpath(path)
            try:
                os.link(real, inside)
            except OSError:  # another file system, or a file of another account
                shutil.copyfile(real, inside)
        except PermissionError:
            shutil.rmtree(room, ignore_errors=True)
            return None
        except OSError as trouble:
            shutil.rmtree(room, ignore_errors=True)
            raise DiskTrouble(
                say("“{file}” could not be made ready to be read: {why}. Free some space.", file=path.name,
                    why=reason_of(trouble))
            ) from trouble  # fmt: skip
        return inside


def reading(*places: Path) -> tuple[str, ...]:
    """Arguments that let an engine's process read these, and the data by which it reads scans."""
    languages = tessdata.folder()
    every = [*places, languages] if languages is not None else places
    return tuple(word for place in every for word in ("--read", os.path.realpath(place)))
