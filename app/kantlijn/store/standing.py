"""Whether an open project still stands: under its name, and as its own program left it.

A file that was moved or deleted still takes writing, in vain; one that another program wrote over would mix.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kantlijn.errors import DiskTrouble
from kantlijn.store.copies import hidden
from kantlijn.store.places import is_network
from kantlijn.words import say

_SHARED = (0x4000_0002, 510)
"""Where SQLite locks a file, and how many bytes; while another holds these it cannot have the file to itself."""

_ROUNDED = (100, 1_000, 1_000_000, 1_000_000_000, 2_000_000_000)
"""Nanoseconds to which programs that keep folders in step, and some disks, round the time of a file."""


def _is_rounded(left: tuple[int, int], now: tuple[int, int]) -> bool:
    """Whether the file has but its time told less exactly: nobody wrote then."""
    return left[1] == now[1] and any(left[0] - left[0] % unit == now[0] for unit in _ROUNDED)


class Standing:
    """Of the file at this path, from now until close(), which must come after SQLite has let go of the file.

    Closing a handle drops the locks that SQLite holds in this process; on Linux one that cannot read does not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        how = getattr(os, "O_PATH", os.O_RDONLY)
        self._handle = -1 if sys.platform == "win32" else os.open(path, how | os.O_CLOEXEC)
        self._network = is_network(path)  # where numbers and times of files may change by themselves
        self._left = self._state()
        self._log_number = self._number_of_log()
        self._held = -1
        self.overwritten = False
        """Whether another program was seen to have written into the file. It stays so."""

    def _state(self) -> tuple[int, int]:
        """When the file itself was written last, and its size: only its own program's checkpoints change them."""
        if self._handle < 0 or self._network:
            return 0, 0
        found = os.fstat(self._handle)
        return found.st_mtime_ns, found.st_size

    def look(self) -> None:
        """DiskTrouble when another program wrote into the file: what SQLite reads now may be of two files."""
        now = self._state()
        if not self.overwritten and now != self._left:
            if _is_rounded(self._left, now):
                self._left = now
                return
            self.overwritten = True
            self._part_log()
        if self.overwritten:
            raise self.trouble()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around what may fold the log into the file; afterwards the file is as it was left."""
        try:
            yield
        finally:
            if not self.overwritten:
                self._left = self._state()
        self._log_number = self._number_of_log()

    def _part_log(self) -> None:
        """Give the log another name, so that nobody reads it into a file that it is not of.

        SQLite still reads it, and would fold it into the file on closing, but for a lock on the file.
        """
        with suppress(OSError):
            self._log.rename(self._parted)
        with suppress(OSError):
            self._path.with_name(self._path.name + "-shm").unlink()
        with suppress(OSError, AttributeError):  # only Linux has locks that the own process minds, too
            import fcntl

            self._held = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
            wanted = struct.pack("hhqqi", fcntl.F_RDLCK, os.SEEK_SET, *_SHARED, 0)
            fcntl.fcntl(self._held, fcntl.F_OFD_SETLK, wanted)

    @property
    def lost_its_log(self) -> bool:
        """Whether the log was deleted or replaced: what is written to it goes when the program is killed."""
        return self._number_of_log() != self._log_number

    def renew_log(self, db: sqlite3.Connection) -> None:
        """Fold the log that has no name any more into the file, and begin another. sqlite3.Error when in use."""
        db.execute("PRAGMA journal_mode=DELETE")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # makes it
        self._left = self._state()
        self._log_number = self._number_of_log()

    @property
    def numbers(self) -> dict[str, int]:
        """Of the file and its log, for who comes when this program is killed; {} where they may change."""
        if self._handle < 0 or self._network:
            return {}
        return {"file": os.fstat(self._handle).st_ino, "log": self._log_number}

    def _number_of_log(self) -> int:
        if self._handle < 0 or self._network:
            return 0
        try:
            return self._log.stat().st_ino
        except OSError:
            return 0

    @property
    def _log(self) -> Path:
        return self._path.with_name(self._path.name + "-wal")

    @property
    def _parted(self) -> Path:
        return hidden(self._path, "-wal.aside")

    @property
    def holds(self) -> bool:
        """Whether the name still leads to the file that was opened. A look at the name costs microseconds."""
        try:
            named = self._path.stat()
        except FileNotFoundError:
            return False
        except OSError:  # a drive that dropped out: writing will tell
            return True
        return self._handle < 0 or self._network or os.path.samestat(named, os.fstat(self._handle))

    @property
    def gone(self) -> bool:
        """Whether the file has no name any more, or is another's: what is open is all there is of it."""
        return self.overwritten or (not self.holds and self._handle >= 0 and os.fstat(self._handle).st_nlink == 0)

    def trouble(self) -> DiskTrouble:
        """For who wants to write to a file that does not stand any more."""
        if self.overwritten:
            return DiskTrouble(
                say(
                    "Another program wrote into “{name}” while it was open, so nothing more is read from it or"
                    " written to it. Save a copy under another name to keep what can still be read, or restore a"
                    " backup.",
                    name=self._path.name,
                )
            )
        if self.gone:
            return DiskTrouble(
                say(
                    "“{name}” was deleted or replaced while it was open, so nothing more is written to it. Save a"
                    " copy under another name now: what is open here is the only place that has all of it.",
                    name=self._path.name,
                )
            )
        return DiskTrouble(
            say(
                "“{name}” was moved or renamed while it was open, so nothing more is written to it. What was done"
                " before is in it: close it here, and open it where it is now.",
                name=self._path.name,
            )
        )

    def _drop_orphans(self) -> None:
        """Delete the log whose file went from beside it, once it holds nothing that is not in the file.

        Of a file that has no name any more it is of no use; beside another one it must not be read into that.
        """
        if self.overwritten or self.holds or self.lost_its_log:
            return
        with suppress(OSError):
            if self.gone or self._log.stat().st_size == 0:
                self._log.unlink()
                self._path.with_name(self._path.name + "-shm").unlink()

    def close(self) -> None:
        """Let go of the file. To be called once."""
        self._drop_orphans()
        for handle in (self._handle, self._held):
            if handle >= 0:
                with suppress(OSError):
                    os.close(handle)
        self._handle = self._held = -1
        if self.overwritten:
            with suppress(OSError):
                self._parted.unlink()
