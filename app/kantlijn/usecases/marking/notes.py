"""Notes in Markdown, on annotations and documents. Typing in one becomes one step of the history."""

from __future__ import annotations

from dataclasses import replace

from kantlijn.errors import NotFound
from kantlijn.model.annotation import Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Range
from kantlijn.store import passages, shelf
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.tag import tag
from kantlijn.words import say


def write_note(desk: Desk, annotation_id: str, note: str) -> Changes:
    """The annotation's note from now on. NotFound when it was deleted meanwhile."""
    before = annotation_of(desk, annotation_id)
    steps = [] if before.note == note else [Change(before, replace(before, note=note, modified=now()))]
    return desk.write(say("Write the note “{start}”", start=shortened(note or before.note)), steps,
                      merge=f"note {annotation_id}")  # fmt: skip


def begin_note(desk: Desk, version: str, range_: Range, annotation_id: str, note: str) -> Changes:
    """A note on text without an annotation: both are made; only the note where the annotation is there by now."""
    try:
        return write_note(desk, annotation_id, note)
    except NotFound:
        return tag(desk, version, range_, [], note=note, id=annotation_id)


def write_document_note(desk: Desk, document_id: str, note: str) -> Changes:
    """The document's note from now on."""
    before = next((document for document in shelf.documents(desk.project) if document.id == document_id), None)
    if before is None:
        raise NotFound(say("That document is no longer in the project."))
    steps = [] if before.note == note else [Change(before, replace(before, note=note))]
    return desk.write(say("Write a note on “{title}”", title=shortened(before.title)), steps,
                      merge=f"note {document_id}")  # fmt: skip


def annotation_of(desk: Desk, annotation_id: str) -> Annotation:
    """The annotation with this id; NotFound."""
    found = passages.annotations_with(desk.project, [annotation_id])
    if not found:
        raise NotFound(say("There is no annotation “{id}” in this project.", id=annotation_id))
    return found[0]
