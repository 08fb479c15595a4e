"""Undoing zlib with a bound: a project file may come from anybody, and few bytes can claim to be very many."""

from __future__ import annotations

import zlib


def unsqueezed(packed: bytes, most: int) -> bytes:
    """What was packed, when that is whole and at most so many bytes; else ValueError."""
    opener = zlib.decompressobj()
    try:
        data = opener.decompress(packed, most + 1)
    except zlib.error as trouble:
        raise ValueError("packed bytes that are damaged") from trouble
    if len(data) > most or not opener.eof:
        raise ValueError("packed bytes that are more than they may be, or end early")
    return data
