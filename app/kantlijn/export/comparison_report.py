"""From two texts and their comparison to what a file says of them; runs in the workshop."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kantlijn.model.comparison import Comparison, Edit
from kantlijn.model.comparison_report import About, ComparisonReport, Listed, Paragraph, Side, Touched, Words
from kantlijn.model.document import Content, Range
from kantlijn.text.compare.redline import Run, redline
from kantlijn.text.flow import flat

_AROUND = 60
_LEADERS = re.compile(r"(?:[.…][ \u2060\u00a0]?){4,}")
_UNSEEN = re.compile("[\u00ad\u2060\u200b]")


def report(about: About, comparison: Comparison, old: Content, new: Content) -> ComparisonReport:
    """The report of this comparison."""
    runs = redline(flat(old), flat(new), comparison) if about.whole else ()
    furniture = sorted({*new.auxiliary, *comparison.ignored_new})
    return ComparisonReport(
        about=about,
        counts=comparison.counts(),
        changes=tuple(_listed(about, number, edit, old, new) for number, edit in enumerate(comparison.edits)),
        paragraphs=tuple(_paragraphs(list(_without(runs, furniture)))),
    )


def _listed(about: About, number: int, edit: Edit, old: Content, new: Content) -> Listed:
    side, parts = (new, edit.new) if edit.new else (old, edit.old)
    return Listed(
        number=number, kind=edit.kind, old_page=_page(about.old, edit.old), new_page=_page(about.new, edit.new),
        before=_before(side.text, parts[0][0]), old=_words(old.text, edit.old), new=_words(new.text, edit.new),
        after=_after(side.text, parts[-1][1]), old_ranges=edit.old, new_ranges=edit.new,
        touched=about.touched.get(number, ()),
    )  # fmt: skip


def _page(side: Side, parts: Sequence[Range]) -> str:
    if not parts or not side.pages:
        return ""
    place = bisect_right(side.pages, parts[0][0], key=lambda page: page[1][0]) - 1
    return side.pages[max(0, place)][0]


def _words(text: str, parts: Sequence[Range]) -> str:
    return _plain(" ".join(text[start:end] for start, end in parts))


def _plain(said: str) -> str:
    said = re.sub(r"\u00ad[-\u2010]?\s*\n|\u00ad", "", said)
    return " ".join(_LEADERS.sub(" ", said).split())


def _before(text: str, at: int) -> str:
    said = _plain(text[max(0, at - _AROUND) : at])
    return said if at <= _AROUND else said[said.find(" ") + 1 :]


def _after(text: str, at: int) -> str:
    said = _plain(text[at : at + _AROUND])
    return said if at + _AROUND >= len(text) else said[: said.rfind(" ")] if " " in said else ""


def _without(runs: Sequence[Run], furniture: Sequence[Range]) -> Iterator[Run]:
    """The runs without running heads and page numbers, which would stand in the middle of sentences."""
    for run in runs:
        if run.kind != "same" or run.new is None:
            yield run
            continue
        place, end = run.new
        first = place
        number = max(0, bisect_right(furniture, (place, place)) - 1)
        for start, stop in furniture[number:]:
            if start >= end:
                break
            if stop > place:
                if start > place:
                    yield Run("same", run.text[place - first : start - first], (place, start), None)
                place = min(stop, end)
        if place < end:
            yield Run("same", run.text[place - first :], (place, end), None)


def _paragraphs(runs: Sequence[Run]) -> list[Paragraph]:
    """The runs cut at line breaks; empty paragraphs left out, unless their break is one that came or went."""
    found: list[Paragraph] = []
    words: list[Words] = []
    for run in runs:
        lines = _UNSEEN.sub("", run.text).split("\n")
        for number, line in enumerate(lines):
            if line:
                words.append(Words(kind=run.kind, text=line, number=run.edit))
            if number + 1 < len(lines) and words:
                found.append(Paragraph(words=tuple(words), end=run.kind))
                words = []
        if run.new is None and words and not run.text[-1:].isspace():
            words.append(Words(kind=run.kind, text=" ", number=run.edit))
    if words:
        found.append(Paragraph(words=tuple(words)))
    return found


# -- the way to the workshop --------------------------------------------------------------------------------


def about_to_plain(about: About) -> dict[str, Any]:
    """As JSON types."""
    plain = asdict(about)
    plain["touched"] = [[number, [asdict(one) for one in touched]] for number, touched in about.touched.items()]
    return plain


def about_from_plain(plain: dict[str, Any]) -> About:
    """The same again."""
    return About(
        **{
            **plain,
            "old": _side(plain["old"]),
            "new": _side(plain["new"]),
            "warnings": tuple(plain["warnings"]),
            "touched": {number: tuple(map(_touched, touched)) for number, touched in plain["touched"]},
            "carried": tuple(map(_touched, plain["carried"])),
        }
    )


def _side(plain: dict[str, Any]) -> Side:
    return Side(**{**plain, "pages": tuple((label, (start, end)) for label, (start, end) in plain["pages"])})


def _touched(plain: dict[str, Any]) -> Touched:
    return Touched(**{**plain, "themes": tuple((a, b, c) for a, b, c in plain["themes"])})
