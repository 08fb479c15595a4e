"""One passage through all versions of its document: where it stands in each, and how its words changed."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.errors import NotFound
from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Version
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.compare.pieces import Piece, pieces
from kantlijn.text.within import words_of
from kantlijn.usecases.desk import Desk
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class InVersion:
    """The passage in one version. anchor: None when it was not carried there.

    words: its words there, marked against those in the version before where it stood; () where it does not stand.
    """

    version: Version
    anchor: Anchor | None
    words: tuple[Piece, ...]


def through_versions(desk: Desk, annotation_id: str) -> tuple[InVersion, ...]:
    """Every version of the annotation's document, the oldest first. NotFound."""
    found = stored.annotations_with(desk.project, [annotation_id])
    if not found:
        raise NotFound(say("That annotation is no longer in the project."))
    anchors = {anchor.version: anchor for anchor in stored.anchors(desk.project, [annotation_id])}
    rows: list[InVersion] = []
    before: str | None = None
    for version in shelf.versions(desk.project):
        if version.document != found[0].document:
            continue
        anchor = anchors.get(version.id)
        if anchor is None or anchor.state == "lost":
            rows.append(InVersion(version=version, anchor=anchor, words=()))
            continue
        words = words_at(desk, version, anchor)
        marked = ((words, "same"),) if before is None else pieces(before, words)
        rows.append(InVersion(version=version, anchor=anchor, words=marked))
        before = words
    return tuple(rows)


def words_at(desk: Desk, version: Version, anchor: Anchor) -> str:
    """The words of a passage as one reads them; of an area those inside it."""
    return words_of(desk.content_of(version), anchor)
