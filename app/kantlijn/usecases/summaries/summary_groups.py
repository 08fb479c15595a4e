"""The groups of a summary: annotations under themes and documents, relations under their types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from kantlijn.export.lines import day
from kantlijn.model.document import Document
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import Wanted
from kantlijn.model.summary import Group
from kantlijn.model.theme import Theme
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.marking.relate import RelationRow, relation_rows, type_names
from kantlijn.usecases.read import AnnotationRow, ThemeRow
from kantlijn.usecases.read import themes as read_themes
from kantlijn.usecases.summaries.summary_entries import Maker
from kantlijn.words import language, say

_LAST = "\U0010ffff"


def in_order(desk: Desk, rows: Sequence[AnnotationRow], order: str) -> list[AnnotationRow]:
    """The rows, given in reading order, in one of ORDERS; what that does not tell apart stays in reading order."""
    if order == "modified":
        return sorted(rows, key=lambda row: row.passage.annotation.modified, reverse=True)
    if order == "date":
        dates = {one.id: one.date or _LAST for one in shelf.documents(desk.project)}
        return sorted(rows, key=lambda row: dates[row.passage.annotation.document])
    if order == "theme":
        places = {row.theme.id: place for place, row in enumerate(read_themes(desk))}
        return sorted(
            rows,
            key=lambda row: min(
                (places.get(one, len(places)) for one in row.passage.annotation.themes), default=len(places)
            ),
        )
    return list(rows)


def by_theme(desk: Desk, rows: Sequence[AnnotationRow], wanted: Wanted, maker: Maker) -> tuple[Group, ...]:
    """The theme tree, with only the themes that something is found for; at the end what has no theme.

    In a matrix the passages of each theme stand in a group for each document.
    """
    if wanted.by == "matrix":
        documents = _documents(desk, wanted)

        def filled(group: Group, own: Sequence[AnnotationRow]) -> Group:
            return replace(group, groups=_document_groups(documents, own, wanted, maker))
    else:

        def filled(group: Group, own: Sequence[AnnotationRow]) -> Group:
            return replace(group, entries=maker.of(own))

    with_theme: dict[str, list[AnnotationRow]] = {}
    for row in rows:
        for theme in row.passage.annotation.themes:
            with_theme.setdefault(theme, []).append(row)
    asked = {*wanted.chosen.any_themes, *wanted.chosen.all_themes}
    groups = _Tree(read_themes(desk), with_theme, filled, definitions=wanted.definitions).groups(None, asked)
    untagged = [row for row in rows if not row.passage.annotation.themes]
    if untagged:
        groups.append(filled(Group(title=say("Without a theme")), untagged))
    return tuple(group for group in groups if group.entries or group.groups)


class _Tree:
    """Themes by their parents, and what becomes of each."""

    def __init__(
        self, themes: Iterable[ThemeRow], found: dict[str, list[AnnotationRow]],
        filled: Callable[[Group, Sequence[AnnotationRow]], Group], *, definitions: bool,
    ) -> None:  # fmt: skip
        self._found = found
        self._filled = filled
        self._definitions = definitions
        self._below: dict[str | None, list[Theme]] = {}
        stack: list[str] = []
        for row in themes:
            del stack[row.depth :]
            self._below.setdefault(stack[-1] if stack else None, []).append(row.theme)
            stack.append(row.theme.id)

    def groups(self, parent: str | None, asked: Collection[str]) -> list[Group]:
        """asked: themes that the filter names, none for all; their subthemes count too."""
        made = []
        for theme in self._below.get(parent, ()):
            wanted = not asked or theme.id in asked
            own = self._found.get(theme.id, ()) if wanted else ()
            text = theme.definition if self._definitions else ""
            group = Group(title=theme.called(language()), theme=theme, text=text)
            if own:
                group = self._filled(group, own)
            inner = self.groups(theme.id, () if wanted else asked)
            if group.entries or group.groups or inner:
                made.append(replace(group, groups=(*group.groups, *inner)))
        return made


def by_document(desk: Desk, rows: Sequence[AnnotationRow], wanted: Wanted, maker: Maker) -> tuple[Group, ...]:
    """A group for each document that something is found in, in the reader's order or by date."""
    return _document_groups(_documents(desk, wanted), rows, wanted, maker)


def _documents(desk: Desk, wanted: Wanted) -> list[Document]:
    documents = shelf.documents(desk.project)
    if wanted.order == "date":
        documents.sort(key=lambda one: one.date or _LAST)
    return documents


def _document_groups(
    documents: Sequence[Document], rows: Sequence[AnnotationRow], wanted: Wanted, maker: Maker
) -> tuple[Group, ...]:
    inside: dict[str, list[AnnotationRow]] = {}
    for row in rows:
        inside.setdefault(row.passage.annotation.document, []).append(row)
    groups = []
    for document in documents:
        entries = maker.of(inside.get(document.id, ()))
        about = (document.organisation, document.identifier, day(document.date, language()))
        if entries:
            groups.append(
                Group(
                    title=document.title, document=document.id, entries=entries,
                    about=", ".join(part for part in about if part),
                    text=document.note if wanted.document_notes else "",
                )
            )  # fmt: skip
    return tuple(groups)


def chosen_relations(desk: Desk, rows: Sequence[AnnotationRow], wanted: Wanted) -> list[RelationRow]:
    """The relations that begin or end at one of these annotations, in the order of their targets.

    Where the filter names types or statuses, only these. By date: of the target's document; modified: the
    relation's; by theme: the target's.
    """
    chosen = wanted.chosen
    ids = None if chosen == AnnotationFilter() else [row.passage.id for row in rows]
    found = [
        row
        for row in relation_rows(desk, ids)
        if (not chosen.relations or row.relation.type in chosen.relations)
        and (not chosen.statuses or row.relation.status in chosen.statuses)
    ]
    if wanted.order == "modified":
        return sorted(found, key=lambda row: row.relation.modified, reverse=True)
    targets = {row.target.passage.id: row.target for row in found}
    places = {
        row.passage.id: place for place, row in enumerate(in_order(desk, list(targets.values()), wanted.order))
    }
    return sorted(found, key=lambda row: places[row.target.passage.id])


def by_relation(rows: Sequence[RelationRow], maker: Maker) -> tuple[Group, ...]:
    """A group for each type of relation that there is, responses first."""
    groups = []
    for type, name in type_names().items():
        relations = maker.relations(row for row in rows if row.relation.type == type)
        if relations:
            groups.append(Group(title=name[:1].upper() + name[1:], relations=relations))
    return tuple(groups)
