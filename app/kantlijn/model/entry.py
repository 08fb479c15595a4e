"""A quote with its place, as a summary and a register show it."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a quote stands. page and last_page are the labels of those where it begins and ends, or None; line
    counts from 1 where there are no pages.

    number is the version's, 0 when the document has but one. sheet counts the pages of a PDF from 1, whatever
    their labels; None for other files.
    """

    document: str
    version: str
    title: str
    identifier: str
    date: str
    file: str
    page: str | None
    line: int | None
    range: tuple[int, int]
    last_page: str | None = None
    number: int = 0
    sheet: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFile:
    """A version that quotes of a summary stand in. number is the version's, 0 when the document has but one."""

    title: str
    author: str
    organisation: str
    identifier: str
    date: str
    file: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One annotation: its quote made readable (hyphens joined, furniture left out), themes, note in Markdown."""

    annotation: str
    quote: str
    themes: tuple[Theme, ...]
    note: str
    author: str
    created: str
    modified: str
    source: Source
    before: str = ""
    after: str = ""
