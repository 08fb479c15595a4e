"""A disk of our own under SQLite: it forgets what was not synced when the power fails, or refuses to write.

A VFS in front of the system's one, made with ctypes from the very SQLite that Python uses, so that the program's
own store runs on it unchanged. What it models: writes and cuts of files that were not synced are lost, all or
any of them, or torn at 512 bytes. What it does not: directory entries, and disks that lie about syncing.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

OK, FULL, IOERR_WRITE, IOERR_FSYNC = 0, 13, 778, 1034
SECTOR = 512
_LAYERS: list[_Layer] = []
"""As long as a test that failed may have files open, SQLite calls the functions of the layer below them."""
_P = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, _P, ctypes.c_int, _P)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, ctypes.c_int)
_CLOSE = ctypes.CFUNCTYPE(ctypes.c_int, _P)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_int)


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int), ("close", _P), ("read", _P), ("write", _P), ("truncate", _P), ("sync", _P),
        ("rest", _P * 14),
    )  # fmt: skip


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int), ("size", ctypes.c_int), ("longest", ctypes.c_int), ("next", _P),
        ("name", ctypes.c_char_p), ("data", _P), ("open", _P), ("delete", _P), ("rest", _P * 14),
    )  # fmt: skip


def _sqlite() -> ctypes.CDLL | None:
    """The library that Python's sqlite3 uses; None where it shows no symbols."""
    import _sqlite3

    try:
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        library.sqlite3_vfs_register.argtypes = (ctypes.POINTER(_Vfs), ctypes.c_int)
    except (AttributeError, OSError):
        return None
    return library


class Disk:
    """What happens to writes. fail: from which write on, and with what; 0: it works."""

    def __init__(self) -> None:
        self.writes = 0
        self.before_write: Callable[[], None] = lambda: None
        self._fails_at = 0
        self._answer = OK
        self._durable: dict[str, bytearray] = {}
        self._pending: dict[str, list[tuple[int, bytes | None]]] = {}

    def fail(self, at: int, answer: int = FULL) -> None:
        """Refuse the write number at, counted from now, and all after it, until heal()."""
        self.writes, self._fails_at, self._answer = 0, at, answer

    def heal(self) -> None:
        self._fails_at = 0

    def after_power_cut(self, chance: random.Random) -> dict[str, bytes]:
        """What is on the disk, by path, if the power fails now: synced writes, and any of the others."""
        kept: dict[str, bytes] = {}
        lucky = chance.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        for path, durable in self._durable.items():
            content = bytearray(durable)
            for at, data in self._pending[path]:
                if chance.random() >= lucky:
                    if data is not None and chance.random() < 0.3:  # torn: only its first sectors arrived
                        _apply(content, at, data[: chance.randrange(len(data) // SECTOR + 1) * SECTOR])
                    continue
                _apply(content, at, data)
            kept[path] = bytes(content)
        return kept

    # -- told by the VFS

    def opened(self, path: str) -> None:
        if path not in self._durable:
            file = Path(path)
            self._durable[path] = bytearray(file.read_bytes() if file.exists() else b"")
            self._pending[path] = []

    def deleted(self, path: str) -> None:
        self._durable.pop(path, None)
        self._pending.pop(path, None)

    def write(self, path: str, at: int, data: bytes | None) -> int:
        """data None: cut to at bytes."""
        if answer := self._next():
            return answer
        if path in self._pending:
            self._pending[path].append((at, data))
        return OK

    def sync(self, path: str) -> int:
        if answer := self._next():
            return IOERR_FSYNC if answer == IOERR_WRITE else answer
        for at, data in self._pending.get(path, ()):
            _apply(self._durable[path], at, data)
        if path in self._pending:
            self._pending[path] = []
        return OK

    def _next(self) -> int:
        self.before_write()
        self.writes += 1
        return self._answer if self._fails_at and self.writes >= self._fails_at else OK


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
        return
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


@contextmanager
def under_sqlite(disk: Disk) -> Iterator[bool]:
    """Every database opened inside stands on this disk. False where that cannot be had."""
    library = _sqlite()
    if library is None:
        yield False
        return
    system = library.sqlite3_vfs_find(None)
    layer = _Layer(disk, system)
    _LAYERS.append(layer)
    library.sqlite3_vfs_register(ctypes.byref(layer.vfs), 1)
    try:
        yield True
    finally:
        library.sqlite3_vfs_register(system, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(layer.vfs))


class _Layer:
    """The functions that SQLite calls; kept alive as long as it may."""

    def __init__(self, disk: Disk, system: ctypes._Pointer[_Vfs]) -> None:
        self.disk = disk
        self.vfs = _Vfs.from_buffer_copy(system.contents)
        self.vfs.name = b"a disk of our own"
        self._open = ctypes.cast(system.contents.open, _OPEN)
        self._delete = ctypes.cast(system.contents.delete, _DELETE)
        self._system = ctypes.cast(system, _P)
        self._paths: dict[int, str] = {}
        self._theirs: dict[int, _Methods] = {}
        self._ours: dict[int, _Methods] = {}
        self._kept = (
            _OPEN(self.open), _DELETE(self.delete), _CLOSE(self.close), _WRITE(self.write),
            _TRUNCATE(self.truncate), _SYNC(self.sync),
        )  # fmt: skip
        self.vfs.open, self.vfs.delete = (ctypes.cast(one, _P) for one in self._kept[:2])

    def open(self, _vfs: int, name: int, place: int, flags: int, told: int) -> int:
        answer = self._open(self._system, name, place, flags, told)
        if answer == OK and name:
            file = ctypes.cast(place, ctypes.POINTER(_File)).contents
            theirs = ctypes.addressof(file.methods.contents)
            if theirs not in self._ours:
                ours = _Methods.from_buffer_copy(file.methods.contents)
                ours.close, ours.write, ours.truncate, ours.sync = (ctypes.cast(one, _P) for one in self._kept[2:])
                self._ours[theirs] = ours
            self._theirs[place] = file.methods.contents
            self._paths[place] = _text(name)
            self.disk.opened(self._paths[place])
            file.methods = ctypes.pointer(self._ours[theirs])
        return int(answer)

    def delete(self, _vfs: int, name: int, sync: int) -> int:
        answer = self._delete(self._system, name, sync)
        if answer == OK:
            self.disk.deleted(_text(name))
        return int(answer)

    def close(self, place: int) -> int:
        theirs = self._theirs.pop(place)
        self._paths.pop(place)
        return int(ctypes.cast(theirs.close, _CLOSE)(place))

    def write(self, place: int, data: int, size: int, at: int) -> int:
        if answer := self.disk.write(self._paths[place], at, ctypes.string_at(data, size)):
            return answer
        return int(ctypes.cast(self._theirs[place].write, _WRITE)(place, data, size, at))

    def truncate(self, place: int, size: int) -> int:
        if answer := self.disk.write(self._paths[place], size, None):
            return answer
        return int(ctypes.cast(self._theirs[place].truncate, _TRUNCATE)(place, size))

    def sync(self, place: int, flags: int) -> int:
        if answer := self.disk.sync(self._paths[place]):
            return answer
        return int(ctypes.cast(self._theirs[place].sync, _SYNC)(place, flags))


def _text(name: int) -> str:
    return (ctypes.cast(name, ctypes.c_char_p).value or b"").decode()
