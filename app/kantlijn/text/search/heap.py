"""An index in memory, for texts that no project keeps an entry of: notes, and documents not yet indexed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from kantlijn.model.document import Range
from kantlijn.text.search import letters
from kantlijn.text.search.entry import END, JOINED, Entry, entry_of, placed
from kantlijn.text.search.match import Row, Span
from kantlijn.text.search.query import Term, fits


class Heap:
    """Texts by any name. add() replaces; places() gives where spans of a row stand in its text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._kept: dict[Hashable, tuple[Row, str, tuple[Range, ...], Entry]] = {}

    def __contains__(self, name: Hashable) -> bool:
        return name in self._kept

    def add(self, name: Hashable, text: str, auxiliary: Sequence[Range] = ()) -> Row:
        entry = entry_of(text, auxiliary)
        row = Row(self._spelled(entry.words), self._spelled(entry.others), entry.origins)
        self._kept[name] = row, text, tuple(auxiliary), entry
        return row

    def _spelled(self, words: Sequence[str]) -> bytes:
        return "".join(
            letters.END if word == END else letters.spelled(self._number(word)) for word in words
        ).encode()

    def row(self, name: Hashable) -> Row:
        return self._kept[name][0]

    def spelling(self, term: Term) -> tuple[frozenset[str], frozenset[str]]:
        """What Matcher asks for."""
        found = [word for word in self._words if fits(term, word)]
        spelled = {word: letters.spelled(self._numbers[word]) for word in found}
        joined = frozenset(letter for word, letter in spelled.items() if word.startswith(JOINED))
        return frozenset(spelled.values()) - joined, joined

    def places(self, name: Hashable, spans: Sequence[Span]) -> list[Range]:
        """The ranges of these spans in the text."""
        _, text, auxiliary, entry = self._kept[name]
        lengths = list(map(len, entry.words))
        return [placed(text, auxiliary, entry.points, lengths, span) for span in spans]

    def _number(self, word: str) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self._words)
            self._words.append(word)
        return self._numbers[word]
