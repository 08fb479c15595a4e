"""Large first letters that stand beside the lines they begin: the letter and its word are one."""

from __future__ import annotations

import re
from collections.abc import Sequence

Large = tuple[float, float, float, float, str, float]
"""A line as x, y, thickness, width, its text, and its direction across (0 for one that runs to the right)."""

_LARGER = 1.6
"""Times the height of the line beside it."""
_NEAR = 1.2
"""Times that height: the most room between the letter and its word."""
_WORDS = frozenset("AIOU")
"""Letters that are words in Dutch or English."""
_WORD = re.compile(r"[^\W\d_]+")


def begins(letter: Large, beside: Large, page: Sequence[str]) -> bool:
    """Whether the first is the first letter of the second. page: the lines of the page.

    A letter that may be a word is one where what follows it is a word that stands elsewhere on the page too.
    """
    x, y, thick, wide, said, slant = letter
    x2, y2, thick2, _, rest, slant2 = beside
    if slant or slant2 or len(said) != 1 or not said.isupper() or not rest[:1].islower():
        return False
    if thick < _LARGER * thick2 or not -1 <= x2 - x - wide <= _NEAR * thick2 or not y - thick2 <= y2 <= y + thick:
        return False
    word = _WORD.match(rest)
    if said not in _WORDS or word is None:
        return True
    return sum(_WORD.findall(" ".join(page)).count(one) for one in (word[0], word[0].capitalize())) < 2
