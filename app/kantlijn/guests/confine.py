"""Fences a guest in: no network, no other program, no file but those it was started for.

docs/adr/0002-confinement.md tells why, and what holds where the kernel has less.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/sys/devices/system/cpu",
    "/dev/null", "/dev/zero", "/dev/urandom", "/proc/self",
)  # fmt: skip


def confine(*, read: Sequence[Path] = (), write: Sequence[Path] = ()) -> list[str]:
    """Fence this process in for good. Returns what could not be done, for the program's log; [] is all of it.

    read: files, and folders with all below them, beside the program's own. write: files that exist. Called
    before anything of a stranger is looked at.
    """
    if sys.platform != "linux":
        return ["files and network: not on this system"]
    from kantlijn.guests import landlock, syscalls

    lacking = []
    try:
        there = landlock.restrict(read=(*_own_files(), *read), write=write)
        if there < 3:
            lacking.append(f"cutting files short: Landlock {there}")
    except OSError as trouble:
        lacking.append(f"files: {trouble}")
    try:
        syscalls.restrict()
    except OSError as trouble:
        lacking.append(f"network and programs: {trouble}")
    return lacking


def _own_files() -> Iterable[Path]:
    """Where Python, the program, its libraries and its data lie, and what the system's library reads."""
    own = {*sys.path, sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, *_SYSTEM}
    if getattr(sys, "frozen", False):
        own |= {str(Path(sys.executable).parent), str(getattr(sys, "_MEIPASS", ""))}
    return [Path(place) for place in sorted(own) if place]
