"""Words as letters: number n of a vocabulary as one code point, so that a text of words is a string to search in.

A phrase then is a substring, found at the speed of memory. Rows are kept in UTF-16, which takes as many bytes as
UTF-8 here, since few words are rare, and is read five times as fast. Beyond a million words, those of noisy scans,
a word takes three code points: a mark, and two of a range that no others use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

END = "\x01"
_MARK = "\x02"
_LOWEST = 3
_SURROGATES = 0xD800
_RARE, _TOP = 0x10C000, 0x110000
_SPAN = _TOP - _RARE
_SINGLES = _RARE - _LOWEST - 0x800
_LETTERS = re.compile(f"{_MARK}..|.", re.DOTALL)
MOST = _SINGLES + _SPAN * _SPAN
"""Words a vocabulary can have: 269 million."""


def spelled(number: int) -> str:
    """One code point, or three, for the word of this number, from 0. ValueError past MOST."""
    if not 0 <= number < MOST:
        raise ValueError(f"no such word: {number}")
    if number < _SINGLES:
        point = number + _LOWEST
        return chr(point if point < _SURROGATES else point + 0x800)
    first, second = divmod(number - _SINGLES, _SPAN)
    return _MARK + chr(_RARE + first) + chr(_RARE + second)


def number_of(letter: str) -> int:
    """The number again; negative for END. ValueError for what is no letter."""
    if len(letter) == 3:
        return _SINGLES + (ord(letter[1]) - _RARE) * _SPAN + ord(letter[2]) - _RARE
    point = ord(letter)
    if point >= _RARE or (point < _LOWEST and letter != END):
        raise ValueError("no letter")
    return (point if point < _SURROGATES else point - 0x800) - _LOWEST


def packed(row: str) -> bytes:
    """A row of letters as the index keeps it."""
    return row.encode("utf-16-le")


def unpacked(kept: bytes) -> str:
    """The row again. ValueError for what is none."""
    return kept.decode("utf-16-le")


def apart(row: str) -> Sequence[str]:
    """The letters one by one: the row itself where each is one code point."""
    return _LETTERS.findall(row) if _MARK in row else row
