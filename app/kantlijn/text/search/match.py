"""Where a query stands in a text's row of letters, and whether at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import product
from math import prod

from kantlijn.text.search.letters import number_of
from kantlijn.text.search.places import FOUND_MOST, Slots, count_near, differ, following, near
from kantlijn.text.search.query import Either, Every, Near, Node, Phrase, Term, Without, signs_of
from kantlijn.text.search.row import Row, Span

Spelling = Callable[[Term], tuple[frozenset[str], frozenset[str]]]
"""The letters of the words that are like a term: those in texts, and those that stand for words in parts."""


SPELLED_MOST = 8000
"""Words like one term of which it is worth knowing which texts have them; of more nearly all have some."""
PAIRS_MOST = 1000
"""Ways to write two words of which it is worth knowing which texts may have them, once the words are known of."""
_WRITTEN_MOST = 4
"""Ways to write a phrase that are counted one by one; with more it is quicker to look around one of its words."""
_RUN, _HIT = 7, 1
"""What it takes to run through a row for a letter, and to look around a place where it is."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A phrase's slots: which letters may stand there; and of those the ones for words in parts."""

    slots: Slots
    joined: Slots
    told: tuple[bool, ...]  # whether a row tells which of a slot's letters it has
    numbers: Mapping[str, int]  # of the words that all these letters stand for
    written: Mapping[str, tuple[str, str]]  # what two words may be together; nothing where that is much
    splits: bool  # whether any text writes one of its words in parts

    def count(self, row: Row) -> int:
        if not self.splits:
            return self._count_words(row)
        if len(self.slots) > 1 and self.in_parts(row):
            return len(dict(self.spans(row)))  # with a word's neighbours, a place may be found both ways
        return self._count_words(row) + sum(1 for _ in self._behind(row))

    def _count_words(self, row: Row) -> int:
        if self.written and row.present is not None:
            return sum(map(row.letters.count, self.written.keys() & row.present))
        there = self._narrowed(self.slots, row)
        if not all(there):
            return 0
        if len(there) == 1 and (told := self.told_of(row, there[0])) is not None:
            return told
        needles = _needles(there)
        if needles is not None:
            return sum(map(row.letters.count, needles))
        return sum(1 for _ in self._in(row, there))

    def told_of(self, row: Row, there: Set[str], at: int = 0) -> int | None:
        """How often the row has these words of a slot, where it tells."""
        if row.present is None or not self.told[at] or row.repeated is None:
            return None
        return row.repeated.together(map(self.numbers.__getitem__, there))

    def in_parts(self, row: Row) -> bool:
        """Whether the row may have one of the words in parts."""
        return self.splits and any(self._narrowed(self.joined, row))

    def spans(self, row: Row, *, apart: bool = True) -> Iterator[Span]:
        """apart: those among the words do not overlap."""
        size = len(self.slots)
        yield from ((start, start + size) for start in self._among_words(row, apart))
        yield from self._behind(row)

    def _narrowed(self, slots: Slots, row: Row) -> Slots:
        present = row.present
        if present is None:
            return slots
        return tuple(slot & present if told else slot for slot, told in zip(slots, self.told, strict=True))

    def single(self, row: Row) -> frozenset[str] | None:
        """The letters that the row has of a word; None for a phrase, and where it may have the word in parts."""
        return self._narrowed(self.slots, row)[0] if len(self.slots) == 1 and not self.in_parts(row) else None

    def _among_words(self, row: Row, apart: bool) -> Iterable[int]:
        slots = self._narrowed(self.slots, row)
        return self._in(row, slots, apart) if all(slots) else ()

    def _behind(self, row: Row) -> Iterator[Span]:
        """Those with a word in parts among them; its neighbours alone were found where they stand."""
        if not self.in_parts(row):
            return
        both = tuple(one | two for one, two in zip(self.slots, self.joined, strict=True))
        size = len(both)
        for start in following(row.stretches, both, min(range(size), key=lambda place: len(both[place]))):
            if any(row.stretches[start + place] in self.joined[place] for place in range(size)):
                yield row.origin(start, start + size)

    def _in(self, row: Row, slots: Slots, apart: bool = True) -> Iterable[int]:
        """Where the slots follow each other among the words."""
        lead = min(range(len(slots)), key=lambda at: self._effort(row, slots, at)) if len(slots) > 1 else 0
        return following(row.words, slots, lead, apart=apart)

    def _effort(self, row: Row, slots: Slots, at: int) -> int:
        """What it takes to look around each place where the row has what may stand at this one."""
        size = len(slots[at])
        return size * _RUN + ((self.told_of(row, slots[at], at) or 0) * _HIT if size <= FOUND_MOST else 0)


def _needles(slots: Slots) -> tuple[str, ...] | None:
    """All that may stand there written out, to be counted; None where that is too much or may overlap."""
    if prod(map(len, slots)) > (FOUND_MOST if len(slots) == 1 else _WRITTEN_MOST):
        return None
    if len(slots) > 1 and not differ(slots):
        return None
    return tuple(map("".join, product(*slots)))


class Matcher:
    """A query made ready for many rows."""

    def __init__(self, node: Node, spelling: Spelling) -> None:
        self._node = node
        self._ways: dict[int, tuple[_Way, ...]] = {}  # by id(): a query is hashed slowly
        self._written: dict[tuple[Term, ...], Mapping[str, tuple[str, str]]] = {}
        self._parts_apart: dict[int, bool] = {}
        self._ready(node, spelling)

    def _ready(self, node: Node, spelling: Spelling) -> None:
        if isinstance(node, Phrase):
            made = {terms: way for terms in node.ways if (way := _way(terms, spelling))}
            self._ways[id(node)] = tuple(made.values())
            self._written.update((terms, way.written) for terms, way in made.items())
        elif isinstance(node, Near):
            for phrase in node.phrases:
                self._ready(phrase, spelling)
        elif isinstance(node, Without):
            self._ready(node.part, spelling)
            self._ready(node.other, spelling)
        else:
            for part in node.parts:
                self._ready(part, spelling)

    def written(self, way: tuple[Term, ...]) -> Mapping[str, tuple[str, str]]:
        """All that this way to write two words may be, and the letters of each; nothing where that is much.

        Where rows tell what they have, they are to tell of this too.
        """
        return self._written.get(way, {})

    @property
    def order_matters(self) -> bool:
        """Whether more than how often a text has which words has to be known."""
        single = all(len(way.slots) == 1 and way.told[0] for ways in self._ways.values() for way in ways)
        return not single or bool(signs_of(self._node)) or self._has_near(self._node)

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
        if isinstance(node, Phrase) and not node.signs and len(self._ways[id(node)]) < 2:
            return sum(way.count(row) for way in self._ways[id(node)])
        if isinstance(node, Every | Either) and self._apart(node) and not self._in_parts(row):
            counts = [self._count(part, row) for part in node.parts]
            return 0 if isinstance(node, Every) and not all(counts) else sum(counts)
        if isinstance(node, Near) and (slots := self._two_words(node, row)) is not None:
            return count_near(row.words, *slots, node.distance + 1)
        return len(self._longest(node, row))

    def _two_words(self, node: Near, row: Row) -> tuple[frozenset[str], frozenset[str]] | None:
        """What a NEAR of two words looks for, when that is all there is to it; the rarer one first."""
        ways = [self._ways[id(phrase)] for phrase in node.phrases]
        if len(ways) != 2 or any(len(one) != 1 for one in ways) or any(phrase.signs for phrase in node.phrases):
            return None
        (first,), (second,) = ways
        one, other = first.single(row), second.single(row)
        if one is None or other is None or not one.isdisjoint(other):
            return None
        many, others = first.told_of(row, one), second.told_of(row, other)
        if many is None or others is None:
            many, others = len(one), len(other)
        return (other, one) if others < many else (one, other)

    def _has(self, node: Node, row: Row) -> bool:
        if isinstance(node, Every):
            return all(self._has(part, row) for part in node.parts)
        if isinstance(node, Either):
            return any(self._has(part, row) for part in node.parts)
        return self._count(node, row) > 0

    def _apart(self, node: Every | Either) -> bool:
        """Whether no two parts can begin at the same word."""
        if id(node) not in self._parts_apart:
            firsts = [self._firsts(part) for part in node.parts]
            union: frozenset[str] = frozenset().union(*firsts)
            self._parts_apart[id(node)] = len(union) == sum(map(len, firsts))
        return self._parts_apart[id(node)]

    def _in_parts(self, row: Row) -> bool:
        return any(way.in_parts(row) for ways in self._ways.values() for way in ways)

    def _firsts(self, node: Node) -> frozenset[str]:
        """The letters that what is found may begin with, words in parts aside."""
        if isinstance(node, Phrase):
            return frozenset().union(*(way.slots[0] for way in self._ways[id(node)]))
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
            signed = row.signed if node.signs else None
            for way in self._ways[id(node)]:
                spans: Iterable[Span] = way.spans(row, apart=signed is None)
                if signed is not None:  # of two that overlap, the one with the signs is meant
                    spans = _apart(span for span in spans if signed(span, node.signs))
                found += _beside(found, spans)
            return found
        if isinstance(node, Near):
            return near([sorted(self._spans(phrase, row)) for phrase in node.phrases], node.distance)
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
    numbers = {letter: number_of(letter) for slot in slots for letter in slot}
    told = tuple(len(one) + len(two) <= SPELLED_MOST for one, two in found)
    pairs = {} if any(joined) or not all(told) else _pairs(slots)
    return _Way(slots, joined, told, numbers, pairs, any(joined))


def _pairs(slots: Slots) -> dict[str, tuple[str, str]]:
    if len(slots) != 2 or prod(map(len, slots)) > PAIRS_MOST or not differ(slots):
        return {}
    return {one + other: (one, other) for one, other in product(*slots)}


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


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
