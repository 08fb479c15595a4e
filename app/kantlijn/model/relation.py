"""Typed, directed links between two annotations: a recommendation and its response."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = ("responds-to", "supports", "contradicts", "repeats", "elaborates")
STATUSES = ("open", "adopted", "partly", "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """source (an annotation's id) responds to, supports… target. type: one of TYPES; status: one of STATUSES.

    The status says what became of the target: of a recommendation that the source responds to. note is Markdown;
    times are as an annotation's.
    """

    id: str
    source: str
    target: str
    type: str = "responds-to"
    status: str = "open"
    note: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
