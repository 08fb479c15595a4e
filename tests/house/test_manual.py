"""The manual tells what the window can do: every action, with the keys it has."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def rows() -> dict[str, list[str]]:
    """The manual's table of keys: what it calls an action → its keys."""
    manual = (REPOSITORY / "docs" / "manual.md").read_text("utf-8")
    cells = [line.strip("| \n").split(" | ") for line in manual.splitlines() if line.startswith("|")]
    return {cell[0].strip(): cell[1].strip().strip("`").split("`, `") for cell in cells if len(cell) == 2}


def test_that_the_manual_lists_every_key_of_the_window() -> None:
    from kantlijn.ui.shell.actions import table

    told = rows()
    for row in table():
        if row.keys:
            name = row.text.rstrip("…").replace("&", "")
            keys = told.get(name) or told.get(f"{name}…")
            assert keys is not None, f"the manual's table of keys does not have {name!r}"
            assert keys == list(row.keys), f"{name}: the manual says {keys}, the window {list(row.keys)}"


def test_that_links_between_documents_lead_somewhere() -> None:
    pages = (REPOSITORY / "README.md", REPOSITORY / "app" / "README.md", *(REPOSITORY / "docs").rglob("*.md"))
    dead = [
        f"{page.relative_to(REPOSITORY)} → {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not dead, dead
