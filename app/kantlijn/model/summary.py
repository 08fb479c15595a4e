"""An annotated summary as a tree, before any format: what export/ turns into a file."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.entry import Entry, UsedFile
from kantlijn.model.register import RegisterRow
from kantlijn.model.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A theme, a document or a type of relation, with its entries in order, and the groups inside it.

    about is one line; text is Markdown: a theme's definition or a document's note. relations take the place of
    entries where relations are gathered.
    """

    title: str
    theme: Theme | None = None
    document: str | None = None
    about: str = ""
    text: str = ""
    entries: tuple[Entry, ...] = ()
    relations: tuple[RegisterRow, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """by: one of BY. language: in which theme names and fixed words are given.

    made is UTC, "2026-11-20T19:29:00Z"; project is the project's file name, for links back, "" where it has none.
    total counts annotations, or relations where these are gathered, each once; left_out those that a preview
    leaves away. footnotes: where sources stand, else under each quote. register: the rows, when by is "register".
    used: the files that its quotes stand in, when these are to be listed at the end.
    """

    title: str
    by: str
    made: str
    language: str
    groups: tuple[Group, ...]
    total: int
    project: str = ""
    footnotes: bool = False
    register: tuple[RegisterRow, ...] = ()
    used: tuple[UsedFile, ...] = ()
    left_out: int = 0
