"""A text as its row of letters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence, Set
from functools import cached_property

from kantlijn.text.search.letters import END, apart
from kantlijn.text.search.repeated import Repeated

Span = tuple[int, int]
"""Half-open, in places among the words of a text."""
Origin = tuple[int, int, int]


class SpelledEntry:
    """An entry with its words and others as letters. origins as in Entry, or what gives them when asked.

    All three may be what gives them when they are needed. repeated: how often it has its words, packed.
    """

    def __init__(
        self,
        letters: str | Callable[[], str],
        others: str | Callable[[], str],
        origins: Sequence[Origin] | Callable[[], Sequence[Origin]],
        repeated: bytes | None = None,
    ) -> None:
        self._repeated = repeated
        self._letters = letters
        self._others = others
        self._origins = origins

    @property
    def letters(self) -> str:
        if callable(self._letters):
            self._letters = self._letters()  # what gave them, and the bytes it has, are let go
        return self._letters

    @cached_property
    def repeated(self) -> Repeated | None:
        return None if self._repeated is None else Repeated(self._repeated)

    @cached_property
    def words(self) -> Sequence[str]:
        return apart(self.letters)

    @cached_property
    def stretches(self) -> Sequence[str]:
        if callable(self._others):
            self._others = self._others()
        return apart(self._others)

    def origin(self, start: int, end: int) -> Span:
        """Where what stands in a stretch, the joined word in it, stands among the words."""
        number = bisect_right(self._begins, start) - 1
        place, before, parts = self._where[number]
        offset, last = start - self._begins[number] - 1, end - self._begins[number] - 1
        return place + offset, place + last + (parts - 1 if last > before else 0)

    @cached_property
    def _begins(self) -> list[int]:
        return [place for place, letter in enumerate(self.stretches) if letter == END]

    @cached_property
    def _where(self) -> Sequence[Origin]:
        return self._origins() if callable(self._origins) else self._origins


class Row:
    """A text as its row of letters, and what a query knows of it.

    present: of the letters of a term with at most SPELLED_MOST of them, those that the row has, and of what
    Matcher.written() gives that it may have; None: not known. signed: whether the text has what signed() gave at
    a span of its words; None: any will do.
    """

    __slots__ = ("entry", "present", "signed")

    def __init__(
        self, entry: SpelledEntry, present: Set[str] | None = None,
        signed: Callable[[Span, str], bool] | None = None,
    ) -> None:  # fmt: skip
        self.entry = entry
        self.present = present
        self.signed = signed

    @property
    def letters(self) -> str:
        return self.entry.letters

    @property
    def words(self) -> Sequence[str]:
        return self.entry.words

    @property
    def stretches(self) -> Sequence[str]:
        return self.entry.stretches

    @property
    def repeated(self) -> Repeated | None:
        return self.entry.repeated

    def origin(self, start: int, end: int) -> Span:
        """As SpelledEntry.origin()."""
        return self.entry.origin(start, end)
