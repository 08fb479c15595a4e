"""Is this project whole? Reads only, so that a damaged one stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kantlijn.store import check as checks
from kantlijn.store.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """problems: a sentence each. counts: documents, annotations and so on."""

    ok: bool
    problems: tuple[str, ...]
    counts: dict[str, int]


def check(path: Path) -> Report:
    """Verify file, links, bytes, anchors and history. NotAProject when it cannot be opened at all."""
    project = Project.open(path, read_only=True)
    try:
        with project.at_once():
            problems = tuple(checks.problems(project))
            return Report(ok=not problems, problems=problems, counts=checks.counts(project))
    finally:
        project.close()
