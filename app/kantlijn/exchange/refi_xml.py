"""Writing XML: elements in order, nothing that a parser would read back differently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kantlijn.exchange.refi_names import clean

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;",
})  # fmt: skip
Attributes = dict[str, str | int]
"""By name; those that are "" are left out."""


class Xml:
    """A document in the making. Elements are named as the schema names them; the root carries the namespace."""

    def __init__(self) -> None:
        self._lines = ['<?xml version="1.0" encoding="utf-8"?>']
        self._depth = 0

    @contextmanager
    def inside(self, name: str, attributes: Attributes | None = None, /, **more: str | int) -> Iterator[None]:
        """An element around what is written meanwhile; one without content is written as such."""
        start = f"{'  ' * self._depth}<{name}{_written({**(attributes or {}), **more})}"
        self._lines.append(start + ">")
        at, self._depth = len(self._lines), self._depth + 1
        yield
        self._depth -= 1
        if len(self._lines) == at:
            self._lines[-1] = start + "/>"
        else:
            self._lines.append(f"{'  ' * self._depth}</{name}>")

    def empty(self, name: str, /, **attributes: str | int) -> None:
        """An element without content."""
        self._lines.append(f"{'  ' * self._depth}<{name}{_written(attributes)}/>")

    def text(self, name: str, text: str) -> None:
        """An element with this text; none where the text is empty."""
        if text:
            self._lines.append(f"{'  ' * self._depth}<{name}>{clean(text).translate(_TEXT)}</{name}>")

    def bytes(self) -> bytes:
        """The document so far, UTF-8."""
        return ("\n".join(self._lines) + "\n").encode()


def _written(attributes: Attributes) -> str:
    return "".join(
        f' {name}="{clean(str(value)).translate(_ATTRIBUTE)}"' for name, value in attributes.items() if value != ""
    )
