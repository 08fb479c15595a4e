"""What panes show, grouped as they ask for it. Reads only; plain data comes back."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kantlijn.documents.contract import Source
from kantlijn.errors import DiskTrouble, Known, NotFound, reason_of
from kantlijn.model.annotation import Passage
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.theme import Theme
from kantlijn.model.written import read_json
from kantlijn.store import history as past
from kantlijn.store import passages as stored
from kantlijn.store import relations
from kantlijn.store import shelf as shelves
from kantlijn.store.history import HistoryRow
from kantlijn.text.fold import squeeze
from kantlijn.usecases import open_files
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.rows import AnnotationRow
from kantlijn.usecases.sift import can_sift, sift
from kantlijn.words import language, say

__all__ = ["AnnotationRow", "HistoryRow", "ShelfRow", "ThemeRow"]
_EVERYTHING = AnnotationFilter()
PART = 500
"""Annotations read in one go, some 40 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRow:
    """A document as the sidebar shows it: versions oldest first."""

    document: Document
    versions: tuple[Version, ...]
    annotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """A theme in the tree: depth 0 at the top; annotations that carry it itself."""

    theme: Theme
    depth: int
    annotations: int


def shelf(desk: Desk) -> tuple[ShelfRow, ...]:
    """The documents in the reader's order."""
    with desk.project.at_once():
        documents = shelves.documents(desk.project)
        every = shelves.versions(desk.project)
        counts = shelves.annotations_by_document(desk.project)
    versions: dict[str, list[Version]] = {}
    for version in every:
        versions.setdefault(version.document, []).append(version)
    return tuple(
        ShelfRow(
            document=document,
            versions=tuple(versions.get(document.id, ())),
            annotations=counts.get(document.id, 0),
        )
        for document in documents
    )


def version(desk: Desk, version_id: str) -> Version:
    """NotFound when it is not, or no longer, in the project."""
    found = shelves.version(desk.project, version_id)
    if found is None:
        raise NotFound(say("That version is no longer in the project."))
    return found


def content(desk: Desk, version_id: str) -> Content:
    """Canonical text, pages, packed layers."""
    return desk.content_of(version(desk, version_id))


def source(desk: Desk, version_id: str) -> Source:
    """The version's file for the engine: its bytes written once beside other open files, away on closing."""
    wanted = version(desk, version_id)
    folder = open_files.folder_of(desk)
    file = folder / f"{open_files.name_of(wanted.sha256)}.pdf"
    if not file.exists():
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _lay_out(desk, wanted, file)
        except OSError as trouble:
            raise DiskTrouble(
                say(
                    "“{file}” could not be opened for reading: {why}.",
                    file=wanted.file,
                    why=reason_of(trouble),
                )
            ) from trouble
    return Source(key=wanted.sha256, path=str(file), password=desk.passwords.get(wanted.sha256, ""))


def _lay_out(desk: Desk, version: Version, file: Path) -> None:
    """Write the bytes under a name of their own, 0600, and move them into place: two may ask at the same time."""
    handle, fresh = tempfile.mkstemp(dir=file.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as written:
            for chunk in desk.project.chunks(version.sha256):
                written.write(chunk)
        Path(fresh).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(fresh).unlink()
        raise


def passages(desk: Desk, version_id: str, ids: Collection[str] | None = None) -> tuple[Passage, ...]:
    """The annotations of a version in reading order; only those with these ids, when given."""
    if ids is not None and not ids:
        return ()
    chosen = AnnotationFilter(versions=(version_id,), ids=tuple(ids or ()))
    return tuple(stored.passages(desk.project, chosen))


def annotation_rows(desk: Desk, chosen: AnnotationFilter = _EVERYTHING) -> tuple[AnnotationRow, ...]:
    """Annotations by document, then reading order. A theme in the filter stands for its subthemes too.

    Where they were made; with versions or states in the filter, where they stand in one of those.
    """
    with desk.project.at_once():
        elsewhere = chosen.states or chosen.versions
        chosen = _widened(desk, chosen)
        at_hand = can_sift(chosen) and (chosen == _EVERYTHING or stored.all_at_hand(desk.project))
        found = stored.passages(desk.project, _EVERYTHING if at_hand else chosen, original=not elsewhere)
        versions = desk.rows.versions(shelves.versions(desk.project))
        titles = {document.id: document.title for document in shelves.documents(desk.project)}
        every = shelves.themes(desk.project)
        related = relations.counts(desk.project)
    known = desk.rows.every(found, titles, versions, related, whole=at_hand)
    if at_hand:
        known = sift(known, chosen)
    if not chosen.text.strip():
        return tuple(one.row for one in known)
    wanted = squeeze(chosen.text).text
    if not wanted:
        return ()
    named = {
        theme.id for theme in every if wanted in f"{squeeze(theme.name).text}\n{squeeze(theme.name_nl).text}"
    }
    return tuple(
        one.row
        for one in known
        if wanted in one.folded or not named.isdisjoint(one.row.passage.annotation.themes)
    )


def prepare_rows(desk: Desk, left: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Read a part of the annotations that a list will ask for. What is left, to be handed in with the next call.

    A hundred thousand take seconds, in which a reader may want to tag: so other verbs come between the parts.
    """
    if left is None:
        left = tuple(stored.not_at_hand(desk.project))
        return left if len(left) > PART else ()
    annotation_rows(desk, AnnotationFilter(ids=left[:PART], text="a"))  # with a text: so words are folded, too
    return left[PART:]


def _widened(desk: Desk, chosen: AnnotationFilter) -> AnnotationFilter:
    """The filter with subthemes beside their themes, where any or none of them is asked for."""
    if not (chosen.any_themes or chosen.no_themes):
        return chosen
    children: dict[str | None, list[str]] = {}
    for theme in shelves.themes(desk.project):
        children.setdefault(theme.parent, []).append(theme.id)

    def family(ids: tuple[str, ...]) -> tuple[str, ...]:
        found = list(ids)
        for theme_id in found:
            found.extend(child for child in children.get(theme_id, ()) if child not in found)
        return tuple(found)

    return replace(chosen, any_themes=family(chosen.any_themes), no_themes=family(chosen.no_themes))


def themes(desk: Desk) -> tuple[ThemeRow, ...]:
    """The tree from top to bottom, each theme before its subthemes."""
    with desk.project.at_once():
        counts = shelves.annotations_by_theme(desk.project)
        every = shelves.themes(desk.project)
    children: dict[str | None, list[Theme]] = {}
    ids = {theme.id for theme in every}
    for theme in every:
        children.setdefault(theme.parent if theme.parent in ids else None, []).append(theme)
    rows: list[ThemeRow] = []
    waiting = [(theme, 0) for theme in reversed(children.get(None, []))]
    while waiting:
        theme, depth = waiting.pop()
        rows.append(ThemeRow(theme=theme, depth=depth, annotations=counts.get(theme.id, 0)))
        waiting.extend((child, depth + 1) for child in reversed(children.get(theme.id, [])))
    return tuple(rows)


def history(desk: Desk, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Steps, the newest first."""
    with desk.project.reading() as db:
        return tuple(past.rows(db, limit))


def annotation_history(desk: Desk, annotation_id: str) -> tuple[HistoryRow, ...]:
    """Steps that touched this annotation, the newest first."""
    with desk.project.reading() as db:
        return tuple(past.rows(db, 1000, record=annotation_id))


def next_undo(desk: Desk) -> str | None:
    """The name of the step that Undo takes back, or None."""
    with desk.project.reading() as db:
        row = past.last_done(db)
    return row.title if row else None


def next_redo(desk: Desk) -> str | None:
    """The name of the step that Redo does again, or None."""
    with desk.project.reading() as db:
        row = past.first_undone(db)
    return row.title if row else None


def relation_counts(desk: Desk) -> dict[str, int]:
    """How many relations each annotation has that has any."""
    return relations.counts(desk.project)


def authors(desk: Desk) -> tuple[str, ...]:
    """Everyone who made an annotation, by name."""
    return tuple(stored.authors(desk.project))


def theme_names(desk: Desk) -> dict[str, str]:
    """Names by id, in the language spoken now."""
    return {theme.id: theme.called(language()) for theme in shelves.themes(desk.project)}


def view_state(desk: Desk) -> dict[str, Any]:
    """How panes stood when the project was closed last; {} when nothing is known."""
    with suppress(ValueError):
        kept = read_json(desk.project.fact("view") or "{}")
        if isinstance(kept, dict):
            return kept
    return {}


def keep_view_state(desk: Desk, state: dict[str, Any]) -> None:
    """Remember how panes stand. A project that cannot be written silently keeps what it has."""
    if not desk.read_only:
        with suppress(Known):  # where a pane stood is not worth a message on closing
            desk.project.keep_fact("view", json.dumps(state, ensure_ascii=False))
