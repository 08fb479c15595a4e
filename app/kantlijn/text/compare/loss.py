"""What one text lacks altogether and the other has: capitals, digits, accents, punctuation.

An index copy or a poor conversion of a text may have lost them all. Such a loss is told once, and not reported
as thousands of changes: it is applied to the richer side too, in the way in which the poorer one suffered it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kantlijn.text.compare.words import Keys, folded

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
_PARTED = re.compile(r"[^\W_]+(?:[^\w\s]+[^\W_]+)+")
_PARTS = re.compile(r"[^\W_]+")
_LIKELY, _UNLIKELY = 1.0, 0.1


@dataclass(frozen=True, slots=True)
class Loss:
    """names: classes that one side lacks. letters: what became of letters beyond A to Z, of words.LETTERS.

    signs: what became of words with a sign in them (en/of, 3.1) where punctuation is lost: "glued" (enof, 31),
    "apart" (en of, 3 1) or "" where that is not known.
    """

    names: frozenset[str] = frozenset()
    letters: str = "all"
    signs: str = ""


def loss_between(old: str, new: str, keys: Keys) -> Loss:
    """The loss of either text, seen from the other."""
    counts = {name: (len(find.findall(old)), len(find.findall(new))) for name, (find, _) in _CLASSES.items()}
    lost = {name for name, found in counts.items() if _lacks(*found, len(old), len(new), _CLASSES[name][1])}
    if len(lost) >= 2:  # a stripped text: whatever else it lacks altogether was stripped as well
        lost |= {name for name in ("digits", "accents") if min(counts[name]) == 0 < max(counts[name])}
    letters = signs = ""
    if min(counts["accents"]) == 0 < max(counts["accents"]):
        rich, poor = (old, new) if counts["accents"][0] else (new, old)
        letters = _letters_of(rich, poor, keys, stripped={"case", "punctuation"} <= lost)
    if "punctuation" in lost:
        rich, poor = (old, new) if counts["punctuation"][0] else (new, old)
        signs = _signs_of(rich, poor, keys, digits="digits" not in lost)
    if letters not in ("", "all"):
        lost.add("accents")
    return Loss(frozenset(lost), letters or "all", signs)


def _lacks(old: int, new: int, old_length: int, new_length: int, per_thousand: float) -> bool:
    high, low, length, other = (
        (old, new, old_length, new_length) if old > new else (new, old, new_length, old_length)
    )
    if low or not length:
        return False
    share = high / length
    return share * 1000 >= per_thousand and share * other >= _EXPECTED_LEAST


def _letters_of(rich: str, poor: str, keys: Keys, *, stripped: bool) -> str:
    """How the poor text writes letters with accents: plain, or has it dropped them, with a gap or without?

    A way of writing that makes what is no word elsewhere ("rdineerd") says more than one that makes another word.
    """
    there = {word.casefold() for word in _PLAIN_WORDS.findall(poor)}
    whole = set(_WORDS.findall(rich))
    words = {word.casefold() for word in whole}
    votes: defaultdict[str, float] = defaultdict(float)
    for word in whole:
        if not word.isascii():
            for letters, parts in _written(word, keys):
                if there.issuperset(parts):
                    votes[letters] += _UNLIKELY if words.issuperset(parts) else _LIKELY
    if not votes:
        return "cut" if stripped else "all"
    return max(("all", "bare", "dropped", "cut"), key=lambda letters: votes[letters])


def _written(word: str, keys: Keys) -> Iterator[tuple[str, list[str]]]:
    yield "all", [keys[word]]
    yield "bare", [folded(word, "bare")]
    yield "dropped", [folded(word, "dropped")]
    yield "cut", [part.casefold() for part in _PLAIN_WORDS.findall(word)]


def _signs_of(rich: str, poor: str, keys: Keys, *, digits: bool) -> str:
    """Whether the poor text put words together, or took them apart, where the rich one has a sign in them."""
    there = {keys[word] for word in set(_PARTS.findall(poor))}
    votes: Counter[str] = Counter()
    for chunk in set(_PARTED.findall(rich)):
        if not digits and any(point.isdigit() for point in chunk):
            continue
        if keys[chunk] in there:
            votes["glued"] += 1
        elif there.issuperset(keys[part] for part in _PARTS.findall(chunk)):
            votes["apart"] += 1
    return max(votes, key=lambda signs: votes[signs]) if votes else ""
