"""Short forms of quotes and titles, for the names of steps in menus and the status line."""

from __future__ import annotations


def shortened(text: str, longest: int = 36) -> str:
    """The beginning on one line, cut at a word, with "…" where more follows."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest].rsplit(" ", 1)[0] or line[:longest]
    return cut.rstrip(" ,.;:") + "…"
