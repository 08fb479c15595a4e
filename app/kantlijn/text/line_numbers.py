"""Which lines of a page are the numbers that a typesetter put beside the lines of print, in the left margin.

They are nothing but figures, stand under each other with their right (or left) edges aligned, left of all else
on the page, each beside a row of print, and go up by one step: one number a row, or one every so many rows. A
column of numbers in a table is none: its heading, or the text around the table, begins as far left as it does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

STEPS = (1, 2, 5, 10)
LEAST, ALONE = 5, 8
"""Numbers in a row that make a page sure when other pages have them too, and when it is the only one."""
SHARE = 0.4
"""Of the pages that are sure by themselves, at least."""
ALIGNED = 2.5
_EDGE = 0.09
"""Share of the page's height at its edges in which a running head may stand further left than the numbers."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A horizontal line of a page: its number there, its text, its box in points."""

    number: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def figures_beside(lines: Sequence[Upright], height: float) -> list[tuple[Upright, bool]]:
    """The lines that may be line numbers, each with whether the page by itself makes that sure."""
    figures = [line for line in lines if is_figure(line.text)]
    if not figures:
        return []
    numbers = {line.number for line in figures}
    others = [line for line in lines if line.number not in numbers]
    within = [line.left for line in others if _EDGE * height < line.top and line.bottom < (1 - _EDGE) * height]
    within += [line.left for line in others if _heads_column(line, figures, others)]
    first = min(within, default=0.0)
    middles = sorted((line.top + line.bottom) / 2 for line in others)
    fit = [line for line in figures if line.right <= first - 1 and _has_between(middles, line.top, line.bottom)]
    sure = {line.number for run in _runs(fit, _rows(others)) for line in run}
    return [(line, line.number in sure) for line in fit]


def _heads_column(line: Upright, figures: Sequence[Upright], others: Sequence[Upright]) -> bool:
    """Whether it stands over a figure as the head of a column: what is beside the one begins where what is beside
    the other does.
    """
    under = next((one for one in figures if one.top >= line.bottom), None)
    if under is None or under.right <= line.left or line.right <= under.left:
        return False
    starts = [one.left for one in others if one is not line and _beside(one, line)]
    cells = [one.left for one in others if _beside(one, under)]
    return any(abs(start - cell) <= ALIGNED for start in starts for cell in cells)


def _beside(one: Upright, two: Upright) -> bool:
    return one.top < (two.top + two.bottom) / 2 < one.bottom


def is_figure(text: str) -> bool:
    """Nothing but one to five figures."""
    return len(text) <= 5 and text.isascii() and text.isdecimal()


def line_numbers(pages: Sequence[Sequence[tuple[int, float, float, bool]]]) -> list[set[int]]:
    """For every page those of its figures_beside() that are line numbers, given as (number, left, right, sure).

    A page with few of them is believed where other pages have theirs as far from the edge. A document numbers its
    lines throughout; on few of its pages it is a long table that does.
    """
    sure = [[(left, right) for _, left, right, certain in page if certain] for page in pages]
    many = sum(1 for page in sure if page)
    if many < SHARE * len(pages) or (many < 2 and all(len(page) < ALONE for page in sure)):
        return [set() for _ in pages]
    edges = [edge for page in sure for edge in page]
    lefts, rights = sorted(left for left, _ in edges), sorted(right for _, right in edges)
    return [
        {number for number, left, right, _ in page if _near(lefts, left) or _near(rights, right)} for page in pages
    ]


def _runs(figures: Iterable[Upright], rows: Sequence[float]) -> Iterator[list[Upright]]:
    """Aligned figures, from top to bottom, that go up by one step with that many rows of print between."""
    columns: defaultdict[tuple[str, int], list[Upright]] = defaultdict(list)
    for line in figures:
        columns["left", round(line.left / ALIGNED)].append(line)
        columns["right", round(line.right / ALIGNED)].append(line)
    for column in columns.values():
        ordered = sorted(column, key=lambda line: line.top)
        for step in STEPS:
            run = ordered[:1]
            for one, two in pairwise(ordered):
                if int(two.text) - int(one.text) == step and _rows_between(rows, one, two) == step:
                    run.append(two)
                    continue
                if len(run) >= LEAST:
                    yield run
                run = [two]
            if len(run) >= LEAST:
                yield run


def _rows(lines: Sequence[Upright]) -> list[float]:
    """The middles of the rows of print, from top to bottom."""
    rows: list[float] = []
    bottom = float("-inf")
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        middle = (line.top + line.bottom) / 2
        if middle >= bottom:
            rows.append(middle)
            bottom = line.bottom
    return rows


def _rows_between(rows: Sequence[float], one: Upright, two: Upright) -> int:
    """How many rows further down the second stands than the first."""
    return bisect_left(rows, two.top) - bisect_left(rows, one.top)


def _has_between(ordered: Sequence[float], low: float, high: float) -> bool:
    at = bisect_left(ordered, low)
    return at < len(ordered) and ordered[at] <= high


def _near(ordered: Sequence[float], value: float) -> bool:
    return _has_between(ordered, value - ALIGNED, value + ALIGNED)
