"""A summary as the words that stand in the file: what templates and the writers of office files are given.

Names of fields are what readers' own templates use; they are never renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kantlijn.export import lines
from kantlijn.export.harmless import clean, colour, letter, one_line
from kantlijn.model.entry import Entry
from kantlijn.model.register import RegisterRow
from kantlijn.model.summary import Group, Summary
from kantlijn.model.theme import Theme
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A theme as a coloured letter and its name. ink stands out on colour; both are "#rrggbb"."""

    name: str
    letter: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidEntry:
    """One annotation. paragraphs are the quote's; bar is a colour; link and file_link are addresses or "".

    number is its source's footnote, 0 where sources stand under the quotes. note is as the format has notes.
    """

    paragraphs: list[str]
    bar: str
    chips: list[Chip]
    themes: str
    source: str
    link: str
    file: str
    file_link: str
    written: str
    before: str
    after: str
    note: Any
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRelation:
    """Two passages and what is between them. first: the recommendation where response is set, else the origin."""

    response: bool
    type: str
    status: str
    addressee: str
    note: Any
    first: SaidEntry
    second: SaidEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidGroup:
    """A heading and what stands under it. chip: where it is a theme."""

    title: str
    chip: Chip | None
    about: str
    text: Any
    entries: list[SaidEntry]
    relations: list[SaidRelation]
    groups: list[SaidGroup]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The whole. footnotes: the entries whose sources stand at the end, by number; documents: a line for each one
    that is listed at the end. words: fixed ones by name.
    """

    language: str
    title: str
    made: str
    left_out: str
    by: str
    groups: list[SaidGroup]
    register: list[SaidRelation]
    footnotes: list[SaidEntry] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a format has a line of a stranger's words, and a note in Markdown."""

    line: Callable[[str], str]
    note: Callable[[str], Any]


def said(summary: Summary, manner: Manner) -> Said:
    """All that stands in the file, in order."""
    return _Saying(summary, manner).whole()


class _Saying:
    def __init__(self, summary: Summary, manner: Manner) -> None:
        self._summary = summary
        self._line = manner.line
        self._note = manner.note
        self._footnotes: list[SaidEntry] = []
        self._chips: dict[str, Chip] = {}

    def whole(self) -> Said:
        summary, line = self._summary, self._line
        return Said(
            language=summary.language, title=line(summary.title), made=line(lines.made(summary)),
            left_out=line(lines.left_out(summary)), by=summary.by, groups=self._groups(summary.groups),
            register=[self._relation(row) for row in summary.register], footnotes=self._footnotes,
            documents=[line(lines.used(one, summary.language)) for one in summary.used],
            words={name: line(words) for name, words in _words().items()},
        )  # fmt: skip

    def _groups(self, groups: Iterable[Group]) -> list[SaidGroup]:
        return [
            SaidGroup(
                title=self._line(group.title), chip=self._chip(group.theme) if group.theme else None,
                about=self._line(group.about), text=self._note(group.text),
                entries=[self._entry(entry) for entry in group.entries],
                relations=[self._relation(row) for row in group.relations], groups=self._groups(group.groups),
            )
            for group in groups
        ]  # fmt: skip

    def _relation(self, row: RegisterRow) -> SaidRelation:
        first, second = (row.target, row.origin) if row.is_response else (row.origin, row.target)
        return SaidRelation(
            response=row.is_response, type=self._line(row.type_said), status=self._line(row.status_said),
            addressee=self._line(row.addressee), note=self._note(row.note), first=self._entry(first),
            second=self._entry(second),
        )  # fmt: skip

    def _entry(self, entry: Entry) -> SaidEntry:
        summary, line = self._summary, self._line
        chips = [self._chip(theme) for theme in entry.themes]
        made = SaidEntry(
            paragraphs=[part for part in map(line, clean(entry.quote).split("\n")) if part],
            bar=chips[0].colour if chips else colour(""), chips=chips,
            themes=line(lines.themes(entry, summary.language)),
            source=line(lines.source(entry.source, summary.language)), link=lines.link(summary, entry),
            file=line(entry.source.file), file_link=lines.file_link(entry.source),
            written=line(lines.written(entry, summary.language)), before=line(entry.before),
            after=line(entry.after), note=self._note(entry.note),
            number=len(self._footnotes) + 1 if summary.footnotes else 0,
        )  # fmt: skip
        if made.number:
            self._footnotes.append(made)
        return made

    def _chip(self, theme: Theme) -> Chip:
        if (made := self._chips.get(theme.id)) is None:
            ground = colour(theme.colour)
            made = self._chips[theme.id] = Chip(
                name=self._line(theme.called(self._summary.language)), letter=letter(theme.letter), colour=ground,
                ink="#ffffff" if _luminance(ground) < 0.3 else "#000000",
            )  # fmt: skip
        return made


def _words() -> dict[str, str]:
    return {
        "open": say("open in Kantlijn"), "note": say("Note"), "themes": say("Themes"),
        "context": say("In context"), "contents": say("Contents"), "sources": say("Sources"),
        "documents": say("Documents used"),
        "nothing": say("There is nothing in this summary."), "recommendation": say("Recommendation"),
        "addressee": say("Addressee"), "response": say("Response"), "status": say("Status"),
        "unknown": say("not known"),
    }  # fmt: skip


def plainly(note: str) -> str:
    """A note to the letter, for plain text: its Markdown can be read as it is."""
    return clean(note).strip("\n")


TO_THE_LETTER = Manner(line=one_line, note=plainly)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2): which ink stands out on the colour."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
