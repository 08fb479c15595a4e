"""A passage as one would copy it out by hand: hyphens joined, furniture left out, lines run on except in lists."""

from __future__ import annotations

import re
from bisect import bisect_left

from kantlijn.model.document import Range
from kantlijn.text.hyphens import breaks
from kantlijn.text.listed import item_begins

_PARAGRAPH = re.compile(r"[ \t]*\n[ \t]*(?:\n|\f)\s*|\s*\f\s*")
_SPACE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_ENDED = tuple(".!?:;…»”’\"')]")


def readable(text: str, range: Range, auxiliary: tuple[Range, ...] = ()) -> str:
    """The passage with one line per paragraph, item of a list and row of a table; no sign of it is changed.

    A paragraph that a page, a column or a figure interrupted goes on when it had not ended and a small
    letter follows.
    """
    start, end = range
    near = _near(auxiliary, start, end)
    passage = "".join(_kept(text, start, end, near))
    paragraphs: list[str] = []
    for part in _PARAGRAPH.split(passage):
        first, *others = _lines(part.replace("\u00ad", ""))
        if not first:
            continue
        if paragraphs and first[0].islower() and not paragraphs[-1].endswith(_ENDED):
            paragraphs[-1] += " " + first
        else:
            paragraphs.append(first)
        paragraphs += others
    return "\n".join(paragraphs)


def _lines(paragraph: str) -> list[str]:
    """One for each item or row that it holds; else one, which may be empty."""
    rows = [_SPACE.sub(" ", row).strip(" ") for row in paragraph.split("\n")]
    made = rows[:1]
    for row, begins in zip(rows[1:], item_begins(rows), strict=True):
        if begins and made[-1]:
            made.append(row)
        else:
            made[-1] = f"{made[-1]} {row}".strip(" ")
    return made


def _near(auxiliary: tuple[Range, ...], start: int, end: int) -> tuple[Range, ...]:
    """The furniture that touches the range; auxiliary is in order and does not overlap."""
    first = max(0, bisect_left(auxiliary, (start, start)) - 1)
    last = bisect_left(auxiliary, (end, end))
    return tuple(span for span in auxiliary[first:last] if span[0] < end and start < span[1])


def _kept(text: str, start: int, end: int, auxiliary: tuple[Range, ...]) -> list[str]:
    """The pieces of text[start:end] that stay: without furniture, and without what lies inside a broken word."""
    gaps = sorted([*auxiliary, *((hyphen, rest) for hyphen, rest in _joints(text, (start, end), auxiliary))])
    pieces = []
    place = start
    for gap_start, gap_end in gaps:
        if gap_start > place:
            pieces.append(text[place:gap_start])
        place = max(place, gap_end)
    if place < end:
        pieces.append(text[place:end])
    return pieces


def _joints(text: str, range: Range, auxiliary: tuple[Range, ...]) -> list[Range]:
    """What to leave out at each line-end hyphen: with the hyphen in a broken word, after it in a compound."""
    joints = []
    for hyphen, rest, whole in breaks(text, auxiliary, range):
        if whole:
            joints.append((hyphen, rest))
        elif not _suspended(text, rest):
            joints.append((hyphen + 1, rest))
    return joints


def _suspended(text: str, rest: int) -> bool:
    """Whether a hyphen before this place stands for a part to come: "politie- en", which keeps its space."""
    return re.compile(r"(?:en|of|tot|and|or|und|oder|et|ou)\b").match(text, rest) is not None
