"""How well a comparison found the edits of a pair whose edits are known."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kantlijn.text.compare.carry import Carrier
from kantlijn.text.compare.comparison import Comparison, compare

from .edited_pairs import Edit, Pair


@dataclass
class Score:
    """Counts, to be added up over pairs."""

    reported: int = 0
    false: int = 0
    edits: int = 0
    found: int = 0
    kinds: int = 0
    moves: int = 0
    moves_found: int = 0
    flagged: int = 0
    flagged_right: int = 0
    unconserved: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def precision(self) -> float:
        return 1 - self.false / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.edits if self.edits else 1.0

    @property
    def kind(self) -> float:
        return self.kinds / self.found if self.found else 1.0

    @property
    def word_precision(self) -> float:
        return self.flagged_right / self.flagged if self.flagged else 1.0


class _Places:
    """Which words a range touches."""

    def __init__(self, places: dict[int, tuple[int, int]]) -> None:
        self._rows = sorted((start, end, id_) for id_, (start, end) in places.items())
        self._ends = [end for _, end, _ in self._rows]

    def within(self, ranges) -> set[int]:
        found = set()
        for start, end in ranges:
            at = bisect_right(self._ends, start)
            while at < len(self._rows) and self._rows[at][0] < end:
                found.add(self._rows[at][2])
                at += 1
        return found


def judge(pair: Pair, result: Comparison | None = None) -> Score:
    """Edits may slide over equal words: a report counts for an edit that it touches or stands beside."""
    result = result or compare(pair.old, pair.new)
    old, new = _Places(pair.old_places), _Places(pair.new_places)
    reports = [
        (edit.kind, old.within(edit.old), new.within(edit.new))
        for edit in result.edits
        if edit.kind != "formatting"
    ]
    score = Score(reported=len(reports), edits=len(pair.edits), unconserved=not result.conserved)
    every = [*pair.edits, *pair.unseen]
    true_old, true_new = _said(every, "old"), _said(every, "new")
    for kind, olds, news in reports:
        if not (olds & true_old or news & true_new):
            score.false += 1
        if kind != "moved":
            score.flagged += len(olds) + len(news)
            score.flagged_right += len(olds & true_old) + len(news & true_new)
    for edit in pair.edits:
        touching = [report for report in reports if report[1] & edit.old or report[2] & edit.new]
        olds = set().union(*(report[1] for report in touching)) & edit.old
        news = set().union(*(report[2] for report in touching)) & edit.new
        if edit.kind == "moved":
            score.moves += 1
            score.moves_found += any(kind == "moved" for kind, *_ in touching)
        if len(olds) * 2 >= len(edit.old) and len(news) * 2 >= len(edit.new):
            score.found += 1
            score.kinds += any(report[0] == edit.kind for report in touching)
    return score


def _said(edits: list[Edit], side: str) -> set[int]:
    return {id_ for edit in edits for id_ in getattr(edit, side)}


@dataclass
class Carriage:
    """Passages by what became of them."""

    kept: int = 0
    kept_right: int = 0
    edited: int = 0
    edited_found: int = 0
    gone: int = 0
    gone_said: int = 0
    wrong: int = 0
    wrong_silent: int = 0

    def __add__(self, other: Carriage) -> Carriage:
        return Carriage(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def judge_carrying(pair: Pair, passages: list[tuple[int, int]], result: Comparison | None = None) -> Carriage:
    """passages: [first, last) in pair.old_order."""
    carrier = Carrier((result or compare(pair.old, pair.new)).alignment)
    new = _Places(pair.new_places)
    total = Carriage()
    for first, last in passages:
        ids = pair.old_order[first:last]
        start, end = pair.old_places[ids[0]][0], pair.old_places[ids[-1]][1]
        carried = carrier.carry((start, end))
        ids = [id_ for id_ in ids if id_ not in pair.figures]
        if not ids:
            continue
        there = [pair.partner[id_] for id_ in ids if id_ in pair.partner]
        got = new.within([carried.range]) if carried.range else set()
        whole = len(there) == len(ids) and _in_a_row(pair, there)
        wrong = bool(got) and not got & set(there)
        if wrong and _is_alike(pair.old[start:end], pair.new[slice(*carried.range)]):
            continue  # the text says the same twice: either answer is right
        total.wrong += wrong
        total.wrong_silent += wrong and not carried.review
        if whole:
            total.kept += 1
            total.kept_right += got == set(there) and carried.status in ("unchanged", "moved")
        elif len(there) * 2 >= len(ids):
            total.edited += 1
            wanted = _with_insertions(pair, there)
            total.edited_found += len(got & wanted) / len(got | wanted) >= 0.5
        elif len(there) * 4 < len(ids):
            total.gone += 1
            total.gone_said += carried.status == "lost"
    return total


def _is_alike(one: str, other: str) -> bool:
    """Nearly the same words, whatever their order."""
    a, b = (set(re.findall(r"[^\W_]+", said.casefold())) for said in (one, other))
    return len(a & b) >= 0.7 * min(len(a), len(b)) and len(b) >= 3


def _in_a_row(pair: Pair, ids: list[int]) -> bool:
    ranks = [pair.ranks[id_] for id_ in ids]
    return ranks == list(range(ranks[0], ranks[0] + len(ranks)))


def _with_insertions(pair: Pair, ids: list[int]) -> set[int]:
    """The words in the new text from the first of these to the last; themselves, where one of them moved away."""
    ranks = [pair.ranks[id_] for id_ in ids]
    first, last = min(ranks), max(ranks)
    order = sorted(pair.ranks, key=pair.ranks.__getitem__)
    return set(order[first : last + 1]) if last - first < 4 * len(ids) + 60 else set(ids)
