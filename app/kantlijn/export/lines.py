"""What every summary says of itself and of each quote, whatever the format: lines of plain text, and links."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

from kantlijn.export.harmless import kept_apart, one_line
from kantlijn.model.entry import Entry, Source, UsedFile
from kantlijn.model.summary import Summary
from kantlijn.words import say, say_many


def link(summary: Summary, entry: Entry) -> str:
    """The way back into the project: kantlijn://open/PROJECT-FILE-NAME?annotation=ID; "" where it has no name.

    Both parts are percent-encoded UTF-8. The name is the file's, without its folder: a summary that goes to
    others must not tell where its maker keeps files. Whoever opens it looks among the recent projects.
    """
    if not summary.project:
        return ""
    return f"kantlijn://open/{_quoted(summary.project)}?annotation={_quoted(entry.annotation)}"


def file_link(entry: Source) -> str:
    """The page in the PDF beside the summary: report.pdf#page=12, as browsers read it; "" for other files."""
    return f"{_quoted(entry.file)}#page={entry.sheet}" if entry.sheet is not None else ""


@lru_cache(maxsize=1_000)  # the same few names return for every quote
def _quoted(name: str) -> str:
    return quote(one_line(name), safe="")


def made(summary: Summary) -> str:
    """When, how much, and how it was gathered."""
    if summary.by in ("relation", "register"):
        count = say_many("{n} relation", "{n} relations", summary.total)
    else:
        count = say_many("{n} annotation", "{n} annotations", summary.total)
    gathered = {
        "theme": say("gathered by theme"), "document": say("gathered by document"),
        "matrix": say("gathered by theme and document"), "relation": say("gathered by relation"),
        "register": say("register of recommendations"),
    }.get(summary.by, "")  # fmt: skip
    return ", ".join(part for part in (day(summary.made, summary.language), count, gathered) if part)


def left_out(summary: Summary) -> str:
    """What a preview does not show, "" for nothing."""
    if not summary.left_out:
        return ""
    return say_many(
        "{n} more is left out of this preview; the file will have it.",
        "{n} more are left out of this preview; the file will have them.", summary.left_out,
    )  # fmt: skip


def source(entry: Source, language: str) -> str:
    """Title, identifier, date, the version where there are more, and page or line; the unknown is left out."""
    parts = [kept_apart(entry.title), kept_apart(entry.identifier), day(entry.date, language)]
    if entry.number:
        parts.append(say("version {number} ({file})", number=entry.number, file=kept_apart(entry.file)))
    if entry.page is not None:
        parts.append(_pages(one_line(entry.page), one_line(entry.last_page or "")))
    elif entry.line is not None:
        parts.append(say("line {line}", line=entry.line))
    return ", ".join(part for part in parts if part)


def _pages(first: str, last: str) -> str:
    """On which page, or pages, a quote stands; a page may have no label."""
    if first and last and first != last:
        return say("pp. {first}–{last}", first=first, last=last)
    return say("p. {page}", page=first) if first else ""


def used(one: UsedFile, language: str) -> str:
    """A document for the list at the end: title, author, organisation, identifier, date, file and its version."""
    file = kept_apart(one.file)
    parts = [*map(kept_apart, (one.title, one.author, one.organisation, one.identifier)), day(one.date, language)]
    parts.append(say("version {number} ({file})", number=one.number, file=file) if one.number else file)
    return ", ".join(part for part in parts if part)


def themes(entry: Entry, language: str) -> str:
    """The names of its themes, "" for none."""
    return ", ".join(kept_apart(theme.called(language)) for theme in entry.themes)


def written(entry: Entry, language: str) -> str:
    """Who made the annotation and when, and when it was changed, if on another day."""
    first, last = day(entry.created, language), day(entry.modified, language)
    line = ", ".join(part for part in (kept_apart(entry.author), first) if part)
    if last and last != first:
        return say("{made}; changed {date}", made=line, date=last)
    return line


@lru_cache(maxsize=10_000)  # the same few days return for every quote
def day(when: str, language: str) -> str:
    """A date as 2024, May 2024 or 17 May 2024; a moment in UTC as its day here.

    What is no date is given as it stands.
    """
    from babel.dates import format_date

    when = one_line(when)
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?", when, re.ASCII):
        return when
    try:
        if when.endswith("Z"):
            there = datetime.fromisoformat(when).astimezone().date()
        else:
            there = date.fromisoformat(when if len(when) == 10 else f"{when}-01")
    except (ValueError, OverflowError):
        return when
    return str(format_date(there, "MMMM y" if len(when) == 7 else "d MMMM y", locale=language))
