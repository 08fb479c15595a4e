"""Which paragraphs of two versions belong level with each other, and how much air that takes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kantlijn.model.comparison import Stretch
from kantlijn.text.flow import Piece

_NEAR = 5  # pieces around the expected one that are looked at
_OPENING = 12  # letters and digits by which two beginnings are known to be the same
_TAKEN = 48  # code points in which these are looked for


@dataclass(frozen=True, slots=True)
class Pair:
    """Numbers of an old and a new piece. lacking: since the pair before, one side has what the other has not."""

    old: int
    new: int
    lacking: bool


def gaps(old: float, new: float) -> tuple[float, float]:
    """What the old and the new side have to add, when they came this far since they were last level."""
    return max(0.0, new - old), max(0.0, old - new)


class Pairing:
    """The pairs of two texts, in order on both sides."""

    def __init__(
        self, texts: tuple[str, str], pieces: tuple[Sequence[Piece], Sequence[Piece]], same: Sequence[Stretch]
    ) -> None:
        self._texts, self._pieces, self._same = texts, pieces, same
        self._starts = [stretch[0] for stretch in same], [stretch[2] for stretch in same]
        self._firsts = [piece.start for piece in pieces[1]]

    def pairs(self) -> Iterator[Pair | None]:
        """A pair for every old piece that has a partner, None for one without: it can be taken in parts."""
        last, before, shift = -1, -1, 0
        for number, piece in enumerate(self._pieces[0]):
            found = self._match(0, piece)
            if found is None:
                yield None
                continue
            stretch, at = found
            start = self._same[stretch][0]
            if at <= start:
                new = self._at_start(stretch)
            else:
                if before != stretch:
                    shift = self._same[stretch][2] - start
                new = self._inside(stretch, at, at + shift)
            if new is None or new <= last:
                yield None
                continue
            yield Pair(number, new, lacking=not (before == stretch and at > start))
            last, before = new, stretch
            shift = self._pieces[1][new].start - piece.start if at > start else self._same[stretch][2] - start

    def _match(self, side: int, piece: Piece) -> tuple[int, int] | None:
        """The stretch of the piece's first words that the other side has too, and where they begin."""
        if piece.muted or piece.page is not None:
            return None
        number = bisect_right(self._starts[side], piece.start) - 1
        if number >= 0 and piece.start < self._same[number][2 * side + 1]:
            return number, piece.start
        number += 1
        if number < len(self._same) and self._starts[side][number] < piece.end:
            return number, self._starts[side][number]
        return None

    def _at_start(self, stretch: int) -> int | None:
        """The new piece of which this stretch is the first that the old side has too."""
        at = self._same[stretch][2]
        new = bisect_right(self._firsts, at) - 1
        found = self._match(1, self._pieces[1][new]) if new >= 0 else None
        return new if found == (stretch, at) else None

    def _inside(self, stretch: int, old: int, expected: int) -> int | None:
        """The new piece that begins with the same letters, within the stretch and near where it is expected."""
        _, old_end, new_start, new_end = self._same[stretch]
        opening = _opening(self._texts[0], old, old_end)
        near = bisect_right(self._firsts, expected) - 1
        around = range(max(0, near - _NEAR), min(near + _NEAR + 1, len(self._firsts)))
        for new in sorted(around, key=lambda new: abs(self._firsts[new] - expected)):
            piece = self._pieces[1][new]
            if piece.muted or piece.page is not None or not new_start <= piece.start < new_end:
                continue
            if _opening(self._texts[1], piece.start, new_end) == opening:
                return new
        return None


def _opening(text: str, start: int, end: int) -> str:
    return "".join(filter(str.isalnum, text[start : min(end, start + _TAKEN)]))[:_OPENING]
