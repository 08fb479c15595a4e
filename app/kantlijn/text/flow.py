"""How a canonical text flows in the text view: paragraphs of lines that belong together, furniture, page ends.

Nothing is changed in the text: a piece is a range of it, and what it shows has a code point for each of its
own, so that positions stay what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kantlijn.model.document import Content, Page, Range
from kantlijn.text.hyphens import breaks

_LONGEST = 6_000  # code points of one piece; longer paragraphs are cut at a space
_WRAPPED = range(24, 131)  # code points of the longest line of a paragraph broken by hand or by a page
_FULL = 0.7  # of the longest line: a shorter one ended on purpose
_LISTED = re.compile(r"\s*(?:[•▪◦●○*+#>|–—-]|\(?\d{1,3}[.)]|[a-z]\))\s")
_HANGS = re.compile(
    r"\s*(?:[•▪◦●○*+–—-]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxlc]{1,6})[.)]|\[\d{1,4}\])[ \t\u00a0]+(?=\S)"
)
_BY_HAND = ("text/plain", "text/markdown")
"""Kinds of texts without pages whose lines may end where a screen or page did; in others every one is meant."""
_SPACED = re.compile(r"(?<= )\n|\n(?= )")
_SOFT_HYPHEN = "\u00ad"  # seen only where a line breaks at it
_JOINED, _HIDDEN = "\u2060", "\u200b"  # take no room, and let no line break there / let one


@dataclass(frozen=True, slots=True)
class Piece:
    """A range shown as one paragraph. space: air before it, in lines. page: what begins here is this page.

    hang: code points of the mark that its lines hang from: "- ", "12. ", "[3] ".
    """

    start: int
    end: int
    space: float = 0.0
    muted: bool = False
    page: str | None = None
    hang: int = 0


def pieces_of(content: Content) -> list[Piece]:
    """The pieces of a document in order, covering all but line breaks and blank lines."""
    found: list[Piece] = []
    if not content.pages:
        broken = not content.mime or content.mime in _BY_HAND
        found = _cut(content.text, 0, len(content.text), content.auxiliary, broken=broken)
    for page in content.pages:
        if page.index:
            found.append(_page_end(page))
        found += _cut(content.text, *page.range, content.auxiliary)
    return [replace(found[0], space=0.0), *found[1:]] if found else []


def _page_end(page: Page) -> Piece:
    return Piece(page.range[0], page.range[0], page=page.label or str(page.index + 1))


def _cut(text: str, start: int, end: int, auxiliary: Sequence[Range], *, broken: bool = True) -> list[Piece]:
    """Pieces of a stretch: runs of lines between blank ones, cut where lines end on purpose.

    broken: lines may end where a screen or page did.
    """
    starts = [a for a, _ in auxiliary]
    found: list[Piece] = []
    run: list[Range] = []
    at = start
    for line in text[start:end].split("\n"):
        stop = at + len(line)
        i = bisect_right(starts, at) - 1
        furniture = bool(line.strip()) and i >= 0 and at < auxiliary[i][1]
        if not line.strip(" \t\f\r") or furniture:
            found += _flown(text, run, broken)
            run = []
            if furniture:
                follows = bool(found) and found[-1].muted
                found.append(Piece(at, stop, space=0.0 if follows else 0.5, muted=True))
        else:
            run.append((at + (line[0] == "\f"), stop))
        at = stop + 1
    return found + _flown(text, run, broken)


def _flown(text: str, run: list[Range], broken: bool) -> list[Piece]:
    """A run of lines as pieces: a full line flows into the next, a short one ends its piece."""
    if not run:
        return []
    longest = max(end - start for start, end in run)
    wrapped = broken and longest in _WRAPPED
    found: list[Piece] = []
    first = run[0][0]
    space = 0.65
    for number, (start, end) in enumerate(run):
        last = number + 1 == len(run)
        full = wrapped and end - start >= _FULL * longest
        if last or not full or _LISTED.match(text, run[number + 1][0]):
            found += _short_enough(text, first, end, space)
            space = 0.12
            first = end if last else run[number + 1][0]
    return found


def _short_enough(text: str, start: int, end: int, space: float) -> list[Piece]:
    found = []
    marked = _HANGS.match(text, start, end)
    hang = marked.end() - start if marked else 0
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
        found.append(Piece(start, cut, space, hang=hang))
        start, space, hang = cut, 0.0, 0
    return [*found, Piece(start, end, space, hang=hang)]


def shown(text: str, piece: Piece) -> str:
    """What a piece shows: line breaks as spaces, words broken by a hyphen whole; as long as its range."""
    part = text[piece.start : piece.end]
    if "\n" in part:
        for hyphen, rest, whole in breaks(text, (), (piece.start, piece.end)):
            if whole:
                a, b = hyphen - piece.start, rest - piece.start
                part = part[:a] + _SOFT_HYPHEN + _JOINED * (b - a - 1) + part[b:]
        part = _SPACED.sub(_HIDDEN, part).replace("\n", " ")
    return part.replace("\u2028", " ").replace("\u2029", " ")


def flat(content: Content) -> str:
    """The whole text, as long as it is, with line breaks only where paragraphs, or listed lines, end."""
    parts: list[str] = []
    place = 0
    for piece in pieces_of(content):
        if piece.start >= place:
            parts += [content.text[place : piece.start], shown(content.text, piece)]
            place = piece.end
    return "".join([*parts, content.text[place:]]).replace("\f", "\n")
