"""Two short texts as one, with the words marked that only one of them has: for cards, lists and reviews."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""Text, and "same", "deleted" or "inserted"."""
_MOST = 2000
_PARTS = re.compile(r"\s+|\w+(?:[.,]\d+)*|[^\w\s]")


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """What reads as the new text without the deleted pieces, as the old one without the inserted (spaces aside).

    Spaces and line breaks become one space. Of what has over 2,000 words only both ends are looked at.
    """
    a, b = _words(old), _words(new)
    if len(a) > _MOST or len(b) > _MOST:
        blocks = _ends(a, b)
    else:
        opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        blocks = [(o1, o2, n1, n2, tag == "equal") for tag, o1, o2, n1, n2 in _joined(opcodes, a)]
    found: list[Piece] = []
    for o1, o2, n1, n2, same in blocks:
        if same:
            found.append(("".join(b[n1:n2]), "same"))
            continue
        went, came = "".join(a[o1:o2]), "".join(b[n1:n2])
        if went:  # what went and what came in its place do not run into each other
            found.append((went + " " if came and not went.endswith(" ") else went, "deleted"))
        if came:
            found.append((came, "inserted"))
    return tuple(found)


def _words(text: str) -> list[str]:
    return [" " if part.isspace() else part for part in _PARTS.findall(text.strip())]


def _joined(
    opcodes: Sequence[tuple[str, int, int, int, int]], a: list[str]
) -> list[tuple[str, int, int, int, int]]:
    """A space or a sign alone between two edits belongs to them."""
    found: list[tuple[str, int, int, int, int]] = []
    for number, (tag, o1, o2, n1, n2) in enumerate(opcodes):
        lonely = tag == "equal" and 0 < number < len(opcodes) - 1 and not any(
            part[0].isalnum() for part in a[o1:o2]
        )  # fmt: skip
        kind = "replace" if lonely else tag
        if found and kind != "equal" and found[-1][0] != "equal":
            _, first, _, begin, _ = found[-1]
            found[-1] = ("replace", first, o2, begin, n2)
        else:
            found.append((kind, o1, o2, n1, n2))
    return found


def _ends(a: list[str], b: list[str]) -> list[tuple[int, int, int, int, bool]]:
    """What both begin with and end with; the middle differs as a whole."""
    least = min(len(a), len(b))
    head = next((place for place in range(least) if a[place] != b[place]), least)
    tail = next((place for place in range(least - head) if a[-1 - place] != b[-1 - place]), least - head)
    middle = (head, len(a) - tail, head, len(b) - tail, False)
    return [(0, head, 0, head, True), middle, (len(a) - tail, len(a), len(b) - tail, len(b), True)]
