"""Where words stand in one version, as the find bar asks; and a place with the words around it."""

from __future__ import annotations

from kantlijn.model.document import Content, Range
from kantlijn.text.locate import find_all
from kantlijn.text.readable import readable
from kantlijn.text.search.signs import signed, with_signs
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import passages
from kantlijn.usecases.read import version as read_version

AROUND = 60
"""Readable code points shown before and after a hit, at most."""
_REACH = 4 * AROUND  # canonical code points that are sure to hold as many readable ones, short of long furniture


def places_in(
    desk: Desk, version_id: str, query: str, *, case: bool = False, whole: bool = False, annotated: bool = False
) -> tuple[Range, ...]:
    """Where the query stands in one version, in reading order, not overlapping.

    case: with these very capitals and accents; whole: not inside a longer word; annotated: only where an
    annotation stands too.
    """
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    text = content.text
    found = find_all(text, query, content.auxiliary)
    if signs := signed(query):
        told = [with_signs(text, content.auxiliary, one, [signs]) for one in found]
        found = [one for one in told if one is not None]
    if case:
        letter = " ".join(query.split())
        found = [one for one in found if " ".join(readable(text, one, content.auxiliary).split()) == letter]
    if whole:
        found = [one for one in found if not _inside_word(text, *one)]
    if annotated:
        taken = sorted(passage.anchor.range for passage in passages(desk, version_id))
        found = [one for one in found if any(start < one[1] and end > one[0] for start, end in taken)]
    return tuple(found)


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) or (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    )


def surroundings(content: Content, range: Range) -> tuple[str, str, str]:
    """Before, the range itself, and after, readable on one line; before and after AROUND code points at most."""
    return line_around(content.text, content.auxiliary, range)


def line_around(text: str, auxiliary: tuple[Range, ...], range: Range) -> tuple[str, str, str]:
    """The same, of a text and its furniture. Only what is near is looked at: quick in a long text too."""
    first, last = max(0, range[0] - _REACH), min(len(text), range[1] + _REACH)
    gaps = tuple(
        (max(start, first) - first, min(end, last) - first)
        for start, end in auxiliary
        if start < last and end > first
    )
    text, start, end = text[first:last], range[0] - first, range[1] - first
    hit = _line(readable(text, (start, end), gaps))
    before = _line(readable(text, (0, start), gaps))
    after = _line(readable(text, (end, len(text)), gaps))
    # readable() trims: whether a space stood between is seen from both parts read as one
    if before and _line(readable(text, (0, end), gaps)).endswith(f" {hit}"):
        before += " "
    if after and _line(readable(text, (start, len(text)), gaps)).startswith(f"{hit} "):
        after = f" {after}"
    return before[-AROUND:], hit, after[:AROUND]


def _line(paragraphs: str) -> str:
    return paragraphs.replace("\n", " ")
