"""What is looked for, as a tree: words and phrases, near each other, all, any, or one without another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kantlijn.text.search.entry import JOINED

WHOLE, STARTS, ENDS, INSIDE = "whole", "starts", "ends", "inside"


@dataclass(frozen=True, slots=True)
class Term:
    """A folded word, and how a text's words must be like it: WHOLE, STARTS, ENDS or INSIDE."""

    word: str
    how: str = WHOLE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in any of these ways: "e-mail" is e, mail or email.

    signs: as signed() gives, where signs that tell must stand beside them; a row of words does not know.
    """

    ways: tuple[tuple[Term, ...], ...]
    signs: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases with at most distance words between one and the next, in any order."""

    phrases: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What is in texts that lack another thing altogether."""

    part: Node
    other: Node


Node = Phrase | Near | Every | Either | Without


def other_figures(parts: Sequence[str]) -> bool:
    """Whether these are figures, and other than thousands between points."""
    return all(part.isdecimal() for part in parts) and not (
        len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    )


def fits(term: Term, word: str) -> bool:
    """Whether a text's word is like the term; one in parts only if none of its parts is."""
    if word.startswith(JOINED):
        parts = word.split(JOINED)[1:]
        if other_figures(parts) or any(fits(term, part) for part in parts):
            return False
        return fits(term, "".join(parts))
    if term.how == WHOLE:
        return word == term.word
    if term.how == STARTS:
        return word.startswith(term.word)
    return word.endswith(term.word) if term.how == ENDS else term.word in word


def wordings(node: Node) -> set[str]:
    """The letters of each phrase that is looked for, spaces left out."""
    if isinstance(node, Phrase):
        return {"".join(term.word for term in way) for way in node.ways}
    if isinstance(node, Without):
        return wordings(node.part)
    return {one for part in (node.phrases if isinstance(node, Near) else node.parts) for one in wordings(part)}


def signs_of(node: Node) -> set[str]:
    """What signed() gave for the phrases that are looked for."""
    return {phrase.signs for phrase in phrases_of(node) if phrase.signs}


def terms_of(node: Node) -> Iterator[Term]:
    """Every word of the query, those too that should not be there."""
    return (term for way in ways_of(node) for term in way)


def ways_of(node: Node) -> Iterator[tuple[Term, ...]]:
    """Every way to write a word or phrase of the query, those too that should not be there."""
    return (way for phrase in phrases_of(node) for way in phrase.ways)


def phrases_of(node: Node) -> Iterator[Phrase]:
    """Every word or phrase of the query, those too that should not be there."""
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Without):
        yield from phrases_of(node.part)
        yield from phrases_of(node.other)
    else:
        for part in node.phrases if isinstance(node, Near) else node.parts:
            yield from phrases_of(part)


def possible(node: Node, squeezed: str) -> bool:
    """Whether a text may have what is looked for, from its letters alone (squeeze): quick, never wrongly no."""
    if isinstance(node, Phrase):
        return any(all(term.word in squeezed for term in way) for way in node.ways)
    if isinstance(node, Without):
        return possible(node.part, squeezed)
    parts = [possible(part, squeezed) for part in (node.phrases if isinstance(node, Near) else node.parts)]
    return any(parts) if isinstance(node, Either) else all(parts)
