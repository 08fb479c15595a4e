"""Which annotations: the filter of the list, of the summary and of the command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationFilter:
    """Everything empty lets all through. Ids, not names; text is matched folded in quote, note and theme names.

    any_themes: at least one of these; all_themes: every one; no_themes: none of these. A theme stands for its
    subthemes too: the store's reader widens them. dates are bounds on modified, inclusive, as far as given.
    """

    documents: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    any_themes: tuple[str, ...] = ()
    all_themes: tuple[str, ...] = ()
    no_themes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    has_note: bool | None = None
    untagged: bool | None = None
    text: str = ""
    since: str = ""
    until: str = ""
