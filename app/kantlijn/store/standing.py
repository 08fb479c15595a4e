"""Whether an open project still has its name: a file that was moved or deleted still takes writing, in vain."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from kantlijn.errors import DiskTrouble
from kantlijn.store.places import is_network
from kantlijn.words import say


class Standing:
    """Of the file at this path, from now until close(), which must come after SQLite has let go of the file.

    Closing a handle drops the locks that SQLite holds in this process; on Linux one that cannot read does not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        how = getattr(os, "O_PATH", os.O_RDONLY)
        self._handle = -1 if sys.platform == "win32" else os.open(path, how | os.O_CLOEXEC)
        self._network = is_network(path)  # where numbers of files may change by themselves

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
        """Whether the file has no name any more at all: what is open is all there is of it."""
        return not self.holds and self._handle >= 0 and os.fstat(self._handle).st_nlink == 0

    def trouble(self) -> DiskTrouble:
        """For who wants to write to a file that does not stand any more."""
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

    def close(self) -> None:
        if self._handle >= 0:
            with suppress(OSError):
                os.close(self._handle)
            self._handle = -1
