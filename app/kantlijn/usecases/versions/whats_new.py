"""What is new for a theme: the changes that touch its annotations, or hold its search words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from kantlijn.model.comparison import Edit
from kantlijn.model.document import Range
from kantlijn.model.filters import AnnotationFilter
from kantlijn.store import passages as stored
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.find import theme_family
from kantlijn.usecases.versions.compare import Compared


def touching_annotations(
    desk: Desk, compared: Compared, annotation_themes: Collection[str] | None = None
) -> dict[int, tuple[str, ...]]:
    """Which edits (by their place in the comparison) touch which annotations, of these themes or of any.

    Annotations of the old version count where they stand there, those of the new version likewise.
    """
    found: dict[int, list[str]] = {}
    for version, side in ((compared.old, "old"), (compared.new, "new")):
        chosen = AnnotationFilter(versions=(version.id,), any_themes=tuple(annotation_themes or ()))
        ranges = sorted(
            (passage.anchor.range, passage.id)
            for passage in stored.passages(desk.project, chosen)
            if not passage.is_area
        )
        longest = max((end - start for (start, end), _ in ranges), default=0)
        for number, edit in enumerate(compared.comparison.edits):
            for annotation in _touched(edit.old if side == "old" else edit.new, ranges, longest):
                known = found.setdefault(number, [])
                if annotation not in known:
                    known.append(annotation)
    return {number: tuple(ids) for number, ids in found.items()}


def _touched(parts: Sequence[Range], ranges: Sequence[tuple[Range, str]], longest: int) -> list[str]:
    """The annotations that any of these parts runs into; ranges in order of their starts, none longer."""
    found = []
    for start, end in parts:
        first, last = (bisect_left(ranges, ((place, -1), "")) for place in (start - longest, end))
        found += [annotation for (_, until), annotation in ranges[first:last] if until > start]
    return found


def new_for_theme(desk: Desk, compared: Compared, theme_id: str) -> tuple[int, ...]:
    """The edits (by their place) that touch an annotation with the theme or a subtheme of it, or whose words,
    on either side, hold one of their search words.
    """
    family = theme_family(desk, theme_id)
    touched = touching_annotations(desk, compared, [theme.id for theme in family])
    words = tuple(word.casefold().strip() for theme in family for word in theme.search_words if word.strip())
    return tuple(
        number
        for number, edit in enumerate(compared.comparison.edits)
        if number in touched or (edit.kind != "formatting" and _holds(compared, edit, words))
    )


def _holds(compared: Compared, edit: Edit, words: Sequence[str]) -> bool:
    said = " ".join(
        content.text[start:end]
        for content, parts in ((compared.old_content, edit.old), (compared.new_content, edit.new))
        for start, end in parts
    ).casefold()
    said = " ".join(said.replace("\u00ad", "").split())
    return any(word in said for word in words)
