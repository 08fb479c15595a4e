"""How often a text has its words: kept for those it has more than once, which are the fewest."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping

_MOST = 0xFFFF


class Repeated:
    """Read from packed(): numbers of words as uint32, in order, then as many uint16, how often each is there."""

    def __init__(self, packed: bytes) -> None:
        count = len(packed) // 6
        self._numbers, self._times = array("I"), array("H")
        self._numbers.frombytes(packed[: 4 * count])
        self._times.frombytes(packed[4 * count : 6 * count])

    @staticmethod
    def packed(times: Mapping[int, int]) -> bytes:
        """times: of each word's number. A word that is there more than 65,535 times is left at that."""
        kept = sorted((number, min(many, _MOST)) for number, many in times.items() if many > 1)
        numbers, many = array("I", (one for one, _ in kept)), array("H", (one for _, one in kept))
        return numbers.tobytes() + many.tobytes()

    def times(self, number: int) -> int | None:
        """How often a word is there that is known to be; None where that is not known any more."""
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            return 1
        many = self._times[place]
        return many if many < _MOST else None
