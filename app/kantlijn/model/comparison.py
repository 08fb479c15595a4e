"""Two texts compared: what changed, what was left out, what could not be seen, which stretches are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kantlijn.model.document import Range

KINDS = ("inserted", "deleted", "changed", "moved", "formatting")
IGNORABLE = ("case", "accents", "digits", "punctuation")
RELATED_LEAST = 0.05
"""Share of the shorter text's words that must come back for two texts to have anything in common."""

Stretch = tuple[int, int, int, int]
"""Old start, old end, new start, new end: the same words, in code points of either text."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. kind: one of KINDS.

    old and new: where it stands in either text, in code points; () where it does not. inside: an edit within a
    moved passage.
    """

    kind: str
    old: tuple[Range, ...]
    new: tuple[Range, ...]
    inside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """edits in the order of the new text, what was deleted at the place where it stood.

    ignored: the page furniture left out. loss: what one side lacks altogether and so was not compared, of
    IGNORABLE. ignore: what the reader asked not to be compared. conserved: outside edits and ignored the letters
    of both texts are the same, but for the loss. shared: the share of the shorter text's words that come back in
    the other, 0 to 1. same: stretches that stand on both sides in the same order, from first to last.
    seconds and peak_mb: what it took.
    """

    edits: tuple[Edit, ...]
    ignored_old: tuple[Range, ...] = ()
    ignored_new: tuple[Range, ...] = ()
    loss: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    conserved: bool = True
    shared: float = 1.0
    same: tuple[Stretch, ...] = ()
    seconds: float = 0.0
    peak_mb: float = 0.0

    @property
    def is_related(self) -> bool:
        """The two texts have something in common."""
        return self.shared >= RELATED_LEAST

    def counts(self) -> dict[str, int]:
        """How many edits of each kind there are, those inside moved passages too; every kind is named."""
        found = dict.fromkeys(KINDS, 0)
        for edit in self.edits:
            found[edit.kind] += 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A passage of the old text in the new one. status: "unchanged", "moved", "changed" or "lost".

    old and new in code points; new None when lost. score: the share of its letters that came through, 0 to 1.
    method: "alignment", "words" or "likeness". review: a reader should look at it. near: where a lost passage
    stood, as far as known.
    """

    old: Range
    status: str
    new: Range | None
    score: float
    method: str
    review: bool
    near: Range | None = None


def comparison_to_plain(comparison: Comparison) -> dict[str, Any]:
    """As JSON types; rows instead of names where there are many."""
    return {
        "edits": [[edit.kind, edit.old, edit.new, edit.inside] for edit in comparison.edits],
        "ignored": [comparison.ignored_old, comparison.ignored_new],
        "loss": comparison.loss,
        "ignore": comparison.ignore,
        "conserved": comparison.conserved,
        "shared": comparison.shared,
        "same": comparison.same,
        "seconds": comparison.seconds,
        "peak_mb": comparison.peak_mb,
    }


def comparison_from_plain(plain: dict[str, Any]) -> Comparison:
    """The comparison again. KeyError, TypeError or ValueError for what is none."""
    ignored_old, ignored_new = plain["ignored"]
    return Comparison(
        edits=tuple(Edit(kind, _ranges(old), _ranges(new), bool(inside))
                    for kind, old, new, inside in plain["edits"]),
        ignored_old=_ranges(ignored_old), ignored_new=_ranges(ignored_new), loss=tuple(plain["loss"]),
        ignore=tuple(plain["ignore"]), conserved=bool(plain["conserved"]), shared=float(plain["shared"]),
        same=tuple((o1, o2, n1, n2) for o1, o2, n1, n2 in plain["same"]), seconds=float(plain["seconds"]),
        peak_mb=float(plain["peak_mb"]),
    )  # fmt: skip


def _ranges(plain: Any) -> tuple[Range, ...]:
    return tuple((start, end) for start, end in plain)
