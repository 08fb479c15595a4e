"""Where a query stands in a text's row of letters, and whether at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from kantlijn.text.search.letters import END, apart, number_of
from kantlijn.text.search.query import Either, Every, Near, Node, Phrase, Term, Without
from kantlijn.text.search.repeated import Repeated

Span = tuple[int, int]
"""Half-open, in places among the words of a text."""
Origin = tuple[int, int, int]
Spelling = Callable[[Term], tuple[frozenset[str], frozenset[str]]]
"""The letters of the words that are like a term: those in texts, and those that stand for words in parts."""


SPELLED_MOST = 8000
"""Words like one term of which it is worth knowing which texts have them; of more nearly all have some."""
_FOUND_MOST = 64
"""Letters that are looked for one by one, at the speed of memory; with more it is quicker to look at each word."""


class Row:
    """An entry with its words and others as letters, UTF-8. origins as in Entry, or what gives them when asked.

    letters and origins may be what gives them when they are needed. repeated: how often it has its words.
    present: of the letters of a term with at most SPELLED_MOST of them, those that the row has; None: not known.
    """

    def __init__(
        self,
        letters: bytes | Callable[[], bytes],
        others: bytes,
        origins: Sequence[Origin] | Callable[[], Sequence[Origin]],
        present: Set[str] | None = None,
        repeated: Repeated | None = None,
    ) -> None:
        self.present = present
        self.repeated = repeated
        self._letters = letters
        self.others = others
        self._origins = origins

    @cached_property
    def letters(self) -> bytes:
        return self._letters() if callable(self._letters) else self._letters

    @cached_property
    def words(self) -> Sequence[str]:
        return apart(self.letters)

    @cached_property
    def stretches(self) -> Sequence[str]:
        return apart(self.others)

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
    told: tuple[bool, ...]  # whether a row tells which of a slot's letters it has

    def count(self, row: Row) -> int:
        if len(self.slots) > 1 and self.in_parts(row):
            return len(dict(self.spans(row)))  # with a word's neighbours, a place may be found both ways
        there = self._there(row)
        if len(there) == 1 and (told := self._told(row, there[0])) is not None:
            return told + sum(1 for _ in self._behind(row))
        needles = _needles(there)
        if needles is None:
            found = sum(1 for _ in self._among_words(row))
        else:
            found = sum(map(row.letters.count, needles))
        return found + sum(1 for _ in self._behind(row))

    def _told(self, row: Row, there: Set[str]) -> int | None:
        """How often the row has these words, where it tells."""
        if row.present is None or row.repeated is None or not self.told[0]:
            return None
        found = 0
        for letter in there:
            times = row.repeated.times(number_of(letter))
            if times is None:
                return None
            found += times
        return found

    def in_parts(self, row: Row) -> bool:
        """Whether the row may have one of the words in parts."""
        return any(self._narrowed(self.joined, row))

    def spans(self, row: Row) -> Iterator[Span]:
        size = len(self.slots)
        yield from ((start, start + size) for start in self._among_words(row))
        yield from self._behind(row)

    def _there(self, row: Row) -> tuple[frozenset[str], ...]:
        """The slots with only what the row has, where that is known."""
        return self._narrowed(self.slots, row)

    def _narrowed(self, slots: tuple[frozenset[str], ...], row: Row) -> tuple[frozenset[str], ...]:
        present = row.present
        if present is None:
            return slots
        return tuple(slot & present if told else slot for slot, told in zip(slots, self.told, strict=True))

    def starts(self, row: Row) -> list[int]:
        """Where it begins, words in parts aside."""
        return list(self._among_words(row))

    def _among_words(self, row: Row) -> Iterator[int]:
        slots = self._there(row)
        if not all(slots):
            return iter(())
        needles = _needles(slots)
        if needles is not None and not any(needle in row.letters for needle in needles):
            return iter(())
        return self._in(row.words, slots)

    def _behind(self, row: Row) -> Iterator[Span]:
        """Those with a word in parts among them; its neighbours alone were found where they stand."""
        if not self.in_parts(row):
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
        lead = min(range(size), key=lambda place: len(slots[place]))
        if isinstance(words, str) and len(slots[lead]) <= _FOUND_MOST:
            places: Iterable[int] = sorted(place for letter in slots[lead] for place in _finds(words, letter))
        else:
            places = (place for place, letter in enumerate(words) if letter in slots[lead])
        others = [(place, slots[place]) for place in range(size) if place != lead]
        last = len(words) - size
        for place in places:
            start = place - lead
            if free <= start <= last and all(words[start + at] in slot for at, slot in others):
                yield start
                free = start + size


def _needles(slots: tuple[frozenset[str], ...]) -> tuple[bytes, ...] | None:
    """All that may stand there written out, to be counted as bytes; None where that is too much or may overlap."""
    if prod(map(len, slots)) > _FOUND_MOST:
        return None
    if len(slots) > 1 and len(frozenset().union(*slots)) < sum(map(len, slots)):
        return None
    return tuple("".join(way).encode() for way in product(*slots))


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
        self._parts_apart: dict[Node, bool] = {}
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

    @property
    def order_matters(self) -> bool:
        """Whether more than how often a text has which words has to be known."""
        single = all(
            len(way.slots) == 1 and way.told[0] for ways in self._ways.values() for way in ways
        )
        return not single or self._has_near(self._node)

    def _has_near(self, node: Node) -> bool:
        if isinstance(node, Without):
            return self._has_near(node.part) or self._has_near(node.other)
        return isinstance(node, Near) or (
            isinstance(node, Every | Either) and any(map(self._has_near, node.parts))
        )

    @property
    def parts_matter(self) -> bool:
        """Whether words that texts write in parts are among those looked for."""
        return any(any(way.joined) for ways in self._ways.values() for way in ways)

    def count(self, row: Row) -> int:
        """How many places there are; places found twice count once."""
        return self._count(self._node, row)

    def _count(self, node: Node, row: Row) -> int:
        """Quick where nothing can be found twice: then it is a sum."""
        if isinstance(node, Without):
            return 0 if self._has(node.other, row) else self._count(node.part, row)
        if isinstance(node, Phrase) and len(self._ways[node]) < 2:
            return sum(way.count(row) for way in self._ways[node])
        if isinstance(node, Every | Either) and self._apart(node) and not self._in_parts(row):
            counts = [self._count(part, row) for part in node.parts]
            return 0 if isinstance(node, Every) and not all(counts) else sum(counts)
        if isinstance(node, Near) and (words := self._two_words(node, row)) is not None:
            return _near_each_other(*words, node.distance + 1)
        return len(self._longest(node, row))

    def _two_words(self, node: Near, row: Row) -> tuple[list[int], list[int]] | None:
        """Where the words of a NEAR of two stand, when that is all there is to it."""
        ways = [self._ways[phrase] for phrase in node.phrases]
        if len(ways) != 2 or any(len(one) != 1 or len(one[0].slots) != 1 or one[0].in_parts(row) for one in ways):
            return None
        if not ways[0][0].slots[0].isdisjoint(ways[1][0].slots[0]):
            return None
        first = ways[0][0].starts(row)
        return first, ways[1][0].starts(row) if first else []

    def _has(self, node: Node, row: Row) -> bool:
        if isinstance(node, Every):
            return all(self._has(part, row) for part in node.parts)
        if isinstance(node, Either):
            return any(self._has(part, row) for part in node.parts)
        return self._count(node, row) > 0

    def _apart(self, node: Every | Either) -> bool:
        """Whether no two parts can begin at the same word."""
        if node not in self._parts_apart:
            firsts = [self._firsts(part) for part in node.parts]
            union: frozenset[str] = frozenset().union(*firsts)
            self._parts_apart[node] = len(union) == sum(map(len, firsts))
        return self._parts_apart[node]

    def _in_parts(self, row: Row) -> bool:
        return any(way.in_parts(row) for ways in self._ways.values() for way in ways)

    def _firsts(self, node: Node) -> frozenset[str]:
        """The letters that what is found may begin with, words in parts aside."""
        if isinstance(node, Phrase):
            return frozenset().union(*(way.slots[0] for way in self._ways[node]))
        if isinstance(node, Without):
            return self._firsts(node.part)
        parts = node.phrases if isinstance(node, Near) else node.parts
        return frozenset().union(*map(self._firsts, parts))

    def spans(self, row: Row) -> list[Span]:
        """The places, in order; of those that begin together the longest."""
        return sorted(self._longest(self._node, row).items())

    def _longest(self, node: Node, row: Row) -> dict[int, int]:
        longest: dict[int, int] = {}
        for start, end in self._spans(node, row):
            longest[start] = max(end, longest.get(start, 0))
        return longest

    def _spans(self, node: Node, row: Row) -> list[Span]:
        if isinstance(node, Phrase):
            found: list[Span] = []
            for way in self._ways[node]:
                found += _beside(found, way.spans(row))
            return found
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
    return _Way(slots, joined, tuple(len(one) + len(two) <= SPELLED_MOST for one, two in found))


def _beside(found: list[Span], others: Iterable[Span]) -> list[Span]:
    """Of the others those that do not overlap what was found: one place, found in two ways, is one hit."""
    if not found:
        return list(others)
    taken = sorted(found)
    kept = []
    for span in others:
        place = bisect_left(taken, (span[1], 0)) - 1  # the last that begins before this one ends
        if place < 0 or taken[place][1] <= span[0]:
            kept.append(span)
    return kept


def _near(each: list[list[Span]], distance: int) -> list[Span]:
    """The spans that have one of every other phrase nearby.

    From the first to the last of them lie at most distance words that are none of theirs.
    """
    if not all(each):
        return []
    kept: set[Span] = set()
    if len(each) == 2:
        _pair(each[0], each[1], distance, kept)
        return sorted(kept)
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


def _near_each_other(some: list[int], others: list[int], most: int) -> int:
    """How many of both have one of the other kind within so many places."""
    found = 0
    for ones, theirs in ((some, others), (others, some)):
        for one in ones:
            place = bisect_left(theirs, one - most)
            found += place < len(theirs) and theirs[place] <= one + most
    return found


def _pair(some: list[Span], others: list[Span], distance: int, kept: set[Span]) -> None:
    """The same for two, in one go through both."""
    first = 0
    for start, end in some:
        while first < len(others) and others[first][1] + distance < start:
            first += 1
        place = first
        while place < len(others) and others[place][0] - end <= distance:
            if others[place][1] <= start or others[place][0] >= end:
                kept.update(((start, end), others[place]))
            place += 1


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
        found, other = candidates(node.part, holding), _exactly(node.other, holding)
        return found if found is None or other is None else found - other
    if isinstance(node, Phrase):
        return _united([_in_common([holding(term) for term in way]) for way in node.ways])
    parts = [candidates(part, holding) for part in (node.phrases if isinstance(node, Near) else node.parts)]
    return _united(parts) if isinstance(node, Either) else _in_common(parts)


def _exactly(node: Node, holding: Callable[[Term], frozenset[int] | None]) -> frozenset[int] | None:
    """The rows that have it, where that is the same as having a word."""
    if isinstance(node, Phrase) and all(len(way) == 1 for way in node.ways):
        return candidates(node, holding)
    return None


def _in_common(sets: list[frozenset[int] | None]) -> frozenset[int] | None:
    known = [one for one in sets if one is not None]
    return frozenset.intersection(*known) if known else None


def _united(sets: list[frozenset[int] | None]) -> frozenset[int] | None:
    known = [one for one in sets if one is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None
