"""Lines that are drawn twice, a little apart or not at all: bold letters where the font has none, and shadows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Lying = tuple[float, float, float, float, float, float]
"""A line as direction x, y, its base across and its thickness, and where it begins and ends along, in points."""

_SAME = 0.3
"""Times the thinner of two lines: so far apart they still are one."""
_CELL = 12.0
"""Points that a shadow lies from its line at most."""
_HALF = 0.5
"""Of the shorter of two lines: so much of it lies on the other, where neighbours only touch."""


def drawn_twice(lines: Iterable[Lying]) -> bool:
    """Whether one line lies on another of its size: worth asking MuPDF to leave out letters drawn twice."""
    by_direction: dict[tuple[float, float], list[Lying]] = defaultdict(list)
    for line in lines:
        by_direction[round(line[0], 3), round(line[1], 3)].append(line)
    return any(_over_each_other(beside) for beside in by_direction.values())


def shadows(lines: Sequence[tuple[str, Lying]]) -> set[int]:
    """Which of these are the same words as a line before them, hardly apart from it."""
    met: dict[tuple[str, int, int], list[Lying]] = defaultdict(list)  # by words and, roughly, where they are
    found = set()
    for place, (text, line) in enumerate(lines):
        words, column, row = text.strip(), int(line[4] // _CELL), int(line[2] // _CELL)
        near = ((words, x, y) for x in (column - 1, column, column + 1) for y in (row - 1, row, row + 1))
        if any(_shadow(line, other) for cell in near if cell in met for other in met[cell]):
            found.add(place)
        else:
            met[words, column, row].append(line)
    return found


def _shadow(line: Lying, other: Lying) -> bool:
    apart = [abs(one - two) for one, two in zip(line, other, strict=True)]
    least = min(_CELL, _SAME * min(line[3], other[3]))
    return max(apart[:2]) < 0.001 and max(apart[2], apart[4], apart[5]) <= least


def _over_each_other(lines: list[Lying]) -> bool:
    lines.sort(key=lambda line: line[2])
    for place, (_, _, across, thick, begin, end) in enumerate(lines):
        for _, _, across2, thick2, begin2, end2 in lines[place + 1 :]:
            least = min(thick, thick2)
            if across2 - across > _SAME * thick:
                break
            if across2 - across > _SAME * least or least < _HALF * max(thick, thick2):
                continue
            if min(end, end2) - max(begin, begin2) > _HALF * min(end - begin, end2 - begin2):
                return True
    return False
