"""Comparisons and sketches of texts, kept so that they need not be made again. Not in the history."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection

from kantlijn.model.comparison import Comparison, comparison_from_plain, comparison_to_plain
from kantlijn.model.document import Version
from kantlijn.model.squeezed import unsqueezed
from kantlijn.model.written import read_json
from kantlijn.store.project import Project

_MOST = 256 << 20
"""Bytes of JSON that a comparison may be."""


def comparison(
    project: Project, old: Version, new: Version, ignored: Collection[str], method: str
) -> Comparison | None:
    """What was kept of comparing these two contents; None when nothing is, or another method made it."""
    with project.reading() as db:
        row = db.execute(
            "SELECT result FROM comparison WHERE old = ? AND new = ? AND ignored = ? AND method = ?",
            (content_name(old), content_name(new), _list(ignored), method),
        ).fetchone()
    if row is None:
        return None
    try:
        return comparison_from_plain(read_json(unsqueezed(row[0], _MOST).decode()))
    except (ValueError, TypeError, KeyError):
        return None  # damaged: it is made again


def keep_comparison(project: Project, old: Version, new: Version, found: Comparison, method: str) -> None:
    """Instead of an older one of the same contents."""
    result = zlib.compress(json.dumps(comparison_to_plain(found)).encode(), 3)
    with project.aside() as db:
        db.execute(
            "INSERT OR REPLACE INTO comparison (old, new, ignored, method, result) VALUES (?, ?, ?, ?, ?)",
            (content_name(old), content_name(new), _list(found.ignore), method, result),
        )


def sketches(project: Project, method: str) -> dict[str, bytes]:
    """All sketches made by this method, by content_name()."""
    with project.reading() as db:
        return dict(db.execute("SELECT content, marks FROM sketch WHERE method = ?", (method,)).fetchall())


def keep_sketches(project: Project, made: dict[str, bytes], method: str) -> None:
    with project.aside() as db:
        db.executemany(
            "INSERT OR REPLACE INTO sketch (content, method, marks) VALUES (?, ?, ?)",
            [(content, method, marks) for content, marks in made.items()],
        )


def content_name(version: Version) -> str:
    """What names a version's content: its bytes and who extracted the text."""
    return f"{version.sha256} {version.extractor}"


def _list(ignored: Collection[str]) -> str:
    return ",".join(sorted(ignored))
