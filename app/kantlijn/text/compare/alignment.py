"""The working state of a comparison: which word of the old text is which of the new, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kantlijn.text.compare.matching import Hunk, align, hunks_between
from kantlijn.text.compare.words import Words

_LARGE = 4000  # cells of a hunk in which no words of the same letters are looked for
_PARTS = 4  # words that one word may have been written as


@dataclass(frozen=True, slots=True)
class Move:
    """Words that stand elsewhere in the new text; inner: what was edited in them."""

    words: Hunk
    inner: tuple[Hunk, ...]


@dataclass(slots=True)
class Alignment:
    """a and b: the words of old and new as numbers, the same for the same key.

    to_new[i] is the new word that old word i became, or -1; seen[i] the same, with those matches that were given
    up because they were accidental: good enough to find a passage again. hunks: what differs. same: stretches of
    the same letters in other words (high-risk, highrisk).
    """

    old: Words
    new: Words
    a: list[int]
    b: list[int]
    to_new: list[int]
    seen: list[int]
    hunks: list[Hunk]
    same: list[Hunk] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def aligned(old: Words, new: Words) -> Alignment:
    """The first alignment; what differs is as raw as it comes."""
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(key, len(numbers)) for key in old.keys]
    b = [numbers.setdefault(key, len(numbers)) for key in new.keys]
    blocks = align(a, b)
    to_new = [-1] * len(a)
    for x, y, size in blocks:
        to_new[x : x + size] = range(y, y + size)
    hunks = hunks_between(blocks, (0, len(a)), (0, len(b)))
    return Alignment(old, new, a, b, to_new, list(to_new), hunks)


def find_same_letters(state: Alignment, *, numbers_too: bool) -> None:
    """Take out of the hunks what is the same letters parted otherwise. numbers_too: digits as well."""
    hunks: list[Hunk] = []
    for hunk in state.hunks:
        o1, o2, n1, n2 = hunk
        if o1 == o2 or n1 == n2 or (o2 - o1) * (n2 - n1) > _LARGE:
            hunks.append(hunk)
            continue
        old, new = "".join(state.old.keys[o1:o2]), "".join(state.new.keys[n1:n2])
        if old == new and (numbers_too or not _has_digit(old)):
            spans = [hunk]
        else:
            spans = list(_same_spans(state, hunk, numbers_too))
        o, n = o1, n1
        for span in spans:
            if span[0] > o or span[2] > n:
                hunks.append((o, span[0], n, span[2]))
            state.same.append(span)
            _map_evenly(state, span)
            o, n = span[1], span[3]
        if o2 > o or n2 > n:
            hunks.append((o, o2, n, n2))
    state.hunks = hunks


def _has_digit(letters: str) -> bool:
    return any(letter.isdigit() for letter in letters)


def _same_spans(state: Alignment, hunk: Hunk, numbers_too: bool) -> Iterator[Hunk]:
    """Short stretches with the same letters within a hunk, from left to right."""
    o1, o2, n1, n2 = hunk
    places: dict[str, list[tuple[int, int]]] = {}
    for start in range(n1, n2):
        letters = ""
        for end in range(start + 1, min(start + _PARTS, n2) + 1):
            letters += state.new.keys[end - 1]
            places.setdefault(letters, []).append((start, end))
    place, beyond = o1, n1
    while place < o2:
        found = _span_at(state, place, o2, beyond, places, numbers_too)
        if found is None:
            place += 1
        else:
            yield found
            place, beyond = found[1], found[3]


def _span_at(
    state: Alignment,
    start: int,
    last: int,
    beyond: int,
    places: dict[str, list[tuple[int, int]]],
    numbers_too: bool,
) -> Hunk | None:
    letters = ""
    for end in range(start + 1, min(start + _PARTS, last) + 1):
        letters += state.old.keys[end - 1]
        if len(letters) <= 3 or (not numbers_too and _has_digit(letters)):
            continue
        for n_start, n_end in places.get(letters, ()):
            if n_start >= beyond and (end - start, n_end - n_start) != (1, 1):
                return (start, end, n_start, n_end)
    return None


def _map_evenly(state: Alignment, span: Hunk) -> None:
    """Old words of a span to new ones in proportion, the last to the last."""
    o1, o2, n1, n2 = span
    olds, news = o2 - o1, n2 - n1
    for step in range(olds):
        state.to_new[o1 + step] = state.seen[o1 + step] = n1 + step * news // olds
    state.to_new[o2 - 1] = state.seen[o2 - 1] = n2 - 1


def join_edits(state: Alignment) -> None:
    """Give up short accidental matches between two edits, so that a person reads one; never across a paragraph."""
    fixed = {place for o1, o2, _, _ in state.same for place in range(o1, o2)}
    found: list[Hunk] = []
    for hunk in state.hunks:
        joined = hunk
        while found and _one_edit(state, found[-1], joined, fixed):
            before = found.pop()
            for place in range(before[1], joined[0]):
                state.to_new[place] = -1
            joined = (before[0], joined[1], before[2], joined[3])
        found.append(joined)
    state.hunks = [hunk for hunk in found if not _is_parted_otherwise(state, hunk)]


def _is_parted_otherwise(state: Alignment, hunk: Hunk) -> bool:
    """Whether the joined edit is the same letters after all; then it is put with those that are."""
    o1, o2, n1, n2 = hunk
    if o1 == o2 or n1 == n2 or (o2 - o1) * (n2 - n1) > _LARGE:
        return False
    old = "".join(state.old.keys[o1:o2])
    if _has_digit(old) or old != "".join(state.new.keys[n1:n2]):
        return False
    state.same.append(hunk)
    _map_evenly(state, hunk)
    return True


def _one_edit(state: Alignment, first: Hunk, second: Hunk, fixed: set[int]) -> bool:
    equal = second[0] - first[1]
    if not 0 < equal <= 6 or second[2] - first[3] != equal:
        return False
    if _adds_or_drops(first) is not None and _adds_or_drops(first) == _adds_or_drops(second):
        return False  # two insertions, or two deletions: what is between them was there before
    between = range(first[1], second[0])
    if any(place in fixed for place in between):
        return False
    if equal > 1 and any(state.old.boundary(place) >= 4 for place in range(first[1], second[0] + 1)):
        return False
    size = state.old.letters(first[1], second[0])
    left, right = _size(state, first), _size(state, second)
    return size <= left and size <= right and (equal <= 3 or size * 3 <= min(left, right))


def _adds_or_drops(hunk: Hunk) -> str | None:
    return "adds" if hunk[0] == hunk[1] else "drops" if hunk[2] == hunk[3] else None


def _size(state: Alignment, hunk: Hunk) -> int:
    return max(state.old.letters(hunk[0], hunk[1]), state.new.letters(hunk[2], hunk[3]))


def split_at_paragraphs(state: Alignment) -> None:
    """Cut a hunk that rewrites a paragraph's end and adds or drops whole paragraphs at the paragraph's end."""
    found: list[Hunk] = []
    for hunk in state.hunks:
        o1, o2, n1, n2 = hunk
        if not (o1 < o2 and n1 < n2 and max(o2 - o1, n2 - n1) > 8 and state.old.boundary(o1) < 4):
            found.append(hunk)
            continue
        old = next((place for place in range(o1 + 1, o2) if state.old.boundary(place) >= 4), None)
        new = next((place for place in range(n1 + 1, n2) if state.new.boundary(place) >= 4), None)
        if old is None and new is not None:
            found += [(o1, o2, n1, new), (o2, o2, new, n2)]
        elif new is None and old is not None:
            found += [(o1, old, n1, n2), (old, o2, n2, n2)]
        else:
            found.append(hunk)
    state.hunks = found
