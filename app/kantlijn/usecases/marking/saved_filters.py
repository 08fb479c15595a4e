"""Filters under a name, kept with the project."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Change, Changes
from kantlijn.model.filters import AnnotationFilter, SavedFilter, filter_from_json, filter_to_json
from kantlijn.model.ids import new_id
from kantlijn.store import relations as stored
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRow:
    """A saved filter, ready to be used."""

    id: str
    name: str
    chosen: AnnotationFilter


def saved_filters(desk: Desk) -> tuple[FilterRow, ...]:
    """In the reader's order; one that cannot be read lets everything through."""
    rows = []
    for saved in stored.saved_filters(desk.project):
        chosen = AnnotationFilter()
        with suppress(ValueError, TypeError):
            chosen = filter_from_json(saved.chosen)
        rows.append(FilterRow(id=saved.id, name=saved.name, chosen=chosen))
    return tuple(rows)


def save_filter(desk: Desk, name: str, chosen: AnnotationFilter) -> Changes:
    """Keep the filter under this name; one of the same name is replaced."""
    must_write(desk)
    name = _name(name)
    there = stored.saved_filters(desk.project)
    before = next((saved for saved in there if saved.name.casefold() == name.casefold()), None)
    if before is not None:
        after = replace(before, name=name, chosen=filter_to_json(chosen))
    else:
        position = max((saved.position for saved in there), default=0) + 1
        after = SavedFilter(id=new_id(), name=name, chosen=filter_to_json(chosen), position=position)
    steps = [] if after == before else [Change(before, after)]
    return desk.write(say("Save the filter “{name}”", name=name), steps)


def rename_filter(desk: Desk, filter_id: str, name: str) -> Changes:
    before = _filter(desk, filter_id)
    name = _name(name)
    if any(one.id != filter_id and one.name.casefold() == name.casefold() for one in _all(desk)):
        raise Known(say("There is a filter “{name}” already.", name=name))
    steps = [] if before.name == name else [Change(before, replace(before, name=name))]
    return desk.write(say("Rename the filter “{name}”", name=before.name), steps)


def delete_filter(desk: Desk, filter_id: str) -> Changes:
    before = _filter(desk, filter_id)
    return desk.write(say("Delete the filter “{name}”", name=before.name), [Change(before, None)])


def _all(desk: Desk) -> list[SavedFilter]:
    must_write(desk)
    return stored.saved_filters(desk.project)


def _filter(desk: Desk, filter_id: str) -> SavedFilter:
    found = next((saved for saved in _all(desk) if saved.id == filter_id), None)
    if found is None:
        raise NotFound(say("That filter is no longer in the project."))
    return found


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Known(say("A filter needs a name."))
    return name
