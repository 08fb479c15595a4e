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
_GLUED_WORD = re.compile(
    rf"[{_ALONE}][\u0300-\u036f\u0e31-\u0e4e]*|[^\W_{_ALONE}]+(?:[^\w\s]+[^\W_{_ALONE}]+)*[\u0300-\u036f]*"
)
_GLUED_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[^\w\s]+[A-Za-z0-9]+)*")
_DIGITS = re.compile(r"\d+")
_BROKEN = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\u2011](?=([^\W\d_]+))")
_SENTENCE_END = re.compile(r"[.!?;:][\"'”’»)\]]*\s*$")
_CLOSING = re.compile(r"[^\w\s]+(?=\s|$)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\f")

_GAP = 400  # code points between two words that are looked at; rows of dots may be longer
PARAGRAPH, SENTENCE_AT_LINE_END, SENTENCE, CLAUSE = 4.0, 2.5, 2.0, 1.0


LETTERS = ("all", "bare", "dropped", "cut")
"""What counts of letters beyond A to Z: all, written plain; what is left of them without their accents (of é, not
of ß); nothing; nothing, and they part the words they stand in."""


def folded(text: str, letters: str = "all") -> str:
    """Letters and digits alone, without case and accents. letters: of LETTERS."""
    if letters != "all" and not text.isascii():
        if letters == "bare":
            text = unicodedata.normalize("NFKD", text)
        text = text.encode("ascii", "ignore").decode()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in apart if letter.isalnum())


class Keys(dict[str, str]):
    """A word to its key; learned as met, shared by the two texts of a comparison. letters: of LETTERS."""

    def __init__(self, letters: str = "all") -> None:
        self.letters = letters

    def __missing__(self, word: str) -> str:
        key = self[word] = folded(word, self.letters)
        return key


class Words:
    """keys[i] stands at text[starts[i]:ends[i]], code points; ignored ranges hold no words."""

    def __init__(self, text: str, ignored: Sequence[Range]) -> None:
        self.text = text
        self.ignored = tuple(ignored)
        self.mask = _blanked(text, ignored)
        self.keys: list[str] = []
        self.starts: array[int] = array("I")
        self.ends: array[int] = array("I")
        self._keys = Keys()

    def __len__(self) -> int:
        return len(self.keys)

    def split(self, keys: Keys, *, numbers: bool = True, signs: str = "") -> None:
        """Find the words. numbers False leaves them out; signs: of words with a sign in them, see Loss."""
        self._keys = keys
        plain = keys.letters == "cut"
        if signs == "glued":
            pattern = _GLUED_PLAIN_WORD if plain else _GLUED_WORD
        else:
            pattern = _PLAIN_WORD if plain else _WORD
        for found in pattern.finditer(self.mask):
            word, start = found[0], found.start()
            if signs and not word.isalpha():
                self._split_signed(word, start, numbers, apart=signs == "apart")
            elif numbers or not word[0].isdigit():
                self._add(keys[word], start, found.end())

    def _split_signed(self, word: str, start: int, numbers: bool, *, apart: bool) -> None:
        if apart and word[0].isdigit():
            if numbers:
                for part in _DIGITS.finditer(word):
                    self._add(self._keys[part[0]], start + part.start(), start + part.end())
            return
        self._add(self._keys[word if numbers else _DIGITS.sub("", word)], start, start + len(word))

    def _add(self, key: str, start: int, end: int) -> None:
        if key:
            self.keys.append(key)
            self.starts.append(start)
            self.ends.append(end)

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
            if self.starts[left + 1] != found.end():
                continue
            pair = self.keys[left], self.keys[left + 1]
            is_known = pair[0] + pair[1] in known
            soft = self.mask[found.start()] == "\u00ad"
            if not (is_known or self.mask[found.end()].islower()):
                continue
            if not pair[0].isdigit() and (soft or pair not in hyphened or is_known):
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
