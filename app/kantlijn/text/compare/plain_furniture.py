"""Page furniture in a plain text that came from pages: running heads and feet, page numbers, contents' numbers.

A line near a page's edge belongs to it when at the same depth its words, or its number counted from the page's
place, come back on a third of the pages or on pages close together; only from the edge inwards. Pages end with
form feeds, or, where there are none, with numbers that rise by one at a regular distance. See text/furniture.py
for pages of which the places of lines are known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mean, pstdev

from kantlijn.model.document import Range

_DEPTH = 4
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(r"[^\w#]*(?:[^\W\d_]{1,9}\.? )?#(?:[^\w#]+#|[^\w#]+[^\W\d_]{1,6}\.? #)?[^\w#]*")
"""A line of nothing but a page number: 3, - 3 -, p. 3, Page 3 of 9; digits as #."""
_SECTION = re.compile(r"\s*(?:\d+\.\d|\d+\.\s|\[\d+\]|[(]?\d+[)])")
"""How headings and numbered paragraphs begin: their numbers rise as regularly as those of pages."""
_GAP = "[ \\t\\u00a0\\u200b\\u2060]"
_LEADERS = re.compile(
    rf"(?<![.\u2026])(?<![.\u2026]{_GAP})(?:[.\u2026]{_GAP}*){{4,400}}(\d{{1,4}}){_GAP}*(?=\n|$)"
)
_LONGEST = 130
_SENTENCE_ENDS = (".", ";", ":", ",")

Line = tuple[int, int, int, int]
"""Page, depth from the edge, start, end."""


def plain_furniture(text: str) -> tuple[Range, ...]:
    """The furniture of a plain text, in order; nothing when it has no pages."""
    pages = _pages(text)
    if len(pages) < 3:
        pages = _pages_by_numbers(text) or pages
    found = set(contents_numbers(text))
    if len(pages) >= 2:
        good = _good(text, pages, from_top=True) | _good(text, pages, from_top=False)
        for page in pages:
            found.update(_inwards(page[:_DEPTH], good))
            found.update(_inwards(page[::-1][:_DEPTH], good))
    return tuple(sorted(found))


def contents_numbers(text: str) -> tuple[Range, ...]:
    """Page numbers behind dot leaders: they are layout wherever they stand."""
    return tuple(found.span(1) for found in _LEADERS.finditer(text))


def borrowed_furniture(
    text: str, known: Sequence[Range], other: str, furniture: Sequence[Range]
) -> tuple[Range, ...]:
    """Lines at the edges of pages that are furniture in the other text: on a single page no rule finds them.

    known: what is furniture here already; furniture: that of the other text.
    """
    lines = {_words(line) for start, end in furniture for line in other[start:end].split("\n")}
    lines = {line for line in lines if any(letter.isalpha() for letter in line)}
    if not lines:
        return ()
    found: set[Range] = set()
    for page in _pages(text):
        for edge in (page[:_DEPTH], page[::-1][:_DEPTH]):
            good = {line for line in edge if _words(text[slice(*line)]) in lines or _lies_in(line, known)}
            found.update(_inwards(edge, good))
    return tuple(sorted(found))


def _lies_in(line: Range, ranges: Sequence[Range]) -> bool:
    """Whether one of the ranges, in order and not overlapping, holds the line."""
    number = bisect_right(ranges, line[0], key=lambda one: one[0]) - 1
    return number >= 0 and line[1] <= ranges[number][1]


def _inwards(lines: Iterable[Range], good: set[Range]) -> Iterator[Range]:
    for line in lines:
        if line not in good:
            return
        yield line


def _pages(text: str) -> list[list[Range]]:
    """The lines that are not empty, page by page."""
    pages: list[list[Range]] = []
    place = 0
    for page in text.split("\f"):
        lines = []
        for line in page.split("\n"):
            if line.strip():
                lines.append((place, place + len(line)))
            place += len(line) + 1
        if lines:
            pages.append(lines)
    return pages


def _pages_by_numbers(text: str) -> list[list[Range]]:
    """Pages that end with lines whose number rises by one, at a regular distance, through most of the text."""
    lines: list[tuple[int, int, int]] = []
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    place = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            lines.append((number, place, place + len(line)))
            if len(line) < _LONGEST and _NUMBER.search(line) and not _SECTION.match(line):
                groups[_shape(line)].append((number, line))
        place += len(line) + 1
    found = [group for group in groups.values() if _is_regular(group, lines[-1][0])]
    if not found:
        return []
    ends = {number for number, _ in max(found, key=len)}
    pages: list[list[Range]] = [[]]
    for number, start, end in lines:
        pages[-1].append((start, end))
        if number in ends:
            pages.append([])
    return [page for page in pages if page]


def _is_regular(group: list[tuple[int, str]], last: int) -> bool:
    if len(group) < 5 or group[-1][0] - group[0][0] < 0.8 * last:
        return False
    distances = [two[0] - one[0] for one, two in pairwise(group)]
    middle = mean(distances)
    if middle <= 15 or pstdev(distances) >= 0.2 * middle:
        return False
    numbers = [[int(number) for number in _NUMBER.findall(line)] for _, line in group]
    steps = len(numbers) - 1
    return any(
        sum(b - a == 1 for a, b in pairwise(column)) >= 0.85 * steps for column in zip(*numbers, strict=True)
    )


def _shape(line: str) -> str:
    return _words(_NUMBER.sub("#", line))


def _words(line: str) -> str:
    return _SPACE.sub(" ", line).strip().casefold()


def _good(text: str, pages: list[list[Range]], *, from_top: bool) -> set[Range]:
    """Lines at one edge that come back."""
    by_words: dict[tuple[int, str], list[Line]] = defaultdict(list)
    by_number: dict[tuple[int, str, int, int], list[Line]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for depth, (start, end) in enumerate((lines if from_top else lines[::-1])[:_DEPTH]):
            said = text[start:end]
            line = (page, depth, start, end)
            by_words[depth, _words(said)].append(line)
            for field, number in enumerate(_NUMBER.findall(said)):
                if len(number) <= 9:
                    by_number[depth, _shape(said), field, int(number) - page].append(line)
    count = len(pages)
    found = [
        group for (_, words), group in by_words.items() if _dense(group, count) or _twice(words, group, count)
    ]
    found += [  # at the foot of a page its own number, be it the only one
        group
        for (depth, shape, _, number), group in by_number.items()
        if not from_top and count > 1 and not depth and number == 1 and _NUMBERED.fullmatch(shape)
    ]
    found += [
        group
        for (_, shape, *_), group in by_number.items()
        if _dense(group, count) or (_NUMBERED.fullmatch(shape) and _twice("", group, count))
    ]
    return {(start, end) for group in found for _, _, start, end in group}


def _dense(group: list[Line], count: int) -> bool:
    """On enough pages, and close enough together, to be a running head and no coincidence."""
    pages = sorted({page for page, *_ in group})
    if len(pages) < min(3, count):
        return False
    if count <= 6 or len(pages) >= 0.35 * count:
        return True
    return len(pages) >= 4 and len(pages) >= 0.45 * (pages[-1] - pages[0] + 1)


def _twice(words: str, group: list[Line], count: int) -> bool:
    """The same words at the edge of two pages of a short document."""
    pages = sorted({page for page, *_ in group})
    if len(pages) != 2 or not 2 <= count <= 8 or pages[1] - pages[0] > 2:
        return False
    return group[0][1] <= 1 and len(words) < 90 and not words.endswith(_SENTENCE_ENDS)
