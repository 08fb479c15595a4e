"""How a summary is wanted, and recipes: the same under a name, kept in the project."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any

from kantlijn.model.filters import AnnotationFilter, filter_from_json, filter_to_json
from kantlijn.model.written import read_json

BY = ("theme", "document", "matrix", "relation", "register")
"""Under what passages are gathered; matrix: by theme, and inside it by document; register: a table."""
ORDERS = ("reading", "date", "modified", "theme")
"""Within a group: as in the documents, by document date, last changed first, by theme."""
SOURCES = ("inline", "footnotes")
CONTEXT_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """All that one can choose for a summary but its format.

    by: one of BY; order: of ORDERS; sources: of SOURCES. context: sentences before and after each quote, 0 to
    CONTEXT_MOST. definitions: with those of themes; document_notes: with those of documents, where they make
    groups; used: with a list at the end of the documents that quotes stand in. template: the name of a reader's
    own one, "" for the built-in. title: "" for the project's name.
    """

    by: str = "theme"
    order: str = "reading"
    context: int = 0
    notes: bool = True
    definitions: bool = False
    document_notes: bool = False
    used: bool = False
    sources: str = "inline"
    template: str = ""
    title: str = ""
    chosen: AnnotationFilter = field(default_factory=AnnotationFilter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A summary's choices under a name. form is its format; wanted as wanted_to_json() writes them."""

    id: str
    name: str
    form: str
    wanted: str
    position: int = 0


def wanted_to_json(wanted: Wanted) -> str:
    """Only what differs from the usual, so that later programs can offer more."""
    usual = Wanted()
    every = {one.name: getattr(wanted, one.name) for one in fields(wanted) if one.name != "chosen"}
    said: dict[str, Any] = {name: value for name, value in every.items() if value != getattr(usual, name)}
    if wanted.chosen != usual.chosen:
        said["chosen"] = json.loads(filter_to_json(wanted.chosen))
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def wanted_from_json(written: str) -> Wanted:
    """The choices again; what this program does not know is as usual. ValueError, TypeError for other things."""
    said: Any = read_json(written)
    if not isinstance(said, dict):
        raise ValueError("no choices")
    usual = Wanted()
    known: dict[str, Any] = {
        one.name: said[one.name]
        for one in fields(Wanted)
        if one.name != "chosen" and type(said.get(one.name)) is type(getattr(usual, one.name))
    }
    for name, values in (("by", BY), ("order", ORDERS), ("sources", SOURCES)):
        if known.get(name, values[0]) not in values:
            del known[name]
    known["context"] = min(max(known.get("context", 0), 0), CONTEXT_MOST)
    return Wanted(**known, chosen=filter_from_json(json.dumps(said.get("chosen", {}))))
