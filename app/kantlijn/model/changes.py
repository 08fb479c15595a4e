"""What a verb did: records before and after. One mechanism for history, undo, redo and what panes ask again.

Changes go into the project's history in the same transaction as the records themselves. Plain forms (for
JSON) carry the record's type and a format number, so that later programs read earlier histories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.document import Document, Version
from kantlijn.model.filters import SavedFilter
from kantlijn.model.recipe import Recipe
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme

Record = Document | Version | Theme | Annotation | Anchor | Relation | SavedFilter | Recipe
KINDS: dict[str, type[Record]] = {
    "document": Document,
    "version": Version,
    "theme": Theme,
    "annotation": Annotation,
    "anchor": Anchor,
    "relation": Relation,
    "saved_filter": SavedFilter,
    "recipe": Recipe,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None where it did not exist. Both sides have the same type and id."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The side that exists, the later one first."""
        record = self.after if self.after is not None else self.before
        if record is None:
            raise ValueError("a change from nothing to nothing")
        return record

    @property
    def kind(self) -> str:
        return _NAMES[type(self.record)]

    @property
    def id(self) -> str:
        return self.record.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One step of the history: undone and redone as a whole.

    title names it in the menu ("Tag “…” with Detection"). Steps with the same merge, made one after
    the other by the same author, become one (typing in a note).
    """

    id: str
    at: str
    author: str
    title: str
    steps: tuple[Change, ...]
    merge: str = ""

    def inverse(self) -> Changes:
        """The way back: sides swapped, last step first."""
        return replace(self, steps=tuple(Change(s.after, s.before) for s in reversed(self.steps)))

    def touched(self, kind: str) -> set[str]:
        """Ids of the records of this kind ("annotation", "theme"…) that it changes."""
        return {step.id for step in self.steps if step.kind == kind}

    def __iter__(self) -> Iterator[Change]:
        return iter(self.steps)


def to_plain(record: Record) -> dict[str, Any]:
    """A record as JSON types, with its kind and format."""
    plain: dict[str, Any] = {"record": _NAMES[type(record)], "format": FORMAT}
    for field in fields(record):
        plain[field.name] = getattr(record, field.name)
    return plain


def _tupled(value: Any) -> Any:
    return tuple(_tupled(v) for v in value) if isinstance(value, (list, tuple)) else value


def from_plain(plain: Any) -> Record:
    """The record again. ValueError for a kind or format this program does not know."""
    if not isinstance(plain, dict):
        raise ValueError("a history record that is none")
    kind = KINDS.get(str(plain.get("record", "")))
    if kind is None or plain.get("format") != FORMAT:
        raise ValueError(f"a history record of unknown form: {plain.get('record')!r} {plain.get('format')!r}")
    names = {field.name for field in fields(kind)}
    values = {name: _tupled(value) for name, value in plain.items() if name in names}
    return kind(**values)
