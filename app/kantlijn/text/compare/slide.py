"""Sliding an insertion or deletion to where a reader sees it: from paragraph, sentence or clause edge to the next.

"the red and [the blue and] the green" is the same edit as "the [red and the] blue and the green".
"""

from __future__ import annotations

from kantlijn.text.compare.alignment import Alignment
from kantlijn.text.compare.matching import Hunk

_REACH = 60  # words


def slide_edits(state: Alignment) -> None:
    """Slide every pure insertion and deletion as far as its words allow to the strongest edges."""
    state.hunks = [_slid(state, hunk) for hunk in state.hunks]


def _slid(state: Alignment, hunk: Hunk) -> Hunk:
    o1, o2, n1, n2 = hunk
    if (o1 == o2) == (n1 == n2):
        return hunk
    words, row, start, end = (state.new, state.b, n1, n2) if o1 == o2 else (state.old, state.a, o1, o2)
    best, strongest = 0, words.boundary(start) + words.boundary(end)
    for step in range(-1, -_REACH - 1, -1):
        if start + step < 0 or row[start + step] != row[end + step]:
            break
        if o1 + step < 0 or n1 + step < 0 or state.to_new[o1 + step] != n1 + step:
            break
        strength = words.boundary(start + step) + words.boundary(end + step)
        if strength > strongest:
            best, strongest = step, strength
    for step in range(1, _REACH + 1):
        if end + step - 1 >= len(row) or row[start + step - 1] != row[end + step - 1]:
            break
        if o2 + step - 1 >= len(state.to_new) or state.to_new[o2 + step - 1] != n2 + step - 1:
            break
        strength = words.boundary(start + step) + words.boundary(end + step)
        if strength > strongest:
            best, strongest = step, strength
    if best:
        _follow(state, hunk, best)
    return (o1 + best, o2 + best, n1 + best, n2 + best)


def _follow(state: Alignment, hunk: Hunk, best: int) -> None:
    """Let the words that the edit slid over point to their new partners."""
    o1, o2, n1, n2 = hunk
    passed = range(o1 + best, o1) if best < 0 else range(o2, o2 + best)
    if o1 == o2:  # an insertion: the old words now match before it instead of after, or the other way round
        shift = n2 - n1 if best < 0 else n1 - n2
        for place in passed:
            state.to_new[place] += shift
        return
    shift = o2 - o1 if best < 0 else o1 - o2
    partners = [state.to_new[place] for place in passed]
    for place in passed:
        state.to_new[place] = -1
    for place, partner in zip(passed, partners, strict=True):
        state.to_new[place + shift] = partner
