"""How often a text has its words: kept for those it has more than once, which are the fewest."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping

_MOST = 0xFFFF
_LOW = 0x10000


class Repeated:
    """Read from packed(): how many of the numbers are below 65,536, as uint32; those as uint16, the others as
    uint32, both in order; then as uint16 how often each is there. Texts share the first words of a vocabulary.
    """

    def __init__(self, packed: bytes) -> None:
        lows = int.from_bytes(packed[:4], "little")
        others = (len(packed) - 4 - 4 * lows) // 6
        self._low, self._high, self._times = array("H"), array("I"), array("H")
        first, second = 4 + 2 * lows, 4 + 2 * lows + 4 * max(0, others)
        self._low.frombytes(packed[4:first])
        self._high.frombytes(packed[first:second])
        self._times.frombytes(packed[second:])

    @staticmethod
    def packed(times: Mapping[int, int]) -> bytes:
        """times: of each word's number. A word that is there more than 65,535 times is left at that."""
        kept = sorted((number, min(many, _MOST)) for number, many in times.items() if many > 1)
        low = array("H", (number for number, _ in kept if number < _LOW))
        high = array("I", (number for number, _ in kept if number >= _LOW))
        many = array("H", (one for _, one in kept))
        return len(low).to_bytes(4, "little") + low.tobytes() + high.tobytes() + many.tobytes()

    def together(self, numbers: Iterable[int]) -> int | None:
        """How often words are there in all that are known to be; None where that is not known of one any more."""
        found = 0
        for number in numbers:
            known = self._low if number < _LOW else self._high
            place = bisect_left(known, number)
            if place == len(known) or known[place] != number:
                found += 1
            elif (many := self._times[place if number < _LOW else len(self._low) + place]) < _MOST:
                found += many
            else:
                return None
        return found
