"""Filtering rows that are at hand, as the store filters those that are not: for lists of a hundred thousand."""

from __future__ import annotations

from dataclasses import replace

from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases.rows import Known


def can_sift(chosen: AnnotationFilter) -> bool:
    """Whether this filter asks only what an annotation itself tells; its text is left to the caller."""
    rest = replace(
        chosen, documents=(), authors=(), any_themes=(), no_themes=(), all_themes=(), has_note=None, untagged=None,
        text="",
    )  # fmt: skip
    return rest == AnnotationFilter()


def sift(rows: list[Known], chosen: AnnotationFilter) -> list[Known]:
    """Those of these rows that pass, in their order. Themes are taken as they are, without subthemes.

    Written out, since a call for each of a hundred thousand rows takes longer than what is asked of it.
    """
    documents, authors = frozenset(chosen.documents), frozenset(chosen.authors)
    wanted, unwanted, needed = map(frozenset, (chosen.any_themes, chosen.no_themes, chosen.all_themes))
    if documents:
        rows = [one for one in rows if one.annotation.document in documents]
    if authors:
        rows = [one for one in rows if one.annotation.author in authors]
    if wanted:
        rows = [one for one in rows if not wanted.isdisjoint(one.annotation.themes)]
    if unwanted:
        rows = [one for one in rows if unwanted.isdisjoint(one.annotation.themes)]
    if needed:
        rows = [one for one in rows if needed.issubset(one.annotation.themes)]
    if chosen.has_note is not None:
        rows = [one for one in rows if bool(one.annotation.note.strip(" ")) == chosen.has_note]
    if chosen.untagged is not None:
        rows = [one for one in rows if (not one.annotation.themes) == chosen.untagged]
    return rows
