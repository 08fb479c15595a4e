"""Recipes: how a summary is wanted, kept under a name with the project."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Change, Changes
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.ids import new_id
from kantlijn.model.recipe import Recipe, Wanted, wanted_from_json, wanted_to_json
from kantlijn.model.written import read_json
from kantlijn.store import recipes as stored
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.wording import text_of
from kantlijn.words import say

_LAST = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeRow:
    """A recipe, ready to be used."""

    id: str
    name: str
    form: str
    wanted: Wanted


def recipes(desk: Desk) -> tuple[RecipeRow, ...]:
    """In the reader's order; of one that cannot be read all is as usual."""
    return tuple(_row(recipe) for recipe in stored.recipes(desk.project))


def find_recipe(desk: Desk, name: str) -> RecipeRow:
    """By its id or name. NotFound."""
    rows = recipes(desk)
    for row in rows:
        if name == row.id or name.casefold() == row.name.casefold():
            return row
    names = ", ".join(row.name for row in rows)
    if not names:
        raise NotFound(say("There is no recipe “{name}”; the project has none.", name=name))
    raise NotFound(say("There is no recipe “{name}”; there are {names}.", name=name, names=names))


def save_recipe(desk: Desk, name: str, form: str, wanted: Wanted) -> Changes:
    """Keep the choices under this name; a recipe of the same name is replaced. ReadOnly, Known for no name."""
    must_write(desk)
    name = _name(name)
    there = stored.recipes(desk.project)
    before = next((one for one in there if one.name.casefold() == name.casefold()), None)
    written = wanted_to_json(wanted)
    if before is not None:
        after = replace(before, name=name, form=form, wanted=written)
    else:
        position = max((one.position for one in there), default=0) + 1
        after = Recipe(id=new_id(), name=name, form=form, wanted=written, position=position)
    steps = [] if after == before else [Change(before, after)]
    return desk.write(say("Keep the recipe “{name}”", name=name), steps)


def rename_recipe(desk: Desk, recipe_id: str, name: str) -> Changes:
    """Known when another has that name; NotFound, ReadOnly."""
    must_write(desk)
    before = _recipe(desk, recipe_id)
    name = _name(name)
    if any(one.id != recipe_id and one.name.casefold() == name.casefold() for one in stored.recipes(desk.project)):
        raise Known(say("There is a recipe “{name}” already.", name=name))
    steps = [] if before.name == name else [Change(before, replace(before, name=name))]
    return desk.write(say("Rename the recipe “{name}”", name=before.name), steps)


def remove_recipe(desk: Desk, recipe_id: str) -> Changes:
    """Undo brings it back. NotFound, ReadOnly."""
    must_write(desk)
    before = _recipe(desk, recipe_id)
    return desk.write(say("Remove the recipe “{name}”", name=before.name), [Change(before, None)])


def last_choices(desk: Desk) -> tuple[str, Wanted] | None:
    """Format and choices as they stood when the builder was last left; None before the first time."""
    try:
        form, written = read_json(desk.project.fact(_LAST) or "[]")
        return str(form), wanted_from_json(written)
    except (ValueError, TypeError):
        return None


def keep_choices(desk: Desk, form: str, wanted: Wanted) -> None:
    """Remember them, outside the history; in a project that is only read they are forgotten."""
    if not desk.read_only:
        bare = replace(wanted, chosen=AnnotationFilter())
        desk.project.keep_fact(_LAST, json.dumps([form, wanted_to_json(bare)], ensure_ascii=False))


def _row(recipe: Recipe) -> RecipeRow:
    try:
        wanted = wanted_from_json(recipe.wanted)
    except (ValueError, TypeError):
        wanted = Wanted()
    return RecipeRow(id=recipe.id, name=recipe.name, form=recipe.form, wanted=wanted)


def _recipe(desk: Desk, recipe_id: str) -> Recipe:
    found = next((one for one in stored.recipes(desk.project) if one.id == recipe_id), None)
    if found is None:
        raise NotFound(say("That recipe is no longer in the project."))
    return found


def _name(name: str) -> str:
    name = " ".join(text_of(name).split())[:200]
    if not name:
        raise Known(say("Give the recipe a name."))
    return name
