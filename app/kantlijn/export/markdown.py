"""A summary as Markdown: headings for groups, block quotes for quotes, a short list under each."""

from __future__ import annotations

from collections.abc import Iterator

from kantlijn.export import lines
from kantlijn.export.harmless import as_markdown, clean, note_as_markdown
from kantlijn.model.summary import Entry, Group, Summary
from kantlijn.words import say

_DEEPEST = 6


def to_markdown(summary: Summary) -> str:
    """The whole file. Words of documents and readers are escaped; a note keeps its Markdown, inside its place."""
    blocks = [f"# {as_markdown(summary.title)}", as_markdown(lines.made(summary))]
    for group in summary.groups:
        blocks.extend(_group(summary, group, 2))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _group(summary: Summary, group: Group, level: int) -> Iterator[str]:
    yield f"{'#' * min(level, _DEEPEST)} {as_markdown(group.title)}"
    yield as_markdown(group.about)
    for entry in group.entries:
        yield from _entry(summary, entry)
    for inner in group.groups:
        yield from _group(summary, inner, level + 1)


def _entry(summary: Summary, entry: Entry) -> Iterator[str]:
    language = summary.language
    yield _quoted(entry.quote)
    words = as_markdown(say("open in Kantlijn"))
    way_back = f"[{words}]({lines.link(summary, entry)})"
    items = [f"{as_markdown(lines.source(entry.source, language))} · {way_back}"]
    if names := lines.themes(entry, language):
        items.append(say("Themes: {names}", names=as_markdown(names)))
    if written := lines.written(entry, language):
        items.append(as_markdown(written))
    if entry.before or entry.after:
        around = f"{as_markdown(entry.before)} **\\[…\\]** {as_markdown(entry.after)}".strip()
        items.append(say("In context: {around}", around=around))
    if note := note_as_markdown(entry.note):
        # Indented under its list item, a note's open fence or list ends where the note does.
        inside = "\n".join(f"    {line}" if line else "" for line in note.split("\n"))
        items.append(say("Note:") + f"\n\n{inside}")
    yield "\n".join(f"- {item}" for item in items)


def _quoted(quote: str) -> str:
    """A block quote, each paragraph on a line of its own."""
    paragraphs = [as_markdown(paragraph) for paragraph in clean(quote).split("\n")]
    return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs if paragraph) or ">"
