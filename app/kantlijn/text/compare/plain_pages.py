"""The pages of a plain text: parted by form feeds, or by lines that come back where pages end or begin.

Such lines carry a number that rises with the pages, or always the same words. They stand at distances of about a
page, from the beginning of the text to its end. What only looks like it (headings with numbers, forms) does not
stand in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import mean, median, pstdev

from kantlijn.model.document import Range

NUMBER = re.compile(r"\d+")
_LINE_END = re.compile(r"[\n\f]")
_SPACE = re.compile(r"\s+")
_SECTION = re.compile(r"\s*(?:\d+\.\d|\d+\.\s|\d+ \d+\s|\[\d+\]|[(]?\d+[)])")
"""How headings and numbered paragraphs begin: their numbers rise as regularly as those of pages."""
_HEADING = re.compile(
    r"[^\w#]*(?:artikel|hoofdstuk|paragraaf|bijlage|tabel|figuur|kader|grafiek|deel|aanbeveling|vraag|antwoord|stap|"
    r"article|section|chapter|annex|appendix|table|figure|box|part|recommendation|question|answer|step|§)"
    r" ?#[^\w#]*"
)
_PAGE_NUMBER = re.compile(
    r"[^\w#]*((?:pagina|page|pag|blz|bladzijde|p)[^\w#]*)?#([^\w#]*(?:van|of|/)[^\w#]*#)?[^\w#]*"
)
_SENTENCE_ENDS = re.compile(r"[.!?:;](?=\s|$)")
_SENTENCE_MOST = 2_000  # code points of a sentence, on average
_LONGEST = 130
_PAGE_LEAST, _PAGES_MOST = 600, 12_000  # code points of a page, and of a left and a right one
_LINES_LEAST = 15  # of a page for which regular distances are enough
_SAME_LEAST = 4  # times that the very same words must come back
_CLOSE = 4  # lines between which two marks are of one page's end

Lines = list[Range]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that may be at a page's end: its number among the lines that are not empty, and in the text."""

    number: int
    place: int
    start: int
    values: tuple[int, ...]


def pages_of(text: str) -> list[Lines]:
    """The lines that are not empty, page by page."""
    pages: list[Lines] = []
    place = 0
    for page in text.split("\f"):
        lines = []
        for line in page.split("\n"):
            if line.strip():
                lines.append((place, place + len(line)))
            place += len(line) + 1
        if lines:
            pages.append(lines)
    return pages if len(pages) > 2 else _pages_by_marks(text) or pages


def words_of(line: str) -> str:
    """The line as it is compared with others."""
    return _SPACE.sub(" ", line).strip().casefold()


def shape_of(line: str) -> str:
    """The same with # for its numbers."""
    return words_of(NUMBER.sub("#", line))


def _pages_by_marks(text: str) -> list[Lines]:
    lines: Lines = []
    shapes: dict[str, list[_Mark]] = defaultdict(list)
    place = 0
    for number, line in enumerate(_LINE_END.split(text)):
        if line.strip():
            if len(line) < _LONGEST and not _SECTION.match(line):
                values = tuple(int(digits[:9]) for digits in NUMBER.findall(line))
                shapes[shape_of(line)].append(_Mark(len(lines), number, place, values))
            lines.append((place, place + len(line)))
        place += len(line) + 1
    again = {mark.number for marks in shapes.values() if len(marks) > 1 for mark in marks}
    tells = _tells_sentences(text)
    numbered: list[list[_Mark]] = []
    worded: list[list[_Mark]] = []
    for shape, marks in shapes.items():
        for series in _series(marks) if len(marks) > 1 else ():
            rises = any(map(_rises, _columns(series)))
            broken = partial(_broken, text, series if tells else (), lines, again)
            if not rises and _come_back(series, broken):
                worded.append(series)
            elif rises and not _HEADING.fullmatch(shape) and _count_pages(text, series, broken, shape):
                numbered.append(series)
    breaks = numbered or _of_one_length(worded, len(text))
    cuts = _cuts(breaks, len(lines))
    if not cuts:
        return []
    return [lines[start:end] for start, end in pairwise([0, *cuts, len(lines)]) if start < end]


def _columns(series: Sequence[_Mark]) -> list[tuple[int, ...]]:
    return list(zip(*(mark.values for mark in series), strict=True))


def _series(marks: list[_Mark]) -> list[list[_Mark]]:
    """Marks of one shape whose numbers rise with the pages, else those with the very same words."""
    if any(map(_rises, _columns(marks))):
        return [marks]
    same: dict[tuple[int, ...], list[_Mark]] = defaultdict(list)
    for mark in marks:
        same[mark.values].append(mark)
    return [group for group in same.values() if len(group) >= _SAME_LEAST]


def _rises(column: Sequence[int]) -> bool:
    """By one from page to page, or by two where heads of left and right pages differ."""
    steps = [b - a for a, b in pairwise(column)]
    return sum(step in (1, 2) for step in steps) >= 0.85 * len(steps)


def _usual(series: list[_Mark]) -> float:
    """How far one is from the next, in code points."""
    return median(b.start - a.start for a, b in pairwise(series))


def _count_pages(text: str, series: list[_Mark], broken: Callable[[], int], shape: str) -> bool:
    """Whether rising numbers are those of pages, through all of the text."""
    usual = _usual(series)
    if not _PAGE_LEAST <= usual <= _PAGES_MOST:
        return False
    if series[0].start > 2 * usual or series[-1].start < len(text) - 2 * usual:
        return False
    said = _PAGE_NUMBER.fullmatch(shape)
    if said is not None and any(said.groups()) and len(series) >= 3 and _is_about(series, 0.4, 1.8):
        return True
    if len(series) >= 5 and _is_even(series):
        return said is not None or broken() > 0
    return _is_about(series, 0.5, 1.6) and broken() >= max(1, 0.1 * len(series))


def _come_back(series: list[_Mark], broken: Callable[[], int]) -> bool:
    """Whether the very same words stand where pages end, though perhaps of one chapter only."""
    in_reach = _PAGE_LEAST <= _usual(series) <= _PAGES_MOST
    return in_reach and _is_about(series, 0.7, 1.4) and broken() >= max(1, 0.25 * len(series))


def _of_one_length(worded: list[list[_Mark]], length: int) -> list[list[_Mark]]:
    """Those that part the text into pages of one length, most of it; nothing when they do not."""
    usual = median(_usual(series) for series in worded for _ in series) if worded else 0.0
    alike = [series for series in worded if 0.75 * usual <= _usual(series) <= 1.3 * usual]
    return alike if sum(map(len, alike)) * usual >= 0.6 * length else []


def _is_about(series: list[_Mark], least: float, most: float) -> bool:
    """Whether nearly all distances are about the usual one; the last page may be short."""
    usual = _usual(series)
    rest = [b.start - a.start for a, b in pairwise(series)][:-1]
    return sum(least * usual <= distance <= most * usual for distance in rest) >= 0.85 * len(rest)


def _is_even(series: list[_Mark]) -> bool:
    """As many lines from one to the next, all along."""
    distances = [b.place - a.place for a, b in pairwise(series)][:-1]
    return mean(distances) > _LINES_LEAST and pstdev(distances) < 0.2 * mean(distances)


def _tells_sentences(text: str) -> bool:
    """Whether sentences end in signs here. In an index copy every line would seem to go on in the next."""
    return len(_SENTENCE_ENDS.findall(text)) * _SENTENCE_MOST >= len(text)


def _broken(text: str, series: Iterable[_Mark], lines: Lines, again: set[int]) -> int:
    """How many of them stand in the middle of a sentence."""
    return sum(_breaks_sentence(text, mark.number, lines, again) for mark in series)


def _breaks_sentence(text: str, number: int, lines: Lines, again: set[int]) -> bool:
    """Whether the text goes on in the middle of a sentence behind this line and its company."""
    before = next((n for n in range(number - 1, max(-1, number - _CLOSE), -1) if n not in again), -1)
    after = next((n for n in range(number + 1, min(len(lines), number + _CLOSE)) if n not in again), -1)
    if before < 0 or after < 0:
        return False
    last = text[slice(*lines[before])].rstrip()[-1]
    return (last.isalnum() or last in ",-\u2010\u00ad") and text[slice(*lines[after])].lstrip()[0].islower()


def _cuts(breaks: Iterable[list[_Mark]], count: int) -> list[int]:
    """The lines at which pages begin: behind feet, before heads."""
    cuts: set[tuple[int, bool]] = set()
    for series in breaks:
        is_head = series[0].number < _CLOSE
        cuts.update((mark.number if is_head else mark.number + 1, is_head) for mark in series)
    found: list[list[tuple[int, bool]]] = []
    for cut in sorted(cuts):
        if found and cut[0] - found[-1][0][0] < _CLOSE:
            found[-1].append(cut)
        else:
            found.append([cut])
    return [
        place
        for near in found
        if 0 < (place := max((at for at, is_head in near if not is_head), default=near[0][0])) < count
    ]
