"""Numbers that word processors put before paragraphs: counted here, because files do not hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%(\d)")


@dataclass(slots=True)
class Level:
    """How a level is numbered. form: "1", "a", "A", "i", "I", "-" for a bullet, "" for nothing.

    pattern: "%1.%2." with the numbers of the levels, from 1, in place.
    """

    form: str = "1"
    pattern: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """One list, counting."""

    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int | None = None) -> str:
        """The marker of the next paragraph at this depth, from 0: "-", "1.", "2.1", "" for none."""
        level = self.levels.get(depth, Level())
        before = self.counts.get(depth)
        first = level.start if before is None else before + 1
        self.counts[depth] = first if start is None else start
        for deeper in [one for one in self.counts if one > depth]:
            del self.counts[deeper]
        if level.form in ("-", ""):
            return level.form
        return _PLACE.sub(lambda found: self._number(int(found[1]) - 1), level.pattern).strip()

    def _number(self, depth: int) -> str:
        level = self.levels.get(depth, Level())
        return "" if level.form in ("-", "") else written(self.counts.get(depth, level.start), level.form)


def written(number: int, form: str) -> str:
    """The number as "1", "a", "A", "i" or "I" has it; as digits where that cannot be."""
    if form in ("a", "A") and 0 < number < 1000:
        letters = chr(ord(form) + (number - 1) % 26)
        return letters * ((number - 1) // 26 + 1)
    if form in ("i", "I") and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if form == "i" else roman.upper()
    return str(number)
