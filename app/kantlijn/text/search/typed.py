"""A query as readers type it: words, "phrases", AND OR NOT, begin* and *part*, NEAR.

    minister AND (preventie OR voorlichting) NOT kosten
    "nationaal rapporteur"     slacht*     NEAR(toezicht kosten, 10)     toezicht NEAR/10 kosten

With inside, words of four letters and more without quotes or stars are found inside longer ones too, as Dutch
makes them: behandeling in traumabehandeling.

Words beside each other must all be there; together() tells those that a reader may have meant as a phrase.
Operators are in capitals, in English or Dutch (EN, OF, NIET, NABIJ). Quotes and brackets left open are closed at
the query's end, since a reader may still be typing, and a sign that means nothing is left out; those of signs.py
stay with their words. What could find nothing however one reads it is refused with a sentence: operators without
words, a star inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kantlijn.errors import Known
from kantlijn.text.search.phrasing import phrase_of
from kantlijn.text.search.query import Either, Every, Near, Node, Phrase, Without
from kantlijn.text.search.signs import beside
from kantlijn.words import say

DISTANCE = 10
"""Words that may stand between those of NEAR, unless it says otherwise."""
_WITHIN_MOST = 100
"""Brackets inside each other, and words that should not be there, beyond which nobody reads a query."""

_TOKEN = re.compile(
    r"""(?P<near>(?:NEAR|NABIJ)\s*\((?P<inside>[^()]*)\))|(?P<between>(?:NEAR|NABIJ)/(?P<far>\d{1,9})(?!\w))"""
    r"""|(?P<open>\()|(?P<close>\))|["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»](?P<star>\*?)|$)|(?P<word>[^\s()"“”„«»]+)"""
)
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
        for found in _TOKEN.finditer(beside(typed)):
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
