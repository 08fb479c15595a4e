"""Recipes of summaries as the project has them."""

from __future__ import annotations

from kantlijn.model.recipe import Recipe
from kantlijn.store.project import Project
from kantlijn.store.records import columns_of, recipe_from


def recipes(project: Project) -> list[Recipe]:
    """In the reader's order."""
    with project.reading() as db:
        rows = db.execute(f"SELECT {columns_of(Recipe)} FROM recipe ORDER BY position, id").fetchall()
    return [recipe_from(row) for row in rows]
