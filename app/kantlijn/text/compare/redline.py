"""Two texts as one to be read through: what was deleted stands where it was, what was inserted where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kantlijn.model.comparison import Comparison, Edit, Stretch
from kantlijn.model.document import Range
from kantlijn.text.compare.stretches import across


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the merged text. kind: "same", "inserted", "deleted", "moved from", "moved to" or "formatting".

    text: what stands there. old, new: where that is in either text (code points), None where it is not. edit: the
    place of its edit in the comparison, -1 for what is the same. Runs that are not deleted or moved away make up
    the new text; within a moved passage what was edited is a run of its own.
    """

    kind: str
    text: str
    new: Range | None
    old: Range | None
    edit: int = -1


def redline(old: str, new: str, comparison: Comparison) -> tuple[Run, ...]:
    """The runs in reading order. All of the new text is there, and all that was deleted or moved away."""
    taken = sorted(_taken(old, new, comparison), key=lambda one: (one[0], one[1]))
    marked = sorted(_marked(comparison.edits))
    found: list[Run] = []
    place = number = 0
    for start, end, kind, edit in (*marked, (len(new), len(new), "same", -1)):
        while number < len(taken) and taken[number][0] <= start:
            at, (first, last), what, of = taken[number]
            if at > place:
                found.append(Run("same", new[place:at], (place, at), None))
                place = at
            found.append(Run(what, old[first:last], None, (first, last), of))
            number += 1
        if start > place:
            found.append(Run("same", new[place:start], (place, start), None))
        place = max(place, start)
        if end > place:
            found.append(Run(kind, new[place:end], (place, end), None, edit))
            place = end
    for _, (first, last), what, of in taken[number:]:
        found.append(Run(what, old[first:last], None, (first, last), of))
    return tuple(found)


def _taken(old: str, new: str, comparison: Comparison) -> Iterator[tuple[int, Range, str, int]]:
    """What only the old text has: where that belongs in the new one, its range, its kind, its edit."""
    moves = [edit.old for edit in comparison.edits if edit.kind == "moved"]
    for number, edit in enumerate(comparison.edits):
        if edit.kind == "formatting" or not edit.old:
            continue
        if edit.kind != "moved" and edit.inside and _is_within(edit.old[0], moves):
            kind = "deleted" if edit.new else ""
            if not kind:  # what was dropped within a moved passage is seen in the passage as it was
                continue
        else:
            kind = "moved from" if edit.kind == "moved" else "deleted"
        for part in edit.old:
            yield _at(old, new, comparison.same, edit, part), part, kind, number


def _at(old: str, new: str, same: Sequence[Stretch], edit: Edit, part: Range) -> int:
    """Where it belongs in the new text: what began a line of the old one does not end one of the new."""
    if edit.new and edit.kind != "moved":
        return edit.new[0][0]
    place = across(same, part[0])[0]
    if part[0] and old[part[0] - 1].isspace():
        while place < len(new) and new[place].isspace():
            place += 1
    return place


def _is_within(part: Range, moves: Sequence[tuple[Range, ...]]) -> bool:
    return any(start <= part[0] and part[1] <= end for ranges in moves for start, end in ranges)


def _marked(edits: Sequence[Edit]) -> Iterator[tuple[int, int, str, int]]:
    """What of the new text is marked, in pieces that do not overlap: edits inside a move part it."""
    inner = sorted(part for edit in edits if edit.inside for part in edit.new)
    for number, edit in enumerate(edits):
        kind = {"moved": "moved to", "formatting": "formatting"}.get(edit.kind, "inserted")
        for start, end in edit.new:
            place = start
            if edit.kind == "moved":
                for first, last in inner:
                    if start <= first and last <= end:
                        if first > place:
                            yield place, first, kind, number
                        place = last
            if end > place:
                yield place, end, kind, number
