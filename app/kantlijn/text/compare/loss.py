"""What one text lacks altogether and the other has: capitals, digits, accents, punctuation.

An index copy or a poor conversion of a text may have lost them all. Such a loss is told once, and not reported
as thousands of changes: it is applied to the richer side too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLASSES = {
    "case": (re.compile(r"[A-Z]"), 2.0),
    "digits": (re.compile(r"[0-9]"), 0.5),
    "accents": (re.compile(r"[^\x00-\x7f\W\d_]"), 0.3),
    "punctuation": (re.compile(r"[,()\-–:;?!]"), 2.0),
}
"""What to count, and how many per 1,000 code points of the richer text make its absence in the other a loss."""
_EXPECTED_LEAST = 5
_WORDS = re.compile(r"[^\W\d_]+")
_PLAIN_WORDS = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Loss:
    """names: classes that one side lacks. cut: letters beyond A to Z are gone, parting the words they stood in."""

    names: frozenset[str] = frozenset()
    cut: bool = False


def loss_between(old: str, new: str, fold: dict[str, str]) -> Loss:
    """The loss of either text, seen from the other. fold gives a word's key."""
    counts = {name: (len(find.findall(old)), len(find.findall(new))) for name, (find, _) in _CLASSES.items()}
    lost = {name for name, found in counts.items() if _lacks(*found, len(old), len(new), _CLASSES[name][1])}
    if len(lost) >= 2:  # a stripped text: whatever else it lacks altogether was stripped as well
        lost |= {name for name in ("digits", "accents") if min(counts[name]) == 0 < max(counts[name])}
    cut = False
    if min(counts["accents"]) == 0 < max(counts["accents"]):
        rich, poor = (old, new) if counts["accents"][0] else (new, old)
        cut = _is_cut(rich, poor, fold, stripped={"case", "punctuation"} <= lost)
    return Loss(frozenset(lost), cut)


def _lacks(old: int, new: int, old_length: int, new_length: int, per_thousand: float) -> bool:
    high, low, length, other = (
        (old, new, old_length, new_length) if old > new else (new, old, new_length, old_length)
    )
    if low or not length:
        return False
    share = high / length
    return share * 1000 >= per_thousand and share * other >= _EXPECTED_LEAST


def _is_cut(rich: str, poor: str, fold: dict[str, str], *, stripped: bool) -> bool:
    """Whether the poor text dropped letters with accents ("geco rdineerd") instead of writing them plain."""
    there = {word.casefold() for word in _PLAIN_WORDS.findall(poor)}
    cut = plain = 0.0
    for word in set(_WORDS.findall(rich)):
        if word.isascii():
            continue
        weight = 1.0 if len(word) >= 5 else 0.1
        if fold[word] in there:
            plain += weight
        elif all(part.casefold() in there for part in _PLAIN_WORDS.findall(word)):
            cut += weight
    return cut > plain or (not plain and stripped)
