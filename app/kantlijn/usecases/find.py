"""From the names people use to the things themselves: documents, versions, themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kantlijn.errors import NotFound
from kantlijn.model.document import Document, Version
from kantlijn.model.theme import Theme
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk
from kantlijn.words import language, say

T = TypeVar("T")


def find_document(desk: Desk, name: str) -> Document:
    """By id, title or file name. NotFound when there is none, or more than one, of that name."""
    documents = shelf.documents(desk.project)
    files: dict[str, set[str]] = {}
    for version in shelf.versions(desk.project):
        files.setdefault(version.document, set()).add(version.file)
    wanted = name.strip()
    found = _narrowed(
        documents,
        lambda document: document.id == wanted,
        lambda document: document.title == wanted or wanted in files.get(document.id, ()),
        lambda document: (
            _alike(document.title, wanted)
            or any(_alike(file, wanted) or _alike(Path(file).stem, wanted) for file in files.get(document.id, ()))
        ),
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(
            say(
                "“{name}” is the name of {n} documents; give one's id: {ids}.",
                name=wanted,
                n=len(found),
                ids=", ".join(document.id for document in found),
            )
        )
    if not documents:
        raise NotFound(say("There is no document “{name}”: the project has none yet.", name=wanted))
    raise NotFound(
        say(
            "There is no document “{name}”. There are: {titles}.",
            name=wanted,
            titles=_some(document.title for document in documents),
        )
    )


def find_version(desk: Desk, name: str) -> Version:
    """A version's id, "DOC" for its newest version, or "DOC:VERSION" by number, id or file name. NotFound."""
    versions = shelf.versions(desk.project)
    for version in versions:
        if version.id == name.strip():
            return version
    try:
        document, which = find_document(desk, name), ""
    except NotFound:
        left, colon, which = name.rpartition(":")
        if not colon:
            raise
        document = find_document(desk, left)
    of_document = [version for version in versions if version.document == document.id]
    if not which.strip():
        if len(of_document) > 1:
            # "report-2023.pdf" means that file, not the newest of its document
            named = [version for version in of_document if version.file == name.strip()]
            if len(named) == 1:
                return named[0]
        return of_document[-1]
    which = which.strip()
    for version in of_document:
        if which in (version.id, str(version.number), version.file):
            return version
    raise NotFound(
        say(
            "“{title}” has no version “{version}”. There are: {versions}.",
            title=document.title,
            version=which,
            versions=_some(f"{version.number} ({version.file})" for version in of_document),
        )
    )


def find_theme(desk: Desk, name: str) -> Theme:
    """By id, key, name in either language, or path ("Prevention/Schools"). NotFound."""
    themes = shelf.themes(desk.project)
    wanted = name.strip()
    by_id = {theme.id: theme for theme in themes}
    if wanted in by_id:
        return by_id[wanted]
    paths: dict[str, set[str]] = {theme.id: _paths(theme, by_id) for theme in themes}
    found = _narrowed(
        themes,
        lambda theme: wanted != "" and theme.key == wanted,
        lambda theme: wanted in (theme.name, theme.name_nl),
        lambda theme: _alike(theme.name, wanted) or _alike(theme.name_nl, wanted),
        lambda theme: any(_alike(path, wanted) for path in paths[theme.id]),
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(
            say(
                "“{name}” is the name of {n} themes; give its path, such as “{path}”.",
                name=wanted,
                n=len(found),
                path=sorted(paths[found[0].id])[0],
            )
        )
    raise NotFound(
        say(
            "There is no theme “{name}”. There are: {names}.",
            name=wanted,
            names=_some(theme.called(language()) for theme in themes),
        )
    )


def theme_family(desk: Desk, theme_id: str) -> tuple[Theme, ...]:
    """The theme and all below it."""
    every = shelf.themes(desk.project)
    ids = [theme_id]
    for one in ids:
        ids.extend(theme.id for theme in every if theme.parent == one and theme.id not in ids)
    return tuple(theme for theme in every if theme.id in ids)


def _paths(theme: Theme, by_id: dict[str, Theme]) -> set[str]:
    """Its path from the top, every part in either language."""
    own = {theme.name, theme.name_nl}
    parent = by_id.get(theme.parent or "")
    if parent is None:
        return own
    return {f"{above}/{name}" for above in _paths(parent, by_id) for name in own}


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _narrowed(things: Iterable[T], *tests: Callable[[T], bool]) -> list[T]:
    """Those that pass the first test that any passes."""
    every = list(things)
    for test in tests:
        if found := [thing for thing in every if test(thing)]:
            return found
    return []


def _some(names: Iterable[str], most: int = 8) -> str:
    every = list(names)
    return ", ".join(every[:most]) + (", …" if len(every) > most else "")
