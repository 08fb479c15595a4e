"""Filtering rows that are at hand, as the store filters those that are not: for lists of a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kantlijn.model.annotation import Annotation
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases.rows import Known

_Test = Callable[[Annotation], bool]


def can_sift(chosen: AnnotationFilter) -> bool:
    """Whether this filter asks only what an annotation itself tells; its text is left to the caller."""
    rest = replace(
        chosen, documents=(), authors=(), any_themes=(), no_themes=(), all_themes=(), has_note=None, untagged=None,
        text="",
    )  # fmt: skip
    return rest == AnnotationFilter()


def sift(rows: list[Known], chosen: AnnotationFilter) -> list[Known]:
    """Those of these rows that pass, in their order. Themes are taken as they are, without subthemes."""
    tests = _tests(chosen)
    for test in tests:
        rows = [one for one in rows if test(one.row.passage.annotation)]
    return rows


def _tests(chosen: AnnotationFilter) -> list[_Test]:
    documents, authors = frozenset(chosen.documents), frozenset(chosen.authors)
    wanted, unwanted, needed = map(frozenset, (chosen.any_themes, chosen.no_themes, chosen.all_themes))
    tests: list[_Test] = []
    if documents:
        tests.append(lambda one: one.document in documents)
    if authors:
        tests.append(lambda one: one.author in authors)
    if wanted:
        tests.append(lambda one: not wanted.isdisjoint(one.themes))
    if unwanted:
        tests.append(lambda one: unwanted.isdisjoint(one.themes))
    if needed:
        tests.append(lambda one: needed.issubset(one.themes))
    if chosen.has_note is not None:
        has_note = chosen.has_note
        tests.append(lambda one: bool(one.note.strip(" ")) == has_note)
    if chosen.untagged is not None:
        untagged = chosen.untagged
        tests.append(lambda one: (not one.themes) == untagged)
    return tests
