"""Where sentences begin and end. Page furniture between them does not count.

Ranges are code points of the canonical text, trimmed of white space and furniture at their ends. Sentence
ends follow readers.md's finding that ready-made splitters break Dutch abbreviations: own rules, own list.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from operator import itemgetter

from kantlijn.model.document import Range
from kantlijn.text.boundaries import REACH, Furniture, paragraph_at
from kantlijn.text.listed import item_begins

_GAP = re.compile(r"\s+")
_LAST_WORD = re.compile(r"[\w.]+\Z")
_WORD = 20  # code points; no abbreviation, initial or number is as long
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_OPENING = "\"'“‘«„(["
# Lower case, without their last full stop; a sentence does not end after them.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        """
    art artt lid nr nrs dhr mw mevr mr mrs ms dr drs ir ing prof bijv bv o.a oa m.a.w d.w.z dwz enz i.v.m ivm m.b.t
    mbt n.a.v nav t.a.v tav t.b.v tbv t.o.v tov o.b.v obv o.g.v i.h.b i.p.v ipv i.c m.i m.n z.g zgn z.o.z a.u.b
    resp blz pag p pp par hfdst fig tab jl ca circa c.q cq vgl zie incl excl max min gem evt m.u.v v.w.b
    jan feb mrt apr jun jul aug sep sept okt oct nov dec st jr sr no vol ed eds e.g eg i.e ie cf vs al et inc ltd
    dept approx para paras sec sect ch app u.s u.k
    """,
    )
)


class Sentences:
    """The sentences of one text, for whoever asks for many: each paragraph is split once."""

    def __init__(self, text: str, auxiliary: Sequence[Range] = ()) -> None:
        self._text, self._auxiliary = text, auxiliary
        self._furniture = Furniture(auxiliary)
        self._split: list[tuple[Range, list[Range]]] = []
        """Paragraphs asked for so far, in order, with their sentences."""

    def at(self, offset: int) -> Range:
        """The sentence around the offset, never more than its paragraph; between two, the first."""
        # what the paragraph of a place between letters is, is for paragraph_at to say each time
        plain = self._text[offset : offset + 1].strip() and self._furniture.over(offset) is None
        sentences = (self._known(offset) if plain else None) or self._around(offset, keep=bool(plain))
        return sentences[max(0, bisect_right(sentences, offset, key=itemgetter(0)) - 1)]

    def _known(self, offset: int) -> list[Range] | None:
        place = bisect_right(self._split, offset, key=_first) - 1
        return self._split[place][1] if place >= 0 and offset < self._split[place][0][1] else None

    def _around(self, offset: int, *, keep: bool) -> list[Range]:
        paragraph = start, end = paragraph_at(self._text, offset, self._auxiliary)
        sentences = list(_sentences(self._furniture.masked(self._text, start, end), start))
        if keep and end < start + REACH:  # where a longer one is cut depends on the offset
            insort(self._split, (paragraph, sentences))
        return sentences


def _first(known: tuple[Range, list[Range]]) -> int:
    return known[0][0]


def sentence_at(text: str, offset: int, auxiliary: Sequence[Range] = ()) -> Range:
    """The sentence around the offset, never more than its paragraph; between two, the first."""
    return Sentences(text, auxiliary).at(offset)


def _sentences(paragraph: str, start: int) -> Iterator[Range]:
    """Those of a paragraph, which starts here; at least one. No item of a list or row of a table runs on."""
    lines = paragraph.split("\n")
    begin = place = 0
    for line, begins in zip(lines, item_begins([one.strip() for one in lines]), strict=False):
        place += len(line) + 1
        if begins and (part := paragraph[begin:place].rstrip()):
            yield from _of_part(part, start + begin)
            begin = gap.end() if (gap := _GAP.match(paragraph, place)) else place
    yield from _of_part(paragraph[begin:], start + begin)


def _of_part(part: str, start: int) -> Iterator[Range]:
    begin = 0
    for found in _END.finditer(part):
        if (gap := _GAP.match(part, found.end())) and _is_end(part, found, part[gap.end() : gap.end() + 2]):
            yield start + begin, start + found.end()
            begin = gap.end()
    yield start + begin, start + len(part)


def _is_end(part: str, found: re.Match[str], after: str) -> bool:
    """The full stop here ends a sentence: no abbreviation, initial or number that goes on."""
    follows = after.lstrip(_OPENING)[:1]
    if follows and follows.islower():
        return False
    if found.group()[0] != "." or len(found.group().rstrip("\"'”’»)]")) > 1:
        return True
    before = _LAST_WORD.search(part, max(0, found.start() - _WORD), found.start())
    word = before[0] if before else ""
    if word.lower() in _ABBREVIATIONS:
        return False
    if len(word) == 1 and word.isupper():  # an initial
        return False
    return not (word.isdigit() and len(word) <= 2 and _begins_line(part, found.start() - len(word)))


def _begins_line(part: str, at: int) -> bool:
    return at == 0 or part[at - 1] == "\n"
