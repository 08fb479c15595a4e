"""Which words follow each other somewhere in a text: for each two neighbours one of 131,072 marks.

Others share the mark, so a text that has it may lack the two words: of texts of 60 kB four in a hundred do. A text
without the mark lacks them surely, and need not be looked into for a phrase.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

_SIGN = "→"
"""Begins a mark among the words that the index has of a text. No folded word has it."""
_BITS = 17
_FIRST, _SECOND = 0x9E3779B1, 0xC2B2AE3D  # large and odd, so that all bits have a say


def marks_of(words: Sequence[str]) -> array[int]:
    """The marks of a text's words, each once."""
    known = {word: crc32(word.encode()) for word in set(words)}
    return array("I", {_mark(first, second) for first, second in pairwise(map(known.__getitem__, words))})


def mark_of(first: str, second: str) -> str:
    """The mark of two words that follow each other, as spelled() gives it."""
    return next(spelled([_mark(crc32(first.encode()), crc32(second.encode()))]))


def spelled(marks: Iterable[int]) -> Iterator[str]:
    """Marks as words, for an index of words."""
    return (f"{_SIGN}{mark:x}" for mark in marks)


def _mark(first: int, second: int) -> int:
    return (first * _FIRST + second * _SECOND >> 20) & ((1 << _BITS) - 1)
