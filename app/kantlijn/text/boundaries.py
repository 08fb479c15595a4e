"""Where words and paragraphs begin and end. Page furniture between them does not count.

Ranges are code points of the canonical text, trimmed of white space and furniture at their ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from kantlijn.model.document import Range

_INSIDE = "'’ʼ‘"  # joins letters: regio's, d'Ancona
_HYPHENS = "-\u00ad\u2010"
_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\f\s*")
_NEAR = 1_500  # most paragraphs end within so many code points
REACH = 20_000  # code points looked through for the end of a paragraph; longer ones are cut there


class Furniture:
    """Which code points are furniture."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = ranges

    def _after(self, offset: int) -> int:
        """How many begin at or before this code point."""
        return bisect_right(self._ranges, offset, key=itemgetter(0))

    def over(self, offset: int) -> Range | None:
        """The furniture this code point is in, if any."""
        i = self._after(offset) - 1
        if i >= 0 and offset < self._ranges[i][1]:
            return self._ranges[i]
        return None

    def masked(self, text: str, start: int, end: int) -> str:
        """text[start:end] with furniture as line breaks, of the same length."""
        part = text[start:end]
        i = max(0, self._after(start) - 1)
        pieces, at = [], start
        for a, b in self._ranges[i:]:
            if a >= end:
                break
            a, b = max(a, at), min(b, end)
            if a < b:
                pieces += [part[at - start : a - start], "\n" * (b - a)]
                at = b
        return "".join([*pieces, part[at - start :]]) if pieces else part


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_" or _is_mark(text[at]))


def _is_mark(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" or char in "\u200d\ufe0f"


def _in_word(text: str, at: int) -> bool:
    """The code point belongs to the word around it."""
    if _is_letter(text, at) or text[at] == "\u00ad":
        return True
    beside = _is_letter(text, at - 1) and _is_letter(text, at + 1)
    if text[at] in _INSIDE:
        return beside
    return text[at] in ".,:" and beside and text[at - 1].isdigit() and text[at + 1].isdigit()


def _over_break(text: str, at: int, step: int, furniture: Furniture) -> int:
    """From at on past white space and furniture; the first code point that is neither, or -1."""
    broke = False
    while 0 <= at < len(text):
        skip = furniture.over(at)
        if skip is not None:
            at, broke = (skip[1] if step > 0 else skip[0] - 1), True
        elif text[at].isspace():
            broke = broke or text[at] in "\n\f"
            at += step
        else:
            break
    return at if broke and 0 <= at < len(text) else -1


def word_at(text: str, offset: int, auxiliary: Sequence[Range] = ()) -> Range:
    """The word at or just before the offset; a run of white space or one sign where there is none.

    A word broken by a hyphen at a line's end is one word, over a page break too.
    """
    if not text:
        return (0, 0)
    at = min(offset, len(text) - 1)
    if not _in_word(text, at) and at > 0 and offset > 0 and _in_word(text, at - 1):
        at -= 1
    if not _in_word(text, at):
        if text[at] in _HYPHENS and at > 0 and _in_word(text, at - 1):
            at -= 1
        elif text[at].isspace():
            return _spaces_at(text, at)
        else:
            return (at, at + 1)
    furniture = Furniture(auxiliary)
    start, end = _run(text, at)
    while (further := _after_hyphen(text, end, furniture)) is not None:
        end = further
    while (before := _before_hyphen(text, start, furniture)) is not None:
        start = before
    return (start, end)


def _spaces_at(text: str, at: int) -> Range:
    start = end = at
    while start > 0 and text[start - 1].isspace() and text[start - 1] not in "\n\f":
        start -= 1
    while end < len(text) and text[end].isspace() and text[end] not in "\n\f":
        end += 1
    return (start, max(end, at + 1))


def _run(text: str, at: int) -> Range:
    start = at
    while start > 0 and _in_word(text, start - 1):
        start -= 1
    end = at + 1
    while end < len(text) and _in_word(text, end):
        end += 1
    return (start, end)


def _after_hyphen(text: str, end: int, furniture: Furniture) -> int | None:
    """Where the word goes on to when it breaks here at a line's end, or None."""
    at = end
    if at < len(text) and text[at] in _HYPHENS:
        at += 1
    elif text[end - 1] != "\u00ad":
        return None
    further = _over_break(text, at, 1, furniture)
    if further < 0 or not text[further].islower():
        return None
    return _run(text, further)[1]


def _before_hyphen(text: str, start: int, furniture: Furniture) -> int | None:
    """Where the word began on the line before, or None."""
    if not text[start].islower():
        return None
    at = _over_break(text, start - 1, -1, furniture)
    if at < 1 or text[at] not in _HYPHENS or not (_is_letter(text, at - 1) or text[at - 1] == "\u00ad"):
        return None
    return _run(text, at - 1)[0]


def paragraph_at(text: str, offset: int, auxiliary: Sequence[Range] = ()) -> Range:
    """The paragraph around the offset.

    Paragraphs end at blank lines and page breaks, unless the text plainly runs on: no sentence ends before
    the gap and a small letter follows it (columns, pages).
    """
    furniture = Furniture(auxiliary)
    start, end = _part(text, offset, furniture)
    while start > 0 and (before := _joined_before(text, start, furniture)) is not None:
        start = before
    while end < len(text) and (after := _joined_after(text, end, furniture)) is not None:
        end = after
    return (start, end) if start < end else (offset, offset)


def _part(text: str, offset: int, furniture: Furniture) -> Range:
    """The stretch without a blank line, page break or furniture around the offset, trimmed."""
    near = _part_within(text, offset, furniture, _NEAR)
    return near if near is not None else _part_within(text, offset, furniture, REACH) or (offset, offset)


def _part_within(text: str, offset: int, furniture: Furniture, reach: int) -> Range | None:
    """The same, looked for so far; None when it has no end there, unless that is as far as one ever looks."""
    at = min(max(offset, 0), len(text))
    low, high = max(0, at - reach), min(len(text), at + reach)
    window = furniture.masked(text, low, high)
    start, end = 0, len(window)
    for gap in _BLANK.finditer(window):
        if gap.end() <= at - low:
            start = gap.end()
        elif gap.start() >= at - low:
            end = gap.start()
            break
        else:
            start = gap.end()
    if reach < REACH and ((start == 0 and low > 0) or (end == len(window) and high < len(text))):
        return None
    part = window[start:end]
    trimmed = part.strip()
    if not trimmed:
        return (at, at)
    first = low + start + len(part) - len(part.lstrip())
    return (first, first + len(trimmed))


def _joined_after(text: str, end: int, furniture: Furniture) -> int | None:
    """The end of the part after the gap at end, when the text runs on into it."""
    further = _over_break(text, end, 1, furniture)
    if further < 0 or not text[further].islower() or _ends_sentence(text, end):
        return None
    return max(_part(text, further, furniture)[1], further + 1)


def _joined_before(text: str, start: int, furniture: Furniture) -> int | None:
    """The start of the part before the gap at start, when it runs on into this one."""
    if not text[start].islower():
        return None
    at = _over_break(text, start - 1, -1, furniture)
    if at < 0 or _ends_sentence(text, at + 1):
        return None
    return min(_part(text, at, furniture)[0], at)


def _ends_sentence(text: str, end: int) -> bool:
    tail = text[max(0, end - 4) : end].rstrip("\"'”’»)] ")
    return tail[-1:] in {".", "!", "?", "…", ":", ";"}
