"""The themes as a file of their own: written for others, and taken in from others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kantlijn.documents.plain import decode
from kantlijn.errors import BadFile, reason_of
from kantlijn.exchange.codebook_csv import themes_from_csv, themes_to_csv
from kantlijn.model.changes import Change, Changes
from kantlijn.model.incoming import IncomingTheme
from kantlijn.model.theme import Theme
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.handing.incoming_themes import IncomingThemes, colour_of
from kantlijn.usecases.whole_file import must_not_be_a_source, write_whole
from kantlijn.words import language, say, say_many

_LARGEST = 16 << 20
_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookImported:
    """Names of themes: made; filled, which got a definition or search words they had not; differing, which say
    something else in the file and were left as the reader has them; same, how many there were already so. changes:
    None where the file was only looked into.
    """

    made: tuple[str, ...]
    filled: tuple[str, ...]
    differing: tuple[str, ...]
    same: int
    changes: Changes | None


def export_codebook(desk: Desk, path: Path) -> Path:
    """Write all themes to this CSV file, whole or not at all. Known for a document there; DiskTrouble."""
    must_not_be_a_source(desk, path)
    write_whole(path, themes_to_csv(shelf.themes(desk.project)))
    return path


def import_codebook(desk: Desk, path: Path) -> CodebookImported:
    """Take in the themes of a CSV file, ours, Taguette's or a list of names, as one step. BadFile, ReadOnly.

    A theme is known by its id, else by its names in either language, below the same theme.
    """
    must_write(desk)
    found, steps = _planned(desk, path)
    title = say_many("Take in {n} theme from “{file}”", "Take in {n} themes from “{file}”",
                     len(found.made) + len(found.filled), file=path.name)  # fmt: skip
    return replace(found, changes=desk.write(title, steps))


def look_into_codebook(desk: Desk, path: Path) -> CodebookImported:
    """What import_codebook() would take in; nothing is changed. BadFile."""
    return _planned(desk, path)[0]


def _planned(desk: Desk, path: Path) -> tuple[CodebookImported, list[Change]]:
    brought = _brought(path)
    every = shelf.themes(desk.project)
    themes = IncomingThemes(every, brought)
    found = [(one, themes.find(one)) for one in brought]
    said_before: dict[str, IncomingTheme] = {}
    differing: dict[str, str] = {}
    for one in brought:
        id = themes.of(one)
        first = said_before.setdefault(id, one)
        if one.definition.strip() not in ("", first.definition.strip()):
            differing[id] = one.names[-1][language() == "nl"]
    filled: dict[str, Change] = {}
    there = {theme.id: theme for _, theme in found if theme is not None}
    for one, theme in found:
        if theme is None:
            continue
        after = _filled(theme, one)
        if after != theme and theme.id not in filled:
            filled[theme.id] = Change(theme, after)
        if _differs(after, one):
            differing[theme.id] = theme.called(language())
    planned = CodebookImported(
        made=tuple(theme.called(language()) for theme in themes.made),
        filled=tuple(there[one].called(language()) for one in filled), differing=tuple(differing.values()),
        same=len(there.keys() - filled.keys() - differing.keys()), changes=None,
    )  # fmt: skip
    return planned, [*themes.steps, *filled.values()]


def _brought(path: Path) -> tuple[IncomingTheme, ...]:
    try:
        size, raw = path.stat().st_size, path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as trouble:
        raise BadFile(
            say("“{file}” could not be opened for reading: {why}.", file=path.name,
                why=reason_of(trouble))
        ) from trouble  # fmt: skip
    try:
        brought = themes_from_csv(decode(raw)[0]) if size <= _LARGEST else ()
    except ValueError:
        brought = ()
    if not 0 < len(brought) <= _MOST:
        raise BadFile(
            say("“{file}” holds no list of themes. Choose a CSV file with a column “name”, or one name a line.",
                file=path.name)
        )  # fmt: skip
    return brought


def _filled(theme: Theme, one: IncomingTheme) -> Theme:
    """The theme with what it had not."""
    return replace(
        theme, definition=theme.definition or one.definition,
        search_words=theme.search_words or one.search_words,
    )  # fmt: skip


def _differs(theme: Theme, one: IncomingTheme) -> bool:
    """Whether the file says something else of it than there is now; what it does not say is no difference."""
    pairs: tuple[tuple[Any, Any], ...] = (
        (one.definition.strip(), theme.definition.strip()), (one.search_words, theme.search_words),
        (colour_of(one.colour), theme.colour.lower()), (one.letter, theme.letter), (one.key, theme.key),
    )  # fmt: skip
    here = {theme.name.casefold(), theme.name_nl.casefold()}
    renamed = here.isdisjoint(name.casefold() for name in one.names[-1])
    return renamed or any(said and said != there for said, there in pairs)
