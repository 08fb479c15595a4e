"""Memory shared with one guest, into which it draws: the window makes it, owns it, and copies out of it.

It is an anonymous file (memfd), sealed against resizing: it has no name, so nothing can be left behind or
unlinked by a guest that dies, and a guest cannot shrink it under the window's feet. A guest has one request
in flight, so one slate per guest is enough; a generation number tells an answer from an earlier one. Where
there are no such files pixels travel by the pipe.
"""

from __future__ import annotations

import mmap
import os
import sys
from typing import Any

SIZE = 8 << 20
"""Bytes: a tile of 2048 × 1024 pixels, the largest that views ask for."""


class Slate:
    """Shared memory of SIZE bytes. descriptor goes to the guest."""

    def __init__(self, size: int = SIZE) -> None:
        self.size = size
        self.generation = 0
        self.descriptor = _anonymous_file(size)
        self._memory = mmap.mmap(self.descriptor, size)

    def next_generation(self) -> int:
        """The number under which the next answer must come."""
        self.generation += 1
        return self.generation

    def copy(self, length: int) -> bytes:
        """The first bytes, copied. ValueError when there are not that many."""
        if not 0 <= length <= self.size:
            raise ValueError("more pixels than the slate holds")
        return self._memory[:length]

    def close(self) -> None:
        self._memory.close()
        os.close(self.descriptor)


def slate_or_none() -> Slate | None:
    """A slate where the system has what it takes, else None: the pipe does as well, only slower."""
    try:
        return Slate()
    except (OSError, AttributeError, ImportError):
        return None


def _anonymous_file(size: int) -> int:
    if sys.platform != "linux":
        raise OSError("no anonymous files here")
    import fcntl

    descriptor = os.memfd_create("kantlijn-slate", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.ftruncate(descriptor, size)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def slate_arguments(slate: Slate | None) -> tuple[Any, ...]:
    """What the guest's command line says about it."""
    return () if slate is None else ("--slate", str(slate.descriptor), str(slate.size))
