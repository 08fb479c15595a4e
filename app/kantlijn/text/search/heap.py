"""An index in memory, for texts that no project keeps an entry of: notes, and documents not yet indexed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from kantlijn.model.document import Range
from kantlijn.text.search import letters
from kantlijn.text.search.entry import Numbered, entry_of, numbered, placed
from kantlijn.text.search.query import Term
from kantlijn.text.search.row import Row, Span, SpelledEntry
from kantlijn.text.search.signs import with_signs
from kantlijn.text.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Kept:
    row: Row
    text: str
    auxiliary: tuple[Range, ...]
    points: Sequence[int]
    lengths: Sequence[int]


class Heap:
    """Texts by any name. add() replaces; places() gives where spans of a row stand in its text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words = Vocabulary()
        self._kept: dict[Hashable, _Kept] = {}

    def __contains__(self, name: Hashable) -> bool:
        return name in self._kept

    def add(
        self, name: Hashable, text: str, auxiliary: Sequence[Range] = (), entry: Numbered | None = None
    ) -> Row:
        """entry: what numbered() gives for it, where it was made before."""
        made = entry or numbered(entry_of(text, auxiliary))
        spelled = [*map(self._letter, made.distinct), letters.END]
        words, others = ("".join(map(spelled.__getitem__, row)) for row in (made.words, made.others))
        row = Row(SpelledEntry(words, others, made.origins), signed=partial(self._signed, name))
        sizes = [len(made.distinct[number]) for number in made.words]
        self._kept[name] = _Kept(row, text, tuple(auxiliary), made.points, sizes)
        return row

    def _letter(self, word: str) -> str:
        if word not in self._numbers:
            self._numbers[word] = len(self._words)
            self._words.extend([word])
        return letters.spelled(self._numbers[word])

    def row(self, name: Hashable) -> Row:
        return self._kept[name].row

    def spelling(self, term: Term) -> tuple[frozenset[str], frozenset[str]]:
        """What a Matcher asks for."""
        return self._words.spelling(term)

    def _signed(self, name: Hashable, span: Span, signs: str) -> bool:
        kept = self._kept[name]
        return with_signs(kept.text, kept.auxiliary, self.places(name, [span])[0], [signs]) is not None

    def places(self, name: Hashable, spans: Sequence[Span]) -> list[Range]:
        """The ranges of these spans in the text."""
        kept = self._kept[name]
        return [placed(kept.text, kept.auxiliary, kept.points, kept.lengths, span) for span in spans]
