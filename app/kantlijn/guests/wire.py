"""Frames between the program and its guests: one JSON object and any number of byte blobs, over a pipe.

A frame is `KLF1`, the header's length (u32), the number of blobs (u32) and the length of each blob (u64),
little-endian; then the header as UTF-8 JSON, then the blobs. A guest reads strangers' files, so what it
writes is not trusted: every length is checked before anything is read, and nothing is ever unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, Protocol

_START = struct.Struct("<4sII")
_MAGIC = b"KLF1"
HEADER_MOST = 64 << 20
"""Bytes of JSON in a frame, at most."""
BLOBS_MOST = 1_000_000
TOTAL_MOST = 2 << 30
"""Bytes of all blobs of a frame together, at most."""
_SMALL = 1 << 16
_PIECE = 1 << 20
_AT_ONCE = 8 << 20

Blob = bytes | bytearray | memoryview


class BrokenWire(Exception):
    """The other side stopped in the middle of a frame, or sent something that is no frame."""


class Readable(Protocol):
    """The reading end of a pipe, unbuffered."""

    def readinto(self, buffer: memoryview, /) -> int | None: ...


class Writable(Protocol):
    """The writing end of a pipe, unbuffered: may take less than it is offered."""

    def write(self, data: Blob, /) -> int | None: ...


def write_frame(stream: Writable, header: dict[str, Any], blobs: Sequence[Blob] = ()) -> None:
    """Send one frame whole. ValueError when it breaks a limit; OSError when the other side is gone."""
    text = json.dumps(header, allow_nan=False, separators=(",", ":")).encode("ascii")
    sizes = [len(memoryview(blob).cast("B")) for blob in blobs]
    if len(text) > HEADER_MOST or len(sizes) > BLOBS_MOST or sum(sizes) > TOTAL_MOST:
        raise ValueError("a frame that is too large to send")
    start = _START.pack(_MAGIC, len(text), len(sizes)) + struct.pack(f"<{len(sizes)}Q", *sizes) + text
    waiting = bytearray(start)
    for blob, size in zip(blobs, sizes, strict=True):
        if size < _SMALL:  # many small blobs, such as the lines of pages, travel in one write
            waiting += blob
            if len(waiting) < _PIECE:
                continue
            _write_all(stream, waiting)
            waiting = bytearray()
        else:
            _write_all(stream, waiting)
            waiting = bytearray()
            _write_all(stream, blob)
    _write_all(stream, waiting)


def _write_all(stream: Writable, data: Blob) -> None:
    view = memoryview(data).cast("B")
    while view:
        written = stream.write(view)
        view = view[written or 0 :]


def read_frame(stream: Readable) -> tuple[dict[str, Any], list[memoryview]] | None:
    """The next frame, or None when the other side closed between two. BrokenWire for anything else."""
    head = _read_exactly(stream, _START.size, may_end=True)
    if head is None:
        return None
    magic, length, count = _START.unpack(head)
    if magic != _MAGIC or length > HEADER_MOST or count > BLOBS_MOST:
        raise BrokenWire("not a frame")
    sizes = struct.unpack(f"<{count}Q", _read(stream, 8 * count))
    if sum(sizes) > TOTAL_MOST:
        raise BrokenWire("a frame that is too large")
    try:
        header = json.loads(bytes(_read(stream, length)))
    except (ValueError, RecursionError) as trouble:
        raise BrokenWire("a frame without a JSON header") from trouble
    if not isinstance(header, dict):
        raise BrokenWire("a frame whose header is no object")
    together = _read(stream, sum(sizes))
    blobs, at = [], 0
    for size in sizes:
        blobs.append(together[at : at + size])
        at += size
    return header, blobs


def _read(stream: Readable, size: int) -> memoryview:
    read = _read_exactly(stream, size)
    if read is None:
        raise BrokenWire("a frame that ends early")
    return read


def _read_exactly(stream: Readable, size: int, *, may_end: bool = False) -> memoryview | None:
    """That many bytes; None when the stream ends before the first of them and that is allowed."""
    buffer = bytearray(min(size, _AT_ONCE))
    have = 0
    while have < size:
        if have == len(buffer):  # room for what has come, not for what was promised
            buffer += bytes(min(size - have, have))
        with memoryview(buffer) as room:
            got = stream.readinto(room[have:])
        if not got:
            if may_end and have == 0:
                return None
            raise BrokenWire("a frame that ends early")
        have += got
    return memoryview(buffer)
