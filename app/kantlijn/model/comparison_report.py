"""A comparison as it goes into a file: its sides, its changes with their words, and the whole as one redline."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.document import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two versions. number 0 when its document has one version only; pages: label and range each."""

    title: str
    file: str
    number: int
    date: str
    pages: tuple[tuple[str, Range], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An annotation that a change touches, or that was carried: themes as (letter, name, colour).

    state: how it was carried, in words; "" when it was not. quote: its words, only of carried ones.
    """

    themes: tuple[tuple[str, str, str], ...]
    note: str
    state: str = ""
    quote: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a report says beside the changes; the sentences are in the language of the report.

    touched: by the edit's place in the comparison. carried: all that was carried, when it is to be in the report.
    """

    title: str
    language: str
    made: str
    author: str
    old: Side
    new: Side
    warnings: tuple[str, ...] = ()
    conserved: str = ""
    touched: dict[int, tuple[Touched, ...]]
    carried: tuple[Touched, ...] = ()
    whole: bool = True
    """With the whole text as a redline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A change as it is listed. number: its place in the comparison; before, after: the words around it."""

    number: int
    kind: str
    old_page: str
    new_page: str
    before: str
    old: str
    new: str
    after: str
    old_ranges: tuple[Range, ...]
    new_ranges: tuple[Range, ...]
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Part of a paragraph of the redline. kind: as text.compare.redline has it; number: the edit, -1 for none."""

    kind: str
    text: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the redline. end: the kind of the run that its line break belongs to."""

    words: tuple[Words, ...]
    end: str = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonReport:
    """Everything a writer of a file needs."""

    about: About
    counts: dict[str, int]
    changes: tuple[Listed, ...]
    paragraphs: tuple[Paragraph, ...]
