"""A summary's way to the process that writes it: JSON types, each entry and theme once however often it stands."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from kantlijn.model.entry import Entry, Source, UsedFile
from kantlijn.model.register import RegisterRow
from kantlijn.model.summary import Group, Summary
from kantlijn.model.theme import Theme

_BARE = ("title", "by", "made", "language", "total", "project", "footnotes", "left_out")
_ROW = (
    "relation", "type", "status", "type_said", "status_said", "note", "author", "modified", "addressee",
)  # fmt: skip
_ENTRY = ("annotation", "quote", "note", "author", "created", "modified", "before", "after")
_SOURCE = tuple(field.name for field in fields(Source))
_THEME = tuple(field.name for field in fields(Theme))


def to_plain(summary: Summary) -> dict[str, Any]:
    """The summary as JSON types."""
    packed = _Packed()
    return {
        **{name: getattr(summary, name) for name in _BARE},
        "groups": [packed.group(group) for group in summary.groups],
        "register": [packed.row(row) for row in summary.register],
        "used": [asdict(one) for one in summary.used], "entries": packed.entries, "themes": packed.themes,
    }  # fmt: skip


class _Packed:
    """Entries and themes by their place in a list."""

    def __init__(self) -> None:
        self.entries: list[list[Any]] = []
        self.themes: list[list[Any]] = []
        self._places: dict[int, int] = {}

    def group(self, group: Group) -> dict[str, Any]:
        return {
            "title": group.title, "document": group.document, "about": group.about, "text": group.text,
            "theme": None if group.theme is None else self._theme(group.theme),
            "entries": [self._entry(one) for one in group.entries],
            "relations": [self.row(one) for one in group.relations],
            "groups": [self.group(one) for one in group.groups],
        }  # fmt: skip

    def row(self, row: RegisterRow) -> list[Any]:
        bare = [getattr(row, name) for name in _ROW]
        return [bare, self._entry(row.origin), self._entry(row.target)]

    def _entry(self, entry: Entry) -> int:
        place = self._places.get(id(entry))
        if place is None:
            bare = [getattr(entry, name) for name in _ENTRY]
            source = [getattr(entry.source, name) for name in _SOURCE]
            place = self._places[id(entry)] = len(self.entries)
            self.entries.append([bare, source, [self._theme(theme) for theme in entry.themes]])
        return place

    def _theme(self, theme: Theme) -> int:
        place = self._places.get(id(theme))
        if place is None:
            place = self._places[id(theme)] = len(self.themes)
            self.themes.append([getattr(theme, name) for name in _THEME])
        return place


def from_plain(plain: dict[str, Any]) -> Summary:
    """The summary again."""
    unpacked = _Unpacked(plain["themes"], plain["entries"])
    return Summary(
        **{name: plain[name] for name in _BARE}, groups=tuple(map(unpacked.group, plain["groups"])),
        register=tuple(map(unpacked.row, plain["register"])),
        used=tuple(UsedFile(**one) for one in plain["used"]),
    )  # fmt: skip


class _Unpacked:
    def __init__(self, themes: list[list[Any]], entries: list[list[Any]]) -> None:
        self._themes = [_theme(one) for one in themes]
        self._entries = [self._entry(*one) for one in entries]

    def _entry(self, bare: list[Any], place: list[Any], themes: list[int]) -> Entry:
        source = dict(zip(_SOURCE, place, strict=True))
        source["range"] = tuple(source["range"])
        return Entry(
            **dict(zip(_ENTRY, bare, strict=True)), source=Source(**source),
            themes=tuple(self._themes[one] for one in themes),
        )  # fmt: skip

    def row(self, plain: list[Any]) -> RegisterRow:
        bare, origin, target = plain
        return RegisterRow(
            **dict(zip(_ROW, bare, strict=True)), origin=self._entries[origin], target=self._entries[target]
        )

    def group(self, plain: dict[str, Any]) -> Group:
        made = {
            "theme": None if plain["theme"] is None else self._themes[plain["theme"]],
            "entries": tuple(self._entries[one] for one in plain["entries"]),
            "relations": tuple(map(self.row, plain["relations"])),
            "groups": tuple(map(self.group, plain["groups"])),
        }
        return Group(**{**plain, **made})


def _theme(plain: list[Any]) -> Theme:
    values = dict(zip(_THEME, plain, strict=True))
    return Theme(**{**values, "search_words": tuple(values["search_words"])})
