"""Words as letters: number n of a vocabulary as one code point, so that a text of words is a string to search in.

A phrase then is a substring, found at the speed of memory; in UTF-8 the words met first take the fewest bytes.
Beyond a million words, those of noisy scans, a word takes two code points, of ranges that no others use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

END = "\x01"
_LOWEST = 2
_SURROGATES = 0xD800
_LEAD, _FOLLOW = 0x10C000, 0x10E000
_SPAN = _FOLLOW - _LEAD
_SINGLES = _LEAD - _LOWEST - 0x800
_PAIRS = re.compile(f"[{chr(_LEAD)}-{chr(_FOLLOW - 1)}]?.", re.DOTALL)
_PLANE = chr(_LEAD).encode()[:1]
"""The byte that letters of two begin with, and no other letters."""
MOST = _SINGLES + _SPAN * _SPAN
"""Words a vocabulary can have: 68 million."""


def spelled(number: int) -> str:
    """One code point, or two, for the word of this number, from 0. ValueError past MOST."""
    if not 0 <= number < MOST:
        raise ValueError(f"no such word: {number}")
    if number < _SINGLES:
        point = number + _LOWEST
        return chr(point if point < _SURROGATES else point + 0x800)
    lead, follow = divmod(number - _SINGLES, _SPAN)
    return chr(_LEAD + lead) + chr(_FOLLOW + follow)


def number_of(letter: str) -> int:
    """The number again; -1 for END."""
    point = ord(letter[0])
    if point >= _LEAD:
        return _SINGLES + (point - _LEAD) * _SPAN + ord(letter[1]) - _FOLLOW
    return (point if point < _SURROGATES else point - 0x800) - _LOWEST


def apart(row: bytes) -> Sequence[str]:
    """The letters of a row in UTF-8 one by one: a string where each is one code point."""
    letters = row.decode()
    return _PAIRS.findall(letters) if _PLANE in row else letters
