"""Which stretches of two rows of numbers are the same, in order: the skeleton of every comparison.

Runs that occur once in both (six words, then three, two, one) are grown to blocks, the heaviest chain of blocks
that rises in both is kept, and the gaps between are dealt with likewise; small gaps go to difflib. Chains by a
Fenwick tree: O(m log m). After Heckel (1978) and patience diff, with n-grams for single lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

Block = tuple[int, int, int]
"""Old place, new place, length."""
Hunk = tuple[int, int, int, int]
"""[old start, old end) and [new start, new end) that stand against each other."""

_GRAMS = (6, 3, 2, 1)
_SMALL = 1_000_000  # cells that difflib may look through
_FEW = 400  # cells for which runs of words are not worth the trouble
_THIN = 0.12
_ANEW = 1e6
_SURE, _AHEAD = 6, 64  # words that must be, and that are looked at to be, the same again
_STEPS = sorted(
    ((x, y) for x in range(13) for y in range(13) if x or y), key=lambda step: (max(step), abs(step[0] - step[1]))
)


def align(
    a: Sequence[int], b: Sequence[int], old: tuple[int, int] | None = None, new: tuple[int, int] | None = None
) -> list[Block]:
    """Matching blocks, rising in both, of a[old] and b[new]; neighbours joined."""
    found: list[Block] = []
    waiting = [(*(old or (0, len(a))), *(new or (0, len(b))), 0)]
    while waiting:
        o1, o2, n1, n2, level = waiting.pop()
        ahead = _same_ahead(a, b, o1, o2, n1, n2)
        if ahead:
            found.append((o1, n1, ahead))
            o1, n1 = o1 + ahead, n1 + ahead
        behind = _same_behind(a, b, o1, o2, n1, n2)
        if behind:
            o2, n2 = o2 - behind, n2 - behind
            found.append((o2, n2, behind))
        if o1 >= o2 or n1 >= n2:
            continue
        blocks, level = _chained(a, b, (o1, o2, n1, n2), level)
        if blocks:
            found += blocks
            waiting += _gaps(blocks, (o1, o2, n1, n2), level)
        elif (o2 - o1) * (n2 - n1) <= _SMALL:
            matcher = SequenceMatcher(None, a[o1:o2], b[n1:n2], autojunk=False)
            found += [(o1 + x, n1 + y, size) for x, y, size in matcher.get_matching_blocks() if size]
        else:
            found += _walked(a, b, (o1, o2, n1, n2))
    return _joined(found)


def _walked(a: Sequence[int], b: Sequence[int], gap: Hunk) -> Iterator[Block]:
    """Word by word through a gap too large for difflib in which nothing is found once only: a table of zeros.

    Where the two differ, on to where they go on together the longest; given up where that is nowhere near.
    """
    o, o2, n, n2 = gap
    while o < o2 and n < n2:
        size = _same_ahead(a, b, o, o2, n, n2)
        if size:
            yield o, n, size
            o, n = o + size, n + size
            continue
        best, step = _SURE - 1, (0, 0)
        for x, y in _STEPS:
            if o + x + best < o2 and n + y + best < n2 and a[o + x + best] == b[n + y + best]:
                run = _same_ahead(a, b, o + x, min(o2, o + x + _AHEAD), n + y, n2)
                if run > best:
                    best, step = run, (x, y)
        if step == (0, 0):
            return
        o, n = o + step[0], n + step[1]


def hunks_between(blocks: Iterable[Block], old: tuple[int, int], new: tuple[int, int]) -> list[Hunk]:
    """What lies between the blocks."""
    o, n = old[0], new[0]
    found = []
    for x, y, size in blocks:
        if x > o or y > n:
            found.append((o, x, n, y))
        o, n = x + size, y + size
    if old[1] > o or new[1] > n:
        found.append((o, old[1], n, new[1]))
    return found


def hunks_between_spans(spans: Iterator[Hunk], olds: int, news: int) -> Iterator[Hunk]:
    """What lies between matched stretches; those that cross an earlier one are passed over."""
    o = n = 0
    for o1, o2, n1, n2 in spans:
        if o1 < o or n1 < n:
            continue
        if o1 > o or n1 > n:
            yield (o, o1, n, n1)
        o, n = o2, n2
    if o < olds or n < news:
        yield (o, olds, n, news)


def _same_ahead(a: Sequence[int], b: Sequence[int], o1: int, o2: int, n1: int, n2: int) -> int:
    size, most = 0, min(o2 - o1, n2 - n1)
    while size < most and a[o1 + size] == b[n1 + size]:
        size += 1
    return size


def _same_behind(a: Sequence[int], b: Sequence[int], o1: int, o2: int, n1: int, n2: int) -> int:
    size, most = 0, min(o2 - o1, n2 - n1)
    while size < most and a[o2 - size - 1] == b[n2 - size - 1]:
        size += 1
    return size


def _chained(a: Sequence[int], b: Sequence[int], gap: Hunk, level: int) -> tuple[list[Block], int]:
    """The best chain in this gap, by the longest runs that give one, and the level of those runs."""
    o1, o2, n1, n2 = gap
    while level < len(_GRAMS):
        size = _GRAMS[level]
        if size == 1 or (o2 - o1) * (n2 - n1) >= _FEW:
            blocks = _heaviest(_grown(_unique(a, b, gap, size), a, b, gap, size))
            # of single words only a chain that is not thin is to be trusted
            if size == 1 and sum(block[2] for block in blocks) < _THIN * min(o2 - o1, n2 - n1):
                blocks = []
            if blocks:
                return blocks, level
        level += 1
    return [], level


def _gaps(blocks: list[Block], gap: Hunk, level: int) -> list[tuple[int, int, int, int, int]]:
    """The gaps between the blocks, large ones to be begun again with the longest runs."""
    o1, o2, n1, n2 = gap
    found = []
    for x, x_end, y, y_end in hunks_between(blocks, (o1, o2), (n1, n2)):
        if x < x_end and y < y_end:
            anew = level == 0 and (x_end - x) * (y_end - y) > _ANEW and x_end - x < 0.7 * (o2 - o1)
            # at the same level once more: what was not unique in the whole may be so in the gap
            found.append((x, x_end, y, y_end, 0 if anew else level))
    return found


def _unique(a: Sequence[int], b: Sequence[int], gap: Hunk, size: int) -> list[tuple[int, int]]:
    """Places (old, new) of runs that occur once on either side, by old place; equal by their hash only."""
    o1, o2, n1, n2 = gap
    places: dict[int, int] = {}
    for place, run in enumerate(_runs(a[o1:o2], size), o1):
        places[run] = -1 if run in places else place
    others: dict[int, int] = {}
    for place, run in enumerate(_runs(b[n1:n2], size), n1):
        if run in places:
            others[run] = -1 if run in others else place
    return [(o, others[run]) for run, o in places.items() if o >= 0 and others.get(run, -1) >= 0]


def _runs(row: Sequence[int], size: int) -> Iterable[int]:
    return row if size == 1 else map(hash, zip(*(row[start:] for start in range(size)), strict=False))


def _grown(seeds: list[tuple[int, int]], a: Sequence[int], b: Sequence[int], gap: Hunk, size: int) -> list[Block]:
    """The seeds as far as both sides are the same around them; each stretch once."""
    o1, o2, n1, n2 = gap
    reached: dict[int, int] = {}
    blocks = []
    for i, j in seeds:
        diagonal = j - i
        before = reached.get(diagonal, o1)
        if before > i or a[i : i + size] != b[j : j + size]:
            continue
        start = i
        while start > before and start + diagonal > n1 and a[start - 1] == b[start + diagonal - 1]:
            start -= 1
        end = i + size
        while end < o2 and end + diagonal < n2 and a[end] == b[end + diagonal]:
            end += 1
        reached[diagonal] = end
        blocks.append((start, start + diagonal, end - start))
    return blocks


def _heaviest(blocks: list[Block]) -> list[Block]:
    """The heaviest chain of blocks that rises in both; what overlaps is trimmed."""
    if len(blocks) < 2:
        return blocks
    blocks = sorted(blocks)
    rank = {y: place + 1 for place, y in enumerate(sorted({y for _, y, _ in blocks}))}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(rank) + 1)
    weights, earlier = [0] * len(blocks), [-1] * len(blocks)
    for number, (x, y, size) in enumerate(blocks):
        weight, last = _best_below(tree, rank[y] - 1)
        if last >= 0:
            px, py, plus = blocks[last]
            size = max(0, size - max(0, px + plus - x, py + plus - y))
        weights[number], earlier[number] = weight + size, last
        place, value = rank[y], (weight + size, number)
        while place < len(tree):
            tree[place] = max(tree[place], value)
            place += place & -place
    number = max(range(len(blocks)), key=weights.__getitem__)
    chain = []
    while number >= 0:
        chain.append(blocks[number])
        number = earlier[number]
    return _trimmed(reversed(chain))


def _best_below(tree: list[tuple[int, int]], place: int) -> tuple[int, int]:
    best = (0, -1)
    while place > 0:
        best = max(best, tree[place])
        place -= place & -place
    return best


def _trimmed(chain: Iterable[Block]) -> list[Block]:
    found: list[Block] = []
    o = n = -1
    for x, y, size in chain:
        over = max(0, o - x, n - y)
        if over < size:
            found.append((x + over, y + over, size - over))
            o, n = x + size, y + size
    return found


def _joined(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for x, y, size in sorted(blocks):
        if found and found[-1][0] + found[-1][2] == x and found[-1][1] + found[-1][2] == y:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + size)
        else:
            found.append((x, y, size))
    return found
