"""Questions about documents, versions and themes."""

from __future__ import annotations

from dataclasses import replace

from kantlijn.model.document import Document, Version
from kantlijn.model.theme import Theme
from kantlijn.store.project import Project
from kantlijn.store.records import columns_of, document_from, theme_from, version_from


def documents(project: Project) -> list[Document]:
    """All of them, in the reader's order."""
    with project.reading() as db:
        project.kept.look(db)
        if project.kept.documents is None:
            rows = db.execute(f"SELECT {columns_of(Document)} FROM document ORDER BY position, id").fetchall()
            project.kept.documents = [document_from(row) for row in rows]
        return project.kept.documents.copy()


def versions(project: Project) -> list[Version]:
    """Of all documents, the newest last within each."""
    with project.reading() as db:
        project.kept.look(db)
        if project.kept.versions is None:
            rows = db.execute(f"SELECT {columns_of(Version)} FROM version ORDER BY document, number").fetchall()
            project.kept.versions = [version_from(row) for row in rows]
        return project.kept.versions.copy()


def version(project: Project, version_id: str) -> Version | None:
    with project.reading() as db:
        row = db.execute(f"SELECT {columns_of(Version)} FROM version WHERE id = ?", (version_id,)).fetchone()
    return version_from(row) if row else None


def version_with(project: Project, sha256: str) -> Version | None:
    """A version whose file has these very bytes."""
    with project.reading() as db:
        row = db.execute(
            f"SELECT {columns_of(Version)} FROM version WHERE sha256 = ? ORDER BY added LIMIT 1", (sha256,)
        ).fetchone()
    return version_from(row) if row else None


def themes(project: Project) -> list[Theme]:
    """All of them, in no order but their positions'."""
    with project.reading() as db:
        rows = db.execute(f"SELECT {columns_of(Theme)} FROM theme ORDER BY position, id").fetchall()
    return _without_circles([theme_from(row) for row in rows])


def _without_circles(found: list[Theme]) -> list[Theme]:
    """The themes, those that a damaged file puts inside themselves brought to the top."""
    parents = {theme.id: theme.parent for theme in found}

    def circles(theme: Theme) -> bool:
        met, above = set(), theme.parent
        while above is not None and above not in met:
            met.add(above)
            above = parents.get(above)
        return theme.id in met

    return [replace(theme, parent=None) if circles(theme) else theme for theme in found]


def annotations_by_document(project: Project) -> dict[str, int]:
    """How many annotations each document has; documents without any are left out."""
    with project.reading() as db:
        return dict(db.execute("SELECT document, count(*) FROM annotation GROUP BY document").fetchall())


def annotations_by_theme(project: Project) -> dict[str, int]:
    """How many annotations have each theme itself, subthemes not counted."""
    with project.reading() as db:
        return dict(db.execute("SELECT theme, count(*) FROM annotation_theme GROUP BY theme").fetchall())
