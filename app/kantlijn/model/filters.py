"""Which annotations: the filter of the list, of the summary and of the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from kantlijn.model.written import read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationFilter:
    """Everything empty lets all through. Ids, not names; text is matched folded in quote, note and theme names.

    any_themes: at least one of these; all_themes: every one; no_themes: none of these. A theme stands for its
    subthemes too: the store's reader widens them. dates are bounds on modified, inclusive, as far as given.
    kinds: how they are drawn, a style or "area". states are those of anchors; relations are types of relation,
    statuses theirs; has_relation any or none.
    """

    documents: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    any_themes: tuple[str, ...] = ()
    all_themes: tuple[str, ...] = ()
    no_themes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    has_note: bool | None = None
    untagged: bool | None = None
    text: str = ""
    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    has_relation: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A filter under a name, kept in the project. chosen is the filter as filter_to_json() writes it."""

    id: str
    name: str
    chosen: str
    position: int = 0


def filter_to_json(chosen: AnnotationFilter) -> str:
    """Only what is set, so that later filters can have more."""
    empty = AnnotationFilter()
    every = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    said = {name: value for name, value in every.items() if value != getattr(empty, name)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def filter_from_json(written: str) -> AnnotationFilter:
    """The filter again; what this program does not know is left out. ValueError for what is no filter."""
    said: Any = read_json(written)
    if not isinstance(said, dict):
        raise ValueError("no filter")
    known = {field.name for field in fields(AnnotationFilter)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if name in known
    }
    return AnnotationFilter(**values)
