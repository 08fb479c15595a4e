"""An annotation as lists show it, made once and kept as long as it stays true."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count

from kantlijn.model.annotation import Passage
from kantlijn.model.document import Version
from kantlijn.text.fold import squeeze
from kantlijn.usecases.readings import Reading, Readings

_KEPT = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationRow:
    """An annotation as the list shows it.

    readable: the quote with hyphens joined and furniture left out; of an area the words inside it, or "".
    relations: how many it has.
    """

    passage: Passage
    document_title: str
    version: Version
    readable: str
    relations: int = 0


class Known:
    """A row, and its words and note folded for a text filter."""

    def __init__(self, row: AnnotationRow, reading: Reading) -> None:
        self.row = row
        self.annotation = row.passage.annotation
        self._reading = reading

    @cached_property
    def folded(self) -> str:
        note = self.row.passage.annotation.note
        return f"{self._reading.folded}\n{squeeze(note).text}" if note else self._reading.folded


_Asked = tuple[list[Passage], dict[str, str], dict[str, Version], dict[str, int]]


def _same(one: list[Passage], other: list[Passage]) -> bool:
    """Passages are kept: those that did not change are the same objects, which is seen at once."""
    return len(one) == len(other) and all(map(operator.is_, one, other))


def _shared(some: list[Passage], others: list[Passage]) -> int:
    """How many at their beginnings are the same objects."""
    return next(compress(count(), map(operator.is_not, some, others)), min(len(some), len(others)))


class Rows:
    """By anchor. A row stays while its passage is the same object, and version, title and relations are equal."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._kept: dict[str, Known] = {}
        self._versions: dict[str, Version] = {}
        self._last: tuple[_Asked, list[Known]] | None = None

    def versions(self, found: list[Version]) -> dict[str, Version]:
        """These versions by id; the same objects as before, where nothing of them changed."""
        kept = self._versions
        self._versions = {one.id: kept[one.id] if kept.get(one.id) == one else one for one in found}
        return self._versions

    def every(
        self, found: list[Passage], titles: dict[str, str], versions: dict[str, Version], related: dict[str, int],
        *, whole: bool,
    ) -> list[Known]:
        """The rows of these passages. whole: they are all there are, and kept for the next time that they are."""
        asked = (found, titles, versions, related)
        if whole and self._last is not None and _same(self._last[0][0], found) and self._last[0][1:] == asked[1:]:
            return self._last[1]
        head, tail = self._untouched(asked)
        made = [
            *head,
            *(
                self.of(
                    passage, titles[passage.annotation.document], versions[passage.anchor.version],
                    related.get(passage.annotation.id, 0),
                )
                for passage in found[len(head) : len(found) - len(tail)]
            ),
            *tail,
        ]  # fmt: skip
        if whole:
            self._last = (asked, made)
        return made

    def _untouched(self, asked: _Asked) -> tuple[list[Known], list[Known]]:
        """The rows before and behind what changed since all were last asked for; a tag changes but one."""
        if self._last is None or self._last[0][1:] != asked[1:]:
            return [], []
        (before, *_), rows = self._last
        head = _shared(before, asked[0])
        tail = _shared(before[head:][::-1], asked[0][head:][::-1])
        return rows[:head], rows[len(rows) - tail :]

    def of(self, passage: Passage, title: str, version: Version, relations: int) -> Known:
        """The row of this passage."""
        known = self._kept.get(passage.anchor.id)
        if known is not None:
            row = known.row
            if (
                row.passage is passage
                and row.version is version
                and row.relations == relations
                and row.document_title == title
            ):
                return known
        reading = self._readings.of(version, passage.anchor)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        known = self._kept[passage.anchor.id] = Known(
            AnnotationRow(
                passage=passage, document_title=title, version=version, readable=reading.words, relations=relations
            ),
            reading,
        )
        return known
