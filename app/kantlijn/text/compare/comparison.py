"""What changed between two texts, as a list of edits; and the check that nothing changed unsaid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kantlijn.model.comparison import IGNORABLE, RELATED_LEAST, Edit
from kantlijn.model.document import Range
from kantlijn.text.compare.alignment import (
    Alignment,
    aligned,
    find_same_letters,
    join_edits,
    split_at_paragraphs,
)
from kantlijn.text.compare.loss import loss_between
from kantlijn.text.compare.matching import Hunk
from kantlijn.text.compare.moves import find_moves
from kantlijn.text.compare.plain_furniture import borrowed_furniture, contents_numbers, plain_furniture
from kantlijn.text.compare.slide import slide_edits
from kantlijn.text.compare.spelling import spelling_edits
from kantlijn.text.compare.words import Keys, Words, folded

_NO_LETTERS = re.compile(r"[\W_]+")
_NO_LETTERS_OR_DIGITS = re.compile(r"[\W\d_]+")
_LINE_END = re.compile(r"[\n\f]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """edits in the order of the old text; what was left out on either side; what one side lacks altogether.

    conserved: outside edits and ignored the letters of both texts are the same, but for the loss. shared: the
    share of the shorter text's words that come back in the other, 0 to 1.
    """

    edits: tuple[Edit, ...]
    ignored_old: tuple[Range, ...]
    ignored_new: tuple[Range, ...]
    loss: tuple[str, ...]
    conserved: bool
    shared: float
    alignment: Alignment

    @property
    def is_related(self) -> bool:
        """The two texts have something in common."""
        return self.shared >= RELATED_LEAST


def compare(
    old: str,
    new: str,
    *,
    old_furniture: Sequence[Range] | None = None,
    new_furniture: Sequence[Range] | None = None,
    ignore: Collection[str] = (),
) -> Comparison:
    """Compare two canonical texts. Furniture None: find it in the text. ignore: of IGNORABLE; ValueError else."""
    unknown = set(ignore) - set(IGNORABLE)
    if unknown:
        raise ValueError(f"cannot be ignored: {sorted(unknown)}")
    left_out, left_out_too = _furniture(old, old_furniture), _furniture(new, new_furniture)
    a = Words(old, _united([*left_out, *borrowed_furniture(old, left_out, new, left_out_too)]))
    b = Words(new, _united([*left_out_too, *borrowed_furniture(new, left_out_too, old, left_out)]))
    keys = Keys()
    loss = loss_between(a.mask, b.mask, keys)
    keys = keys if loss.letters == "all" else Keys(loss.letters)
    unseen = loss.names | set(ignore)
    for side in (a, b):
        side.split(keys, numbers="digits" not in unseen, signs=loss.signs)
    known = {*a.keys, *b.keys}
    hyphened = a.hyphened() | b.hyphened()
    for side in (a, b):
        side.join(known, hyphened)
    state = aligned(a, b)
    find_same_letters(state, numbers_too="punctuation" in unseen or "accents" in loss.names)
    join_edits(state)
    slide_edits(state)
    split_at_paragraphs(state)
    find_moves(state)
    edits = sorted(_edits(state, unseen), key=_place)
    shortest = min(len(a), len(b))
    shared = sum(place >= 0 for place in state.to_new) / shortest if shortest else 1.0
    return Comparison(
        edits=tuple(edits),
        ignored_old=a.ignored,
        ignored_new=b.ignored,
        loss=tuple(name for name in IGNORABLE if name in loss.names),
        conserved=_is_conserved(a, b, edits, digits="digits" not in unseen, letters=loss.letters),
        shared=min(1.0, shared),
        alignment=state,
    )


def _furniture(text: str, known: Sequence[Range] | None) -> tuple[Range, ...]:
    if known is None:
        return plain_furniture(text)
    return _united([*known, *contents_numbers(text)])


def _united(ranges: Sequence[Range]) -> tuple[Range, ...]:
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _edits(state: Alignment, unseen: Collection[str]) -> Iterator[Edit]:
    for hunk in state.hunks:
        yield from _edit(state, hunk, inside=False)
    for move in state.moves:
        o1, o2, n1, n2 = move.words
        yield Edit("moved", state.old.ranges(o1, o2), state.new.ranges(n1, n2))
        for hunk in move.inner:
            yield from _edit(state, hunk, inside=True)
    for o1, o2, n1, n2 in state.same:
        if not _parted_by_layout(state, (o1, o2, n1, n2)):
            yield Edit("formatting", state.old.ranges(o1, o2), state.new.ranges(n1, n2))
    for o, n in spelling_edits(state, unseen):
        yield Edit("formatting", o, n)


def _edit(state: Alignment, hunk: Hunk, *, inside: bool) -> Iterator[Edit]:
    o1, o2, n1, n2 = hunk
    old, new = state.old.ranges(o1, o2), state.new.ranges(n1, n2)
    if old or new:
        yield Edit("inserted" if not old else "deleted" if not new else "changed", old, new, inside)


def _parted_by_layout(state: Alignment, span: Hunk) -> bool:
    """Whether the same letters are parted otherwise only because a line ended there."""
    o1, o2, n1, n2 = span
    old = state.old.mask[state.old.starts[o1] : state.old.ends[o2 - 1]]
    new = state.new.mask[state.new.starts[n1] : state.new.ends[n2 - 1]]
    return bool(_LINE_END.search(old) or _LINE_END.search(new) or "\u00ad" in old or "\u00ad" in new)


def _place(edit: Edit) -> tuple[int, int]:
    """In the order of the new text, deletions where they were; good enough to read from top to bottom."""
    old = edit.old[0][0] if edit.old else -1
    new = edit.new[0][0] if edit.new else -1
    return (new, old) if new >= 0 else (old, old)


def _is_conserved(a: Words, b: Words, edits: Sequence[Edit], *, digits: bool, letters: str) -> bool:
    """Whether the letters outside edits and furniture are the same, seen from the texts and not from the words."""
    sides = (
        (a, [part for edit in edits for part in edit.old]),
        (b, [part for edit in edits for part in edit.new]),
    )
    old, new = (_letters(words, reported, digits=digits, letters=letters) for words, reported in sides)
    return old == new


def _letters(words: Words, reported: list[Range], *, digits: bool, letters: str) -> str:
    pieces = []
    place = 0
    for start, end in _united(reported):
        pieces.append(words.mask[place:start])
        place = end
    text = "".join([*pieces, words.mask[place:]])
    return folded((_NO_LETTERS if digits else _NO_LETTERS_OR_DIGITS).sub("", text), letters)
