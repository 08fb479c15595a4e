"""Page furniture in a plain text that came from pages: running heads and feet, page numbers, contents' numbers.

A line near a page's edge belongs to it when at the same depth its words, or its number counted from the page's
place, come back on a third of the pages or on pages close together, or when such lines stand at that depth on
most pages, as the heads of chapters do; only from the edge inwards. See text/furniture.py for pages of which the
places of lines are known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from kantlijn.model.document import Range
from kantlijn.text.compare.plain_pages import NUMBER, Lines, pages_of, shape_of, words_of

_DEPTH = 4
_SECTION = re.compile(r"#\.|# #|\[#|[(]?#[)]")
"""How headings and numbered paragraphs begin, digits as #."""
_NUMBERED = re.compile(r"[^\w#]*(?:[^\W\d_]{1,9}\.? )?#(?:[^\w#]+#|[^\w#]+[^\W\d_]{1,6}\.? #)?[^\w#]*")
"""A line of nothing but a page number: 3, - 3 -, p. 3, Page 3 of 9; digits as #."""
_GAP = "[ \\t\\u00a0\\u200b\\u2060]"
_LEADERS = re.compile(
    rf"(?<![.\u2026])(?<![.\u2026]{_GAP})(?:[.\u2026]{_GAP}*){{4,400}}(\d{{1,4}}){_GAP}*(?=\n|$)"
)
_LONGEST = 300  # code points of a line that may be furniture; a whole page may be one line
_SENTENCE_ENDS = (".", ";", ":", ",")

Line = tuple[int, int, int, int]
"""Page, depth from the edge, start, end."""


def plain_furniture(text: str) -> tuple[Range, ...]:
    """The furniture of a plain text, in order; nothing when it has no pages."""
    pages = pages_of(text)
    found = set(contents_numbers(text))
    if len(pages) >= 2:
        good = _good(text, pages, from_top=True) | _good(text, pages, from_top=False)
        good |= _interrupting(text, pages, good)
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
    lines = {words_of(line) for start, end in furniture for line in other[start:end].split("\n")}
    lines = {line for line in lines if any(letter.isalpha() for letter in line)}
    if not lines:
        return ()
    found: set[Range] = set()
    for page in pages_of(text):
        for edge in (page[:_DEPTH], page[::-1][:_DEPTH]):
            short = [line for line in edge if line[1] - line[0] <= _LONGEST]
            good = {line for line in short if words_of(text[slice(*line)]) in lines or _lies_in(line, known)}
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


def _good(text: str, pages: list[Lines], *, from_top: bool) -> set[Range]:
    """Lines at one edge that come back."""
    by_words: dict[tuple[int, str], list[Line]] = defaultdict(list)
    by_number: dict[tuple[int, str, int, int], list[Line]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for depth, (start, end) in enumerate((lines if from_top else lines[::-1])[:_DEPTH]):
            if end - start > _LONGEST:
                continue
            said = text[start:end]
            shape = shape_of(said)
            line = (page, depth, start, end)
            by_words[depth, words_of(said)].append(line)
            for field, number in enumerate(NUMBER.findall(said)):
                if len(number) <= 9:
                    by_number[depth, shape, field, int(number) - page].append(line)
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
        if _dense(group, count) or (not _SECTION.match(shape) and _twice(shape, group, count))
    ]
    good = {line for group in found for line in group}
    good |= _changing(by_words, good, count)
    return {(start, end) for _, _, start, end in good}


def _changing(by_words: dict[tuple[int, str], list[Line]], good: set[Line], count: int) -> set[Line]:
    """Heads that change with the chapter: back within two pages, where on most pages something comes back.

    And those of the same shape, on a chapter's only page.
    """
    found: set[Line] = set()
    for depth in (0, 1):
        back: dict[Line, str] = {}
        for (at, words), group in by_words.items():
            pages = {page for page, *_ in group}
            if at == depth and len(pages) > 1:
                back.update((line, words) for line in group if pages & _around(line[0]))
        settled = {page for page, *_ in back}
        if not depth:
            settled |= {page for page, at, *_ in good if at == depth}
        if len(settled) < max(4, 0.5 * count):
            continue
        found.update(back)
        shapes = Counter(shape_of(words) for words in set(back.values()) if any(map(str.isalpha, words)))
        for (at, words), group in by_words.items():
            if at == depth and NUMBER.search(words) and shapes[shape_of(words)] > 1:
                found.update(group)
    return found


def _interrupting(text: str, pages: Sequence[Lines], good: set[Range]) -> set[Range]:
    """Heads, be they the only ones of their kind, that part a sentence which goes on from page to page.

    A line of the sentence itself has no room behind it, and is not so short.
    """
    found: set[Range] = set()
    for before, page in pairwise(pages):
        last = next((line for line in before[::-1] if line not in good), None)
        if last is None or len(page) < 4 or page[0] in good:
            continue
        head, following = text[slice(*page[0])].strip(), text[slice(*page[1])].lstrip()
        end = text[last[1] - 1]
        goes_on = (end.isalnum() or end in ",-\u2010\u00ad") and following[0].islower()
        usual = median(stop - start for start, stop in page[1:])
        apart = "\n" in text[page[0][1] + 1 : page[1][0]]
        if goes_on and not head[0].islower() and len(head) < (0.9 if apart else 0.6) * usual:
            found.add(page[0])
    return found


def _around(page: int) -> set[int]:
    return {page - 2, page - 1, page + 1, page + 2}


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
