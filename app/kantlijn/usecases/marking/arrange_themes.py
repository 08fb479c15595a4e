"""The theme tree: add, edit, move, delete."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Change, Changes
from kantlijn.model.ids import new_id
from kantlijn.model.theme import Theme
from kantlijn.store import passages, shelf
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.words import language, say

FRESH = ("#1d63c4", "#c2560a", "#2e7d32", "#7b4fb5", "#0f7f86", "#b3261e", "#8a6d00", "#a03f7d", "#4f6272")
"""Colours for new themes, told apart by colour-blind readers too."""
_FIELDS = {"name", "name_nl", "colour", "letter", "key", "definition", "search_words"}


def add_theme(
    desk: Desk, name: str, *, parent: str | None = None, colour: str = "", letter: str = "", key: str = ""
) -> Changes:
    """A new theme at the end of its parent's, or of the top. Empty colour, letter: a sensible one is chosen."""
    themes = _themes(desk)
    name = _name(name)
    above = _theme(themes, parent) if parent else None
    theme = Theme(
        id=new_id(), name=name, name_nl=name, parent=parent, colour=colour or fresh_colour(themes, above),
        letter=letter or letter_for(name, themes), key=key,
        position=max((one.position for one in themes if one.parent == parent), default=0) + 1,
    )  # fmt: skip
    _check(theme, themes)
    steps = [*_without_key(themes, theme), Change(None, theme)]
    return desk.write(say("Add the theme {theme}", theme=name), steps)


def edit_theme(desk: Desk, theme_id: str, **fields: Any) -> Changes:
    """Set name (in the language spoken, or both when they were the same), colour, letter, key, definition…"""
    themes = _themes(desk)
    before = _theme(themes, theme_id)
    if unknown := set(fields) - _FIELDS:
        raise TypeError(f"no such fields: {unknown}")
    if "name" in fields and "name_nl" not in fields:
        fields = _named(before, _name(fields.pop("name")), fields)
    after = replace(before, **fields)
    if after == before:
        return desk.write(say("Edit the theme {theme}", theme=before.called(language())), [])
    _check(after, themes)
    steps = [*_without_key(themes, after), Change(before, after)]
    return desk.write(say("Edit the theme {theme}", theme=after.called(language())), steps)


def move_theme(desk: Desk, theme_id: str, *, parent: str | None, position: int) -> Changes:
    """Put the theme under parent (None: at the top), at this place from 0. Known when that is inside itself."""
    themes = _themes(desk)
    theme = _theme(themes, theme_id)
    above = parent
    while above is not None:
        if above == theme_id:
            raise Known(say("A theme cannot be put inside itself."))
        above = _theme(themes, above).parent
    beside = [one for one in themes if one.parent == parent and one.id != theme_id]
    beside.insert(max(0, min(position, len(beside))), replace(theme, parent=parent))
    by_id = {one.id: one for one in themes}
    steps = [
        Change(by_id[one.id], replace(one, position=place))
        for place, one in enumerate(beside, 1)
        if by_id[one.id] != replace(one, position=place)
    ]
    return desk.write(say("Move the theme {theme}", theme=theme.called(language())), steps)


def delete_theme(desk: Desk, theme_id: str) -> Changes:
    """Delete the theme: annotations lose it, its subthemes move up to where it stood."""
    themes = _themes(desk)
    theme = _theme(themes, theme_id)
    at = now()
    steps: list[Change] = []
    for before in passages.annotations_with(desk.project, passages.ids_with_theme(desk.project, theme_id)):
        left = tuple(one for one in before.themes if one != theme_id)
        steps.append(Change(before, replace(before, themes=left, modified=at)))
    steps.extend(
        Change(one, replace(one, parent=theme.parent, position=theme.position))
        for one in themes
        if one.parent == theme_id
    )
    steps.append(Change(theme, None))
    return desk.write(say("Delete the theme {theme}", theme=theme.called(language())), steps)


def merge_themes(desk: Desk, from_id: str, into_id: str) -> Changes:
    """Let what is tagged with the one be tagged with the other, and the one be gone; its subthemes move along.

    The other takes over a definition, key and search words it has not. Known when one lies inside the other's
    subthemes the wrong way round, or both are one.
    """
    themes = _themes(desk)
    gone, kept = _theme(themes, from_id), _theme(themes, into_id)
    above: str | None = into_id
    while above is not None:
        if above == from_id:
            raise Known(say("A theme cannot be merged into itself or into one of its own subthemes."))
        above = _theme(themes, above).parent
    at = now()
    steps: list[Change] = []
    for before in passages.annotations_with(desk.project, passages.ids_with_theme(desk.project, from_id)):
        merged = tuple(dict.fromkeys(into_id if one == from_id else one for one in before.themes))
        steps.append(Change(before, replace(before, themes=merged, modified=at)))
    last = max((one.position for one in themes if one.parent == into_id), default=0)
    children = [one for one in themes if one.parent == from_id]
    taken = {one.name.casefold() for one in themes if one.parent == into_id}
    for place, child in enumerate(children, last + 1):
        name, name_nl = child.name, child.name_nl
        if name.casefold() in taken:
            name, name_nl = f"{name} ({gone.name})", f"{name_nl} ({gone.name_nl})"
        steps.append(Change(child, replace(child, parent=into_id, position=place, name=name, name_nl=name_nl)))
    richer = replace(
        kept,
        definition=kept.definition or gone.definition,
        key=kept.key or gone.key,
        search_words=tuple(dict.fromkeys((*kept.search_words, *gone.search_words))),
    )
    steps.append(Change(gone, None))
    if richer != kept:
        steps.append(Change(kept, richer))
    title = say("Merge the theme {theme} into {other}",
                theme=gone.called(language()), other=kept.called(language()))  # fmt: skip
    return desk.write(title, steps)


def _themes(desk: Desk) -> list[Theme]:
    must_write(desk)
    return shelf.themes(desk.project)


def _theme(themes: list[Theme], theme_id: str) -> Theme:
    found = next((theme for theme in themes if theme.id == theme_id), None)
    if found is None:
        raise NotFound(say("That theme is no longer in the project."))
    return found


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Known(say("A theme needs a name."))
    if "/" in name:
        raise Known(say("A theme's name cannot hold a “/”, which stands between a theme and its subtheme."))
    return name


def _named(before: Theme, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    if before.name == before.name_nl:
        return {**fields, "name": name, "name_nl": name}
    return {**fields, ("name_nl" if language() == "nl" else "name"): name}


def _check(theme: Theme, themes: list[Theme]) -> None:
    """Known when a name is taken beside it, or a colour, letter or key is none."""
    for other in themes:
        same = {other.name.casefold(), other.name_nl.casefold()} & {
            theme.name.casefold(),
            theme.name_nl.casefold(),
        }
        if other.id != theme.id and other.parent == theme.parent and same:
            raise Known(say("There is a theme “{name}” here already.", name=theme.called(language())))
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", theme.colour):
        raise Known(say("“{colour}” is not a colour; write it as #1d63c4.", colour=theme.colour))
    if len(theme.letter) != 1 or not theme.letter.isalnum():
        raise Known(say("A theme's letter is one letter or digit."))
    if theme.key not in ("", *"123456789"):
        raise Known(say("A theme's key is 1 to 9, or none."))


def _without_key(themes: list[Theme], theme: Theme) -> list[Change]:
    """A key belongs to one theme: whoever had it before loses it."""
    return [
        Change(other, replace(other, key=""))
        for other in themes
        if theme.key and other.key == theme.key and other.id != theme.id
    ]


def letter_for(name: str, themes: Sequence[Theme] = ()) -> str:
    """A capital or digit of the name that no theme has: one that a word begins with, else any; else the first."""
    words = ["".join(point for point in word.upper() if point.isalnum()) for word in name.split()]
    wanted = [*(word[0] for word in words if word), *"".join(words)]
    taken = {theme.letter for theme in themes}
    return next((letter for letter in wanted if letter not in taken), wanted[0] if wanted else "X")


def fresh_colour(themes: Sequence[Theme], above: Theme | None) -> str:
    """A tint of the parent's, or of the fresh ones that used least."""
    if above is None:
        used = [theme.colour.lower() for theme in themes]
        return min(FRESH, key=used.count)
    red, green, blue = (int(above.colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    tint = colorsys.hls_to_rgb(hue, min(0.6, light + 0.14), strength)
    return "#" + "".join(f"{round(part * 255):02x}" for part in tint)
