"""Summaries for the tests of the writers."""

from __future__ import annotations

from typing import Any

from kantlijn.model.entry import Entry, Source, UsedFile
from kantlijn.model.summary import Group, Summary
from kantlijn.model.theme import Theme

PREVENTION = Theme(id="T1", name="Prevention", name_nl="Preventie", colour="#1d63c4", letter="P")
SCHOOLS = Theme(id="T2", name="Schools", name_nl="Scholen", colour="#9fc3f5", letter="S", parent="T1")


def entry(quote: str, **changed: Any) -> Entry:
    """An annotation on this quote; source takes a dict of what differs."""
    source: dict[str, Any] = {
        "document": "D1", "version": "V1", "title": "Oversight in 2024", "identifier": "RDL 2024-07",
        "date": "2024-09-26", "file": "oversight.pdf", "page": "12", "line": None, "range": (100, 140),
    }  # fmt: skip
    source |= changed.pop("source", {})
    values: dict[str, Any] = {
        "annotation": "01ANNOTATION", "themes": (PREVENTION,), "note": "", "author": "Robin",
        "created": "2026-11-20T12:00:00Z", "modified": "2026-11-20T12:30:00Z", **changed,
    }  # fmt: skip
    return Entry(quote=quote, source=Source(**source), **values)


def summary(*groups: Group, **changed: Any) -> Summary:
    values: dict[str, Any] = {
        "title": "Oversight", "by": "theme", "made": "2026-11-21T12:00:00Z", "language": "en",
        "project": "my project.kantlijn", "total": sum(len(group.entries) for group in groups), **changed,
    }  # fmt: skip
    return Summary(groups=groups, **values)


def one(quote: str, **changed: Any) -> Summary:
    """A summary of one annotation."""
    return summary(Group(title="Prevention", theme=PREVENTION, entries=(entry(quote, **changed),)))


def ordinary(language: str = "en") -> Summary:
    """One with all that a summary can hold."""
    first = entry(
        "Schools teach it.\nMost do so every year.", themes=(PREVENTION, SCHOOLS), before="What works?",
        after="Parents help.", note="# Check\n\nIn 2023: **38 percent**, see [the table](https://example.org/t).\n\n"
        "1. by region\n2. by kind", modified="2026-11-22T12:00:00Z",
    )  # fmt: skip
    second = entry("It begins at home.", source={"page": None, "line": 7, "date": "2024-05", "identifier": ""})
    third = entry(
        "Nobody asked.", themes=(), author="", source={"date": "2023", "number": 1, "file": "oversight-2023.pdf"}
    )
    schools = Group(title=SCHOOLS.called(language), theme=SCHOOLS, entries=(first,))
    return summary(
        Group(title=PREVENTION.called(language), theme=PREVENTION, entries=(first, second), groups=(schools,)),
        Group(title="Without a theme", entries=(third,), about="What nobody tagged."),
        language=language, total=3, used=(
            UsedFile(title="Oversight in 2024", author="R. Reader", organisation="The Council", date="2024-09-26",
                     identifier="RDL 2024-07", file="oversight.pdf"),
            UsedFile(title="Oversight in 2023", author="", organisation="", date="2023", identifier="",
                     file="oversight-2023.pdf", number=2),
        ),
    )  # fmt: skip


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</blockquote></body><h1>x</h1>",
    "](javascript:alert(1))", "[click](javascript:alert(1))", "![x](http://example.org/x.png)",
    "[a]: javascript:alert(1)", "<javascript:alert(1)>", "<https://example.org>", "`code` and ``more", "```",
    "~~~", "# no heading", "> no quote", "- no item", "+ no item", "* no item", "1. no item", "12) no item",
    "=====", "-----", "a | b", "|---|---|", "&lt;b&gt; &#60;i&#62; &copy; &amp;amp;", "R&D & Q&A;",
    "back\\slash \\* \\\\",
    "_under_ __score__ *star* **stars**", "~~gone~~ ==lit== ^up^ $x$ $$y$$ %%hidden%%", "{#id} {{ 7*7 }} {% x %}",
    "one\n\n# two\n\n\tthree", "nul\0 bell\a esc\x1b[31m del\x7f c1\x9b2J", "line\u2028par\u2029end\x85",
    "\u200fright\u200e \u202eoverride \u2066isolate\u2069", "half \ud800 pair", "    indented", "trailing  ",
    "!!! note", "[^1]: foot [^1]", "*[abbr]: x", "\"quotes\" 'and' «more»", "javascript:alert(1)",
    "\x02placeholder\x03", "klzzwxh:0001", "&#x3c;script&#x3e;", "5 < 6 > 4 <", "@me #tag :smile:", "<!-- comment",
    "<![CDATA[x]]>", "\\",
)  # fmt: skip
"""Quotes, titles and names that would like to be more than text."""
