"""Words whose letters are set apart: MuPDF takes the room between letters for spaces, "t o e z i c h t".

Such a space is one that MuPDF made, no wider than the room between the letters around it. Between words stands
more room, or a space of the file's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any

Char = dict[str, Any]
"""A character as MuPDF's dictionaries have it: c, bbox, synthetic."""

_SYNTHETIC = itemgetter("synthetic")
_LEAST = 0.05
"""Of the size: room between letters that are set apart."""
_WIDEST, _TIGHTEST = 0.5, 0.22
"""Of the size: the most room between such letters, and where a line has no space of the file's own, which may
part all its words by room: there single letters are words too, answers A B C D, or a row of ticks."""
_WIDER = 1.6
"""Times the usual room: a space between words."""
_LETTERS = 4
"""By so many it is told what the usual room is."""


def as_words(chars: Sequence[Char], size: float) -> Sequence[Char]:
    """A line's characters, from left to right, without such spaces. size: of its letters, points."""
    if not any(map(_SYNTHETIC, chars)):
        return chars
    runs = list(_runs(chars))
    known = [_usual(run, size, _WIDEST if len(runs) > 1 else _TIGHTEST) for run in runs]
    if not any(known):
        return chars
    dropped: set[int] = set()
    for place, run in enumerate(runs):
        room = known[place] or _nearest(known, place)
        if known[place] or _is_even(run, room):
            dropped |= {space for space, gap in run.spaces() if gap <= _WIDER * room}
    return [char for place, char in enumerate(chars) if place not in dropped]


class _Run:
    """Characters between two spaces of the file's own: places among the line's, and the room between each two."""

    def __init__(self) -> None:
        self.letters: list[tuple[int, Char]] = []

    def gaps(self) -> list[float]:
        boxes = [char["bbox"] for _, char in self.letters]
        return [after[0] - before[2] for before, after in pairwise(boxes)]

    def spaces(self) -> list[tuple[int, float]]:
        """Places of the spaces that MuPDF made, each with the room it takes."""
        places = [place for place, _ in self.letters]
        return [
            (place, gap)
            for (before, after), gap in zip(pairwise(places), self.gaps(), strict=True)
            for place in range(before + 1, after)
        ]


def _runs(chars: Sequence[Char]) -> list[_Run]:
    runs = [_Run()]
    for place, char in enumerate(chars):
        if not char["c"].isspace():
            runs[-1].letters.append((place, char))
        elif not char["synthetic"]:
            runs.append(_Run())
    return runs


def _usual(run: _Run, size: float, most: float) -> float:
    """The room between letters that are set apart; 0 where they are not, or are too few to tell.

    most: of the size.
    """
    letters = [char["c"] for _, char in run.letters]
    if len(letters) < _LETTERS or sum(map(str.isalpha, letters)) < 0.7 * len(letters):
        return 0.0
    gaps = run.gaps()
    apart = sum(gap >= _LEAST * size for gap in gaps)
    usual = median(gaps)
    return usual if apart >= 0.8 * len(gaps) and usual <= most * size else 0.0


def _nearest(known: Sequence[float], place: int) -> float:
    return min((abs(at - place), room) for at, room in enumerate(known) if room)[1]


def _is_even(run: _Run, room: float) -> bool:
    return all(0.5 * room <= gap <= _WIDER * room for gap in run.gaps())
