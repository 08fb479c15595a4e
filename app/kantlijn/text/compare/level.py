"""Which paragraphs of two versions belong level with each other, and how much air that takes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kantlijn.model.comparison import Stretch
from kantlijn.text.flow import Piece

_LITTLE = 8  # one part in so many of a piece
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
        last, covered = -1, {-1}
        known, shift = -1, 0  # how much further the new text is, in the stretch where that was last seen
        for number, piece in enumerate(self._pieces[0]):
            stretch = self._main(0, piece)
            new = None
            if stretch is not None:
                start, _, new_start, _ = self._same[stretch]
                if known != stretch:
                    known, shift = stretch, new_start - start
                if start >= piece.start:
                    new = self._at_start(stretch)
                else:
                    new = self._inside(stretch, piece.start, piece.start + shift)
            if new is None or new <= last:
                yield None
                continue
            if self._pieces[1][new].start > self._same[known][2] and start < piece.start:
                shift = self._pieces[1][new].start - piece.start
            before = covered
            covered = {self._cover(0, piece.start), self._cover(1, self._pieces[1][new].start)}
            yield Pair(number, new, lacking=before != covered or len(covered) > 1 or -1 in covered)
            last = new

    def _cover(self, side: int, offset: int) -> int:
        """The stretch that an offset lies in, or -1."""
        number = bisect_right(self._starts[side], offset) - 1
        return number if number >= 0 and offset < self._same[number][2 * side + 1] else -1

    def _main(self, side: int, piece: Piece) -> int | None:
        """The stretch that has most of the piece; None where that is little."""
        if piece.muted or piece.page is not None:
            return None
        best, most = None, max(0, (piece.end - piece.start) // _LITTLE - 1)
        number = max(0, bisect_right(self._starts[side], piece.start) - 1)
        while number < len(self._same) and self._starts[side][number] < piece.end:
            start, end = self._same[number][2 * side : 2 * side + 2]
            held = min(end, piece.end) - max(start, piece.start)
            if held > most:
                best, most = number, held
            number += 1
        return best

    def _at_start(self, stretch: int) -> int | None:
        """The new piece in which this stretch begins, when it has most of that one too."""
        new = bisect_right(self._firsts, self._same[stretch][2]) - 1
        return new if new >= 0 and self._main(1, self._pieces[1][new]) == stretch else None

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
