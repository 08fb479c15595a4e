"""A text as a row of words that can be compared with another's, each with its way back to the text.

A word's key is folded (case, accents, soft hyphens). Numbers with their points and commas are one word, so that
3.1 and 31 differ. What a line end broke is put together when either text knows the word so, or does not know the
two parts with a hyphen between them.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from kantlijn.model.document import Range

_INSIDE = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_ALONE = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that put no spaces between words: each of their letters is compared by itself."""
_LETTER = rf"[^\W\d_{_ALONE}]"
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)*|[{_ALONE}][\u0300-\u036f\u0e31-\u0e4e]*|{_LETTER}+(?:[{_INSIDE}]+{_LETTER}+)*[\u0300-\u036f]*"
)
_PLAIN_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+")
_BROKEN = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\u2011](?=([^\W\d_]+))")
_SENTENCE_END = re.compile(r"[.!?;:][\"'”’»)\]]*\s*$")
_CLOSING = re.compile(r"[^\w\s]+(?=\s|$)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\f")

_GAP = 400  # code points between two words that are looked at; rows of dots may be longer
PARAGRAPH, SENTENCE_AT_LINE_END, SENTENCE, CLAUSE = 4.0, 2.5, 2.0, 1.0


class Keys(dict[str, str]):
    """A word to its key; learned as met, shared by the two texts of a comparison."""

    def __missing__(self, word: str) -> str:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
        key = self[word] = "".join(letter for letter in apart if letter.isalnum())
        return key


class Words:
    """keys[i] stands at text[starts[i]:ends[i]], code points; ignored ranges hold no words."""

    def __init__(self, text: str, ignored: Sequence[Range], keys: Keys) -> None:
        self.text = text
        self.ignored = tuple(ignored)
        self.mask = _blanked(text, ignored)
        self.keys: list[str] = []
        self.starts: array[int] = array("I")
        self.ends: array[int] = array("I")
        self._keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    def split(self, *, numbers: bool = True, plain: bool = False) -> None:
        """Find the words. numbers False leaves them out; plain: only A to Z are letters, others part words."""
        learn = self._keys
        for found in (_PLAIN_WORD if plain else _WORD).finditer(self.mask):
            word = found[0]
            if not numbers and word[0].isdigit():
                continue
            key = learn[word]
            if key:
                self.keys.append(key)
                self.starts.append(found.start())
                self.ends.append(found.end())

    def hyphened(self) -> set[tuple[str, str]]:
        """Pairs of keys that stand inside a line with a hyphen between them."""
        return {(self._keys[one], self._keys[two]) for one, two in _HYPHENED.findall(self.mask)}

    def join(self, known: Collection[str], hyphened: Collection[tuple[str, str]]) -> None:
        """Put words together that a line end broke. known: the keys of both texts; hyphened likewise."""
        joins = set()
        for found in _BROKEN.finditer(self.mask):
            left = bisect_left(self.ends, found.start())
            if left + 1 >= len(self.ends) or self.ends[left] != found.start():
                continue
            if self.starts[left + 1] != found.end() or not self.mask[found.end()].islower():
                continue
            pair = self.keys[left], self.keys[left + 1]
            soft = self.mask[found.start()] == "\u00ad"
            if not pair[0].isdigit() and (soft or pair not in hyphened or pair[0] + pair[1] in known):
                joins.add(left)
        if joins:
            self._joined(joins)

    def _joined(self, joins: set[int]) -> None:
        keys, starts, ends = self.keys, self.starts, self.ends
        self.keys, self.starts, self.ends = [], array("I"), array("I")
        place, count = 0, len(keys)
        while place < count:
            first = place
            while place in joins:
                place += 1
            self.keys.append(keys[first] if first == place else "".join(keys[first : place + 1]))
            self.starts.append(starts[first])
            self.ends.append(ends[place])
            place += 1

    def boundary(self, place: int) -> float:
        """How strong the edge before this word is: PARAGRAPH … CLAUSE, less for a line's end, -1 inside a word."""
        if place <= 0 or place >= len(self.starts):
            return PARAGRAPH
        gap = self.mask[self.ends[place - 1] : self.starts[place]]
        if len(gap) > _GAP:
            gap = gap[: _GAP // 2] + gap[-_GAP // 2 :]
        if not any(point.isspace() for point in gap):
            return -1.0
        ended = bool(_SENTENCE_END.search(gap.split("\n", 1)[0])) if gap.strip() else False
        if _PARAGRAPH.search(gap):
            return PARAGRAPH if ended or "\f" not in gap else CLAUSE
        if ended:
            return SENTENCE_AT_LINE_END if "\n" in gap else SENTENCE
        if gap.strip():
            return CLAUSE
        return 0.5 if "\n" in gap else 0.0

    def letters(self, start: int, end: int) -> int:
        """Code points of the keys of words [start, end)."""
        return sum(map(len, self.keys[start:end]))

    def ranges(self, start: int, end: int) -> tuple[Range, ...]:
        """Where the words [start, end) stand in the text, ignored ranges between them left out.

        Whole sentences keep the sign that ends them.
        """
        if start >= end:
            return ()
        first, last = self.starts[start], self.ends[end - 1]
        if self.boundary(start) >= SENTENCE and self.boundary(end) >= SENTENCE:
            closing = _CLOSING.match(self.mask, last)
            last = closing.end() if closing else last
        found = []
        place = first
        near = bisect_right(self.ignored, (first, first))
        for gap in self.ignored[near:]:
            if gap[0] >= last:
                break
            found += self._trimmed(place, gap[0])
            place = max(place, gap[1])
        return tuple(found + self._trimmed(place, last))

    def _trimmed(self, start: int, end: int) -> list[Range]:
        """The range without white space at its ends; none when nothing is left."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return [(start, end)] if start < end else []

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The words that lie at least partly in this range of the text."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def _blanked(text: str, ignored: Sequence[Range]) -> str:
    """The text with spaces for what is ignored, so that places stay the same."""
    pieces = []
    place = 0
    for start, end in ignored:
        pieces += [text[place:start], " " * (end - max(place, start))]
        place = max(place, end)
    return "".join([*pieces, text[place:]])
