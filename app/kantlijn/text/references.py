"""Words on a page that point elsewhere in the document without being links: "see section 3.2", a note's number.

A reference counts only when what it points to is there: a line that begins with the same words, or with the
number of a section, or, for a note, the note itself in small print further down the same page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kantlijn.model.document import Content, Range
from kantlijn.model.layer import Line, PageLayer, lines_of

_KINDS = {
    "section": r"hoofdstuk(?:ken)?|paragra(?:af|fen)|par\.|sectie|chapters?|sections?|§{1,2}",
    "annex": r"bijlagen?|annex(?:es)?|appendix",
    "table": r"tabel(?:len)?|tables?",
    "figure": r"figu(?:ur|ren|res?)",
    "chart": r"grafiek(?:en)?|charts?",
    "box": r"kaders?|box(?:es)?",
    "advice": r"aanbeveling(?:en)?|recommendations?",
}
_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z](?:\.\d{1,2})?(?!\w)|[IVX]{1,6}(?!\w)"
_NAMED = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_REFERENCE = re.compile(rf"(?<!\w)(?i:{_NAMED})\s{{0,2}}(?P<number>{_NUMBER})(?![\d])")
_LINE = r"(?:^|(?<=\f))[ \t]*"
_BEGINS = re.compile(rf"{_LINE}(?i:{_NAMED})[ \t]{{0,2}}(?P<number>{_NUMBER})(?![\d])(?P<rest>.*)$", re.MULTILINE)
_SECTION = re.compile(_LINE + r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?[ \t]+(?P<rest>[^\W\d_].*)$", re.MULTILINE)
_TITLE = re.compile(rf"(?:(?i:{_KINDS['section']})\s*)?(\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?![\d])")
_CONTENTS = re.compile(r"(?:\.\s?){3,}|\s\d{1,4}\s*$")
_CHAPTER = _LINE + r"{number}\.?[ \t]+(?P<rest>[^\W\d_].*)$"
_LARGER = 1.12
"""Times the height of the lines of its page that the heading of a chapter has, at least."""
_LONGEST = 120
_NOTE = re.compile(r"[\[(]?(\d{1,3})(?:[\])]?\s*(?=[^\W\d_])|[\])]?\s+\D*[^\W\d_]|$)")
_NOTED = re.compile(
    r"(?<=[^\W\d_]|[.,;:!?)\]”’\"'»])(?<!\b\d[.,])(?<!\b\d\d[.,])(?<!\b\d{3}[.,])\d{1,3}(?![\w%°]|[.,]\d)"
)
_SMALL, _RAISED = 0.93, 0.8
"""Times the height of the page's lines: the most that notes have, and a number that stands on its own."""


@dataclass(frozen=True, slots=True)
class Reference:
    """range: the words that point, offset: where they point to; both in the canonical text."""

    range: Range
    offset: int


class References:
    """Those of one document, worked out page by page as they are asked for."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def on(self, page: int, layer: PageLayer) -> tuple[Reference, ...]:
        """The references on a page, in order."""
        start, end = self._content.pages[page].range
        text = self._content.text[start:end]
        found = [*self._named(text, start), *_notes(text, layer, start)]
        return tuple(sorted(found, key=lambda one: one.range))

    def _named(self, text: str, base: int) -> Iterator[Reference]:
        for found in _REFERENCE.finditer(text):
            target = self._target(_kind(found), found["number"])
            here = (base + found.start(), base + found.end())
            line = text.rfind("\n", 0, found.start()) + 1 + base
            if target is not None and not line <= target <= here[1]:
                yield Reference(here, target)

    def _target(self, kind: str, number: str) -> int | None:
        there = self._targets.get((kind, number))
        return self._chapter(number) if there is None and kind == "section" and number.isdecimal() else there

    @lru_cache(maxsize=200)  # noqa: B019 - lives as long as the view of the document does
    def _chapter(self, number: str) -> int | None:
        """The last large line that begins with this number alone."""
        for found in reversed([*re.finditer(_CHAPTER.format(number=number), self._content.text, re.MULTILINE)]):
            if self._is_heading(found) and self._is_large(found.start()):
                return found.start()
        return None

    def _is_heading(self, line: re.Match[str]) -> bool:
        rest = line["rest"].strip()
        return (
            len(rest) <= _LONGEST and not rest[:1].islower()
            and not _CONTENTS.search(rest) and not rest.endswith((",", ";"))
        )  # fmt: skip

    def _is_large(self, offset: int) -> bool:
        page = max(0, bisect_right([page.range[0] for page in self._content.pages], offset) - 1)
        lines = [line for line in lines_of(self._content.layers[page]) if not line.auxiliary]
        usual = _usual(lines)
        within = offset - self._content.pages[page].range[0]
        return any(line.start <= within < line.end and line.thickness >= _LARGER * usual for line in lines)

    @cached_property
    def _targets(self) -> dict[tuple[str, str], int]:
        """Where sections, tables and the like begin: the last line that looks so, the outline's word before it."""
        text, found = self._content.text, dict[tuple[str, str], int]()
        for line in (*_SECTION.finditer(text), *_BEGINS.finditer(text)):
            if self._is_heading(line):
                found["section" if line.re is _SECTION else _kind(line), line["number"]] = line.start()
        for _, title, page in self._content.outline:
            number = _TITLE.match(title)
            if number and 0 <= page < len(self._content.pages):
                begin, end = self._content.pages[page].range
                at = text.find(title, begin, end)
                found["section", number[1]] = max(begin, at)
        return found


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if found[kind])


def _usual(lines: Iterable[Line]) -> float:
    """The height of the lines that most letters stand on, to half a point."""
    heights: Counter[float] = Counter()
    for line in lines:
        heights[round(line.thickness * 2) / 2] += line.end - line.start
    return heights.most_common(1)[0][0] if heights else 0.0


def _notes(text: str, layer: PageLayer, base: int) -> Iterator[Reference]:
    """Numbers behind words or on their own, of which the note stands below in smaller print."""
    lines = [line for line in layer.lines if not line.auxiliary and line.dx > 0.99]
    if not lines:
        return
    usual = _usual(lines)
    notes = dict(_note_lines(text, lines, usual))
    for line in lines:
        said = text[line.start : line.end].strip()
        if said.isdecimal() and line.thickness <= _RAISED * usual:
            spans = [(line.start, line.start + len(said))]
        else:
            spans = [found.span() for found in _NOTED.finditer(text, line.start, line.end)]
        for start, end in spans:
            note = notes.get(text[start:end])
            if note is not None and note.y > line.y + line.thickness:
                yield Reference((base + start, base + end), base + note.start)


def _note_lines(text: str, lines: Iterable[Line], usual: float) -> Iterator[tuple[str, Line]]:
    """Small lines that begin with a number and go on in words, or are a number and nothing else."""
    for line in lines:
        found = _NOTE.match(text[line.start : line.end].strip())
        if found and line.thickness <= _SMALL * usual:
            yield found[1], line
