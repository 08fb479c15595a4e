"""Tagging what a search found: one hit, or all of them in one step."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate

from kantlijn.errors import Cancelled, Known
from kantlijn.model.changes import Changes
from kantlijn.model.document import Range
from kantlijn.store import passages, search_index
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.marking.tag import Wanted, tag_across, tag_many
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.searching.hits import Group, Hit
from kantlijn.usecases.searching.search import Search
from kantlijn.words import number, say

MOST = 20_000
"""Hits that are tagged at once; more is a mistake more often than a wish."""
_AT_ONCE = 500


def tag_hits(
    desk: Desk, found: Search, groups: Sequence[Group], theme: str,
    *, cancelled: Callable[[], bool] | None = None, progress: Callable[[int, int], None] | None = None,
) -> Changes:  # fmt: skip
    """Whole words of all hits get the theme, those that have it left as they are: one step.

    Of each document only the newest version with hits, since carrying over is for the others. progress: (hits
    looked at, of how many). Known where nothing is left to tag or there is too much; Cancelled; ReadOnly.
    """
    must_write(desk)
    newest: dict[str, Group] = {}
    for group in groups:
        newest.setdefault(group.document, group)
    total = sum(group.count for group in newest.values())
    if total > MOST:
        raise Known(say("More than {most} hits are not tagged at once. Narrow the search.", most=number(MOST)))
    wanted: dict[str, list[Wanted]] = {}
    looked = 0
    for group in newest.values():
        text = _text_of(desk, group.version)
        ranges: dict[Range, None] = {}
        for first in range(0, group.count, _AT_ONCE):
            if cancelled is not None and cancelled():
                raise Cancelled(say("Nothing was tagged."))
            places = found.hits(group, first, _AT_ONCE)
            ranges.update(dict.fromkeys(_whole(text, hit.range) for hit in places if theme not in hit.themes))
            looked += len(places)
            if progress is not None:
                progress(looked, total)
        if ranges:
            wanted[group.version] = [Wanted(range=place, themes=(theme,)) for place in ranges]
    if not wanted:
        raise Known(say("All these hits have that theme already."))
    return tag_across(desk, wanted).changes


def tag_places(desk: Desk, version_id: str, places: Sequence[Range], theme: str) -> Changes:
    """The same for places in one version, as finding in a document gives them. Known as tag_hits(); ReadOnly."""
    must_write(desk)
    text = _text_of(desk, version_id)
    marked = passages.themes_at(desk.project, version_id, (0, len(text)))
    taken = sorted(where for where, one in marked if one == theme)
    starts, ends = [start for start, _ in taken], list(accumulate((end for _, end in taken), max))

    def has_it(place: Range) -> bool:
        before = bisect_left(starts, place[1])
        return before > 0 and ends[before - 1] > place[0]

    ranges = dict.fromkeys(_whole(text, place) for place in places if not has_it(place))
    if not ranges:
        raise Known(say("All these hits have that theme already."))
    return tag_many(desk, version_id, [Wanted(range=place, themes=(theme,)) for place in ranges]).changes


def whole_words(desk: Desk, hit: Hit) -> Range:
    """The hit's range with the words it is a part of."""
    return _whole(_text_of(desk, hit.version), hit.range)


def _text_of(desk: Desk, version: str) -> str:
    text, _ = search_index.light_text(desk.project, read_version(desk, version)) or ("", ())
    return text


def _whole(text: str, place: Range) -> Range:
    start, end = place
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
