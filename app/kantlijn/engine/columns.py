"""Tells pages whose columns are written row by row through each other, from those already in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

Row = tuple[float, float, float, float, str]
"""A line as x0, y0, x1, y1 in points on the page, and its text."""

ROWS_LEAST = 5
LETTERS_LEAST = 15
FLOWING_LEAST = 0.4


def interleaved(rows: Sequence[Row]) -> bool:
    """Whether lines, in the order of the file, jump between columns of running text.

    The sign is a line followed by one to the right of it at the same height, and then by one back to the
    left below. A table written row by row does the same; in running text, though, most lines go on in the
    middle of a sentence: the next one in its column begins with a small letter.
    """
    pairs = [(a, b) for a, b in pairwise(rows) if _beside(a, b)]
    pairs = [(a, b) for a, b in pairs if len(a[4]) >= LETTERS_LEAST and len(b[4]) >= LETTERS_LEAST]
    if len(pairs) < ROWS_LEAST:
        return False
    gutter, _ = Counter(round(b[0]) for _, b in pairs).most_common(1)[0]  # the first of several
    aligned = [(a, b) for a, b in pairs if abs(b[0] - gutter) <= 3 and a[2] <= gutter + 1]
    if len(aligned) < ROWS_LEAST:
        return False
    left, right = [a for a, _ in aligned], [b for _, b in aligned]
    return (_flowing(left) + _flowing(right)) / 2 >= FLOWING_LEAST


def _beside(a: Row, b: Row) -> bool:
    """Whether b stands at the height of a, to its right."""
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return shared >= 0.5 * min(a[3] - a[1], b[3] - b[1]) and b[0] >= a[2] + 2


def _flowing(column: Sequence[Row]) -> float:
    """The share of lines in a column that go on in the next one."""
    onward = sum(
        1 for a, b in pairwise(column) if b[4].lstrip()[:1].islower() or a[4].rstrip()[-1:] in ("-", "\u00ad")
    )
    return onward / max(1, len(column) - 1)
