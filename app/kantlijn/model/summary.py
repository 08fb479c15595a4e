"""An annotated summary as a tree, before any format: what export/ turns into a file."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a quote stands. page is its label, or None; line counts from 1 where there are no pages.

    number is the version's, 0 when the document has but one.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A theme or a document with its entries in reading order, and the groups inside it."""

    title: str
    theme: Theme | None = None
    document: str | None = None
    about: str = ""
    entries: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """by: "theme" or "document". language: in which theme names and fixed words are given.

    made is UTC, "2026-11-20T19:29:00Z"; project is the project's file name, for links back; total counts
    annotations, each once.
    """

    title: str
    by: str
    made: str
    language: str
    groups: tuple[Group, ...]
    total: int
    project: str = ""
