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


def has_strange_log(project: Path) -> bool:
    """Whether the log beside a file is of another that had its name when it was open, and was replaced since.

    SQLite would read it into the new file, and even a reader would write that down.
    """
    said = _said_in(lock_path(project))
    file = Path(os.path.realpath(project))
    with suppress(OSError):
        log = _log_of(file).stat()
        return log.st_size > 0 and log.st_ino == said.get("log") and file.stat().st_ino != said.get("file")
    return False


def _log_of(file: Path) -> Path:
    return file.with_name(file.name + "-wal")


def _said_in(lock: Path) -> dict[str, object]:
    with suppress(OSError, ValueError, TypeError):
        return dict(json.loads(lock.read_text("utf-8")))
    return {}


class Lock:
    """Held from take() to release(). Who holds it is written inside, for the sentence others get."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._path = lock_path(project)
        self._handle: int | None = None
        self.set_aside: Path | None = None
        """Where the log of another file was put that had the project's name before."""

    def take(self) -> None:
        """InUse when another process has it; OSError where no lock can be had."""
        handle = self._open()
        try:
            self._part_strange_log()
        except OSError:
            os.close(handle)
            raise
        self._handle = handle
        self.tell({})

    def tell(self, numbers: dict[str, int]) -> None:
        """Write down who has it, and the numbers of the "file" and the "log" that the system gave them."""
        if self._handle is None:
            return
        who = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user(), **numbers}
        data = json.dumps(who).encode()
        with suppress(OSError):  # on a full disk the lock holds all the same, only without a name
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, data)
            os.truncate(self._handle, len(data))

    def _part_strange_log(self) -> None:
        """Give it another name before anybody reads it. Its program is dead, since the lock could be had."""
        if has_strange_log(self._project):
            log = _log_of(Path(os.path.realpath(self._project)))
            aside = log.with_name(f"{log.name}.aside")
            log.replace(aside)
            log.with_name(log.name.removesuffix("-wal") + "-shm").unlink(missing_ok=True)
            self.set_aside = aside

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
        who = _said_in(self._path)
        return say(
            "“{name}” is in use by another Kantlijn ({user} on {host}, process {pid}). Close it there first.",
            name=self._project.name, user=who.get("user", "?"), host=who.get("host", "?"), pid=who.get("pid", "?"),
        )  # fmt: skip


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):
        return "?"
