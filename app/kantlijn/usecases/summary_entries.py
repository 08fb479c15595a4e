"""The entries and groups of a summary: annotations with their places, under themes or documents."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from kantlijn.export.lines import day
from kantlijn.model.document import Content, Document, Range
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.summary import Entry, Group, Source
from kantlijn.model.theme import Theme
from kantlijn.store import shelf
from kantlijn.text.boundaries import sentence_at
from kantlijn.text.readable import readable
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import AnnotationRow, annotation_rows
from kantlijn.usecases.read import themes as read_themes
from kantlijn.words import language, say


def entries(desk: Desk, chosen: AnnotationFilter, *, context: bool) -> list[Entry]:
    """One for each chosen annotation, by document, then version, then reading order."""
    documents = {document.id: document for document in shelf.documents(desk.project)}
    versions = Counter(version.document for version in shelf.versions(desk.project))
    themes = {theme.id: theme for theme in shelf.themes(desk.project)}
    found = []
    for row in annotation_rows(desk, chosen):
        content = desk.content_of(row.version)
        entry = _entry(row, content, documents[row.passage.annotation.document], themes)
        if context:
            before, after = around(content, row.passage.anchor.range)
            entry = replace(entry, before=before, after=after)
        if versions[row.version.document] > 1:
            entry = replace(entry, source=replace(entry.source, number=row.version.number))
        found.append(entry)
    return found


def _entry(row: AnnotationRow, content: Content, document: Document, themes: dict[str, Theme]) -> Entry:
    annotation, anchor, version = row.passage.annotation, row.passage.anchor, row.version
    return Entry(
        annotation=annotation.id, quote=_quote(row, content), note=annotation.note, author=annotation.author,
        created=annotation.created, modified=annotation.modified,
        themes=tuple(themes[theme] for theme in annotation.themes if theme in themes),
        source=Source(
            document=document.id, version=version.id, title=document.title, identifier=document.identifier,
            date=document.date, file=version.file, page=page_label(content, anchor.range[0]),
            line=None if content.pages else content.text.count("\n", 0, anchor.range[0]) + 1,
            range=anchor.range,
        ),
    )  # fmt: skip


def _quote(row: AnnotationRow, content: Content) -> str:
    """The passage's words; of an area, that it is one, and the words inside it."""
    if not row.passage.is_area:
        return row.readable
    area = say("[Area on page {page}]", page=page_label(content, row.passage.anchor.range[0]))
    return f"{area} {row.readable}".strip()


def page_label(content: Content, offset: int) -> str | None:
    """The label of the page this code point is on; None where there are no pages."""
    if not content.pages:
        return None
    return content.pages[max(0, bisect_right(content.pages, offset, key=lambda page: page.range[0]) - 1)].label


def around(content: Content, range: Range) -> tuple[str, str]:
    """What comes before and after within the same sentence, or, at its edge, the sentence before or after."""
    text, auxiliary = content.text, content.auxiliary
    start, end = range
    last = _skip(content, start, -1)
    first = _skip(content, end, 1)
    before = after = ""
    if last >= 0:
        begins, ends = sentence_at(text, last, auxiliary)
        before = readable(text, (begins, min(ends, start)), auxiliary)
    if first < len(text):
        begins, ends = sentence_at(text, first, auxiliary)
        after = readable(text, (max(begins, end), ends), auxiliary)
    return before, after


def _skip(content: Content, place: int, step: int) -> int:
    """The nearest letter or digit from here outside furniture; -1 or the length when none is left."""
    text, auxiliary = content.text, content.auxiliary
    at = place - 1 if step < 0 else place
    while 0 <= at < len(text):
        near = bisect_right(auxiliary, (at, len(text))) - 1
        if near >= 0 and at < auxiliary[near][1]:
            at = auxiliary[near][0] - 1 if step < 0 else auxiliary[near][1]
        elif text[at].isalnum():
            return at
        else:
            at += step
    return -1 if step < 0 else len(text)


def by_theme(desk: Desk, found: Sequence[Entry], chosen: AnnotationFilter) -> tuple[Group, ...]:
    """The theme tree, with only the themes that something is found for; at the end what has no theme."""
    tree: dict[str | None, list[Theme]] = {}
    stack: list[str] = []
    for row in read_themes(desk):
        del stack[row.depth :]
        tree.setdefault(stack[-1] if stack else None, []).append(row.theme)
        stack.append(row.theme.id)
    with_theme: dict[str, list[Entry]] = {}
    for entry in found:
        for theme in entry.themes:
            with_theme.setdefault(theme.id, []).append(entry)
    groups = _theme_groups(tree, None, with_theme, {*chosen.any_themes, *chosen.all_themes})
    untagged = tuple(entry for entry in found if not entry.themes)
    if untagged:
        groups = (*groups, Group(title=say("Without a theme"), entries=untagged))
    return groups


def _theme_groups(
    tree: dict[str | None, list[Theme]], parent: str | None, found: dict[str, list[Entry]], asked: Collection[str]
) -> tuple[Group, ...]:
    """found: entries by theme. asked: themes that the filter names, none for all; their subthemes count too."""
    groups = []
    for theme in tree.get(parent, ()):
        wanted = not asked or theme.id in asked
        own = tuple(found.get(theme.id, ())) if wanted else ()
        inner = _theme_groups(tree, theme.id, found, () if wanted else asked)
        if own or inner:
            groups.append(Group(title=theme.called(language()), theme=theme, entries=own, groups=inner))
    return tuple(groups)


def by_document(desk: Desk, found: Sequence[Entry]) -> tuple[Group, ...]:
    """A group for each document that something is found in, in the reader's order."""
    groups = []
    for document in shelf.documents(desk.project):
        own = tuple(entry for entry in found if entry.source.document == document.id)
        about = (document.organisation, document.identifier, day(document.date, language()))
        if own:
            groups.append(
                Group(
                    title=document.title, document=document.id, entries=own,
                    about=", ".join(part for part in about if part),
                )
            )  # fmt: skip
    return tuple(groups)
