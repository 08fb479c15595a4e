"""Relations between annotations: make, change, delete, and read them with both their passages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Change, Changes
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.ids import new_id
from kantlijn.model.relation import STATUSES, TYPES, Relation
from kantlijn.store import relations as stored
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.marking.notes import annotation_of
from kantlijn.usecases.read import AnnotationRow, annotation_rows
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """A relation with both its annotations as the list shows them."""

    relation: Relation
    source: AnnotationRow
    target: AnnotationRow


def type_names() -> dict[str, str]:
    """What the types are called, in the language spoken now."""
    return {
        "responds-to": say("responds to"),
        "supports": say("supports"),
        "contradicts": say("contradicts"),
        "repeats": say("repeats"),
        "elaborates": say("elaborates"),
    }


def status_names() -> dict[str, str]:
    """What the statuses are called, in the language spoken now."""
    return {
        "open": say("open"),
        "adopted": say("adopted"),
        "partly": say("partly adopted"),
        "rejected": say("rejected"),
    }


def relate(
    desk: Desk, source: str, target: str, type: str = "responds-to", *, status: str = "open", note: str = ""
) -> Changes:
    """Let the annotation source respond to, support… target. Known when they are one, or related so already."""
    must_write(desk)
    _check(type, status)
    if source == target:
        raise Known(say("A passage cannot be related to itself; choose two passages."))
    for annotation in (source, target):
        annotation_of(desk, annotation)
    for other in stored.relations_of(desk.project, [source]):
        if (other.source, other.target, other.type) == (source, target, type):
            raise Known(say("These two passages are related so already."))
    at = now()
    made = Relation(
        id=new_id(), source=source, target=target, type=type, status=status, note=note, author=desk.author,
        created=at, modified=at,
    )  # fmt: skip
    return desk.write(say("Relate two passages: {type}", type=type_names()[type]), [Change(None, made)])


def edit_relation(desk: Desk, relation_id: str, **fields: str) -> Changes:
    """Set type, status or note."""
    before = _relation(desk, relation_id)
    if unknown := set(fields) - {"type", "status", "note"}:
        raise TypeError(f"no such fields: {unknown}")
    after = replace(before, **fields)
    _check(after.type, after.status)
    if after == before:
        return desk.write(say("Edit a relation"), [])
    return desk.write(say("Edit a relation"), [Change(before, replace(after, modified=now()))],
                      merge=f"relation {relation_id}" if set(fields) == {"note"} else "")  # fmt: skip


def turn_relation(desk: Desk, relation_id: str) -> Changes:
    """Swap its source and target."""
    before = _relation(desk, relation_id)
    after = replace(before, source=before.target, target=before.source, modified=now())
    return desk.write(say("Turn a relation around"), [Change(before, after)])


def delete_relation(desk: Desk, relation_id: str) -> Changes:
    return desk.write(say("Delete a relation"), [Change(_relation(desk, relation_id), None)])


def relation_rows(desk: Desk, annotations: Collection[str] | None = None) -> tuple[RelationRow, ...]:
    """All relations, or those of these annotations, in reading order of their targets."""
    found = (
        stored.relations(desk.project) if annotations is None else stored.relations_of(desk.project, annotations)
    )
    ids = {end for relation in found for end in (relation.source, relation.target)}
    rows = annotation_rows(desk, AnnotationFilter(ids=tuple(ids))) if ids else ()
    by_id = {row.passage.id: row for row in rows}
    order = {row.passage.id: place for place, row in enumerate(rows)}
    complete = [relation for relation in found if relation.source in by_id and relation.target in by_id]
    complete.sort(key=lambda relation: (order[relation.target], order[relation.source]))
    return tuple(
        RelationRow(relation=relation, source=by_id[relation.source], target=by_id[relation.target])
        for relation in complete
    )


def _check(type: str, status: str) -> None:
    if type not in TYPES:
        raise Known(say("“{type}” is no kind of relation; there are {types}.", type=type, types=", ".join(TYPES)))
    if status not in STATUSES:
        raise Known(
            say("“{status}” is no status; there are {statuses}.", status=status, statuses=", ".join(STATUSES))
        )


def _relation(desk: Desk, relation_id: str) -> Relation:
    must_write(desk)
    found = next((one for one in stored.relations(desk.project) if one.id == relation_id), None)
    if found is None:
        raise NotFound(say("That relation is no longer in the project."))
    return found
