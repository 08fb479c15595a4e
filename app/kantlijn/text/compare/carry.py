"""Where a passage of the old text stands in the new one: through the alignment, else by its own words.

Words of the passage that found a partner are clustered, and the heaviest cluster is the passage; replaced words at
its edges belong to it. When that is not whole, the very words, once in each text, win; and a passage of which
little is left is sought among the new words that nothing else claimed, by runs of four.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kantlijn.model.document import Range
from kantlijn.text.compare.alignment import Alignment
from kantlijn.text.compare.matching import Hunk, align

LOST_BELOW, LOST_BELOW_LONG = 0.40, 0.30
LONG = 12
"""Words from which a passage is found by a smaller share of them."""
DOUBTFUL_BELOW = 0.50
_SURE = 0.75
_EXACT_LEAST, _FUZZY_LEAST = 5, 8
_FUZZY_SCORE, _FREE = 0.80, 0.60
_BETTER = 0.2
_RUN = 4
_STRAY, _FAR = 2, 10  # words that may stand by themselves, and how far off
_PARTED = 0.2  # share of the words that went elsewhere
_SHORT = 3

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Carried:
    """A passage in the new text. status: "unchanged", "moved", "changed" or "lost"; range None when lost.

    score: the share of its letters that came through, 0 to 1. method: "alignment", "words" or "likeness". review:
    a reader should look at it. near: where a lost passage stood, as far as known.
    """

    status: str
    range: Range | None
    score: float
    method: str
    review: bool
    near: Range | None = None


class Carrier:
    """Carries passages through one alignment."""

    def __init__(self, alignment: Alignment) -> None:
        self._state = alignment
        self._spans = {place: span for span in alignment.same for place in range(span[0], span[1])}
        self._inner = [*alignment.hunks, *(hunk for move in alignment.moves for hunk in move.inner)]

    def carry(self, passage: Range) -> Carried:
        """The passage, a range of the old text, in the new text."""
        first, last = self._state.old.between(*passage)
        found = self._carried(first, last)
        if found.range is None:
            return found
        return replace(found, range=self._with_signs(passage, first, last, found.range))

    def _with_signs(self, passage: Range, first: int, last: int, found: Range) -> Range:
        """With the brackets, quotes and stops that the passage begins and ends with, where they are there too."""
        old, new = self._state.old, self._state.new.text
        start, end = found
        for sign in old.text[old.ends[last - 1] : passage[1]]:
            at = end
            while at < len(new) and new[at].isspace():
                at += 1
            if not sign.isspace():
                if new[at : at + 1] != sign:
                    break
                end = at + 1
        for sign in reversed(old.text[passage[0] : old.starts[first]]):
            at = start
            while at > 0 and new[at - 1].isspace():
                at -= 1
            if not sign.isspace():
                if at == 0 or new[at - 1] != sign:
                    break
                start = at - 1
        return start, end

    def _carried(self, first: int, last: int) -> Carried:
        found = self._by_alignment(first, last)
        if found.status in ("unchanged", "moved"):
            return found
        same = self._by_words(first, last)
        if same is not None:
            return same
        if found.status != "lost" and found.score >= _SURE:
            return found
        alike = self._by_likeness(first, last)
        return alike if alike is not None and alike.score > found.score + _BETTER else found

    # -- through the alignment ------------------------------------------------------------------------------

    def _by_alignment(self, first: int, last: int) -> Carried:
        state = self._state
        total = state.old.letters(first, last)
        clusters = self._clusters(first, last)
        if not total or not clusters:
            return Carried("lost", None, 0.0, "alignment", False, self._stood_at(first))
        pairs = max(clusters, key=self._weight)
        score = self._weight(pairs) / total
        lost_below = LOST_BELOW_LONG if last - first >= LONG else LOST_BELOW
        guessed = sum(state.to_new[o] < 0 for o, _ in pairs) * 2 > len(pairs)
        if score < lost_below or (guessed and len(pairs) < last - first < _FUZZY_LEAST):
            near = self._text(pairs[0][1], pairs[-1][1] + 1)
            return Carried("lost", None, round(score, 3), "alignment", False, near)
        if len(pairs) == last - first:
            pairs = self._without_insertion(pairs)
        start, end = pairs[0][1], pairs[-1][1] + 1
        whole = len(pairs) == last - first and self._is_whole(pairs)
        if not whole:
            start, end = self._with_edges(pairs, first, last, start, end)
        moved = self._is_moved(pairs)
        status = ("moved" if moved else "unchanged") if whole else "changed"
        short = last - first <= _SHORT  # so few words come together by chance
        parted = sum(len(cluster) for cluster in clusters) - len(pairs) > _PARTED * (last - first)
        review = (short and (moved or not whole)) or (
            not whole and (score < DOUBTFUL_BELOW or parted or guessed)
        )
        return Carried(status, self._text(start, end), round(score, 3), "alignment", review)

    def _clusters(self, first: int, last: int) -> list[Pairs]:
        """Words of the passage with their partners, cut where these are out of order or too far apart."""
        state = self._state
        clusters: list[Pairs] = []
        for place in range(first, last):
            partner = state.to_new[place] if state.to_new[place] >= 0 else state.seen[place]
            if partner < 0:
                continue
            if clusters:
                o, n = clusters[-1][-1]
                if 0 <= partner - n <= 60 + 3 * (last - first) + place - o:
                    clusters[-1].append((place, partner))
                    continue
            clusters.append([(place, partner)])
        return [self._without_strays(cluster) for cluster in clusters]

    def _without_strays(self, pairs: Pairs) -> Pairs:
        """Without given-up matches at either end that stand far from the rest: they came together by chance."""
        while (first := self._stray(pairs)) or (last := self._stray(pairs[::-1])):
            pairs = pairs[first:] if first else pairs[:-last]
        return pairs

    def _stray(self, pairs: Pairs) -> int:
        """How many pairs at the beginning are one or two words with a wide gap behind them, more following."""
        for count in range(1, min(_STRAY, (len(pairs) - 1) // 2) + 1):
            (o, n), (next_o, next_n) = pairs[count - 1], pairs[count]
            if self._state.to_new[o] >= 0:
                return 0
            if max(abs(next_o - o), abs(next_n - n)) > _FAR:
                return count
        return 0

    def _weight(self, pairs: Pairs) -> int:
        return sum(len(self._state.old.keys[place]) for place, _ in pairs)

    def _without_insertion(self, pairs: Pairs) -> Pairs:
        """An insertion that could as well stand just outside the passage is put there."""
        state, count = self._state, len(pairs)
        wanted = state.a[pairs[0][0] : pairs[0][0] + count]
        for number in range(count - 1):
            here, following = pairs[number][1], pairs[number + 1][1]
            if following - here > 1:
                for start in (following - number - 1, here - number):
                    if start >= 0 and state.b[start : start + count] == wanted:
                        return [(place, start + step) for step, (place, _) in enumerate(pairs)]
                break
        return pairs

    def _is_whole(self, pairs: Pairs) -> bool:
        """Its words follow each other, but for what is only written apart or together."""
        for (one, n), (two, following) in pairwise(pairs):
            if following - n not in (0, 1) and one not in self._spans and two not in self._spans:
                return False
        return True

    def _with_edges(self, pairs: Pairs, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """Replaced words at the passage's edges belong to it."""
        for o1, o2, n1, n2 in self._replaced(first, last):
            if o1 >= first and o2 == pairs[0][0] and n2 == start:
                start = n1
            if o2 <= last and o1 == pairs[-1][0] + 1 and n1 == end:
                end = n2
        return start, end

    @cached_property
    def _replacements(self) -> list[Hunk]:
        return sorted(hunk for hunk in self._inner if hunk[0] < hunk[1] and hunk[2] < hunk[3])

    def _replaced(self, first: int, last: int) -> list[Hunk]:
        begin = bisect_left(self._replacements, (first, 0, 0, 0))
        end = bisect_left(self._replacements, (last, 0, 0, 0))
        return self._replacements[begin:end]

    def _is_moved(self, pairs: Pairs) -> bool:
        middle = pairs[len(pairs) // 2][0]
        return any(move.words[0] <= middle < move.words[1] for move in self._state.moves)

    def _stood_at(self, first: int) -> Range | None:
        """The new words around the place where a lost passage stood."""
        state = self._state
        before = next(
            (state.to_new[p] for p in range(first - 1, max(-1, first - 200), -1) if state.to_new[p] >= 0), -1
        )
        return self._text(before, before + 1) if before >= 0 else None

    def _text(self, start: int, end: int) -> Range:
        return self._state.new.starts[start], self._state.new.ends[end - 1]

    # -- by the passage's own words -------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> tuple[str, str]:
        """The keys of both texts, with spaces around them."""
        return tuple(f" {' '.join(words.keys)} " for words in (self._state.old, self._state.new))  # type: ignore[return-value]

    @cached_property
    def _places(self) -> list[int]:
        """Where each new key stands in its row."""
        places, place = [], 1
        for key in self._state.new.keys:
            places.append(place)
            place += len(key) + 1
        return places

    def _by_words(self, first: int, last: int) -> Carried | None:
        """The very words, once in the old text and once in the new: that is the passage."""
        if last - first < _EXACT_LEAST:
            return None
        old, new = self._rows
        wanted = f" {' '.join(self._state.old.keys[first:last])} "
        at = new.find(wanted)
        if at < 0 or new.find(wanted, at + 1) >= 0:
            return None
        if old.find(wanted, old.find(wanted) + 1) >= 0:
            return None
        start = bisect_left(self._places, at + 1)
        return Carried("moved", self._text(start, start + last - first), 1.0, "words", False)

    # -- by likeness ----------------------------------------------------------------------------------------

    @cached_property
    def _free(self) -> list[bool]:
        """Which new words are nobody's partner."""
        free = [True] * len(self._state.b)
        for partner in self._state.to_new:
            if partner >= 0:
                free[partner] = False
        return free

    @cached_property
    def _free_runs(self) -> dict[tuple[int, ...], list[int]]:
        runs: dict[tuple[int, ...], list[int]] = defaultdict(list)
        b = self._state.b
        for place in range(len(b) - _RUN + 1):
            if sum(self._free[place : place + _RUN]) >= _RUN - 1:
                runs[tuple(b[place : place + _RUN])].append(place)
        return runs

    def _by_likeness(self, first: int, last: int) -> Carried | None:
        """The passage among new words that nothing else was matched with; never for short ones."""
        state, count = self._state, last - first
        if count < _FUZZY_LEAST:
            return None
        votes: dict[int, Pairs] = defaultdict(list)
        for place in range(first, last - _RUN + 1):
            for other in self._free_runs.get(tuple(state.a[place : place + _RUN]), ())[:20]:
                votes[(other - place) // 6].append((place, other))
        if not votes:
            return None
        best = max(votes, key=lambda shift: len(votes[shift]) + len(votes.get(shift + 1, ())))
        hits = votes[best] + votes.get(best + 1, [])
        start = max(0, min(other - (place - first) for place, other in hits))
        end = min(len(state.b), max(other + last - place for place, other in hits))
        blocks = align(state.a, state.b, (first, last), (start, end))
        if not blocks:
            return None
        matched = sum(state.old.letters(x, x + size) for x, _, size in blocks)
        score = matched / state.old.letters(first, last)
        n1, n2 = blocks[0][1], blocks[-1][1] + blocks[-1][2]
        if score < _FUZZY_SCORE or sum(self._free[n1:n2]) < _FREE * (n2 - n1) or n2 - n1 > 2 * count + 6:
            return None
        status = "moved" if len(blocks) == 1 and blocks[0][2] == count else "changed"
        return Carried(status, self._text(n1, n2), round(score, 3), "likeness", status == "changed")
