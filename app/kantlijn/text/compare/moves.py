"""Passages that stand elsewhere in the new text, among what the alignment left unmatched.

Runs of four words shared by a deletion and an insertion are grown, those that rise together are clustered, and a
cluster counts as a move when it is long, or fills its place, or begins and ends with sentences. A move grows to
the sentence's edge, and takes words back that the alignment spent on short accidental matches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kantlijn.text.compare.alignment import Alignment, Move, split_at_paragraphs
from kantlijn.text.compare.matching import Hunk, align, hunks_between, hunks_between_spans
from kantlijn.text.compare.words import SENTENCE

_RUN = 4
_DELETED_LEAST = 6
_COMMON = 30  # places of a run beyond which it says nothing
_GAP = 10  # words edited within a move
_LONG, _SHORT, _SHORTEST = 14, 8, 6
_GROW, _TAKE = 6, 200

Candidate = tuple[int, int, int, Hunk]
"""Words matched, number of the deletion's hunk, of the insertion's, the words themselves."""


def find_moves(state: Alignment) -> None:
    """Take moved passages out of the hunks, and align anew what is left of those."""
    finder = _Finder(state)
    for candidate in sorted(_candidates(state), reverse=True):
        finder.consider(candidate)
    if state.moves:
        state.hunks = finder.rest()
        split_at_paragraphs(state)


def _candidates(state: Alignment) -> Iterator[Candidate]:
    blocks: dict[tuple[int, int], set[tuple[int, int, int]]] = {}
    for first, second, block in _blocks(state):
        blocks.setdefault((first, second), set()).add(block)
    for (first, second), found in blocks.items():
        for cluster in _clusters(sorted(found)):
            (o1, n1, _), (o2, n2, size) = cluster[0], cluster[-1]
            matched = sum(block[2] for block in cluster)
            if matched >= _SHORTEST - 1:
                yield matched, first, second, (o1, o2 + size, n1, n2 + size)


def _blocks(state: Alignment) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    """Runs that a deletion and an insertion share, grown as far as both hunks go."""
    a, b = state.a, state.b
    places: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for number, (_, _, n1, n2) in enumerate(state.hunks):
        for j in range(n1, n2 - _RUN + 1):
            places.setdefault(tuple(b[j : j + _RUN]), []).append((j, number))
    for number, (o1, o2, _, _) in enumerate(state.hunks):
        if o2 - o1 < _DELETED_LEAST:
            continue
        reached: dict[int, int] = {}
        for i in range(o1, o2 - _RUN + 1):
            hits = places.get(tuple(a[i : i + _RUN]), ())
            if len(hits) > _COMMON:
                continue
            for j, other in hits:
                if reached.get(j - i, -1) >= i:
                    continue
                _, _, n1, n2 = state.hunks[other]
                start, end = 0, _RUN
                while i + end < o2 and j + end < n2 and a[i + end] == b[j + end]:
                    end += 1
                while i - start > o1 and j - start > n1 and a[i - start - 1] == b[j - start - 1]:
                    start += 1
                reached[j - i] = i + end
                yield number, other, (i - start, j - start, end + start)


def _clusters(blocks: list[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Blocks, in order of the old text, with those that follow closely on both sides."""
    clusters: list[list[tuple[int, int, int]]] = []
    near: list[list[tuple[int, int, int]]] = []
    for block in blocks:
        near = [cluster for cluster in near if block[0] - cluster[-1][0] - cluster[-1][2] <= _GAP]
        for cluster in near:
            x, y, size = cluster[-1]
            if x + size <= block[0] and 0 <= block[1] - y - size <= _GAP:
                cluster.append(block)
                break
        else:
            near.append([block])
            clusters.append(near[-1])
    return clusters


class _Finder:
    """Accepts candidates one by one, the longest first; what one has taken no other gets."""

    def __init__(self, state: Alignment) -> None:
        self.state = state
        self.taken_old: set[int] = set()
        self.taken_new: set[int] = set()
        self.main = list(state.to_new)
        self.back = [-1] * len(state.b)
        for place, partner in enumerate(self.main):
            if partner >= 0:
                self.back[partner] = place
        self.same_old = {place for o1, o2, _, _ in state.same for place in range(o1, o2)}
        self.same_new = {place for _, _, n1, n2 in state.same for place in range(n1, n2)}

    def consider(self, candidate: Candidate) -> None:
        """Make it a move, if it is one."""
        matched, first, second, (o1, o2, n1, n2) = candidate
        while o1 < o2 and o1 in self.taken_old:
            o1, n1 = o1 + 1, n1 + 1
        while o2 > o1 and o2 - 1 in self.taken_old:
            o2, n2 = o2 - 1, n2 - 1
        if o1 >= o2 or n1 >= n2 or self._is_taken(o1, o2, n1, n2):
            return
        deletion, insertion = self.state.hunks[first], self.state.hunks[second]
        if not self._convinces(min(matched, o2 - o1), (o1, o2, n1, n2), deletion, insertion):
            return
        o1, n1 = self._grown(o1, n1, -1, deletion, insertion)
        o2, n2 = self._grown(o2, n2, 1, deletion, insertion)
        o1, n1 = self._took_back(o1, n1, -1)
        o2, n2 = self._took_back(o2, n2, 1)
        self._accept((o1, o2, n1, n2))

    def _is_taken(self, o1: int, o2: int, n1: int, n2: int) -> bool:
        olds, news = self.taken_old, self.taken_new
        return any(p in olds for p in range(o1, o2)) or any(p in news for p in range(n1, n2))

    def _convinces(self, matched: int, words: Hunk, deletion: Hunk, insertion: Hunk) -> bool:
        o1, o2, n1, n2 = words
        if matched < 0.5 * max(o2 - o1, n2 - n1):
            return False
        old, new = deletion[1] - deletion[0], insertion[3] - insertion[2]
        whole = o2 - o1 >= 0.6 * old and n2 - n1 >= 0.6 * new
        sentences = self._is_edge(o1) and self._is_edge(o2)
        if matched >= _LONG or (matched >= _SHORT and (whole or sentences)):
            return True
        return matched >= _SHORTEST and whole and sentences

    def _is_edge(self, place: int) -> bool:
        return self.state.old.boundary(place) >= SENTENCE

    def _are_edges(self, o: int, n: int) -> bool:
        return self._is_edge(o) and self.state.new.boundary(n) >= SENTENCE

    def _grown(self, o: int, n: int, step: int, deletion: Hunk, insertion: Hunk) -> tuple[int, int]:
        """To the sentence's edge on both sides, when little is left."""
        if self._is_edge(o):
            return o, n
        inside: Callable[[int, int], bool]
        if step < 0:
            inside = lambda x, y: x >= deletion[0] and y >= insertion[2]  # noqa: E731
        else:
            inside = lambda x, y: x <= deletion[1] and y <= insertion[3]  # noqa: E731
        for reach in range(1, _GROW + 1):
            x, y = o + step * reach, n + step * reach
            word, other = (x, y) if step < 0 else (x - 1, y - 1)
            if not inside(x, y) or word in self.taken_old or other in self.taken_new:
                break
            if self._are_edges(x, y):
                return x, y
        return o, n

    def _took_back(self, o: int, n: int, step: int) -> tuple[int, int]:
        """Equal neighbours that the alignment spent on shorter matches elsewhere belong to the move."""
        back = 1 if step < 0 else 0
        pairs: list[tuple[int, int]] = []
        while len(pairs) < _TAKE:
            i, j = o + step * len(pairs) - back, n + step * len(pairs) - back
            if not self._may_take(i, j):
                break
            pairs.append((i, j))
        good = 0
        for number, (i, j) in enumerate(pairs):
            limit = max(3, len(pairs) // 2)
            if self.main[i] >= 0 and self._run(i, self.main[i]) > limit:
                break
            if self.back[j] >= 0 and self._run(self.back[j], j) > limit:
                break
            good = number + 1
        best = next((size for size in range(good, 0, -1) if self._are_edges(o + step * size, n + step * size)), 0)
        if not best and good == len(pairs):
            best = good
        for i, j in pairs[:best]:
            self._part(i, j)
        return o + step * best, n + step * best

    def _may_take(self, i: int, j: int) -> bool:
        a, b = self.state.a, self.state.b
        if not (0 <= i < len(a) and 0 <= j < len(b)) or a[i] != b[j] or self.main[i] == j:
            return False
        return not (i in self.taken_old or j in self.taken_new or i in self.same_old or j in self.same_new)

    def _run(self, i: int, j: int) -> int:
        """Length, to 50 either way, of the run of matches through this one."""
        length = 1
        for step in (-1, 1):
            x, y = i + step, j + step
            while 0 <= x < len(self.main) and self.main[x] == y and y >= 0 and abs(x - i) <= 50:
                length += 1
                x, y = x + step, y + step
        return length

    def _part(self, i: int, j: int) -> None:
        """Undo the matches that these two words have."""
        state = self.state
        if self.main[i] >= 0:
            self.back[self.main[i]] = -1
            self.main[i] = -1
        if self.back[j] >= 0:
            old = self.back[j]
            state.to_new[old] = state.seen[old] = self.main[old] = -1
            self.back[j] = -1

    def _accept(self, words: Hunk) -> None:
        o1, o2, n1, n2 = words
        state = self.state
        self.taken_old.update(range(o1, o2))
        self.taken_new.update(range(n1, n2))
        blocks = align(state.a, state.b, (o1, o2), (n1, n2))
        for place in range(o1, o2):
            state.to_new[place] = state.seen[place] = -1
        for x, y, size in blocks:
            for step in range(size):
                state.to_new[x + step] = state.seen[x + step] = y + step
        state.moves.append(Move(words, tuple(hunks_between(blocks, (o1, o2), (n1, n2)))))

    # -- what is left ---------------------------------------------------------------------------------------

    def rest(self) -> list[Hunk]:
        """The hunks anew, without the moved words; what is left of one is aligned once more."""
        found: list[Hunk] = []
        for o1, o2, n1, n2 in hunks_between_spans(self._matched(), len(self.state.a), len(self.state.b)):
            olds = [place for place in range(o1, o2) if place not in self.taken_old]
            news = [place for place in range(n1, n2) if place not in self.taken_new]
            if len(olds) == o2 - o1 and len(news) == n2 - n1:
                found.append((o1, o2, n1, n2))
            elif olds or news:
                found += self._aligned_anew(olds, news, o1, n1)
        return found

    def _matched(self) -> Iterator[Hunk]:
        """Pairs of stretches that are the same, in order, moved ones left out."""
        spans = {span[0]: span for span in self.state.same}
        place = 0
        while place < len(self.main):
            span = spans.get(place)
            if span is not None and not any(p in self.taken_old for p in range(span[0], span[1])):
                yield span
                place = span[1]
                continue
            partner = self.main[place]
            if (
                partner >= 0
                and place not in self.taken_old
                and partner not in self.taken_new
                and place not in self.same_old
            ):
                yield (place, place + 1, partner, partner + 1)
            place += 1

    def _aligned_anew(self, olds: list[int], news: list[int], o: int, n: int) -> Iterator[Hunk]:
        state = self.state
        blocks = align([state.a[p] for p in olds], [state.b[p] for p in news]) if olds and news else []
        blocks = [
            (x, y, size) for x, y, size in blocks if sum(len(state.old.keys[p]) for p in olds[x : x + size]) > 5
        ]
        for x, y, size in blocks:
            for step in range(size):
                state.to_new[olds[x + step]] = state.seen[olds[x + step]] = news[y + step]
        for x1, x2, y1, y2 in hunks_between(blocks, (0, len(olds)), (0, len(news))):
            parts, others = _pieces(olds[x1:x2]), _pieces(news[y1:y2])
            if len(parts) == 1 and len(others) == 1:
                yield (*parts[0], *others[0])
                continue
            for start, end in parts:
                yield (start, end, n, n)
            for start, end in others:
                yield (o, o, start, end)


def _pieces(places: list[int]) -> list[tuple[int, int]]:
    """Places in a row as ranges."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
