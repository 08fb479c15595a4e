"""Signs that tell beside a word: § 3, 50%, € 5 and #metoo are not every 3, 50, 5 and metoo.

An index has words only. What it finds of words with such signs is looked at once more in the text. Some tell in
places only, as readers also use them for other things ("+must", "> quoted", "# Heading"): # right before a word,
+ right behind one, + < > = before figures, and % behind them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from kantlijn.model.document import Range
from kantlijn.text.fold import letters_of, past_marks

_BEFORE, _BEHIND, _IN_PLACES = "§±", "%‰°", "%‰#+<>="
_MONEY = "".join(chr(point) for point in range(0x20, 0x20C1) if unicodedata.category(chr(point)) == "Sc")
_TELLING = frozenset(_BEFORE + _BEHIND + _IN_PLACES + _MONEY)
_VARIANTS = {
    chr(point): sign
    for point in (*range(0x2070, 0x20A0), *range(0xFE50, 0xFFF0))  # raised, small, and as wide as an ideograph
    if (sign := unicodedata.normalize("NFKC", chr(point))) in _TELLING
}
_SIGNS = {sign: sign for sign in _TELLING} | _VARIANTS
_APART_BEFORE = re.compile(rf"([{_BEFORE}{_MONEY}])\s+(?=\d)")
_APART_BEHIND = re.compile(rf"(?<=\d)\s+([{_BEHIND}{_MONEY}])(?!\d)")
_FIGURE_GOES_BEFORE = re.compile(r"\d[.,]$")
_REACH = 40
"""Code points beside a word among which its signs are looked for."""


@dataclass(frozen=True, slots=True)
class _Said:
    """letters, folded, and the code point each came from; signs: after so many letters, each with its own."""

    letters: str
    offsets: Sequence[int]
    signs: dict[int, list[tuple[str, int]]]


def signed(said: str) -> str:
    """Letters and signs of a phrase, without spaces and folded; empty where it has no sign that tells.

    A sign at its edge counts where nothing but space parts it from a letter: not in "Costs (€)".
    """
    found = _read(said, (0, len(said)), ())
    if not found.letters or not found.signs:
        return ""
    found = _read(said, _around(said, (found.offsets[0], found.offsets[-1] + 1)), ())
    telling = {
        before: "".join(sign for sign, at in signs if _tells(said, at)) for before, signs in found.signs.items()
    }
    if not any(telling.values()):
        return ""
    return "".join(telling.get(n, "") + found.letters[n : n + 1] for n in range(len(found.letters) + 1))


def beside(typed: str) -> str:
    """A query with its signs written at the figures they belong to: "§3" for "§ 3", "50%" for "50 %"."""
    return _APART_BEHIND.sub(r"\1", _APART_BEFORE.sub(r"\1", typed))


def may_have(text: str, signs: str) -> bool:
    """Whether these signs are anywhere in the text: quick, never wrongly no."""
    return all(
        sign in text or any(sign == of and variant in text for variant, of in _VARIANTS.items())
        for sign in _TELLING.intersection(signs)
    )


def with_signs(text: str, auxiliary: Sequence[Range], place: Range, wanted: Iterable[str]) -> Range | None:
    """A place of words with the signs that belong to it; None where none of what is wanted stands there.

    wanted: what signed() gave, the most telling first. auxiliary: in order.
    """
    there = _read(text, _around(text, place), auxiliary)
    for one in wanted:
        asked = _asked(one)
        at = there.letters.find(asked.letters)
        while at >= 0:
            found = _together(text, there, asked, at)
            if found is not None:
                return min(found[0], place[0]), max(past_marks(text, found[1]), place[1])
            at = there.letters.find(asked.letters, at + 1)
    return None


@lru_cache(maxsize=32)  # a query asks for the same at every place
def _asked(signs: str) -> _Said:
    return _read(signs, (0, len(signs)), ())


def _together(text: str, there: _Said, asked: _Said, at: int) -> Range | None:
    """Where the letters at this place have the signs too; others between them do not matter."""
    size = len(asked.letters)
    start, end = there.offsets[at], there.offsets[at + size - 1] + 1
    if asked.letters[0].isnumeric() and 0 not in asked.signs and _FIGURE_GOES_BEFORE.search(
        text, max(0, start - 2), start
    ):
        return None
    for before, signs in asked.signs.items():
        standing = there.signs.get(at + before, [])
        if before == 0:  # the nearest ones
            signs, standing = signs[::-1], standing[::-1]
        left = iter(standing)
        for sign, _ in signs:
            place = next((offset for one, offset in left if one == sign), None)
            if place is None:
                return None
            start, end = min(start, place), max(end, place + 1)
    return start, end


def _around(text: str, place: Range) -> Range:
    start, end = place
    while start > max(0, place[0] - _REACH) and _passes(text[start - 1]):
        start -= 1
    while end < min(len(text), place[1] + _REACH) and _passes(text[end]):
        end += 1
    return start, end


def _passes(point: str) -> bool:
    return point.isspace() or point in _SIGNS or unicodedata.category(point) == "Cf"


def _read(text: str, place: Range, auxiliary: Sequence[Range]) -> _Said:
    """Letters and signs there, furniture left out."""
    gaps = []
    for span in auxiliary[bisect_right(auxiliary, place[0], key=itemgetter(1)) :]:
        if span[0] >= place[1]:
            break
        gaps.append(span)
    letters: list[str] = []
    offsets: list[int] = []
    signs: dict[int, list[tuple[str, int]]] = {}
    for at in range(*place):
        if any(start <= at < end for start, end in gaps):
            continue
        if text[at] in _SIGNS:
            signs.setdefault(len(letters), []).append((_SIGNS[text[at]], at))
        else:
            found = letters_of(text[at])
            letters += found
            offsets += [at] * len(found)
    return _Said("".join(letters), offsets, signs)


def _tells(text: str, at: int) -> bool:
    """Whether a reader who typed the sign there means it."""
    sign = _SIGNS[text[at]]
    if sign not in _IN_PLACES:
        return True
    if sign in "%‰":
        return text[max(0, at - _REACH) : at].rstrip()[-1:].isnumeric()
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 1 + _REACH]
    word_follows = after[:1].isalnum()
    if sign == "#":
        return word_follows
    behind_a_word = sign == "+" and not word_follows and (before.isalnum() or before == "+")
    return behind_a_word or after.lstrip()[:1].isnumeric()
