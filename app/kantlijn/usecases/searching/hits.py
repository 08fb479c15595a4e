"""What searching finds: places with the words around them, gathered by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kantlijn.model.document import Range, Version
from kantlijn.store import passages, search_index
from kantlijn.store.search_index import Light, Shelved
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.searching.places_in import line_around


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where the words stand. before + hit + after reads on, spaces between them included.

    range counts in the version's canonical text; page is a label, None where there are no pages. themes: ids of
    those on passages that touch it. In annotations the range is the passage's, before and after come from its
    quote or note, and annotation is its id. In notes there is neither version nor range; theme is the id of the
    theme whose definition it is.
    """

    document: str
    version: str
    title: str
    range: Range
    page: str | None
    before: str
    hit: str
    after: str
    annotation: str = ""
    theme: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What has hits: a version, or in notes a document or a theme. count: of the hits in it."""

    title: str
    count: int
    document: str = ""
    version: str = ""
    file: str = ""
    theme: str = ""


class Source(Protocol):
    """What is searched."""

    def groups(self) -> Iterator[Group]:
        """All that has hits, in the reader's order."""

    def hits(self, group: Group, first: int, most: int | None) -> list[Hit]:
        """Of one group, from number first on."""


def group_of(one: Shelved, count: int) -> Group:
    """The hits of a version."""
    return Group(title=one.title, count=count, document=one.document, version=one.version, file=one.file)


def text_hits(desk: Desk, title: str, version: Version, light: Light, ranges: list[Range]) -> list[Hit]:
    """The hits at these ranges of a version's text, in their lines."""
    if not ranges:
        return []
    within = (min(start for start, _ in ranges), max(end for _, end in ranges))
    marked = passages.themes_at(desk.project, version.id, within)
    hits = []
    for place in ranges:
        before, hit, after = line_around(*light, place)
        hits.append(
            Hit(
                document=version.document,
                version=version.id,
                title=title,
                range=place,
                page=search_index.page_label(desk.project, version, place[0]),
                before=before,
                hit=hit,
                after=after,
                themes=_on(place, marked),
            )
        )
    return hits


def _on(place: Range, marked: Iterable[tuple[Range, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme for (start, end), theme in marked if start < place[1] and end > place[0]))
