"""Questions about relations and saved filters."""

from __future__ import annotations

import json
from collections.abc import Collection

from kantlijn.model.filters import SavedFilter
from kantlijn.model.relation import Relation
from kantlijn.store.project import Project
from kantlijn.store.records import columns_of, relation_from, saved_filter_from


def relations(project: Project) -> list[Relation]:
    """All of them, as made."""
    with project.reading() as db:
        rows = db.execute(f"SELECT {columns_of(Relation)} FROM relation ORDER BY created, id").fetchall()
    return [relation_from(row) for row in rows]


def relations_of(project: Project, annotation_ids: Collection[str]) -> list[Relation]:
    """Those that begin or end at one of these annotations."""
    with project.reading() as db:
        rows = db.execute(
            f"SELECT {columns_of(Relation)} FROM relation WHERE source IN (SELECT value FROM json_each(:ids))"
            " OR target IN (SELECT value FROM json_each(:ids)) ORDER BY created, id",
            {"ids": json.dumps(list(annotation_ids))},
        ).fetchall()
    return [relation_from(row) for row in rows]


def counts(project: Project) -> dict[str, int]:
    """How many relations each annotation has; those without any are left out."""
    with project.reading() as db:
        rows = db.execute(
            "SELECT annotation, count(*) FROM (SELECT id, source AS annotation FROM relation"
            " UNION SELECT id, target FROM relation) GROUP BY annotation"
        ).fetchall()
    return dict(rows)


def saved_filters(project: Project) -> list[SavedFilter]:
    """In the reader's order."""
    with project.reading() as db:
        rows = db.execute(f"SELECT {columns_of(SavedFilter)} FROM saved_filter ORDER BY position, id").fetchall()
    return [saved_filter_from(row) for row in rows]
