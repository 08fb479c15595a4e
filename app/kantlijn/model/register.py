"""The register of recommendations: relations with both their passages."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A relation, its type one of TYPES and its status one of STATUSES, both in words too; note is Markdown.

    origin is the passage that responds to, supports… target. addressee: who was to act on a recommendation, ""
    when not known. modified is UTC.
    """

    relation: str
    type: str
    status: str
    type_said: str
    status_said: str
    note: str
    author: str
    modified: str
    addressee: str
    origin: Entry
    target: Entry

    @property
    def is_response(self) -> bool:
        """The target is what is asked, the origin what is answered."""
        return self.type == "responds-to"
