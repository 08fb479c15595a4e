"""What the project's annotations and themes have to do with a comparison; asked on the desk's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kantlijn.words import language

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.versions.compare import Compared

Chips = dict[int, tuple[tuple[str, str], ...]]
"""By the edit's place: letter and colour of the themes of annotations it touches."""


def touched(desk: Desk, compared: Compared) -> tuple[Chips, list[tuple[str, str]]]:
    """Themes of the annotations that each edit touches, and all themes by name."""
    from kantlijn.model.filters import AnnotationFilter
    from kantlijn.usecases import read
    from kantlijn.usecases.versions.whats_new import touching_annotations

    themes = {row.theme.id: row.theme for row in read.themes(desk)}
    marked_by = touching_annotations(desk, compared)
    ids = {annotation for marked in marked_by.values() for annotation in marked}
    of: dict[str, tuple[str, ...]] = {}
    if ids:
        for row in read.annotation_rows(desk, AnnotationFilter(ids=tuple(ids))):
            of[row.passage.id] = row.passage.annotation.themes
    chips: Chips = {}
    for number, marked in marked_by.items():
        found = dict.fromkeys(theme for annotation in marked for theme in of.get(annotation, ()))
        chips[number] = tuple((themes[one].letter, themes[one].colour) for one in found if one in themes)
    return chips, [(theme.id, theme.called(language())) for theme in themes.values()]


def new_for(desk: Desk, compared: Compared, theme: str) -> tuple[str, frozenset[int]]:
    """The theme's name, and the edits that are new for it."""
    from kantlijn.usecases import read
    from kantlijn.usecases.versions.whats_new import new_for_theme

    return read.theme_names(desk).get(theme, ""), frozenset(new_for_theme(desk, compared, theme))
