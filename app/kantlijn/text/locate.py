"""Find words in a text as people quote them: line breaks, hyphens, accents and furniture do not matter."""

from __future__ import annotations

from functools import lru_cache

from kantlijn.model.document import Range
from kantlijn.text.fold import Folded, past_marks, squeeze

LONG = 20
"""Letters of a quote that no other words have by chance."""


def find_all(text: str, quote: str, auxiliary: tuple[Range, ...] = ()) -> list[Range]:
    """Every place where the quote stands, in reading order, not overlapping.

    Compared by letters and digits (squeeze). A space in the quote must be a gap in the text, and a space
    inside a line of the text a gap in the quote, so that "de an" and "dean" stay apart; so do figures on two
    lines, such as the cells of a table. Punctuation around the quote is part of the range where the text has it
    too. A quote without letters is found to the letter. A long quote that is nowhere so is found by its letters
    alone: some PDFs have spaces inside words, or none.
    """
    wanted = squeeze(quote)
    if not wanted.text:
        return _exact(text, quote)
    haystack = _squeezed(text, tuple(auxiliary))
    found = _among(text, quote, haystack, wanted, _gaps(quote, wanted))
    return found if found or len(wanted.text) < LONG else _among(text, quote, haystack, wanted, None)


def _among(text: str, quote: str, haystack: Folded, wanted: Folded, gaps: dict[int, bool] | None) -> list[Range]:
    """The places of the quote's letters; without gaps wherever the spaces are."""
    lead = wanted.offsets[0]
    trail = len(quote) - wanted.offsets[-1] - 1
    found = []
    place = haystack.text.find(wanted.text)
    while place >= 0:
        after = place + len(wanted.text)
        if gaps is None or _fits(text, haystack, place, after, gaps):
            start, end = haystack.back(place, after)
            found.append(_with_surroundings(text, quote, start, end, lead, trail))
            place = haystack.text.find(wanted.text, after)
        else:
            place = haystack.text.find(wanted.text, place + 1)
    return found


@lru_cache(maxsize=4)
def _squeezed(text: str, auxiliary: tuple[Range, ...]) -> Folded:
    return squeeze(text, auxiliary)


def _exact(text: str, quote: str) -> list[Range]:
    found: list[Range] = []
    place = text.find(quote) if quote else -1
    while place >= 0:
        found.append((place, place + len(quote)))
        place = text.find(quote, place + len(quote))
    return found


def _gaps(quote: str, wanted: Folded) -> dict[int, bool]:
    """Before which letters (counted in the squeezed quote) something stands, and whether that has a space."""
    gaps = {}
    for place in range(1, len(wanted.offsets)):
        between = quote[wanted.offsets[place - 1] + 1 : wanted.offsets[place]]
        if between:
            gaps[place] = any(point.isspace() for point in between)
    return gaps


def _fits(text: str, haystack: Folded, place: int, after: int, gaps: dict[int, bool]) -> bool:
    offsets = haystack.offsets
    for at in range(place + 1, after):
        between = offsets[at] - offsets[at - 1] > 1
        if gaps.get(at - place) and not between:
            return False
        if between and at - place not in gaps:
            gap = text[offsets[at - 1] + 1 : offsets[at]]
            if gap.isspace() and text[offsets[at - 1]].isdecimal() and text[offsets[at]].isdecimal():
                return False  # cells below or beside each other: a line's end breaks no figure
            if any(point in " \t\u00a0" for point in gap) and "\n" not in gap and "\f" not in gap:
                return False
    return True


def _with_surroundings(text: str, quote: str, start: int, end: int, lead: int, trail: int) -> Range:
    if lead and text[max(0, start - lead) : start] == quote[:lead]:
        start -= lead
    end = past_marks(text, end)
    if trail and text[end : end + trail] == quote[-trail:]:
        end += trail
    return start, end
