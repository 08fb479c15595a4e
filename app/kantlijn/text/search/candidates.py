"""Which rows a query may find something in, from which words they have."""

from __future__ import annotations

from collections.abc import Callable

from kantlijn.text.search.query import Either, Near, Node, Phrase, Term, Without

Holding = Callable[[Term], frozenset[int] | None]
"""The rows with a word like the term, None when that would be nearly all."""
Following = Callable[[tuple[Term, ...]], frozenset[int] | None]
"""The rows in which words like these may follow each other, None when that is not known."""


def candidates(node: Node, holding: Holding, following: Following | None = None) -> frozenset[int] | None:
    """Rows among which are all that the query finds; None for any row."""
    if isinstance(node, Without):
        found, other = candidates(node.part, holding, following), _exactly(node.other, holding)
        return found if found is None or other is None else found - other
    if isinstance(node, Phrase):
        return _united([_of_way(way, holding, following) for way in node.ways])
    parts = node.phrases if isinstance(node, Near) else node.parts
    rows = [candidates(part, holding, following) for part in parts]
    return _united(rows) if isinstance(node, Either) else _in_common(rows)


def _of_way(way: tuple[Term, ...], holding: Holding, following: Following | None) -> frozenset[int] | None:
    together = following(way) if following is not None and len(way) > 1 else None
    return _in_common([together, *map(holding, way)])


def _exactly(node: Node, holding: Holding) -> frozenset[int] | None:
    """The rows that have it, where that is the same as having a word."""
    if isinstance(node, Phrase) and not node.signs and all(len(way) == 1 for way in node.ways):
        return candidates(node, holding)
    return None


def _in_common(sets: list[frozenset[int] | None]) -> frozenset[int] | None:
    known = [one for one in sets if one is not None]
    return frozenset.intersection(*known) if known else None


def _united(sets: list[frozenset[int] | None]) -> frozenset[int] | None:
    known = [one for one in sets if one is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None
