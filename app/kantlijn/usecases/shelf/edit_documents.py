"""Details of documents, their order, and taking one out of the project."""

from __future__ import annotations

from dataclasses import replace

from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Change, Changes, Record
from kantlijn.model.document import Document
from kantlijn.store import passages, relations, shelf
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.wording import date_of
from kantlijn.words import say

FIELDS = ("title", "author", "organisation", "date", "kind", "identifier", "language", "url")


def edit_document(desk: Desk, document_id: str, **fields: str) -> Changes:
    """Set some of FIELDS. Known when the title is empty or the date is none."""
    before = document_to_write(desk, document_id)
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"no such details: {unknown}")
    values = {name: value.strip() for name, value in fields.items()}
    if not values.get("title", before.title):
        raise Known(say("A document needs a title."))
    date_of(values.get("date", ""))
    after = replace(before, **values)  # type: ignore[arg-type]  # every one of FIELDS is a str
    steps = [] if after == before else [Change(before, after)]
    return desk.write(say("Edit the details of “{title}”", title=shortened(after.title)), steps)


def remove_document(desk: Desk, document_id: str) -> Changes:
    """Take the document, its versions and annotations out. Undo brings them back: the bytes stay."""
    document = document_to_write(desk, document_id)
    ids = passages.ids_in_document(desk.project, document_id)
    records: tuple[Record, ...] = (
        *relations.relations_of(desk.project, ids),
        *passages.anchors(desk.project, ids),
        *passages.annotations_with(desk.project, ids),
        *(version for version in shelf.versions(desk.project) if version.document == document_id),
        document,
    )
    return desk.write(
        say("Remove “{title}”", title=shortened(document.title)), [Change(record, None) for record in records]
    )


def move_document(desk: Desk, document_id: str, position: int) -> Changes:
    """Put the document at this place, from 0, among the others."""
    document = document_to_write(desk, document_id)
    others = [other for other in shelf.documents(desk.project) if other.id != document_id]
    others.insert(max(0, min(position, len(others))), document)
    steps = [
        Change(one, replace(one, position=place)) for place, one in enumerate(others, 1) if one.position != place
    ]
    return desk.write(say("Move “{title}”", title=shortened(document.title)), steps)


def document_to_write(desk: Desk, document_id: str) -> Document:
    """The document, where it may be changed. NotFound, ReadOnly."""
    must_write(desk)
    found = next((one for one in shelf.documents(desk.project) if one.id == document_id), None)
    if found is None:
        raise NotFound(say("That document is no longer in the project."))
    return found
