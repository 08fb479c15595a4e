"""The annotations of the version in a pane: read anew in part, painted as marks, told as cards."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kantlijn.model.annotation import Passage
from kantlijn.model.changes import Changes
from kantlijn.model.document import Content, Range
from kantlijn.model.theme import Theme
from kantlijn.ui.margin.card import Card, Related
from kantlijn.ui.page.view import Mark
from kantlijn.ui.reader.opened import Tagged, card_of, mark_of


class Annotated:
    """Passages with their marks, by annotation."""

    def __init__(self) -> None:
        self._passages: dict[str, Passage] = {}
        self._themes: dict[str, Theme] = {}
        self._marks: dict[str, Mark] = {}
        self._relations: dict[str, tuple[Related, ...]] = {}
        self._selected: frozenset[str] = frozenset()
        self.lens: frozenset[str] | None = None
        """The themes to look through; None for no lens."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(self._marks.values())

    @property
    def seen(self) -> list[Range] | None:
        """Where the passages with the lens's themes stand; None without a lens."""
        if self.lens is None:
            return None
        return [p.anchor.range for p in self._passages.values() if self.lens.intersection(p.annotation.themes)]

    def forget(self) -> None:
        """Another version comes."""
        self._passages.clear()
        self._marks.clear()
        self._relations.clear()

    def take(self, tagged: Tagged, ids: Collection[str] | None) -> None:
        """What was read: all passages, or those of these annotations; which are not in it are no more."""
        self._themes = dict(tagged.themes)
        if ids is None:
            self.forget()
        for name in ids or ():
            self._passages.pop(name, None)
            self._marks.pop(name, None)
            self._relations.pop(name, None)
        self._relations.update(tagged.relations)
        for passage in tagged.passages:
            self._passages[passage.id] = passage
            self._marks[passage.id] = self._mark(passage)

    def _mark(self, passage: Passage) -> Mark:
        return mark_of(passage, self._themes, self._selected, len(self._relations.get(passage.id, ())))

    def select(self, ids: Iterable[str]) -> bool:
        """Draw these as selected; whether that changes any mark."""
        before, self._selected = self._selected, frozenset(ids)
        touched = (before ^ self._selected) & self._passages.keys()
        for name in touched:
            self._marks[name] = self._mark(self._passages[name])
        return bool(touched)

    def card(self, annotation_id: str, content: Content | None) -> Card | None:
        """What the margin tells of an annotation."""
        passage = self._passages.get(annotation_id)
        if passage is None or content is None:
            return None
        return card_of(passage, self._themes, content, self._relations.get(annotation_id, ()))


def touched_annotations(changes: Changes) -> set[str]:
    """Annotations whose passage, themes, note or relations these changes touch."""
    ids = changes.touched("annotation")
    for step in changes.steps:
        if step.kind == "relation":
            ids.update((getattr(step.record, "source", ""), getattr(step.record, "target", "")))
    ids.update(getattr(step.record, "annotation", "") for step in changes.steps if step.kind == "anchor")
    return ids
