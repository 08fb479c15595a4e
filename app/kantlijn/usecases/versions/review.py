"""Carried annotations as a reader looks them over: old words beside new ones, with what is to be decided."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Content, Version
from kantlijn.model.theme import Theme
from kantlijn.store import shelf
from kantlijn.text.compare.pieces import Piece, pieces
from kantlijn.text.readable import readable
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.versions.carry import CarriedRow, carried_rows
from kantlijn.usecases.versions.passage_past import words_at

GROUPS = ("check", "changed", "lost", "decided", "sure")
_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A carried annotation. group: one of GROUPS; words: the new ones marked against the old.

    near: of a lost one, what now stands where it stood; "" when that is not known.
    """

    carried: CarriedRow
    source_version: Version
    themes: tuple[Theme, ...]
    words: tuple[Piece, ...]
    near: str
    group: str

    @property
    def id(self) -> str:
        return self.carried.annotation.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that was carried to a version, in the order of its text; version None when there is none to look at."""

    version: Version | None
    rows: tuple[ReviewRow, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of each group; every group is named."""
        found = dict.fromkeys(GROUPS, 0)
        for row in self.rows:
            found[row.group] += 1
        return found


def review(desk: Desk, version_id: str) -> Review:
    """What was carried to this version."""
    carried = carried_rows(desk, version_id)
    version = read_version(desk, version_id)
    if not carried:
        return Review(version=version)
    versions = {one.id: one for one in shelf.versions(desk.project)}
    themes = {theme.id: theme for theme in shelf.themes(desk.project)}
    content = desk.content_of(version)
    rows = []
    for row in carried:
        source = versions[row.source.version]
        rows.append(
            ReviewRow(
                carried=row, source_version=source,
                themes=tuple(themes[one] for one in row.annotation.themes if one in themes),
                words=_words(desk, row, source, version), near=_near(content, row.target),
                group=_group(row.target),
            )
        )  # fmt: skip
    return Review(version=version, rows=tuple(rows))


def _group(target: Anchor) -> str:
    if target.review == "open":
        return "check"
    if target.review:
        return "decided"
    if target.state == "lost":
        return "lost"
    return "changed" if target.state == "changed" else "sure"


def _words(desk: Desk, row: CarriedRow, source: Version, version: Version) -> tuple[Piece, ...]:
    old = words_at(desk, source, row.source)
    if row.target.state == "lost":
        return ((old, "deleted"),)
    if row.target.state in ("unchanged", "moved") and not row.target.review:
        return ((old, "same"),)
    return pieces(old, words_at(desk, version, row.target))


def _near(content: Content, target: Anchor) -> str:
    start = target.range[0]
    if target.state != "lost" or not start:
        return ""
    around = (max(0, start - _AROUND), min(len(content.text), start + _AROUND))
    return readable(content.text, around, content.auxiliary)
