"""The ways in which texts may write words that a reader typed."""

from __future__ import annotations

import re
from dataclasses import replace

from kantlijn.text.fold import fold_words
from kantlijn.text.search.entry import split_words
from kantlijn.text.search.query import ENDS, INSIDE, STARTS, Phrase, Term, other_figures
from kantlijn.text.search.signs import signed

_PART_LEAST = 4
"""Letters of a word without quotes or stars that is found inside others too: "de" is not meant in "vrede"."""
_BROKEN = re.compile(r"(?<=\w)(?:\u00ad?[-\u2010][ \t]*\r?\n\s*|\u00ad\s+)(?=\w)")


def phrase_of(said: str, *, inside: bool = False) -> Phrase | None:
    """What was said between quotes, or one word: * at its ends stands for any letters. None without a letter."""
    said = said.strip()
    starts, ends = said.startswith("*"), said.endswith("*")
    # copied from a page, over a line's end: the hyphen may be one of the word itself
    ways = [way for joint in ("", "-") for way in _ways(_BROKEN.sub(joint, said), starts, ends, inside)]
    return Phrase(tuple(dict.fromkeys(ways)), signed(said)) if ways else None


def _ways(said: str, starts: bool, ends: bool, inside: bool) -> list[tuple[Term, ...]]:
    """How a text may write it; nothing without a letter."""
    pieces = [words for piece in said.split() if (words := _words(piece))]
    if not pieces:
        return []
    apart = [word for words in pieces for word in words]
    written = (
        apart,
        [word for words in pieces for word in _as_one(words)],
        [part for word in apart for part in _by_thousands(word)],
        _without_thousands(apart),
    )
    return [_way(words, starts, ends, inside) for words in written]


def _as_one(words: list[str]) -> list[str]:
    """What was typed in parts as one word: "email". Figures only where points part thousands: 12.000, not 3.1."""
    return words if other_figures(words) else ["".join(words)]


def _by_thousands(figures: str) -> list[str]:
    """Figures as many write them, 31015 as 31 015; any other word as it is."""
    if not (figures.isdecimal() and 3 < len(figures) < 10):
        return [figures]
    first = len(figures) % 3 or 3
    return [figures[:first], *(figures[at : at + 3] for at in range(first, len(figures), 3))]


def _without_thousands(words: list[str]) -> list[str]:
    """Figures in groups of three as others write them, 31 015 as 31015."""
    kept: list[str] = []
    grows = False
    for word in words:
        group = word.isdecimal() and len(word) == 3
        if group and grows:
            kept[-1] += word
        else:
            kept.append(word)
            grows = word.isdecimal() and len(word) <= 3 and word[0] != "0"
    return kept


def _words(piece: str) -> list[str]:
    return [found[0] for found in split_words(fold_words(piece).text)]


def _way(words: list[str], starts: bool, ends: bool, inside: bool) -> tuple[Term, ...]:
    """starts, ends: a star there, or with inside everywhere but where a star is."""
    way = [Term(word) for word in words]
    if not (starts or ends):
        starts, ends = inside and len(words[0]) >= _PART_LEAST, inside and len(words[-1]) >= _PART_LEAST
    if starts:
        way[0] = replace(way[0], how=ENDS)
    if ends:
        way[-1] = replace(way[-1], how=INSIDE if starts and len(way) == 1 else STARTS)
    return tuple(way)
