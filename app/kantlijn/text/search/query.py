"""A query as readers type it: words, "phrases", AND OR NOT, begin* and *part*, NEAR.

    minister AND (preventie OR voorlichting) NOT kosten
    "nationaal rapporteur"     slacht*     NEAR(toezicht kosten, 10)     toezicht NEAR/10 kosten

With inside, words of four letters and more without quotes or stars are found inside longer ones too, as Dutch
makes them: behandeling in traumabehandeling.

Words beside each other must all be there; together() tells those that a reader may have meant as a phrase.
Operators are in capitals, in English or Dutch (EN, OF, NIET, NABIJ). Quotes and brackets left open are closed at
the query's end, since a reader may still be typing, and a sign that means nothing is left out. What could find
nothing however one reads it is refused with a sentence: operators without words, a star inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kantlijn.errors import Known
from kantlijn.text.fold import fold_words
from kantlijn.text.search.entry import JOINED, split_words
from kantlijn.words import say

DISTANCE = 10
"""Words that may stand between those of NEAR, unless it says otherwise."""
_PART_LEAST = 4
"""Letters of a word without quotes or stars that is found inside others too: "de" is not meant in "vrede"."""
_WITHIN_MOST = 100
"""Brackets inside each other, and words that should not be there, beyond which nobody reads a query."""
WHOLE, STARTS, ENDS, INSIDE = "whole", "starts", "ends", "inside"


@dataclass(frozen=True, slots=True)
class Term:
    """A folded word, and how a text's words must be like it: WHOLE, STARTS, ENDS or INSIDE."""

    word: str
    how: str = WHOLE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in any of these ways: "e-mail" is e, mail or email."""

    ways: tuple[tuple[Term, ...], ...]


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

_TOKEN = re.compile(
    r"""(?P<near>(?:NEAR|NABIJ)\s*\((?P<inside>[^()]*)\))|(?P<between>(?:NEAR|NABIJ)/(?P<far>\d{1,9})(?!\w))"""
    r"""|(?P<open>\()|(?P<close>\))|["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»](?P<star>\*?)|$)|(?P<word>[^\s()"“”„«»]+)"""
)
_BROKEN = re.compile(r"(?<=\w)(?:\u00ad?[-\u2010][ \t]*\r?\n\s*|\u00ad\s+)(?=\w)")
_AND, _OR, _NOT, _NEAR = {"AND", "EN", "&&"}, {"OR", "OF", "||"}, {"NOT", "NIET"}, {"NEAR", "NABIJ"}
_OPERATORS = _AND | _OR | _NOT | _NEAR
_STARRED = re.compile(r"[^\W_]\*+[^\W_]")
_QUOTES = re.compile(r"[\"“”„«»]")
_TELLING = re.compile(r"[\"“”„«»()*]|(?:^|\s)-\w|(?:NEAR|NABIJ)/\d")


def parse(typed: str, *, inside: bool = False) -> Node | None:
    """The query as a tree; None when there is no letter in it. Known for what can find nothing."""
    parser = _Parser(typed, inside)
    found = parser.whole()
    if found is None and any(point.isalnum() for point in typed):
        if parser.without:
            raise Known(
                say("“{query}” only says what should not be there. Put a word to look for before it.", query=typed)
            )
        raise Known(
            say("“{query}” has no word to look for. To look for that itself, put it in quotes.", query=typed)
        )
    return found


def together(typed: str, *, inside: bool = False) -> Phrase | None:
    """Plain words as the phrase they make; None for a single word, and for what has operators, quotes or stars."""
    words = typed.split()
    if len(words) < 2 or _TELLING.search(typed) or (_OPERATORS & set(words) and not _all_capitals(typed)):
        return None
    return phrase_of(typed, inside=inside)


def any_of(wanted: tuple[str, ...]) -> str:
    """A query for any of these words or phrases, stars at their ends included; none of them is an operator."""
    named = [query for one in wanted if (query := _quoted(_QUOTES.sub(" ", one)))]
    query = " OR ".join(named)
    if _all_capitals(query):  # abbreviations alone, which would be read as a title
        return " OR ".join(one if one[0] == '"' else f'"{one}"' for one in named)
    return query


def as_said(words: str) -> str:
    """A query for words as they stand in a text, where no sign among them means anything."""
    return _quoted(_QUOTES.sub(" ", words.replace("*", " ")))


def unquoted(signs: str) -> str:
    """Signs to be found to the letter, without the quotes around them."""
    within = signs[1:-1].strip() if len(signs) > 2 and _QUOTES.match(signs) and _QUOTES.match(signs[-1]) else ""
    return within or signs


def _quoted(words: str) -> str:
    """In quotes, unless one word that needs none, or signs alone, which are found to the letter."""
    plain = " ".join(words.split())
    means = " " in plain or _TELLING.search(plain.strip("*")) is not None or plain in _OPERATORS
    return f'"{plain}"' if means and any(point.isalnum() for point in plain) else plain


def _all_capitals(typed: str) -> bool:
    """Whether it is a title in capitals: its AND is no operator. One with quotes was typed as a query."""
    words = re.findall(r"[^\W\d_]+", typed)
    return len(words) > 2 and all(word.isupper() for word in words) and not _QUOTES.search(typed)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # and, or, not, open, close, between, leaf
    node: Node | None = None
    distance: int = DISTANCE


class _Parser:
    def __init__(self, typed: str, inside: bool) -> None:
        self._inside = inside
        self.without = False
        self._tokens = list(self._read(typed, operators=not _all_capitals(typed)))
        self._must_be_simple()
        self._at = 0

    def whole(self) -> Node | None:
        parts = []
        while self._at < len(self._tokens):
            part = self._either()
            if part is not None:
                parts.append(part)
            if self._kind() == "close":  # one too many
                self._at += 1
        return _every(parts)

    def _must_be_simple(self) -> None:
        deep = deepest = 0
        for token in self._tokens:
            deep += {"open": 1, "close": -1}.get(token.kind, 0)
            deepest = max(deepest, deep)
        if max(deepest, sum(token.kind == "not" for token in self._tokens)) > _WITHIN_MOST:
            raise Known(say("This query has too many brackets or exclusions. Make it simpler."))

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _read(self, typed: str, *, operators: bool) -> Iterator[_Token]:
        for found in _TOKEN.finditer(typed):
            if found["near"] is not None:
                yield from self._near(found["inside"])
            elif found["between"] is not None:
                yield _Token("between", distance=int(found["far"]))
            elif found["open"] or found["close"]:
                yield _Token("open" if found["open"] else "close")
            elif found["phrase"] is not None:
                if (leaf := phrase_of(found["phrase"] + (found["star"] or ""))) is not None:
                    yield _Token("leaf", leaf)
            else:
                yield from self._word(found["word"], operators)

    def _word(self, word: str, operators: bool) -> Iterator[_Token]:
        if operators:
            for kind, signs in (("and", _AND), ("or", _OR), ("not", _NOT), ("between", _NEAR)):
                if word in signs:
                    yield _Token(kind)
                    return
        if word[0] == "-" and len(word) > 1 and operators:
            yield _Token("not")
        if _STARRED.search(word):
            raise Known(
                say("A star stands at the beginning or the end of a word, not inside “{word}”. To look for it to"
                    " the letter, put it in quotes.", word=word)
            )  # fmt: skip
        if (leaf := phrase_of(word, inside=self._inside)) is not None:
            yield _Token("leaf", leaf)

    def _near(self, said: str) -> Iterator[_Token]:
        distance = DISTANCE
        if found := re.search(r",\s*(\d{1,9})\s*$", said):
            distance, said = int(found[1]), said[: found.start()]
        kept = [leaf for found in _TOKEN.finditer(said) if (leaf := self._leaf(found)) is not None]
        if len(kept) > 1:
            yield _Token("leaf", Near(tuple(kept), distance))
        elif kept:
            yield _Token("leaf", kept[0])

    def _leaf(self, found: re.Match[str]) -> Phrase | None:
        inside = self._inside and found["phrase"] is None
        return phrase_of(found["phrase"] or found["word"] or "", inside=inside)

    def _either(self) -> Node | None:
        parts = [self._all()]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._all())
        kept = tuple(dict.fromkeys(part for part in parts if part is not None))
        return Either(kept) if len(kept) > 1 else kept[0] if kept else None

    def _all(self) -> Node | None:
        parts: list[Node] = []
        others: list[Node] = []
        while (kind := self._kind()) in ("and", "not", "open", "leaf", "between"):
            if kind in ("and", "between"):
                self._at += 1
                continue
            without = False
            while self._kind() == "not":
                self._at += 1
                without = not without
            one = self._one()
            if one is not None:
                (others if without else parts).append(one)
                self.without = self.without or without
        found = _every(parts)
        if found is None:
            return None  # only what should not be there finds nothing
        for other in others:
            found = Without(found, other)
        return found

    def _one(self) -> Node | None:
        if self._kind() == "open":
            self._at += 1
            found = self._either()
            if self._kind() == "close":
                self._at += 1
            return found
        if self._kind() != "leaf":
            return None
        token = self._tokens[self._at]
        self._at += 1
        following = self._tokens[self._at : self._at + 2]
        if [one.kind for one in following] == ["between", "leaf"] and isinstance(token.node, Phrase):
            other = following[1].node
            if isinstance(other, Phrase):
                self._at += 2
                return Near((token.node, other), following[0].distance)
        return token.node


def _every(every: Sequence[Node]) -> Node | None:
    parts = [*dict.fromkeys(every)]
    if len(parts) < 2:
        return parts[0] if parts else None
    return Every(tuple(parts))


def phrase_of(said: str, *, inside: bool = False) -> Phrase | None:
    """What was said between quotes, or one word: * at its ends stands for any letters. None without a letter."""
    said = said.strip()
    starts, ends = said.startswith("*"), said.endswith("*")
    # copied from a page, over a line's end: the hyphen may be one of the word itself
    ways = [way for joint in ("", "-") for way in _ways(_BROKEN.sub(joint, said), starts, ends, inside)]
    return Phrase(tuple(dict.fromkeys(ways))) if ways else None


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
    return words if _other_figures(words) else ["".join(words)]


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


def _other_figures(parts: Sequence[str]) -> bool:
    """Whether these are figures, and other than thousands between points."""
    return all(part.isdecimal() for part in parts) and not (
        len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    )


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


def fits(term: Term, word: str) -> bool:
    """Whether a text's word is like the term; one in parts only if none of its parts is."""
    if word.startswith(JOINED):
        parts = word.split(JOINED)[1:]
        if _other_figures(parts) or any(fits(term, part) for part in parts):
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


def terms_of(node: Node) -> Iterator[Term]:
    """Every word of the query, those too that should not be there."""
    return (term for way in ways_of(node) for term in way)


def ways_of(node: Node) -> Iterator[tuple[Term, ...]]:
    """Every way to write a word or phrase of the query, those too that should not be there."""
    if isinstance(node, Phrase):
        yield from node.ways
    elif isinstance(node, Without):
        yield from ways_of(node.part)
        yield from ways_of(node.other)
    else:
        for part in node.phrases if isinstance(node, Near) else node.parts:
            yield from ways_of(part)


def possible(node: Node, squeezed: str) -> bool:
    """Whether a text may have what is looked for, from its letters alone (squeeze): quick, never wrongly no."""
    if isinstance(node, Phrase):
        return any(all(term.word in squeezed for term in way) for way in node.ways)
    if isinstance(node, Without):
        return possible(node.part, squeezed)
    parts = [possible(part, squeezed) for part in (node.phrases if isinstance(node, Near) else node.parts)]
    return any(parts) if isinstance(node, Either) else all(parts)
