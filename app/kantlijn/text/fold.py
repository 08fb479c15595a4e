"""Two foldings of a text, each with the way back: what looks different but reads the same becomes the same.

Each code point folds by itself: NFKD, marks dropped, casefolded, and of the result letters and digits kept;
letters with a stroke and those written as one ("ø", "œ") lose it, fractions stay what they are ("½" is not "12").
squeeze() keeps nothing else, for matching; fold_words() keeps one space between words, for an index and for
comparing, and joins words that a line end broke (text/hyphens.py), and those that an accent parts which stands by
itself before its letter, as TeX sets it: "caf´e".
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from itertools import chain, compress, repeat

from kantlijn.model.document import Range
from kantlijn.text.hyphens import breaks


@dataclass(frozen=True, slots=True)
class Folded:
    """text, and for each of its code points the canonical one it came from. offsets never decrease."""

    text: str
    offsets: array[int]

    def back(self, start: int, end: int) -> Range:
        """The canonical range of folded [start, end), which must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such folded range: {start}:{end}")
        return self.offsets[start], self.offsets[end - 1] + 1


_ACCENT = re.compile(
    r"[`\u00b4\u00a8\u02c6\u00b8\u02c7\u02da\u02dc](?<=[^\W\d_].)"
    r"(?:(?<=[\u00b8\u02c7\u02da\u02dc])(?=[^\W\d_])|(?=[aeiouyAEIOUY\u0131]))"
)
"""Not "foto´s" and "zo´n", where the sign is an apostrophe."""
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)
"""What NFKD leaves alone, though a reader without such keys types the plain letters."""


class _Letters(dict[str, str]):
    """A code point to its folded letters and digits, "" for none; learned as met."""

    def __missing__(self, point: str) -> str:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", point).casefold())
        if "⁄" in apart and len(apart) > 1:
            apart = point
        folded = "".join(one for one in apart if one.isalnum()).translate(_STROKES)
        self[point] = folded
        return folded


_letters = _Letters()


def letters_of(point: str) -> str:
    """The folded letters and digits of one code point, "" for none."""
    return _letters[point]


def squeeze(text: str, auxiliary: tuple[Range, ...] = ()) -> Folded:
    """Letters and digits only. auxiliary: ranges to leave out, such as page furniture."""
    parts = list(map(_letters.__getitem__, text))
    for start, end in auxiliary:
        parts[start:end] = [""] * len(parts[start:end])
    return _gathered(parts)


def fold_words(text: str, auxiliary: tuple[Range, ...] = ()) -> Folded:
    """Words with one space between them, a word that a line end broke in one piece."""
    parts = list(map(_letters.__getitem__, text))
    for start, end in auxiliary:
        parts[start:end] = [""] * len(parts[start:end])
    joined = bytearray(len(parts))
    for hyphen, rest, whole in breaks(text, auxiliary):
        if whole:
            joined[hyphen:rest] = b"\1" * (rest - hyphen)
    for accent in _ACCENT.finditer(text):
        joined[accent.start()] = 1
    # a word may also hold soft hyphens, marks and apostrophes that fold to nothing
    silent = {point for point in set(text) if not _letters[point] and _joins_inside(point)}
    pending = False
    for place, part in enumerate(parts):
        if part:
            if pending and place:
                parts[place] = " " + part
            pending = False
        elif not joined[place] and text[place] not in silent:
            pending = True
    folded = _gathered(parts)
    if folded.text.startswith(" "):
        return Folded(folded.text[1:], folded.offsets[1:])
    return folded


def past_marks(text: str, place: int) -> int:
    """The place, past the accents and vowel signs that are written behind the letter before it."""
    while place < len(text) and unicodedata.category(text[place]).startswith("M"):
        place += 1
    return place


def _joins_inside(point: str) -> bool:
    return point == "\u00ad" or unicodedata.category(point) in ("Mn", "Mc", "Me", "Cf")


def _gathered(parts: list[str]) -> Folded:
    text = "".join(parts)
    filled = array("I", compress(range(len(parts)), parts))
    if len(filled) == len(text):
        return Folded(text, filled)
    offsets = chain.from_iterable(repeat(place, len(part)) for place, part in enumerate(parts) if part)
    return Folded(text, array("I", offsets))
