"""Which files a process may touch, told to the kernel by Landlock (Linux 5.13 and later), for good.

Everything is denied but reading below the places named, and writing those files that are named. The rights are
those of linux/landlock.h; a kernel that knows fewer of them is asked for fewer.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Numbers of the system calls, the same on every kind of processor."""
_VERSION = 1
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_RIGHTS_BY_VERSION = (13, 14, 15, 15, 16)
"""How many of the rights on files versions 1 to 5 know."""
_PORTS = 0b11
"""To listen at TCP ports, and to connect to them; from version 4."""
_SCOPES = 0b11
"""Abstract sockets and signals to processes outside; from version 6."""


def version() -> int:
    """Of Landlock in this kernel; 0 where there is none."""
    return max(0, int(_kernel().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))))


def restrict(*, read: Iterable[Path], write: Iterable[Path]) -> int:
    """Deny this process and its children all files but these, and all programs; returns Landlock's version.

    read: files, and folders with all below them; those that are not there are left out. write: files that
    exist. OSError where the kernel has no Landlock or refuses.
    """
    there = version()
    if there < 1:
        raise OSError("no Landlock in this kernel")
    rights = (1 << _RIGHTS_BY_VERSION[min(there, len(_RIGHTS_BY_VERSION)) - 1]) - 1
    asked = struct.pack("<QQQ", rights, _PORTS if there >= 4 else 0, _SCOPES if there >= 6 else 0)
    size = 24 if there >= 6 else 16 if there >= 4 else 8
    rules = _checked(_kernel().syscall(_CREATE_RULESET, asked, ctypes.c_size_t(size), ctypes.c_uint32(0)))
    try:
        for place in read:
            _allow(rules, place, rights & (_READ | _LIST))
        for place in write:
            _allow(rules, place, rights & (_READ | _WRITE | _TRUNCATE))
        no_new_privileges()
        _checked(_kernel().syscall(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0)))
    finally:
        os.close(rules)
    return there


def no_new_privileges() -> None:
    """What the kernel asks for before a process may fence itself in. OSError."""
    _checked(_kernel().prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0))))


def _allow(rules: int, place: Path, rights: int) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
        try:
            if not place.is_dir():
                rights &= ~_LIST
            rule = struct.pack("<Qi", rights, opened)
            _checked(
                _kernel().syscall(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_BENEATH), rule, ctypes.c_uint32(0))
            )
        finally:
            os.close(opened)


def _kernel() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
