"""The words of all indexed texts, by number: which are like what is looked for, and how long each is."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from kantlijn.text.search import letters
from kantlijn.text.search.entry import JOINED
from kantlijn.text.search.query import ENDS, STARTS, WHOLE, Term, fits

_NEEDLES = {WHOLE: "\n{}\n", STARTS: "\n{}", ENDS: "{}\n"}


class Vocabulary:
    """Words only ever come in; the first has number 0. Found by running through one long text of them all."""

    def __init__(self) -> None:
        self._all = _Lines()
        self._joined = _Lines()  # words in parts, written as one
        self._joined_numbers = array("I")

    def __len__(self) -> int:
        return len(self._all)

    def extend(self, words: Iterable[str]) -> None:
        """These get the next numbers."""
        for word in words:
            if word.startswith(JOINED):
                self._joined_numbers.append(len(self._all))
                self._joined.add(word.replace(JOINED, ""))
            self._all.add(word)

    def word(self, number: int) -> str:
        """The word of this number."""
        return self._all.line(number)

    def length(self, number: int) -> int:
        """Letters of a word."""
        return self._all.length(number)

    def like(self, term: Term) -> tuple[list[int], list[int]]:
        """The numbers of the words like the term: those in texts, and those that stand for words in parts."""
        needle = _NEEDLES.get(term.how, "{}").format(term.word)
        plain = [number for number in self._all.with_(needle) if not self._all.line(number).startswith(JOINED)]
        joined = [
            number
            for place in self._joined.with_(needle)
            if fits(term, self._all.line(number := self._joined_numbers[place]))
        ]
        return plain, joined

    def spelling(self, term: Term) -> tuple[frozenset[str], frozenset[str]]:
        """The same as letters of rows: what a Matcher asks for."""
        plain, joined = self.like(term)
        return frozenset(map(letters.spelled, plain)), frozenset(map(letters.spelled, joined))


class _Lines:
    """Lines in one text, each between newlines."""

    def __init__(self) -> None:
        self._text = "\n"
        self._fresh: list[str] = []
        self._starts = array("L")
        self._size = 1

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, line: str) -> None:
        self._fresh.append(line)
        self._starts.append(self._size)
        self._size += len(line) + 1

    def _whole(self) -> str:
        if self._fresh:
            self._text = "".join((self._text, "\n".join(self._fresh), "\n"))
            self._fresh.clear()
        return self._text

    def length(self, number: int) -> int:
        after = self._starts[number + 1] if number + 1 < len(self._starts) else self._size
        return after - self._starts[number] - 1

    def line(self, number: int) -> str:
        start = self._starts[number]
        return self._whole()[start : start + self.length(number)]

    def with_(self, needle: str) -> Iterator[int]:
        """The numbers of the lines with it in them; a newline in it stands for a line's edge."""
        text = self._whole()
        place = text.find(needle)
        while place >= 0:
            number = bisect_right(self._starts, place + (needle[0] == "\n")) - 1
            yield number
            if number + 1 >= len(self._starts):
                return
            place = text.find(needle, self._starts[number + 1] - 1)
