"""Where a query stands in a text's row of letters, and whether at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kantlijn.text.search.letters import END, apart
from kantlijn.text.search.query import Either, Every, Near, Node, Phrase, Term, Without

Span = tuple[int, int]
"""Half-open, in places among the words of a text."""
Origin = tuple[int, int, int]
Spelling = Callable[[Term], tuple[frozenset[str], frozenset[str]]]
"""The letters of the words that are like a term: those in texts, and those that stand for words in parts."""


class Row:
    """An entry with its words and others as letters, UTF-8. origins as in Entry, or what gives them when asked."""

    def __init__(
        self, letters: bytes, others: bytes, origins: Sequence[Origin] | Callable[[], Sequence[Origin]]
    ) -> None:
        self.letters = letters
        self.others = others
        self._origins = origins

    @cached_property
    def words(self) -> Sequence[str]:
        return apart(self.letters.decode())

    @cached_property
    def stretches(self) -> Sequence[str]:
        return apart(self.others.decode())

    def origin(self, start: int, end: int) -> Span:
        """Where what stands in a stretch, the joined word in it, stands among the words."""
        number = bisect_right(self._begins, start) - 1
        place, before, parts = self._where[number]
        offset, last = start - self._begins[number] - 1, end - self._begins[number] - 1
        return place + offset, place + last + (parts - 1 if last > before else 0)

    @cached_property
    def _begins(self) -> list[int]:
        return [place for place, letter in enumerate(self.stretches) if letter == END]

    @cached_property
    def _where(self) -> Sequence[Origin]:
        return self._origins() if callable(self._origins) else self._origins


@dataclass(frozen=True, slots=True)
class _Way:
    """A phrase's slots: which letters may stand there; and of those the ones for words in parts."""

    slots: tuple[frozenset[str], ...]
    joined: tuple[frozenset[str], ...]
    needle: bytes  # when each slot has but one letter

    def count(self, row: Row) -> int:
        if any(self.joined):
            return len(dict(self.spans(row)))
        if self.needle:
            found = row.letters.count(self.needle)
        elif len(self.slots) == 1:
            found = sum(map(self.slots[0].__contains__, row.words))
        else:
            found = sum(1 for _ in self._in(row.words, self.slots))
        return found

    def spans(self, row: Row) -> Iterator[Span]:
        size = len(self.slots)
        if self.needle and self.needle not in row.letters:
            starts: Iterator[int] = iter(())
        else:
            starts = self._in(row.words, self.slots)
        yield from ((start, start + size) for start in starts)
        yield from self._behind(row)

    def _behind(self, row: Row) -> Iterator[Span]:
        """Those with a word in parts among them; its neighbours alone were found where they stand."""
        if not any(self.joined):
            return
        both = tuple(one | two for one, two in zip(self.slots, self.joined, strict=True))
        size = len(both)
        for start in self._in(row.stretches, both):
            if any(row.stretches[start + place] in self.joined[place] for place in range(size)):
                yield row.origin(start, start + size)

    @staticmethod
    def _in(words: Sequence[str], slots: tuple[frozenset[str], ...]) -> Iterator[int]:
        """Where the slots follow each other in these words, not overlapping."""
        size, free = len(slots), 0
        if isinstance(words, str) and len(slots[0]) == 1:
            (letter,) = slots[0]
            starts = _finds(words, letter)
        else:
            lead = slots[0]
            starts = (place for place, letter in enumerate(words) if letter in lead)
        for start in starts:
            if (
                start >= free
                and start + size <= len(words)
                and all(words[start + place] in slots[place] for place in range(1, size))
            ):
                yield start
                free = start + size


def _finds(words: str, letter: str) -> Iterator[int]:
    place = words.find(letter)
    while place >= 0:
        yield place
        place = words.find(letter, place + 1)


class Matcher:
    """A query made ready for many rows."""

    def __init__(self, node: Node, spelling: Spelling) -> None:
        self._node = node
        self._ways: dict[Phrase, tuple[_Way, ...]] = {}
        self._ready(node, spelling)

    def _ready(self, node: Node, spelling: Spelling) -> None:
        if isinstance(node, Phrase):
            self._ways[node] = tuple(way for way in (_way(terms, spelling) for terms in node.ways) if way)
        elif isinstance(node, Near):
            for phrase in node.phrases:
                self._ready(phrase, spelling)
        elif isinstance(node, Without):
            self._ready(node.part, spelling)
            self._ready(node.other, spelling)
        else:
            for part in node.parts:
                self._ready(part, spelling)

    def count(self, row: Row) -> int:
        """How many places there are. Quick for a single phrase; places found twice count once."""
        if isinstance(self._node, Phrase) and len(self._ways[self._node]) == 1:
            return self._ways[self._node][0].count(row)
        return len(self.spans(row))

    def spans(self, row: Row) -> list[Span]:
        """The places, in order; of those that begin together the longest."""
        longest: dict[int, int] = {}
        for start, end in self._spans(self._node, row):
            longest[start] = max(end, longest.get(start, 0))
        return sorted(longest.items())

    def _spans(self, node: Node, row: Row) -> list[Span]:
        if isinstance(node, Phrase):
            return [span for way in self._ways[node] for span in way.spans(row)]
        if isinstance(node, Near):
            return _near([sorted(self._spans(phrase, row)) for phrase in node.phrases], node.distance)
        if isinstance(node, Without):
            return [] if self._spans(node.other, row) else self._spans(node.part, row)
        each = []
        for part in node.parts:
            found = self._spans(part, row)
            if isinstance(node, Every) and not found:
                return []
            each.append(found)
        return [span for found in each for span in found]


def _way(terms: tuple[Term, ...], spelling: Spelling) -> _Way | None:
    """None when a word of it is in no text."""
    found = [spelling(term) for term in terms]
    slots, joined = tuple(one for one, _ in found), tuple(two for _, two in found)
    if not all(one or two for one, two in found):
        return None
    single = all(len(slot) == 1 for slot in slots)
    needle = "".join(next(iter(slot)) for slot in slots).encode() if single else b""
    return _Way(slots, joined, needle)


def _near(each: list[list[Span]], distance: int) -> list[Span]:
    """The spans that have one of every other phrase nearby.

    From the first to the last of them lie at most distance words that are none of theirs.
    """
    if not all(each):
        return []
    kept: set[Span] = set()
    ends = [[end for _, end in spans] for spans in each]
    starts = [[start for start, _ in spans] for spans in each]
    for number, spans in enumerate(each):
        others = [other for other in range(len(each)) if other != number]
        for span in spans:
            near = [_nearest(each[other], starts[other], ends[other], span) for other in others]
            group = [span, *(one for one in near if one is not None)]
            first, last = min(group)[0], max(end for _, end in group)
            taken = sum(end - start for start, end in group)
            if len(group) == len(each) and last - first - taken <= distance:
                kept.update(group)
    return sorted(kept)


def _nearest(spans: list[Span], starts: list[int], ends: list[int], span: Span) -> Span | None:
    """The one beside this span with the fewest words between that does not overlap it."""
    after = bisect_left(starts, span[1])
    before = bisect_right(ends, span[0]) - 1
    found = [spans[place] for place in (before, after) if 0 <= place < len(spans)]
    return min(found, key=lambda one: max(one[0] - span[1], span[0] - one[1]), default=None)


def candidates(node: Node, holding: Callable[[Term], frozenset[int] | None]) -> frozenset[int] | None:
    """Rows among which are all that the query finds; None for any row.

    holding: the rows with a word like the term, None when that would be nearly all.
    """
    if isinstance(node, Without):
        return candidates(node.part, holding)
    if isinstance(node, Phrase):
        return _united([_in_common([holding(term) for term in way]) for way in node.ways])
    parts = [candidates(part, holding) for part in (node.phrases if isinstance(node, Near) else node.parts)]
    return _united(parts) if isinstance(node, Either) else _in_common(parts)


def _in_common(sets: list[frozenset[int] | None]) -> frozenset[int] | None:
    known = [one for one in sets if one is not None]
    return frozenset.intersection(*known) if known else None


def _united(sets: list[frozenset[int] | None]) -> frozenset[int] | None:
    known = [one for one in sets if one is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None
