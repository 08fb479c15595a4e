"""Headings of a text: those its file names where there are no pages, else by size, by numbering, by marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kantlijn.model.document import Content, Range
from kantlijn.model.layer import Line, lines_of

_LARGER = 1.12
"""Times the height of body text from which a line may be a heading."""
_LONGEST = 160
_NUMBERED = re.compile(
    r"^(?:(?:hoofdstuk|deel|bijlage|paragraaf|chapter|part|annex|appendix|section)\s+[\dIVXA-Z]+\b|"
    r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_]))",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~)", re.MULTILINE)
_MOST = 2000
_LEADERS = re.compile(r"\.{4,}|(?:\.\s){4,}")


@dataclass(frozen=True, slots=True)
class Heading:
    """level from 1; range of the heading's own words in the canonical text."""

    level: int
    title: str
    range: Range


def headings(content: Content) -> list[Heading]:
    """In reading order; nothing rather than guesses that a reader would laugh at."""
    if content.outline and not content.pages:
        return [Heading(level, title, (place, place + len(title))) for level, title, place in content.outline]
    if content.layers:
        found = list(_on_pages(content))
    elif content.mime == "text/markdown":
        found = list(_in_markdown(content.text))
    else:
        found = list(_in_plain(content.text))
    return found[:_MOST] if len(found) > 1 else []


# -- pages --------------------------------------------------------------------------------------------------


def _on_pages(content: Content) -> Iterator[Heading]:
    pages = [[line for line in lines_of(layer) if not line.auxiliary] for layer in content.layers]
    body = _body_height(pages)
    if not body:
        return
    candidates = [
        group for number, lines in enumerate(pages) for group in _groups(content, number, lines, body)
    ]
    sizes = sorted({size for size, _ in candidates if size > body * _LARGER}, reverse=True)[:6]
    for size, where in candidates:
        title = " ".join(content.text[where[0] : where[1]].split())
        numbered = _NUMBERED.match(title)
        depth = numbered[1].count(".") + 1 if numbered and numbered[1] else None
        if size > body * _LARGER:
            level = depth or min(6, sizes.index(size) + 1 if size in sizes else 6)
            yield Heading(level, title, where)


def _body_height(pages: Sequence[Sequence[Line]]) -> float:
    """The height of most letters of the text, rounded as _height() does."""
    heights: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            heights[_height(line)] += line.end - line.start
    return heights.most_common(1)[0][0] if heights else 0.0


def _height(line: Line) -> float:
    return round(line.thickness * 2) / 2


def _groups(content: Content, page: int, lines: Iterable[Line], body: float) -> Iterator[tuple[float, Range]]:
    """Lines of one size under each other in one block that could be one heading."""
    base = content.pages[page].range[0]
    open_group: list[Line] = []

    def closed() -> Iterator[tuple[float, Range]]:
        if open_group:
            where = (base + open_group[0].start, base + open_group[-1].end)
            text = content.text[where[0] : where[1]]
            title = text.strip()
            letters = sum(point.isalpha() for point in title)
            if letters > 2 and len(title) <= _LONGEST and len(open_group) <= 3 and not _LEADERS.search(title):
                start = where[0] + len(text) - len(text.lstrip())
                yield _height(open_group[0]), (start, start + len(title))

    for line in lines:
        large = _height(line) > body * _LARGER
        if open_group and (not large or _height(line) != _height(open_group[-1]) or _apart(open_group[-1], line)):
            yield from closed()
            open_group = []
        if large:
            open_group.append(line)
    yield from closed()


def _apart(above: Line, below: Line) -> bool:
    """Whether there is more air between two lines than inside a heading."""
    return not 0 < below.y - above.y < 2.2 * above.thickness


# -- texts --------------------------------------------------------------------------------------------------


def _in_markdown(text: str) -> Iterator[Heading]:
    fences = [found.start() for found in _FENCE.finditer(text)]
    for found in _MARKDOWN.finditer(text):
        if sum(fence < found.start() for fence in fences) % 2 == 0:  # not inside code
            yield Heading(len(found[1]), found[2], found.span(2))


def _in_plain(text: str) -> Iterator[Heading]:
    """Short numbered or capital lines that stand alone."""
    lines = text.split("\n")
    place = 0
    for number, line in enumerate(lines):
        title = line.strip()
        alone = (number == 0 or not lines[number - 1].strip()) and (
            number + 1 == len(lines) or not lines[number + 1].strip()
        )
        if alone and 3 < len(title) <= 90 and title[-1] not in ".;:,":
            numbered = _NUMBERED.match(title)
            loud = title.isupper() and sum(point.isalpha() for point in title) > 3
            if numbered or loud:
                start = place + len(line) - len(line.lstrip())
                level = numbered[1].count(".") + 1 if numbered and numbered[1] else 1
                yield Heading(level, title, (start, start + len(title)))
        place += len(line) + 1
