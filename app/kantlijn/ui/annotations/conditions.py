"""What a filter asks for, in words: one sentence a condition, and the filter without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QDate, QLocale

from kantlijn.model.filters import AnnotationFilter
from kantlijn.words import language, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """What there is to choose from. versions: (document id, what it is called) by id."""

    documents: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)


def state_names() -> dict[str, str]:
    """What the states of carried passages are called."""
    return {
        "original": say("made here"),
        "unchanged": say("carried over unchanged"),
        "moved": say("carried over, moved"),
        "changed": say("carried over, changed"),
        "lost": say("lost on the way"),
    }


def kind_names() -> dict[str, str]:
    """How annotations are drawn."""
    return {
        "highlight": say("highlighted"),
        "underline": say("underlined"),
        "strike": say("struck through"),
        "area": say("an area"),
    }


def conditions(chosen: AnnotationFilter, there: Lookups) -> list[tuple[str, AnnotationFilter]]:
    """Each condition besides themes and text: how it is said, and the filter without it."""
    found: list[tuple[str, AnnotationFilter]] = []

    def each(name: str, said: Mapping[str, str]) -> None:
        values: tuple[str, ...] = getattr(chosen, name)
        for value in values:
            rest = tuple(other for other in values if other != value)
            found.append((said.get(value, "?"), replace(chosen, **{name: rest})))  # type: ignore[arg-type]

    each("documents", there.documents)
    titles = there.documents
    each("versions", {key: f"{titles.get(of, '')} · {name}" for key, (of, name) in there.versions.items()})
    if chosen.has_note is not None:
        said = say("Has note") if chosen.has_note else say("No note")
        found.append((said, replace(chosen, has_note=None)))
    if chosen.untagged is not None:
        said = say("No theme") if chosen.untagged else say("Has a theme")
        found.append((said, replace(chosen, untagged=None)))
    each("authors", {author: say("by {author}", author=author) for author in chosen.authors})
    if chosen.since:
        found.append((say("since {day}", day=day(chosen.since)), replace(chosen, since="")))
    if chosen.until:
        found.append((say("until {day}", day=day(chosen.until)), replace(chosen, until="")))
    each("kinds", kind_names())
    each("states", state_names())
    if chosen.has_relation is not None:
        said = say("Has a relation") if chosen.has_relation else say("No relation")
        found.append((said, replace(chosen, has_relation=None)))
    each("relations", there.types)
    each("statuses", there.statuses)
    return found


def day(written: str) -> str:
    """"12 Nov 2026" from "2026-11-12"; anything else as it is."""
    date = QDate.fromString(written[:10], "yyyy-MM-dd")
    locale = QLocale(QLocale.Language.Dutch if language() == "nl" else QLocale.Language.English)
    return locale.toString(date, "d MMM yyyy") if date.isValid() else written


def way_of(chosen: AnnotationFilter, theme: str) -> str:
    """"any", "all" or "not"; "" where the theme is not asked for."""
    ways = {"any": chosen.any_themes, "all": chosen.all_themes, "not": chosen.no_themes}
    return next((way for way, themes in ways.items() if theme in themes), "")


def with_theme(chosen: AnnotationFilter, theme: str, way: str) -> AnnotationFilter:
    """The filter asking for this theme so; not at all with ""."""

    def rest(themes: tuple[str, ...], here: str) -> tuple[str, ...]:
        kept = tuple(one for one in themes if one != theme)
        return (*kept, theme) if way == here else kept

    return replace(
        chosen,
        any_themes=rest(chosen.any_themes, "any"),
        all_themes=rest(chosen.all_themes, "all"),
        no_themes=rest(chosen.no_themes, "not"),
    )
