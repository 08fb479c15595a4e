"""Signs that tell beside a word: § 3, 50%, € 5 and #metoo are not every 3, 50, 5 and metoo.

An index has words only. What it finds of words with such signs is looked at once more in the text. Some tell in
places only, as readers also use them for other things ("+must", "> quoted", "# Heading"): # right before a word,
+ right behind one, + < > = before figures, and % behind them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

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
_APART_BEHIND = re.compile(rf"(?<=\d)\s+([{_BEHIND}{_MONEY}])")
_FIGURE_GOES_BEFORE = re.compile(r"\d[.,]$")
_REACH = 8
"""Code points beside a word among which its signs are looked for."""


def signed(said: str) -> str:
    """Letters and signs of a phrase, without spaces and folded; empty where it has no sign that tells."""
    letters, _ = _kept(said, (0, len(said)), ())
    return letters if _TELLING.intersection(letters) else ""


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

    wanted: what signed() gave, the most telling first.
    """
    around = _around(text, place)
    letters, offsets = _kept(text, around, auxiliary)
    for one in wanted:
        at = letters.find(one)
        if at < 0:
            continue
        start, last = offsets[at], offsets[at + len(one) - 1]
        if not (one[0].isnumeric() and _FIGURE_GOES_BEFORE.search(text, max(0, start - 2), start)):
            return min(start, place[0]), max(past_marks(text, last + 1), place[1])
    return None


def _around(text: str, place: Range) -> Range:
    start, end = place
    while start > max(0, place[0] - _REACH) and _passes(text[start - 1]):
        start -= 1
    while end < min(len(text), place[1] + _REACH) and _passes(text[end]):
        end += 1
    return start, end


def _passes(point: str) -> bool:
    return point.isspace() or point in _SIGNS


def _kept(text: str, place: Range, auxiliary: Sequence[Range]) -> tuple[str, list[int]]:
    """Letters and telling signs, and the code point each came from."""
    gaps = [span for span in auxiliary if span[0] < place[1] and span[1] > place[0]]
    letters: list[str] = []
    offsets: list[int] = []
    for at in range(*place):
        if any(start <= at < end for start, end in gaps):
            continue
        for letter in letters_of(text[at]) or _telling(text, at):
            letters.append(letter)
            offsets.append(at)
    return "".join(letters), offsets


def _telling(text: str, at: int) -> str:
    """The sign there, if it tells."""
    sign = _SIGNS.get(text[at], "")
    if not sign or sign not in _IN_PLACES:
        return sign
    if sign in "%‰":
        return sign if text[max(0, at - _REACH) : at].rstrip()[-1:].isnumeric() else ""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 1 + _REACH]
    word_follows = after[:1].isalnum()
    if sign == "#":
        return sign if word_follows else ""
    behind_a_word = sign == "+" and not word_follows and (before.isalnum() or before == "+")
    return sign if behind_a_word or after.lstrip()[:1].isnumeric() else ""
