"""Sentences and signs that every form of a comparison's report shares."""

from __future__ import annotations

from kantlijn.export.lines import day
from kantlijn.export.notes import note_in_words
from kantlijn.model.comparison_report import About, ComparisonReport, Listed, Side, Touched
from kantlijn.words import say, say_many

SIGNS = {"inserted": "+", "deleted": "−", "changed": "±", "moved": "⇄", "formatting": "¶"}


def names() -> dict[str, str]:
    """What kinds are called, in the language spoken now."""
    return {
        "inserted": say("inserted"), "deleted": say("deleted"), "changed": say("changed"), "moved": say("moved"),
        "formatting": say("layout only"),
    }  # fmt: skip


def side_line(side: Side) -> str:
    """Title, version, file, date."""
    number = say("version {number}", number=side.number) if side.number else ""
    return " · ".join(part for part in (side.title, number, side.file, side.date) if part)


def counts_line(report: ComparisonReport) -> str:
    """How many changes of which kind."""
    content = sum(count for kind, count in report.counts.items() if kind != "formatting")
    parts = [f"{SIGNS[kind]} {count} {names()[kind]}" for kind, count in report.counts.items() if count]
    total = say_many("{n} change", "{n} changes", content)
    return f"{total}: {', '.join(parts)}" if parts else total


def heads(about: About) -> list[tuple[str, str]]:
    """Label and line of what stands above everything."""
    made = day(about.made, about.language)
    return [(say("From"), side_line(about.old)), (say("To"), side_line(about.new)), (say("Made"), made)]


def pages(change: Listed) -> str:
    """Where it stands: page → page; "" without pages."""
    if not change.old_page and not change.new_page:
        return ""
    if not change.old_page:
        return f"→ {say('p. {page}', page=change.new_page)}"
    if not change.new_page:
        return f"{say('p. {page}', page=change.old_page)} →"
    return f"{say('p. {page}', page=change.old_page)} → {change.new_page}"


def touched_line(touched: Touched) -> str:
    """Themes, state and note of an annotation, on one line."""
    themes = ", ".join(name for _, name, _ in touched.themes) or say("No theme")
    parts = themes, touched.state, touched.place, note_in_words(touched.note)
    return " · ".join(part for part in parts if part)


def legend() -> list[tuple[str, str]]:
    """Sign and meaning."""
    return [(SIGNS[kind], name) for kind, name in names().items()]
