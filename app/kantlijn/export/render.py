"""The table of formats, and the summary's way to the process that writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

from kantlijn.export.html import to_html
from kantlijn.export.markdown import to_markdown
from kantlijn.model.summary import Entry, Group, Source, Summary
from kantlijn.model.theme import Theme

FORMS: dict[str, Callable[[Summary], str]] = {"html": to_html, "markdown": to_markdown}


def render(summary: Summary, form: str) -> str:
    """The summary in one of FORMS, in the language spoken now. KeyError for another."""
    return FORMS[form](summary)


def to_plain(summary: Summary) -> dict[str, Any]:
    """The summary as JSON types."""
    return asdict(summary)


def from_plain(plain: dict[str, Any]) -> Summary:
    """The summary again."""
    return Summary(**{**plain, "groups": tuple(map(_group, plain["groups"]))})


def _group(plain: dict[str, Any]) -> Group:
    made = {
        "theme": _theme(plain["theme"]) if plain["theme"] else None,
        "entries": tuple(map(_entry, plain["entries"])),
        "groups": tuple(map(_group, plain["groups"])),
    }
    return Group(**{**plain, **made})


def _entry(plain: dict[str, Any]) -> Entry:
    source = Source(**{**plain["source"], "range": tuple(plain["source"]["range"])})
    return Entry(**{**plain, "themes": tuple(map(_theme, plain["themes"])), "source": source})


def _theme(plain: dict[str, Any]) -> Theme:
    names = {field.name for field in fields(Theme)}
    values = {name: value for name, value in plain.items() if name in names}
    return Theme(**{**values, "search_words": tuple(values.get("search_words", ()))})
