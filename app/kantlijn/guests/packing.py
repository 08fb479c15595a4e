"""Much data on its way to a guest, as JSON that is made without holding up the window.

Python's encoder keeps the interpreter for all it is given: 60 ms for 5,000 annotations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_AT_ONCE = 500
"""Items of a list."""


def packed(plain: dict[str, Any] | list[Any]) -> bytes:
    """JSON in ASCII. Objects, and lists of more than a few hundred, are written in pieces."""
    return b"".join(_pieces(plain))


def _pieces(plain: Any) -> Iterator[bytes]:
    if isinstance(plain, dict):
        between = b"{"
        for name, value in plain.items():
            yield between + _whole(name) + b":"
            yield from _pieces(value)
            between = b","
        yield b"}" if plain else b"{}"
    elif isinstance(plain, list) and len(plain) > _AT_ONCE:
        for at in range(0, len(plain), _AT_ONCE):
            yield b"," if at else b"["
            yield _whole(plain[at : at + _AT_ONCE])[1:-1]
        yield b"]"
    else:
        yield _whole(plain)


def _whole(plain: Any) -> bytes:
    return json.dumps(plain).encode("ascii")
