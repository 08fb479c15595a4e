"""Which lines of a paged text are furniture: running heads and feet, and page numbers.

A line belongs to the furniture when it stands near a page edge and, at the same depth, its words or its
number come back: the same words on 35 % of the pages, or on four pages close together (chapter heads, odd
and even heads); a number at a constant distance from the page's index; in two to eight pages, the same
words twice. Only from the edge inwards: the first row that is body ends it, and so does a row of a table or
of columns. On a single page only page numbers count. Where furniture has its place, lines that change stand
there too: titles of short chapters beside a page number, or on the pages between those of a fixed head.
Guards keep numbered headings, captions, repeated table heads, and pages that are copies of each other in the
text; furniture that is all that most pages say is their text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

DEPTH = 4
ZONE = 0.2
"""Furniture stands within this share of the page's height from its edge."""
SHORT = 8
NEAR = 4.0
"""Points by which lines at the same depth may differ."""
SAME = 1.5
"""Points by which lines at the very same place may differ: rounding, and another font."""
LARGE = 1.3
"""Times the usual height of lines: what is larger is a heading, such as those of slides."""
TITLE_MOST = 100
"""Code points of a chapter's title in a running head."""

_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:pagina|page|bladzijde|blz\.?|pag\.?|p\.?)\s*)?(\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:van|of|uit|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^\W*(?:artikel|hoofdstuk|paragraaf|bijlage|tabel|figuur|kader|grafiek|deel|aanbeveling|vraag|antwoord|stap|"
    r"article|section|chapter|annex|appendix|table|figure|box|part|recommendation|question|answer|step|§)",
    re.IGNORECASE,
)

_CAPTION = re.compile(r"^\W*(?:tabel|figuur|kader|grafiek|table|figure|box)\s+\d", re.IGNORECASE)
_FOOTNOTE = re.compile(r"^\W?\d{1,3}\W?\s+[^\W\d]|^\d{1,3}[^\W\d_a-z]|^\*")


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line of a page: its number there, its text, and where it stands, in points from the page's top left."""

    number: int
    text: str
    x: float
    top: float
    bottom: float
    page_height: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    page: int
    side: str
    depth: int
    distance: float
    line: EdgeLine

    @property
    def words(self) -> str:
        return _SPACE.sub(" ", self.line.text).strip().casefold()

    @property
    def height(self) -> float:
        return self.line.bottom - self.line.top

    @property
    def key(self) -> tuple[int, int]:
        return (self.page, self.line.number)


Row = list[EdgeLine]


def edge_lines(lines: Iterable[EdgeLine]) -> list[EdgeLine]:
    """The lines that furniture() looks at: those of the outer rows."""
    rows = _rows(lines)
    near = rows if len(rows) <= 2 * DEPTH + 2 else rows[: DEPTH + 1] + rows[-DEPTH - 1 :]
    return [line for row in near for line in row]


def furniture(pages: Sequence[Sequence[EdgeLine]]) -> list[set[int]]:
    """For every page the numbers of its lines that are furniture. More than edge_lines() gives does no harm."""
    rows = [_rows(lines) for lines in pages]
    high, low = _margins(rows)
    candidates = [c for page, found in enumerate(rows) for c in _near_edges(page, found, high, low)]
    usual = median([line.bottom - line.top for lines in pages for line in lines] or [12.0])
    if len(pages) == 1:
        numbered = good = {c.key for c in candidates if c.depth == 0 and _lone_number(c.line.text)}
    else:
        numbered = _numbered(candidates, len(pages), usual)
        good = _repeated(candidates, len(pages)) | numbered
        outside = _off_tables(rows, candidates, good)
        if len(outside) < len(candidates):
            candidates = outside
            numbered = _numbered(candidates, len(pages), usual)
            good = _repeated(candidates, len(pages)) | numbered
        good |= _company(rows, candidates, good, usual)
    sure = numbered if len(pages) <= SHORT else good
    return _with_body([_inwards(page, found, good, sure) for page, found in enumerate(rows)], rows)


def _with_body(found: list[set[int]], rows: Sequence[Sequence[Row]]) -> list[set[int]]:
    """Nothing on pages that say nothing else, when most do: stamped scans, title cards, pages of one line."""
    bare = [page for page, its in enumerate(rows) if its and len(found[page]) == sum(map(len, its))]
    if 2 * len(bare) > sum(1 for its in rows if its):
        for page in bare:
            found[page] = set()
    return found


def _rows(lines: Iterable[EdgeLine]) -> list[Row]:
    """Lines that stand at the same height together, from top to bottom."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.x)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _margins(rows: Sequence[Sequence[Row]]) -> tuple[float, float]:
    """Points left empty above and below on nearly all pages, as when small pages are set on large sheets."""
    filled = [page for page in rows if page]
    if len(filled) < 3:
        return 0.0, 0.0
    above = sorted(min(line.top for line in page[0]) for page in filled)
    below = sorted(min(line.page_height - line.bottom for line in page[-1]) for page in filled)
    return above[len(filled) // 10], below[len(filled) // 10]


def _near_edges(page: int, rows: Sequence[Row], high: float, low: float) -> list[_Candidate]:
    """Lines in the outer rows and the outer zones. high, low: the margins; wide ones push the zones inwards."""
    found = []
    for depth, row in enumerate(rows[: DEPTH + 1]):
        found += [
            _Candidate(page, "head", depth, line.top, line)
            for line in row
            if line.bottom <= _zone(high, line.page_height)
        ]
    for depth, row in enumerate(rows[: -DEPTH - 2 : -1]):
        found += [
            _Candidate(page, "foot", depth, line.page_height - line.bottom, line)
            for line in row
            if line.page_height - line.top <= _zone(low, line.page_height)
        ]
    return found


def _off_tables(
    rows: Sequence[Sequence[Row]], candidates: Iterable[_Candidate], good: set[tuple[int, int]]
) -> list[_Candidate]:
    """Those outside tables that run over pages, and columns: from the first row of them on in which something
    does not come back. good: what does, as heads do, and some cells.
    """
    inside: set[tuple[int, int]] = set()
    for page, its in enumerate(rows):
        for side in (its[: DEPTH + 1], its[: -DEPTH - 2 : -1]):
            first = next((n for n, row in enumerate(side) if not _all_good(page, row, good)), len(side))
            if _is_tabular(side[first:]):
                inside |= {(page, line.number) for row in side[first:] for line in row}
    return [c for c in candidates if c.key not in inside]


def _is_tabular(rows: Sequence[Row]) -> bool:
    """Whether two lines of the first row stand in line with two of another, with no more room after that row than
    there is between the others.
    """
    return len(rows) > 2 and any(_in_line(rows[0], row) > 1 for row in rows[1:]) and not _block_apart(rows)


def _in_line(row: Row, other: Row) -> int:
    """How many lines of a row begin where lines of the other do, in letters of the same size."""
    spots = [(line.x, line.bottom - line.top) for line in other]
    return sum(
        any(abs(line.x - x) <= SAME and abs(line.bottom - line.top - size) <= 1 for x, size in spots)
        for line in row
    )


def _block_apart(rows: Sequence[Row]) -> bool:
    """Whether one or more rows stand together with clearly more room after them than all rows behind have."""
    steps = [abs(two[0].top - one[0].top) for one, two in pairwise(rows)]
    behind = [steps[place + 1 :] for place in range(len(steps) - 1)]
    return any(
        step > (1.1 if len(others) > 1 else 2.0) * max(others) for step, others in zip(steps, behind, strict=False)
    )


def _zone(margin: float, page_height: float) -> float:
    """How far from the edge furniture may reach."""
    usual = ZONE * page_height
    return usual if margin < usual / 2 else max(usual, margin + usual / 2)


def _same_place(group: list[_Candidate]) -> list[_Candidate]:
    """Those at the depth, or the distance from the edge, that most of the group has."""
    depth = Counter(c.depth for c in group).most_common(1)[0][0]
    distance = median(c.distance for c in group)
    return [c for c in group if c.depth == depth or abs(c.distance - distance) <= NEAR]


def _dense(group: Iterable[_Candidate], count: int) -> bool:
    """On enough pages, and close enough together, to be a running line rather than a coincidence."""
    pages = sorted({c.page for c in group})
    if len(pages) < min(3, count):
        return False
    span = pages[-1] - pages[0] + 1
    return count <= 6 or len(pages) >= 0.35 * count or (len(pages) >= 4 and len(pages) >= 0.45 * span)


def _repeated(candidates: Iterable[_Candidate], count: int) -> set[tuple[int, int]]:
    """Lines whose words come back at the same depth."""
    groups: defaultdict[tuple[str, str], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if not (_FOOTNOTE if candidate.side == "foot" else _CAPTION).match(candidate.line.text):
            groups[candidate.side, candidate.words].append(candidate)
    good: set[tuple[int, int]] = set()
    for (_, words), group in groups.items():
        placed = _same_place(group)
        for run in _runs(placed, count):
            if _dense(run, count) or (2 <= count <= SHORT and _twice(words, run)):
                good.update(c.key for c in run)
    return good


def _runs(group: list[_Candidate], count: int) -> list[list[_Candidate]]:
    """The group whole when it is spread over the document, else its stretches of neighbouring pages."""
    if _dense(group, count):
        return [group]
    ordered = sorted(group, key=lambda c: c.page)
    runs = [[ordered[0]]]
    for before, candidate in pairwise(ordered):
        if candidate.page - before.page <= 3:
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def _twice(words: str, group: list[_Candidate]) -> bool:
    pages = sorted({c.page for c in group})
    return (
        len(pages) >= 2
        and pages[1] - pages[0] <= 2
        and all(c.depth <= 1 for c in group)
        and len(words) < 90
        and not words.endswith((".", ";", ":", ","))
    )


def _numbered(candidates: Iterable[_Candidate], count: int, usual: float) -> set[tuple[int, int]]:
    """Lines with a number that runs along with the pages: page numbers, and heads that carry one."""
    groups: defaultdict[tuple[str, str, int], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.depth > 2:
            continue
        for shape, number in _numbers(candidate, usual):
            groups[candidate.side, shape, number - candidate.page].append(candidate)
    good: set[tuple[int, int]] = set()
    counted: set[int] = set()
    for (_, shape, ahead), group in groups.items():
        for run in _runs(_same_place(group), count):
            if _dense(run, count):
                good.update(c.key for c in run)
                counted |= set() if shape else {ahead}
    return good | _elsewhere(groups, counted, {page for page, _ in good}, usual)


def _elsewhere(
    groups: dict[tuple[str, str, int], list[_Candidate]], counted: set[int], done: set[int], usual: float
) -> set[tuple[int, int]]:
    """The page's own number at its other edge, where a chapter opens. counted: numbers less pages, as known."""
    return {
        c.key
        for (_, shape, ahead), group in groups.items() if not shape and ahead in counted
        for c in group
        if not c.depth and c.page not in done and c.line.bottom - c.line.top <= 1.15 * usual
    }  # fmt: skip


def _numbers(candidate: _Candidate, usual: float) -> list[tuple[str, int]]:
    """The numbers that may be the page's, each with the shape of the line around it."""
    text = candidate.line.text
    if _HEADING.match(text):
        return []
    alone = _PAGE_NUMBER.match(text)
    if alone:
        number = _value(alone.group(1))
        return [] if number is None else [("", number)]
    height = candidate.line.bottom - candidate.line.top
    if candidate.depth or len(text) > 120 or height > 1.15 * usual:
        return []  # further in it may be a footnote, or larger a heading
    tokens = text.split()
    shape = _SPACE.sub(" ", _NUMBER.sub("#", text)).casefold()
    ends = dict.fromkeys((tokens[0].strip("-–—|•·"), tokens[-1].strip("-–—|•·"))) if len(tokens) > 1 else {}
    return [(shape, int(token)) for token in ends if token.isdecimal() and len(token) <= 4]


def _company(
    rows: Sequence[Sequence[Row]], candidates: Iterable[_Candidate], good: set[tuple[int, int]], usual: float
) -> set[tuple[int, int]]:
    """Outermost lines that stand where furniture is known to stand, beside it or on other pages."""
    found: set[tuple[int, int]] = set()
    most = max(2 if len(rows) > 3 else 3, 0.35 * len(rows))
    for side in ("head", "foot"):
        apart = {page for page, its in enumerate(rows) if _stands_apart(its if side == "head" else its[::-1])}
        outer = [c for c in candidates if c.side == side and not c.depth and c.page in apart]
        outer = [c for c in outer if len(c.line.text) <= TITLE_MOST]
        known = _spots(c for c in outer if c.key in good)
        titles = _chapters([c for c in outer if c.height <= LARGE * usual], len(rows))
        found.update(c.key for c in titles)
        named = _spots(titles)
        for c in outer:
            fixed = _pages_at(c, known)
            between = c.page and c.height <= LARGE * usual and not _HEADING.match(c.line.text)
            if c.page in fixed or (between and (len(fixed) >= most or len(_pages_at(c, named)) >= most)):
                found.add(c.key)
    return found


def _stands_apart(rows: Sequence[Row]) -> bool:
    """Whether there is clearly room after the first row, more than the rows after it have; or nothing else."""
    if len(rows) < 2:
        return len(rows) == 1
    if _touches(rows[0], rows[1]):
        return False
    steps = [abs(b[0].top - a[0].top) for a, b in pairwise(rows[:4])]
    return len(steps) < 3 or max(steps) > 1.1 * min(steps)


def _spot(c: _Candidate) -> tuple[float, float]:
    """Where a line stands: its distance from the edge, and the size of its letters."""
    return round(c.distance, 1), round(c.line.bottom - c.line.top, 1)


def _spots(candidates: Iterable[_Candidate]) -> dict[tuple[float, float], set[int]]:
    """For each spot the pages that have one of the candidates there."""
    found: defaultdict[tuple[float, float], set[int]] = defaultdict(set)
    for c in candidates:
        found[_spot(c)].add(c.page)
    return found


def _pages_at(c: _Candidate, spots: dict[tuple[float, float], set[int]]) -> set[int]:
    """The pages that have something at the spot of this candidate."""
    distance, size = _spot(c)
    near = [pages for (far, other), pages in spots.items()
            if abs(far - distance) <= SAME and max(size, other) <= 1.1 * min(size, other)]  # fmt: skip
    return set().union(*near)


def _chapters(outer: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """Titles at one spot that come back on neighbouring pages, when on most pages one does."""
    groups: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for c in outer:
        if any(letter.isalpha() for letter in c.line.text):
            groups[c.words].append(c)
    back = []
    for group in groups.values():
        there = _spots(group)
        back += [c for c in group if _pages_at(c, there) & {c.page - 2, c.page - 1, c.page + 1, c.page + 2}]
    spots = _spots(back)
    settled = [c for c in back if len(_pages_at(c, spots)) >= max(4, 0.5 * count)]
    return settled if len({c.words for c in settled}) >= 2 else []


def _value(said: str) -> int | None:
    if said.isdecimal():
        return int(said)
    values = [_ROMAN.get(letter, 100) for letter in said.lower()]  # the dotless i matches too, and is none
    total = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    return total if 0 < total < 90 else None


def _lone_number(text: str) -> bool:
    """A page number that needs no other page to be known as one: not a year, not a letter."""
    found = None if _HEADING.match(text) else _PAGE_NUMBER.match(text)
    return found is not None and found.group(1).isdecimal() and (len(found.group(1)) <= 3 or len(text) > 6)


def _inwards(page: int, rows: Sequence[Row], good: set[tuple[int, int]], sure: set[tuple[int, int]]) -> set[int]:
    """The good lines of a page, from either edge up to the first row of body. sure: good wherever they stand."""
    found: set[int] = set()
    for side in (list(rows[: DEPTH + 1]), list(rows[: -DEPTH - 2 : -1])):
        taken: list[Row] = []
        for depth, row in enumerate(side):
            taken.append(row)
            if depth + 1 == len(side) or not _all_good(page, row, good):
                break
            on_body = _touches(row, side[depth + 1]) and not _all_good(page, side[depth + 1], good)
            if on_body and (depth or not _a_pair(side)):
                taken = _off_body(page, taken, sure)
                break
        if len(taken) > DEPTH:  # more than furniture ever has: a copy of another page, or the head of a table
            taken = [row for row in taken if any((page, line.number) in sure for line in row)][:DEPTH]
        found |= {line.number for row in taken for line in row if (page, line.number) in good}
    return found


def _a_pair(side: Sequence[Row]) -> bool:
    """Whether the two outermost rows stand by themselves: a head whose second line changes."""
    return len(side) > 2 and not _touches(side[1], side[2])


def _off_body(page: int, taken: list[Row], sure: set[tuple[int, int]]) -> list[Row]:
    """The rows without those that stand on the body, as the head of a table on its table; the outermost may."""
    kept = taken[:-1]
    while kept and _touches(kept[-1], taken[len(kept)]):
        kept.pop()
    return kept or [row for row in taken[:1] if _all_good(page, row, sure)]


def _all_good(page: int, row: Row, good: set[tuple[int, int]]) -> bool:
    return all((page, line.number) in good for line in row)


def _touches(row: Row, following: Row) -> bool:
    """Whether there is no more room between two rows than between lines of a paragraph."""
    upper, lower = sorted((row, following), key=lambda r: r[0].top)
    gap = min(line.top for line in lower) - max(line.bottom for line in upper)
    return gap < 0.5 * min(line.bottom - line.top for line in row)
