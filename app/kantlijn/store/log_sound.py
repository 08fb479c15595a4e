"""Whether all that was acknowledged can still be read from the log of a project whose program died.

SQLite reads its write-ahead log up to the first frame that is not sound, and silently forgets the rest. So its
frames are looked at before SQLite sees them, and its index (-shm), which tells how many were acknowledged.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kantlijn.store.lock import has_strange_log
from kantlijn.words import say

_HEAD, _FRAME = 32, 24
"""Bytes before the first frame, and before the page in each."""
_MAGIC = (0x377F0682, 0x377F0683)
_MOST = 64 << 20
"""Bytes of a log whose frames are looked at, a second for 20 MB; of a larger one only whether it was cut short."""
_INDEX = 100
"""Bytes of the index that are read: its head twice, and how many frames are in the file itself."""


@dataclass(frozen=True, slots=True)
class _Index:
    """acknowledged, folded: frames; folded ones are in the project's file as well."""

    salt: bytes
    acknowledged: int
    folded: int


def missing(path: Path) -> str:
    """A sentence when acknowledged changes are not to be read any more, else "". For a project nobody has open."""
    log, raw, size = path.with_name(path.name + "-wal"), b"", 0
    with suppress(OSError), log.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        raw = file.read(_HEAD if size > _MOST else size)
    index = _index(path.with_name(path.name + "-shm"))
    if not (_cut_short(raw, size, index) if size > _MOST else _lost(raw, index)):
        return ""
    return say(
        "The log of “{name}” ({log}), in which the last changes stood, is damaged or cut short: some that were"
        " made before Kantlijn last stopped are missing. Compare with the newest backup (Project › Restore a"
        " backup).",
        name=path.name, log=f"{path.name}-wal",
    )  # fmt: skip


def strange(path: Path, aside: Path | None) -> str:
    """A sentence when the log is of another file that was here: where it was put, or that it is not read."""
    if aside is not None:
        return say(
            "“{name}” is another file than the one that was open here when Kantlijn last stopped. The log of that"
            " one was kept out of it, as “{log}”. Compare with the newest backup (Project › Restore a backup).",
            name=path.name, log=aside.name,
        )  # fmt: skip
    if has_strange_log(path):
        return say(
            "“{name}” is another file than the one that was opened here, whose log ({log}) is not read.",
            name=path.name, log=f"{path.name}-wal",
        )  # fmt: skip
    return ""


def _cut_short(head: bytes, size: int, index: _Index | None) -> bool:
    """Whether a log of so many bytes has no room for what was acknowledged."""
    if index is None or head[16:24] != index.salt or index.folded >= index.acknowledged:
        return False
    return size < _HEAD + index.acknowledged * (_FRAME + _page_size(head))


def _lost(raw: bytes, index: _Index | None) -> bool:
    salt = raw[16:24]
    if index is not None and (salt == index.salt or len(raw) < _HEAD or not _head_is_sound(raw)):
        if index.folded >= index.acknowledged:
            return False
        return _readable(raw)[0] < index.acknowledged
    if not _head_is_sound(raw):
        return any(commits for _, commits in _sound_frames(raw, raw[_HEAD + 8 : _HEAD + 16]))
    readable, sound = _readable(raw)
    return any(commits and number > readable for number, commits in sound)


def _head_is_sound(raw: bytes) -> bool:
    if len(raw) < _HEAD or int.from_bytes(raw[:4], "big") not in _MAGIC:
        return False
    return _sum(raw[:24], (0, 0), _order(raw)) == struct.unpack(">II", raw[24:32])


def _order(raw: bytes) -> str:
    return ">" if raw[3] & 1 else "<"


def _readable(raw: bytes) -> tuple[int, list[tuple[int, bool]]]:
    """Up to which frame SQLite reads, and the number of each that is sound by itself with whether it commits."""
    if not _head_is_sound(raw):
        return 0, []
    sound = list(_sound_frames(raw, raw[16:24]))
    readable = 0
    for place, (number, commits) in enumerate(sound, 1):
        if number != place:
            break
        readable = number if commits else readable
    return readable, sound


def _sound_frames(raw: bytes, salt: bytes) -> Iterator[tuple[int, bool]]:
    """Frames of this run of the log, from 1, whose sum follows on the one before, even where that is not sound."""
    size = _page_size(raw)
    before = raw[24:32]
    for number, place in enumerate(range(_HEAD, len(raw) - size - _FRAME + 1, _FRAME + size), 1):
        head, page = raw[place : place + _FRAME], raw[place + _FRAME : place + _FRAME + size]
        if head[8:16] == salt:
            found = _sum(head[:8] + page, struct.unpack(">II", before), _order(raw))
            if found == struct.unpack(">II", head[16:24]):
                yield number, head[4:8] != bytes(4)
        before = head[16:24]


def _page_size(raw: bytes) -> int:
    """By the log's head; a usual one where that says what cannot be."""
    size = int.from_bytes(raw[8:12], "big")
    size = 65536 if size == 1 else size
    return 4096 if size < 512 or size > 65536 or size & (size - 1) else size


def _sum(data: bytes, start: tuple[int, ...], order: str) -> tuple[int, int]:
    """SQLite's checksum: two sums of 32 bits that feed each other."""
    one, two = start
    numbers = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for first, second in zip(numbers, numbers, strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def _index(path: Path) -> _Index | None:
    """What the index says, when a program died with it; None where it says nothing sound."""
    try:
        with path.open("rb") as file:
            raw = file.read(_INDEX)
    except OSError:
        return None
    if len(raw) < _INDEX:
        return None
    own = "<" if sys.byteorder == "little" else ">"
    for head in (raw[:48], raw[48:96]):  # it has been begun, and its sum is right
        if head[12] == 1 and _sum(head[:40], (0, 0), own) == struct.unpack("=II", head[40:]):
            (acknowledged,) = struct.unpack("=I", head[16:20])
            return _Index(head[32:40], acknowledged, *struct.unpack("=I", raw[96:100]))
    return None
