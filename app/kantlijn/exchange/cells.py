"""Text for a cell of a table: without what acts unseen, and so that nothing is taken for a formula."""

from __future__ import annotations

_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula at the start of a cell, or skips before it looks for one."""
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF)),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x09: "\t",
    0x0A: "\n",
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
}


def clean(text: str) -> str:
    """Without control characters, which files of tables cannot hold; line breaks of all kinds are a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)


def guarded(text: str) -> str:
    """The text with a "'" before what a spreadsheet would take for a formula, and before what looks guarded."""
    return f"'{text}" if text.lstrip("'").startswith(_ACTS) else text


def unguarded(text: str) -> str:
    """A text as guarded() found it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_ACTS) else text


def cut(text: str, most: int, sentence: str) -> str:
    """The text if it has at most so many UTF-16 units, as spreadsheets count; else its start and the sentence."""
    if len(text) * 2 <= most or _units(text) <= most:
        return text
    left = most - _units(sentence)
    start = text.encode("utf-16-le")[: 2 * left].decode("utf-16-le", "ignore")
    return start + sentence


def _units(text: str) -> int:
    return len(text) + sum(point > "\uffff" for point in text)
