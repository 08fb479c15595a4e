"""Lines of a text that are items of a list or rows of a table, and do not run on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_ITEM = re.compile(r"(?:(?P<dot>[•▪◦‣●○■□∙])|(?P<dash>[-*–—])|(?P<number>\d{1,2})[.)])[ \t]+\S")
"""How an item of a list begins."""
_DASHES = "-*–—"
_CELLS = " | "
"""Between the cells of a table's row."""


def item_begins(lines: Sequence[str]) -> Iterator[bool]:
    """For each line of a paragraph but the first, whether an item or a row begins there.

    A dash or a number at the head of a line is mostly a part of its sentence: it needs an item before it, or a
    line above that has ended; for a number the one that follows will do, where a passage begins inside a list.
    lines: without white space at their ends.
    """
    signs = {_sign(lines[0])} - {""} if lines else set()
    numbers = {sign for line in lines if (sign := _sign(line)).isdigit()}
    for before, line in pairwise(lines):
        sign = _sign(line)
        if sign.isdigit() and str(int(sign) + 1) in numbers:
            begins = True
        else:
            begins = _is_item(sign, before, signs) if sign else _CELLS in line and (not before or _CELLS in before)
        if begins and sign:
            signs.add(sign)
        yield begins


def _sign(line: str) -> str:
    """What tells that it may be an item: its bullet, dash or number; "" when it cannot be."""
    found = _ITEM.match(line)
    return next(filter(None, found.groups())) if found else ""


def _is_item(sign: str, before: str, signs: set[str]) -> bool:
    if sign.isdigit():
        return str(int(sign) - 1) in signs or (int(sign) == 1 and (before.endswith(":") or bool(signs)))
    return sign not in _DASHES or sign in signs or before.endswith((":", ";", "."))
