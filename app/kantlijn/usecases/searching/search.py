"""Searching all documents, all annotations, or all notes, for words as people write them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from kantlijn.errors import Known
from kantlijn.text.search.query import Node, Phrase
from kantlijn.text.search.typed import parse, together, unquoted
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.find import find_document
from kantlijn.usecases.searching.hits import Group, Hit, Source
from kantlijn.usecases.searching.search_said import SaidSearch
from kantlijn.usecases.searching.search_texts import SignSearch, TextSearch
from kantlijn.words import say

WHERE = ("text", "annotations", "notes")
MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """total counts all; hits are the first 10,000 of them, by document, the newest version first.

    apart: the words are nowhere beside each other as typed; these are the texts that have them all.
    """

    total: int
    hits: tuple[Hit, ...]
    apart: bool = False


def search(desk: Desk, query: str, *, where: str = "text", document: str = "", whole: bool = False) -> Hits:
    """Where the query stands: case, accents, line breaks and hyphens aside. document: by any of its names.

    whole: not inside longer words. Known for an empty query or another where, NotFound for a document that is
    not there.
    """
    found = Search(desk, query, where=where, document=document, whole=whole)
    groups = tuple(found.groups())
    hits: list[Hit] = []
    for group in groups:
        hits += found.hits(group, 0, MOST - len(hits)) if len(hits) < MOST else []
    return Hits(total=sum(group.count for group in groups), hits=tuple(hits), apart=found.apart)


class Search:
    """One search. groups() runs over everything, once; then hits() gives what a list shows, part by part.

    Used in the thread that has the desk. unindexed: look too at texts that the index has not yet; waiting says
    how many those are. apart is as in Hits, after groups(). Known and NotFound as search().
    """

    def __init__(
        self, desk: Desk, query: str, *, where: str = "text", document: str = "", whole: bool = False,
        unindexed: bool = True,
    ) -> None:  # fmt: skip
        if where not in WHERE:
            raise Known(say("One searches in {places}, not in “{place}”.", places=", ".join(WHERE), place=where))
        self.query = query.strip()
        if not self.query:
            raise Known(say("Give the words to search for."))
        self.apart, self.waiting = False, 0
        self._desk, self._where, self._inside, self._unindexed = desk, where, not whole, unindexed
        self._only = find_document(desk, document).id if document else ""
        self._source: Source | None = None

    def groups(self) -> Iterator[Group]:
        """All that has hits, in the reader's order."""
        node = parse(self.query, inside=self._inside)
        phrase = together(self.query, inside=self._inside)
        in_turn: list[Node | None] = [node] if phrase is None else [phrase, node]
        if phrase is not None and phrase.signs and isinstance(node, Phrase):
            in_turn = [phrase]  # "§ 3" is one word with its sign: a 3 elsewhere is not meant
        for wanted in in_turn:
            self._source = self._source_for(wanted)
            found = False
            for group in self._source.groups():
                found = True
                self.apart = phrase is not None and wanted is node
                yield group
            if found:
                return

    def _source_for(self, node: Node | None) -> Source:
        if self._where != "text":
            wanted = node if node is not None else unquoted(self.query)
            return SaidSearch(self._desk, wanted, self._only, notes=self._where == "notes")
        if node is None:
            return SignSearch(self._desk, unquoted(self.query), self._only)
        texts = TextSearch(self._desk, node, inside=self._inside, only=self._only, unindexed=self._unindexed)
        self.waiting = 0 if self._unindexed else len(texts.waiting)
        return texts

    def hits(self, group: Group, first: int = 0, most: int | None = None) -> list[Hit]:
        """Those of one group, from number first on."""
        return self._source.hits(group, first, most) if self._source is not None else []


def begin(desk: Desk, query: str, *, where: str, whole: bool, unindexed: bool) -> Steps:
    """A search that goes on step by step, so that other work comes between. Known as search()."""
    return Steps(Search(desk, query, where=where, whole=whole, unindexed=unindexed))


class Steps:
    """The groups of a search, some at a time. done: all have come."""

    def __init__(self, found: Search) -> None:
        self.found = found
        self.done = False
        self._groups = found.groups()

    def more(self, seconds: float = 0.012) -> tuple[Group, ...]:
        """Those that come within this time; at least one look is taken."""
        until = time.monotonic() + seconds
        came = []
        for group in self._groups:
            came.append(group)
            if time.monotonic() > until:
                return tuple(came)
        self.done = True
        return tuple(came)


def more(_desk: Desk, steps: Steps) -> tuple[Group, ...]:
    """The next groups; in the thread of the desk."""
    return steps.more()


def hits_in(_desk: Desk, steps: Steps, group: Group, first: int, most: int) -> list[Hit]:
    """Hits of a group, from number first on; in the thread of the desk."""
    return steps.found.hits(group, first, most)
