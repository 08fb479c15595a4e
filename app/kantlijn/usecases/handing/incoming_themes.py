"""Themes that files bring along: found among the project's by id or name, or made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kantlijn.exchange import colours
from kantlijn.model.changes import Change
from kantlijn.model.ids import new_id
from kantlijn.model.incoming import IncomingTheme
from kantlijn.model.theme import Theme
from kantlijn.usecases.marking.arrange_themes import fresh_colour, letter_for

Names = tuple[tuple[str, str], ...]
_LONGEST = 200


class IncomingThemes:
    """The project's themes and those to be made. steps makes them; made are the fresh ones, in order.

    brought: what the file says of its themes, so that a theme made because one below it is wanted is complete.
    """

    def __init__(self, themes: Sequence[Theme], brought: Iterable[IncomingTheme] = ()) -> None:
        self.every = list(themes)
        self.made: list[Theme] = []
        self._ids = {one.id for one in themes}
        self._brought = {one.id: one for one in brought if one.id}
        self._by_path = {_plain(one.names): one for one in self._brought.values()}
        self._children: dict[str | None, dict[str, Theme]] = {}
        self._named: dict[str, Theme] = {}
        for theme in sorted(themes, key=lambda one: one.parent is not None):  # a name means the top one first
            self._know(theme)

    @property
    def steps(self) -> list[Change]:
        return [Change(None, theme) for theme in self.made]

    def of_id(self, theme_id: str) -> str:
        """The id here of a theme that the file knows by this id."""
        if theme_id in self._ids:
            return theme_id
        one = self._brought.get(theme_id) or IncomingTheme(id=theme_id, names=((theme_id, theme_id),))
        return self.of(one)

    def of_tag(self, tag: str) -> str:
        """The id of the theme of this name in either language, or of this path; "" for a name without letters."""
        definition = ""
        if "://" in tag:  # a term of a vocabulary on the web: its last part is what people call it
            tag, definition = re.split(r"[/#]", tag.rstrip("/#"))[-1], tag
        names = _plain(tuple((part, part) for part in tag.split("/")))
        if not names:
            return ""
        found = self._named.get(_key(names[0][0])) if len(names) == 1 else None
        return found.id if found else self.of(IncomingTheme(names=names, definition=definition))

    def of(self, one: IncomingTheme) -> str:
        """The id of this theme: by id, else by names from the top down, else made with all above it."""
        if one.id in self._ids:
            return one.id
        names = _plain(one.names)
        above: str | None = None
        for depth in range(1, len(names) + 1):
            path = names[:depth]
            level = one if depth == len(names) else self._by_path.get(path) or IncomingTheme(names=path)
            above = self._at(level, path[-1], above)
        return above or ""

    def find(self, one: IncomingTheme) -> Theme | None:
        """The theme that is meant, when it is there already."""
        if one.id in self._ids:
            return next(theme for theme in self.every if theme.id == one.id)
        found: Theme | None = None
        for pair in _plain(one.names):
            found = self._beside(found.id if found else None, pair)
            if found is None:
                return None
        return found

    def _at(self, one: IncomingTheme, pair: tuple[str, str], above: str | None) -> str:
        if one.id in self._ids:
            return one.id
        found = self._beside(above, pair)
        if found is None:
            found = self._make(one, pair, above)
            self.every.append(found)
            self.made.append(found)
            self._ids.add(found.id)
            self._know(found)
        return found.id

    def _beside(self, above: str | None, pair: tuple[str, str]) -> Theme | None:
        there = self._children.get(above, {})
        return there.get(_key(pair[0])) or there.get(_key(pair[1]))

    def _make(self, one: IncomingTheme, pair: tuple[str, str], above: str | None) -> Theme:
        parent = next((theme for theme in self.every if theme.id == above), None)
        beside = [theme for theme in self.every if theme.parent == above]
        taken = {theme.key for theme in self.every}
        return Theme(
            id=one.id or new_id(), name=pair[0], name_nl=pair[1], parent=above, definition=one.definition,
            colour=colour_of(one.colour) or fresh_colour(self.every, parent),
            letter=letter_of(one.letter) or letter_for(pair[0], self.every),
            key=one.key if one.key in set("123456789") - taken else "", search_words=one.search_words,
            position=max((theme.position for theme in beside), default=0) + 1
            if one.position is None else one.position,
        )  # fmt: skip

    def _know(self, theme: Theme) -> None:
        for name in (theme.name, theme.name_nl):
            self._children.setdefault(theme.parent, {}).setdefault(_key(name), theme)
            self._named.setdefault(_key(name), theme)


def colour_of(said: str) -> str:
    """A colour "#rrggbb" as told in any of the ways there are; "" for anything else."""
    return colours.colour_of(said).lower()


def letter_of(said: str) -> str:
    """One letter or digit as told, "" for anything else."""
    return said if len(said) == 1 and said.isalnum() else ""


def _plain(names: Names) -> Names:
    """Names as themes can have them: on one line, without "/", none of them empty."""
    pairs = ((_name(name), _name(name_nl)) for name, name_nl in names)
    return tuple((name or name_nl, name_nl or name) for name, name_nl in pairs if name or name_nl)


def _name(name: str) -> str:
    name = "".join(point if point.isprintable() or point.isspace() else "" for point in name)
    return " ".join(name.replace("/", "-").split())[:_LONGEST]


def _key(name: str) -> str:
    return name.casefold()
