"""Annotations, and the anchors by which their passages are found again."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.document import Range
from kantlijn.model.layer import Quad

STYLES = ("highlight", "underline", "strike")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A passage with themes (in the order given) and a Markdown note. Times are UTC, "2026-11-20T19:29:00Z".

    style is how it is drawn: one of STYLES. colour ("#rrggbb") and origin are those of an annotation that another
    program left in a PDF, origin naming it there so that it is not imported twice; "" for those made here.
    """

    id: str
    document: str
    themes: tuple[str, ...] = ()
    note: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    style: str = "highlight"
    colour: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where an annotation's passage stands in one version; one row for each, the first never overwritten.

    range counts in that version's canonical text; quote is that text to the letter, prefix and suffix up
    to 64 code points around it. state: "original", or for carried ones "unchanged", "moved", "changed" or "lost"
    (then with an empty range where it stood and no quote). review: "" when nothing is to be looked at, "open",
    "accepted", "placed" (by the reader) or "dropped" (then lost).
    first_page and last_page are page indexes, None in a text without pages. quads are kept
    only for area passages, as (page index, corners in points); those of text follow from the text layer.
    An area passage has the empty range before the first character in reading order inside the area (where there
    is none: before the character nearest to its top left, or at the page's start), and no quote.
    """

    id: str
    annotation: str
    version: str
    range: Range
    quote: str
    prefix: str
    suffix: str
    first_page: int | None = None
    last_page: int | None = None
    page_label: str | None = None
    state: str = "original"
    score: float = 1.0
    method: str = "made"
    quads: tuple[tuple[int, Quad], ...] = ()
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An annotation as a pane shows it: with its anchor in the version at hand."""

    annotation: Annotation
    anchor: Anchor

    @property
    def id(self) -> str:
        return self.annotation.id

    @property
    def is_area(self) -> bool:
        """A part of a page, not a range of text."""
        return bool(self.anchor.quads)

    @property
    def reading_order(self) -> tuple[int, int, str]:
        """First character first; of two that begin together the longer; then as made."""
        start, end = self.anchor.range
        return (start, start - end, self.annotation.id)
