"""Tagging what a search found: one hit, or all of them in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kantlijn.errors import Cancelled, Known
from kantlijn.model.changes import Changes
from kantlijn.model.document import Range
from kantlijn.store import search_index
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.marking.tag import Wanted, tag_across
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.searching.hits import Group, Hit
from kantlijn.usecases.searching.search import Search
from kantlijn.words import say

MOST = 20_000
"""Hits that are tagged at once; more is a mistake more often than a wish."""


def tag_hits(
    desk: Desk, found: Search, groups: Sequence[Group], theme: str,
    *, cancelled: Callable[[], bool] | None = None,
) -> Changes:  # fmt: skip
    """Whole words of all hits get the theme, those that have it left as they are: one step.

    Of each document only the newest version with hits, since carrying over is for the others. Known where nothing
    is left to tag or there is too much; Cancelled; ReadOnly.
    """
    must_write(desk)
    newest: dict[str, Group] = {}
    for group in groups:
        newest.setdefault(group.document, group)
    if sum(group.count for group in newest.values()) > MOST:
        raise Known(say("More than {most} hits are not tagged at once. Narrow the search.", most=f"{MOST:,}"))
    wanted = {}
    for group in newest.values():
        if cancelled is not None and cancelled():
            raise Cancelled(say("Nothing was tagged."))
        places = [hit for hit in found.hits(group) if theme not in hit.themes]
        if places:
            ranges = dict.fromkeys(whole_words(desk, hit) for hit in places)
            wanted[group.version] = [Wanted(range=range, themes=(theme,)) for range in ranges]
    if not wanted:
        raise Known(say("All these hits have that theme already."))
    return tag_across(desk, wanted).changes


def whole_words(desk: Desk, hit: Hit) -> Range:
    """The hit's range with the words it is a part of."""
    text, _ = search_index.light_text(desk.project, read_version(desk, hit.version)) or ("", ())
    start, end = hit.range
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
