"""Who has a project: a small lock file beside it, held by the operating system and so free after a crash."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from contextlib import suppress
from getpass import getuser
from pathlib import Path

from kantlijn.errors import InUse
from kantlijn.words import say

if sys.platform == "win32":
    import msvcrt

    def _grab(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _grab(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_TAKEN = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


def lock_path(project: Path) -> Path:
    """The lock file of a project: hidden, beside it; by whatever link the project is reached."""
    project = Path(os.path.realpath(project))
    return project.with_name(f".{project.name}.lock")


def is_taken(project: Path) -> bool:
    """Whether another program, or another window of this one, writes the project now."""
    try:
        handle = os.open(lock_path(project), os.O_RDWR)
    except OSError:
        return False
    try:
        _grab(handle)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


class Lock:
    """Held from take() to release(). Who holds it is written inside, for the sentence others get."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._path = lock_path(project)
        self._handle: int | None = None

    def take(self) -> None:
        """InUse when another process has it; OSError where no lock can be had."""
        handle = self._open()
        who = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user()}
        with suppress(OSError):  # on a full disk the lock holds all the same, only without a name
            os.truncate(handle, 0)
            os.write(handle, json.dumps(who).encode())
        self._handle = handle

    def _open(self) -> int:
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _grab(handle)
            except OSError as taken:
                os.close(handle)
                if taken.errno not in _TAKEN:
                    raise  # this file system knows no locks
                raise InUse(self._who()) from taken
            with suppress(FileNotFoundError):
                if os.fstat(handle).st_ino == self._path.stat().st_ino:
                    return handle
            os.close(handle)  # its last holder took the file away between our opening and locking it

    def release(self) -> None:
        if self._handle is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._handle)
            self._handle = None

    def _who(self) -> str:
        who: dict[str, object] = {}
        with suppress(OSError, ValueError):
            who = dict(json.loads(self._path.read_text("utf-8")))
        return say(
            "“{name}” is in use by another Kantlijn ({user} on {host}, process {pid}). Close it there first.",
            name=self._project.name, user=who.get("user", "?"), host=who.get("host", "?"), pid=who.get("pid", "?"),
        )  # fmt: skip


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):
        return "?"
