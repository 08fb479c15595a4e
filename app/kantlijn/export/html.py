"""A summary as one HTML file: no script, nothing loaded, light or dark as the reader has it, fit for paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kantlijn import paths
from kantlijn.export import lines
from kantlijn.export.harmless import clean, colour, letter, note_as_markdown, one_line
from kantlijn.model.summary import Entry, Group, Summary
from kantlijn.model.theme import Theme
from kantlijn.words import say

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chip:
    """A theme as a coloured letter and its name."""

    name: str
    letter: str
    colour: str
    ink: str


def to_html(summary: Summary) -> str:
    """The whole file. Everything is escaped but what Markdown makes of notes, which passes nh3's white list."""
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(paths.resource("templates", "summary.html").decode())
    noted = _notes()
    return template.render(
        language=summary.language,
        title=one_line(summary.title),
        made=lines.made(summary),
        groups=[_group(summary, group, noted) for group in summary.groups],
        words={
            "open": say("open in Kantlijn"), "note": say("Note"),
            "nothing": say("There is nothing in this summary."),
        },
    )  # fmt: skip


def _group(summary: Summary, group: Group, noted: Callable[[str], Any]) -> dict[str, Any]:
    return {
        "title": one_line(group.title),
        "chip": _chip(group.theme, summary.language) if group.theme else None,
        "about": one_line(group.about),
        "entries": [_entry(summary, entry, noted) for entry in group.entries],
        "groups": [_group(summary, inner, noted) for inner in group.groups],
    }


def _entry(summary: Summary, entry: Entry, noted: Callable[[str], Any]) -> dict[str, Any]:
    chips = [_chip(theme, summary.language) for theme in entry.themes]
    return {
        "paragraphs": [part for part in map(one_line, clean(entry.quote).split("\n")) if part],
        "bar": chips[0].colour if chips else colour(""),
        "chips": chips,
        "source": lines.source(entry.source, summary.language),
        "link": lines.link(summary, entry),
        "written": lines.written(entry, summary.language),
        "before": one_line(entry.before),
        "after": one_line(entry.after),
        "note": noted(entry.note),
    }


def _chip(theme: Theme, language: str) -> _Chip:
    background = colour(theme.colour)
    return _Chip(
        name=one_line(theme.called(language)), letter=letter(theme.letter), colour=background,
        ink="#ffffff" if _luminance(background) < 0.3 else "#000000",
    )  # fmt: skip


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2): which ink stands out on the colour."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _notes() -> Callable[[str], Any]:
    """What turns a note's Markdown into harmless HTML, "" for an empty one."""
    import nh3
    from markdown import Markdown
    from markupsafe import Markup

    markdown = Markdown(extensions=["sane_lists", "tables", "fenced_code"])
    allowed = {"a": {"href", "title"}, "ol": {"start"}}

    def kept(_tag: str, attribute: str, value: str) -> str | None:
        # addresses without a scheme would lead to somewhere beside the file
        return value if attribute != "href" or value.lower().startswith(_SCHEMES) else None

    @lru_cache(maxsize=1000)  # a note stands under every theme its quote has
    def noted(note: str) -> Any:
        if not note.strip():
            return ""
        try:
            html = markdown.reset().convert(note_as_markdown(note))
        except RecursionError:  # brackets or quotes nested by the thousand: as plain text, then
            return clean(note)
        return Markup(
            nh3.clean(
                html, tags=_TAGS, attributes=allowed, attribute_filter=kept, clean_content_tags=set(),
                url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer nofollow",
            )
        )  # fmt: skip

    return noted
