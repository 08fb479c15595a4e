"""A query over the texts of all documents, by the project's index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise, product

from kantlijn.errors import NotAProject
from kantlijn.model.document import Range, Version
from kantlijn.store import search_index
from kantlijn.store.search_index import Light, Shelved
from kantlijn.text.fold import squeeze
from kantlijn.text.locate import find_all
from kantlijn.text.search import letters
from kantlijn.text.search.candidates import candidates
from kantlijn.text.search.entry import placed
from kantlijn.text.search.heap import Heap
from kantlijn.text.search.match import SPELLED_MOST, Matcher
from kantlijn.text.search.neighbours import mark_of
from kantlijn.text.search.query import Node, Term, signs_of, terms_of, ways_of, wordings
from kantlijn.text.search.row import Row
from kantlijn.text.search.signs import may_have, with_signs
from kantlijn.text.search.vocabulary import Vocabulary
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.searching.hits import Group, Hit, group_of, text_hits
from kantlijn.usecases.searching.index_texts import entry_by

_PAIRS_SOON = 200
"""Ways to write two words that follow each other of which it is asked at once which texts may have them."""
_SOON, _SOON_MOST, _LEARN_FOR = 16, 60, 6
"""So many texts are looked at before it is learnt which words each has, so many words are learnt of before, and so
many are asked about in the time that a text is looked at."""


class TextSearch:
    """By document in the reader's order, the newest version first.

    waiting: versions not in the index yet; they are looked at too, last, where unindexed is asked for.
    """

    def __init__(self, desk: Desk, node: Node, *, inside: bool, only: str, unindexed: bool) -> None:
        self._desk, self._unindexed = desk, unindexed
        self._wordings = sorted(wordings(node), key=len, reverse=True) if inside else []
        self._signs = sorted(signs_of(node), key=len, reverse=True)
        self._vocabulary = desk.index.vocabulary
        self._likes = {term: self._vocabulary.like(term) for term in set(terms_of(node))}
        self._node = node
        self._matcher = Matcher(node, lambda term: _spelled(self._likes[term]))
        self._present: defaultdict[int, set[str]] | None = None
        self._held_by: dict[str, frozenset[int]] = {}
        self._followed: dict[tuple[Term, ...], frozenset[int] | None] = {}
        versions = desk.index.shelved(only)
        self.waiting = [one for one in versions if one.row is None]
        self._there = self._among([one for one in versions if one.row is not None], _SOON_MOST)
        self._heap = Heap()
        self._damaged: set[str] = set()
        self._signed_spans: dict[str, list[Range]] = {}

    def _among(self, versions: list[Shelved], most: int) -> list[Shelved]:
        """Those that may have hits, as far as that is known of terms with so many words like them at most."""
        rows = {term: self._holding(*like, most) for term, like in self._likes.items()}
        if self._present is not None:
            self._followed = {way: self._written(way) for way in set(ways_of(self._node)) if len(way) == 2}
        found = candidates(self._node, rows.__getitem__, self._following)
        return versions if found is None else [one for one in versions if one.row in found]

    def _holding(self, plain: list[int], joined: list[int], most: int) -> frozenset[int] | None:
        """The rows with one of these words; None where there are more."""
        if len(plain) + len(joined) > most:
            return None
        words = {self._vocabulary.word(number): letters.spelled(number) for number in (*plain, *joined)}
        holding: set[int] = set()
        try:
            for word, rows in search_index.holders(self._desk.project, words):
                if self._present is not None:
                    self._held_by[words[word]] = frozenset(rows)
                    for row in rows:
                        self._present[row].add(words[word])
                holding.update(rows)
        except NotAProject:  # which texts have the word cannot be read: all may
            self._desk.index.doubt()
            self._present = None
            return None
        return frozenset(holding)

    def _following(self, way: tuple[Term, ...]) -> frozenset[int] | None:
        """The rows in which these may follow each other; None where it is not worth asking or may be in parts."""
        if self._present is not None:
            return self._followed.get(way)
        likes = [self._likes[term] for term in way]
        if any(joined for _, joined in likes):
            return None
        asked = [(one, other) for (one, _), (other, _) in pairwise(likes) if len(one) * len(other) <= _PAIRS_SOON]
        pairs = [[map(self._vocabulary.word, pair) for pair in product(*two)] for two in asked]
        each = [self._having([mark_of(*words) for words in written]) for written in pairs]
        known = [rows for rows in each if rows is not None]
        return frozenset.intersection(*known) if known else None

    def _written(self, way: tuple[Term, ...]) -> frozenset[int] | None:
        """The same for two words of which it is known which rows have them; it is kept what each row may have."""
        pairs = self._matcher.written(way)
        following: set[int] = set()
        for pair, two in pairs.items():
            rows = self._having([mark_of(*(self._vocabulary.word(letters.number_of(letter)) for letter in two))])
            if rows is None or self._present is None:
                return None
            rows &= self._held_by[two[0]] & self._held_by[two[1]]
            following |= rows
            for row in rows:
                self._present[row].add(pair)
        return frozenset(following) if pairs else None

    def _having(self, marks: Sequence[str]) -> frozenset[int] | None:
        """The rows with one of these marks."""
        try:
            return frozenset(row for _, rows in search_index.holders(self._desk.project, marks) for row in rows)
        except NotAProject:
            self._desk.index.doubt()
            self._present = None
            return None

    def _learnt(self, versions: list[Shelved]) -> list[Shelved]:
        """Of these, those that may have hits, now that it is worth learning which words each of them has."""
        words = sum(len(plain) + len(joined) for plain, joined in self._likes.values())
        if len(versions) * _LEARN_FOR < min(words, SPELLED_MOST):
            return versions
        self._present = defaultdict(set)
        return self._among(versions, SPELLED_MOST)

    def groups(self) -> Iterator[Group]:
        """Each version with hits."""
        yield from self._counted(self._there[:_SOON])
        yield from self._counted(self._learnt(self._there[_SOON:]))
        for one in self.waiting if self._unindexed else ():
            if count := len(self._spans_of_unindexed(one)):
                yield group_of(one, count)

    def _counted(self, versions: list[Shelved]) -> Iterator[Group]:
        for one, row in self._rows(versions):
            try:
                count = len(self._spans(one, row)) if self._signs else self._matcher.count(row)
            except (ValueError, IndexError):
                count = len(self._distrusted(one))
            if count:
                yield group_of(one, count)

    def _distrusted(self, one: Shelved) -> list[Range]:
        """Its row of the index does not fit the text, which is looked into itself."""
        self._desk.index.doubt()
        self._damaged.add(one.version)
        return self._spans_of_unindexed(one)

    def hits(self, group: Group, first: int, most: int | None) -> list[Hit]:
        """Of one version, from number first on, in reading order."""
        one = next(one for one in (*self._there, *self.waiting) if one.version == group.version)
        version = read_version(self._desk, one.version)
        light = search_index.light_text(self._desk.project, version)
        if light is None:
            return []
        return text_hits(self._desk, group.title, version, light, self._ranges(one, light, first, most))

    def _ranges(self, one: Shelved, light: Light, first: int, most: int | None) -> list[Range]:
        found = None
        if one.row is not None and one.version not in self._damaged:
            found = self._indexed(one.row, one, light, first, most)
        if found is None:
            spans = _some(self._spans_of_unindexed(one), first, most)
            found = self._heap.places(one.version, spans) if spans else []
        if self._wordings:
            found = [_part(*light, range, self._wordings) for range in found]
        return [with_signs(*light, range, self._signs) or range for range in found] if self._signs else found

    def _indexed(
        self, number: int, one: Shelved, light: Light, first: int, most: int | None
    ) -> list[Range] | None:
        """By the index; None where that does not fit the text."""
        try:
            _, row = next(self._rows([one]))
            spans = _some(self._spans(one, row), first, most)
            points = search_index.points(self._desk.project, number) if spans else ()
            lengths = _Lengths(self._vocabulary, row.words)
            return [placed(*light, points, lengths, span) for span in spans]
        except (ValueError, IndexError, StopIteration):
            self._distrusted(one)
            return None

    def _spans(self, one: Shelved, row: Row) -> list[Range]:
        """Kept where signs matter, which are looked for in the text."""
        if not self._signs:
            return self._matcher.spans(row)
        if one.version not in self._signed_spans:
            self._signed_spans[one.version] = self._matcher.spans(row)
        return self._signed_spans[one.version]

    def _rows(self, wanted: Sequence[Shelved]) -> Iterator[tuple[Shelved, Row]]:
        numbers = [one.row for one in wanted if one.row is not None]
        rows = self._desk.index.rows.read(
            numbers, self._present, others=self._matcher.parts_matter,
            places=self._present is None or self._matcher.order_matters,
        )  # fmt: skip
        by_row: dict[int, list[Shelved]] = {}
        for one in wanted:
            by_row.setdefault(one.row or 0, []).append(one)
        for number, row in rows:
            one = by_row[number].pop(0)
            if self._signs:
                row.signed = _Signed(self._desk, one, row)
            yield one, row

    def _spans_of_unindexed(self, one: Shelved) -> list[Range]:
        if one.version not in self._heap:
            found = search_index.light_text(self._desk.project, read_version(self._desk, one.version))
            if found is None:
                return []
            self._heap.add(one.version, *found, entry=entry_by(self._desk.workshop, *found))
        return Matcher(self._node, self._heap.spelling).spans(self._heap.row(one.version))


class SignSearch:
    """What has no letter in it, found to the letter."""

    def __init__(self, desk: Desk, signs: str, only: str) -> None:
        self._desk, self._signs = desk, signs
        self._versions = desk.index.shelved(only)

    def groups(self) -> Iterator[Group]:
        """Each version with hits."""
        for one in self._versions:
            if found := self._found(read_version(self._desk, one.version)):
                yield group_of(one, len(found))

    def hits(self, group: Group, first: int, most: int | None) -> list[Hit]:
        """Of one version, from number first on."""
        version = read_version(self._desk, group.version)
        light = search_index.light_text(self._desk.project, version) or ("", ())
        return text_hits(self._desk, group.title, version, light, list(_some(self._found(version), first, most)))

    def _found(self, version: Version) -> list[Range]:
        text, auxiliary = search_index.light_text(self._desk.project, version) or ("", ())
        return find_all(text, self._signs, auxiliary)


class _Signed:
    """Whether signs stand at words of a version. Its text is read when it is asked for the first time."""

    def __init__(self, desk: Desk, one: Shelved, row: Row) -> None:
        self._desk, self._one, self._row = desk, one, row
        self._there: dict[str, bool] = {}

    def __call__(self, span: Range, signs: str) -> bool:
        text, auxiliary = self._light
        if signs not in self._there:
            self._there[signs] = may_have(text, signs)
        if not self._there[signs]:
            return False
        place = placed(text, auxiliary, self._points, self._lengths, span)
        return with_signs(text, auxiliary, place, [signs]) is not None

    @cached_property
    def _light(self) -> Light:
        light = search_index.light_text(self._desk.project, read_version(self._desk, self._one.version))
        if light is None:
            raise ValueError("the index has a text that the project lost")
        return light

    @cached_property
    def _points(self) -> Sequence[int]:
        return search_index.points(self._desk.project, self._one.row or 0)

    @cached_property
    def _lengths(self) -> Sequence[int]:
        return _Lengths(self._desk.index.vocabulary, self._row.words)


class _Lengths(Sequence[int]):
    """The folded letters of each word of a row."""

    def __init__(self, vocabulary: Vocabulary, words: Sequence[str]) -> None:
        self._vocabulary, self._words = vocabulary, words

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, place: int) -> int:  # type: ignore[override]
        return self._vocabulary.length(letters.number_of(self._words[place]))


def _spelled(like: tuple[list[int], list[int]]) -> tuple[frozenset[str], frozenset[str]]:
    plain, joined = like
    return frozenset(map(letters.spelled, plain)), frozenset(map(letters.spelled, joined))


def _some(spans: Sequence[Range], first: int, most: int | None) -> Sequence[Range]:
    return spans[first:] if most is None else spans[first : first + most]


def _part(text: str, auxiliary: Sequence[Range], range: Range, wanted: Sequence[str]) -> Range:
    start, end = range
    gaps = tuple((max(a, start) - start, min(b, end) - start) for a, b in auxiliary if a < end and b > start)
    folded = squeeze(text[start:end], gaps)
    for letters_wanted in wanted:
        place = folded.text.find(letters_wanted)
        if place >= 0:
            first, last = folded.back(place, place + len(letters_wanted))
            if place + len(letters_wanted) == len(folded.text):
                return start + first, end  # with an accent written apart
            return start + first, start + last
    return range
