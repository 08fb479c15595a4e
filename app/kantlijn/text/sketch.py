"""Some hundred marks of a text, by which another text with much of the same words is recognised.

The smallest hashes of all runs of four words, letters A to Z only, so that a copy without capitals, digits or
accents has nearly the same (bottom-k sketches; Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from dataclasses import dataclass

_KEPT = 512
_RUN = 4
_WORDS = re.compile(r"[a-z]{2,}")
_HYPHEN = re.compile(r"\u00ad\s*|(?<=[a-z])[-\u2010\u2011]\s*\n\s*(?=[a-z])")
_SPREAD = 0x9E3779B97F4A7C15
_ALL = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """runs: how many different runs of words the text has; marks: the smallest of their hashes, in order."""

    runs: int
    marks: tuple[int, ...]

    def packed(self) -> bytes:
        """For keeping."""
        return array("Q", (self.runs, *self.marks)).tobytes()


def unpacked(data: bytes) -> Sketch:
    """The sketch again. ValueError for what is none."""
    numbers = array("Q")
    numbers.frombytes(data)
    if not numbers:
        raise ValueError("no sketch")
    return Sketch(numbers[0], tuple(numbers[1:]))


def sketch(text: str) -> Sketch:
    """Of a canonical text, of any length."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(
            letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)
        )
    words = [zlib.crc32(word.encode()) for word in _WORDS.findall(_HYPHEN.sub("", plain))]
    found = {_mixed(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}
    return Sketch(len(found), tuple(sorted(found)[:_KEPT]))


def _mixed(run: list[int]) -> int:
    """Four numbers of 32 bits into one of 64, well spread."""
    value = 0
    for word in run:
        value = ((value ^ word) * _SPREAD) & _ALL
        value ^= value >> 29
    return value


def share_in_common(one: Sketch, other: Sketch) -> float:
    """About which share of the shorter text's runs stands in the other, 0 to 1."""
    if not one.marks or not other.marks:
        return 0.0
    both = set(one.marks) & set(other.marks)
    least = sorted({*one.marks, *other.marks})[:_KEPT]
    alike = len(both.intersection(least)) / len(least)
    common = alike * (one.runs + other.runs) / (1 + alike)
    return min(1.0, common / min(one.runs, other.runs))
