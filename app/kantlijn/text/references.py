"""Words on a page that point elsewhere in the document without being links: "see section 3.2", a note's number.

A reference counts only when what it points to is there: a line that begins with the same words, or with the
number of a section, or, for a note, the note itself in small print further down the same page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kantlijn.model.document import Content, Page, Range
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
_CONTENTS = re.compile(r"(?:\.\s?){3,}")
_PAGE = re.compile(r"\s\d{1,3}\s*$")
"""At the end of a line of the contents, or of a heading that happens to end in a number."""
_CHAPTER = re.compile(_LINE + r"(?P<number>\d{1,2})\.?[ \t]+(?P<rest>[^\W\d_].*)$", re.MULTILINE)
_LARGER = 1.12
"""Times the height of the lines of its page that the heading of a chapter has, at least."""
_LONGEST = 120
_NOTE = re.compile(r"[\[(]?(\d{1,3})(?:[\])]?\s*(?=[^\W\d_])|[\])]?\s+\D*[^\W\d_]|$)")
_NOTED = re.compile(
    r"(?<=[^\W\d_]|[.,;:!?)\]”’\"'»])(?<!\b\d[.,])(?<!\b\d\d[.,])(?<!\b\d{3}[.,])\d{1,3}(?![\w%°]|[.,]\d)"
)
_SMALL, _RAISED = 0.93, 0.8
"""Times the height of the page's lines: the most that notes have, and a number that stands on its own."""


_Targets = dict[tuple[str, str], int]
"""Offsets of what can be pointed to, by kind and number."""


@dataclass(frozen=True, slots=True)
class Reference:
    """range: the words that point, offset: where they point to; both in the canonical text."""

    range: Range
    offset: int


class References:
    """Those of one document, worked out page by page as they are asked for."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._unread = iter(content.pages)
        self._found: _Targets = {}
        self._doubtful: _Targets = {}
        self._targets: _Targets | None = None

    def on(self, page: int, layer: PageLayer) -> tuple[Reference, ...]:
        """The references on a page, in order. Looks through all pages first where look_on did not."""
        while not self.look_on():
            pass
        start, end = self._content.pages[page].range
        text = self._content.text[start:end]
        found = [*self._named(text, start), *_notes(text, layer, start)]
        return tuple(sorted(found, key=lambda one: one.range))

    def _named(self, text: str, base: int) -> Iterator[Reference]:
        for found in _REFERENCE.finditer(text):
            target = (self._targets or {}).get((_kind(found), found["number"]))
            here = (base + found.start(), base + found.end())
            line = text.rfind("\n", 0, found.start()) + 1 + base
            if target is not None and not line <= target <= here[1]:
                yield Reference(here, target)

    def look_on(self) -> bool:
        """Look through one page more for what can be pointed to; whether all are done.

        A long document takes a tenth of a second, a page of it a fraction of a millisecond.
        """
        if self.ready:
            return True
        page = next(self._unread, None)
        if page is None:
            self._targets = self._with_outline({**self._doubtful, **self._found})
        else:
            self._look_through(page)
        return self.ready

    @property
    def ready(self) -> bool:
        return self._targets is not None

    def _look_through(self, page: Page) -> None:
        """Where sections, tables and the like begin: the last line that looks so."""
        text = self._content.text
        for line in _CHAPTER.finditer(text, *page.range):
            if _is_heading(line) and self._is_large(page, line.start()):
                self._found["section", line["number"]] = line.start()
        for line in (*_SECTION.finditer(text, *page.range), *_BEGINS.finditer(text, *page.range)):
            if _is_heading(line):
                kind = "section" if line.re is _SECTION else _kind(line)
                into = self._doubtful if _PAGE.search(line["rest"]) else self._found
                into[kind, line["number"]] = line.start()

    def _with_outline(self, found: _Targets) -> _Targets:
        """The outline's word goes before that of lines."""
        for _, title, number in self._content.outline:
            named = _TITLE.match(title)
            if named and 0 <= number < len(self._content.pages):
                begin, end = self._content.pages[number].range
                found["section", named[1]] = max(begin, self._content.text.find(title, begin, end))
        return found

    def _is_large(self, page: Page, offset: int) -> bool:
        """Whether the line there is larger than most of its page."""
        lines = [line for line in lines_of(self._content.layers[page.index]) if not line.auxiliary]
        usual, within = _usual(lines), offset - page.range[0]
        return any(line.start <= within < line.end and line.thickness >= _LARGER * usual for line in lines)


def _is_heading(line: re.Match[str]) -> bool:
    rest = line["rest"].strip()
    return (
        len(rest) <= _LONGEST and not rest[:1].islower()
        and not _CONTENTS.search(rest) and not rest.endswith((",", ";"))
    )  # fmt: skip


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
