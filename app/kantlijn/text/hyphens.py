"""Words broken over a line end: where, and whether the hyphen is the typesetter's or the word's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from kantlijn.model.document import Range

_END = re.compile(r"(?:\u00ad?[-\u2010]|\u00ad)[ \t]*\r?\n")
"""Browsers print a soft hyphen at a line's end as itself and the sign that is seen."""
_SPACE = re.compile(r"\s*")
_LEFT = re.compile(r"[^\W_]+$")
_RIGHT = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_AND = {"en", "of", "tot", "and", "or", "und", "oder", "et", "ou"}
_PIECE = 100_000
"""Code points of a text that are looked at in one go."""
_REACH = 60
"""Code points looked back for the first part of a word."""


def breaks(
    text: str, auxiliary: tuple[Range, ...] = (), within: Range | None = None
) -> Iterator[tuple[int, int, bool]]:
    """(where the hyphen stands, where the word goes on, whether it is one word without the hyphen).

    What lies between them is white space, page breaks and page furniture. Hyphens with no letter before
    or nothing after are left out. auxiliary is in order and does not overlap.
    """
    start, end = within or (0, len(text))
    for found in _END.finditer(text, start, end):
        hyphen = found.start()
        rest = _onward(text, found.end(), end, auxiliary)
        left = _LEFT.search(text, max(0, hyphen - _REACH), hyphen)
        right = _RIGHT.match(text, rest, end)
        if left and right:
            yield hyphen, rest, text[hyphen] == "\u00ad" or whole(text, left[0], right[0])


def whole(text: str, left: str, right: str) -> bool:
    """Whether "left-" at a line end and "right" after it are one word.

    A following capital, digit or conjunction keeps the hyphen, and so does an abbreviation or a single
    letter before it; for the rest the text's own spelling elsewhere decides, and failing that a small
    letter joins (the rule of many Dutch and English texts, in which real hyphens at line ends are rarer).
    """
    if not right[0].islower() or right.casefold() in _AND:
        return False
    if len(left) == 1 or any(letter.isdigit() or letter.isupper() for letter in left[1:]):
        return False
    spellings = _spellings(text)
    joined = (left + right).casefold() in spellings
    hyphened = f"{left}-{right}".casefold() in spellings
    return joined or not hyphened


@lru_cache(maxsize=32)  # whole texts, and the few lines around hits
def _spellings(text: str) -> frozenset[str]:
    """The words of the text, casefolded, those with hyphens inside a line as one."""
    found: set[str] = set()
    at = 0
    while at < len(text):  # in pieces, between which another thread gets its turn
        line = text.find("\n", at + _PIECE)
        end = line + 1 if line >= 0 else len(text)
        found.update(_WORD.findall(text[at:end].casefold()))
        at = end
    return frozenset(found)


def _onward(text: str, place: int, end: int, auxiliary: tuple[Range, ...]) -> int:
    """The first place from here that is neither white space nor furniture."""
    while True:
        found = _SPACE.match(text, place, end)
        after = found.end() if found else place
        near = bisect_right(auxiliary, after, key=itemgetter(0)) - 1
        if near >= 0 and after < auxiliary[near][1]:
            after = auxiliary[near][1]
        if after == place:
            return place
        place = after
