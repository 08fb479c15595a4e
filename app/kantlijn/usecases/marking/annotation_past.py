"""What became of one annotation: each step that touched it, with what it changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change
from kantlijn.store import history
from kantlijn.store import passages as stored
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.read import theme_names
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRow:
    """A step: its title, and sentences about what it changed in this annotation."""

    at: str
    author: str
    title: str
    details: tuple[str, ...]
    undone: bool


def annotation_past(desk: Desk, annotation_id: str) -> tuple[PastRow, ...]:
    """The newest first."""
    names = theme_names(desk)
    records = [annotation_id, *(anchor.id for anchor in stored.anchors(desk.project, [annotation_id]))]
    made = []
    with desk.project.reading() as db:
        for row in history.rows(db, 1000, record=annotation_id):
            steps: list[Change] = []
            with suppress(ValueError, TypeError):  # written by a newer program: its title says enough
                steps = history.steps_of(db, row, records)
            details = tuple(sentence for step in steps for sentence in _said(step, names))
            made.append(
                PastRow(at=row.at, author=row.author, title=row.title, details=details, undone=row.undone)
            )
    return tuple(made)


def _said(step: Change, names: Mapping[str, str]) -> Iterator[str]:
    before, after = step.before, step.after
    if isinstance(after, Annotation):
        old = before if isinstance(before, Annotation) else Annotation(id=after.id, document=after.document)
        yield from (f"+ {names.get(one, '?')}" for one in after.themes if one not in old.themes)
        yield from (f"− {names.get(one, '?')}" for one in old.themes if one not in after.themes)
        if after.note != old.note:
            note = shortened(after.note, 160)
            yield say("Note: {note}", note=note) if note else say("Note deleted")
    elif isinstance(before, Anchor) and isinstance(after, Anchor) and before.range != after.range and after.quote:
        yield say("Now “{quote}”", quote=shortened(after.quote, 160))
