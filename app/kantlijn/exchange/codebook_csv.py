"""The themes as a CSV file, out and in; in also from Taguette and from plain lists of names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from kantlijn.exchange.cells import unguarded
from kantlijn.exchange.csv_file import table_to_csv
from kantlijn.exchange.tables import Table, in_order, line_of
from kantlijn.model.incoming import IncomingTheme
from kantlijn.model.theme import Theme

COLUMNS = ("id", "name", "name_nl", "parent", "colour", "letter", "key", "definition", "search_words")
"""Headers of the file, the same in every language. parent is the path of English names: "Prevention / Schools"."""
_ALSO = {
    "name": ("theme", "tag", "code", "label", "thema", "naam", "name_en", "english name", "naam (engels)"),
    "name_nl": ("dutch name", "nederlandse naam", "naam_nl", "naam (nederlands)"),
    "parent": ("path", "pad", "boven", "parent theme", "parent code", "group", "groep", "ouder", "bovenliggend",
               "bovenliggend thema"),
    "colour": ("color", "kleur"),
    "key": ("toets", "shortcut"),
    "definition": ("description", "definitie", "omschrijving", "beschrijving", "memo", "comment"),
    "search_words": ("search words", "searchwords", "zoekwoorden", "keywords", "trefwoorden"),
    "id": ("theme id",),
}
_DEEPEST = 60
"""Themes above each other that are followed by their names alone."""
_BETWEEN = re.compile(r"\s*[;\n]\s*")


def themes_to_csv(themes: Sequence[Theme]) -> bytes:
    """One theme a row, each before its subthemes; search words with "; " between. Opens in spreadsheets."""
    by_id = {one.id: one for one in themes}
    rows = tuple(
        (one.id, one.name, one.name_nl, " / ".join(above.name for above in line_of(one, by_id)[:-1]), one.colour,
         one.letter, one.key, one.definition, "; ".join(one.search_words))
        for one in in_order(themes)
    )  # fmt: skip
    return table_to_csv(Table(name="", headers=COLUMNS, rows=rows, widths=()))


def themes_from_csv(text: str) -> tuple[IncomingTheme, ...]:
    """The themes in the file, in its order; () when there are none. ValueError when it is no table.

    Without a first row of known headers, each row is a name, or a name and a definition; with more in a row it is
    a table of something else.
    """
    rows = [row for row in _rows(text.removeprefix("\ufeff")) if any(cell.strip() for cell in row)]
    if not rows:
        return ()
    places = _places(rows[0])
    if "name" not in places:
        if max(map(len, rows)) > 2:
            return ()
        places = {"name": 0, "definition": 1}
    else:
        rows = rows[1:]
    said = [{name: _cell(row, place) for name, place in places.items()} for row in rows]
    parents: dict[str, set[str]] = {}
    for one in said:
        parents.setdefault(one["name"].strip().casefold(), set()).add(one.get("parent", "").strip())
    said = [{**one, "parent": _whole_path(one.get("parent", ""), parents)} for one in said]
    dutch = {_path(one): one.get("name_nl", "") for one in said}
    return tuple(_theme(one, dutch) for one in said if _path(one))


def _rows(text: str) -> list[list[str]]:
    """Rows of cells, whichever sign stands between them; lines as they are where none does."""
    if "\0" in text:
        raise ValueError("a NUL in a table")
    head = next((line for line in text.splitlines() if line.strip()), "")
    best = max((",", ";", "\t"), key=lambda sign: (len(_places(_split(head, sign))), head.count(sign)))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=best))
    except csv.Error as trouble:
        raise ValueError("no table") from trouble
    headed = "name" in _places(_split(head, best))
    if not headed and len({len(row) for row in rows if row}) > 1 and '"' not in text:
        return [[line] for line in text.splitlines()]  # a list of names, some with a comma in them
    return rows


def _split(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []


def _places(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what."""
    said = [cell.strip().strip("\ufeff").casefold() for cell in header]
    found: dict[str, int] = {}
    for name in COLUMNS:
        for way in (name, *_ALSO.get(name, ())):
            if way in said:
                found[name] = said.index(way)
                break
    return found


def _cell(row: Sequence[str], place: int) -> str:
    return unguarded(row[place]) if place < len(row) else ""


def _path(said: dict[str, str]) -> tuple[str, ...]:
    """The English names from the top to the theme itself; a name may be a path, with or without a parent."""
    names = [*said.get("parent", "").split("/"), *(said["name"] or said.get("name_nl", "")).split("/")]
    return tuple(name.strip() for name in names if name.strip())


def _whole_path(parent: str, parents: dict[str, set[str]]) -> str:
    """The parent as a path: what is the name alone of a theme under another in the file comes after that one.

    parents: those that the file gives to each name; a name with several is told by its path only.
    """
    path, met = parent, {""}
    while len(met) <= _DEEPEST and (top := path.split("/")[0].strip().casefold()) not in met:
        met.add(top)
        above = parents.get(top, {""})
        if len(above) > 1 or above == {""}:
            return path
        path = f"{next(iter(above))}/{path}"
    return parent


def _theme(said: dict[str, str], dutch: dict[tuple[str, ...], str]) -> IncomingTheme:
    path = _path(said)
    names = tuple(_named(path[:depth], dutch) for depth in range(1, len(path) + 1))
    return IncomingTheme(
        id=said.get("id", "").strip(), names=names, colour=said.get("colour", "").strip(),
        letter=said.get("letter", "").strip(), key=said.get("key", "").strip(),
        definition=said.get("definition", ""), search_words=tuple(_words(said.get("search_words", ""))),
    )  # fmt: skip


def _named(path: tuple[str, ...], dutch: dict[tuple[str, ...], str]) -> tuple[str, str]:
    return path[-1], dutch.get(path, "").strip() or path[-1]


def _words(said: str) -> Iterator[str]:
    return (word for word in _BETWEEN.split(said.strip()) if word)
