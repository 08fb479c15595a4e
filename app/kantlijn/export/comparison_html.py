"""A comparison as one HTML file: nothing loaded, no script, light or dark as the reader has it, fit for paper."""

from __future__ import annotations

from typing import Any

from kantlijn import paths
from kantlijn.export import comparison_words as said
from kantlijn.export.harmless import clean, colour, letter, one_line
from kantlijn.model.comparison_report import ComparisonReport, Listed, Paragraph, Touched
from kantlijn.words import say

_CLASSES = {
    "inserted": "ins", "deleted": "del", "moved from": "from", "moved to": "to", "formatting": "fmt", "same": "",
}  # fmt: skip


def comparison_to_html(report: ComparisonReport) -> bytes:
    """For a browser, UTF-8."""
    return _rendered(report, "comparison.html")


def comparison_to_story(report: ComparisonReport) -> bytes:
    """For the engine that makes a PDF of it: simpler, since it knows but part of CSS."""
    return _rendered(report, "comparison-story.html")


def _rendered(report: ComparisonReport, template: str) -> bytes:
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    about = report.about
    seen: set[int] = set()
    return (
        environment.from_string(paths.resource("templates", template).decode())
        .render(
            language=about.language, title=one_line(about.title), heads=said.heads(about),
            counts=said.counts_line(report), warnings=about.warnings, conserved=about.conserved,
            changes=[_change(change, whole=bool(report.paragraphs)) for change in report.changes],
            carried=[_touched(one) for one in about.carried],
            paragraphs=[_paragraph(paragraph, seen) for paragraph in report.paragraphs], legend=said.legend(),
            words={
                "changes": say("Changes"), "redline": say("Redline"), "annotations": say("Annotations"),
                "none": say("Nothing changed between these two, but for their layout."),
            },
        )
        .encode()
    )  # fmt: skip


def _change(change: Listed, *, whole: bool) -> dict[str, Any]:
    return {
        "number": change.number + 1, "kind": change.kind, "sign": said.SIGNS[change.kind],
        "name": said.names()[change.kind], "pages": said.pages(change), "before": clean(change.before),
        "old": "" if change.kind == "moved" else clean(change.old), "new": clean(change.new),
        "after": clean(change.after), "touched": [_touched(one) for one in change.touched],
        "target": f"c{change.number}" if whole else "",
    }  # fmt: skip


def _touched(one: Touched) -> dict[str, Any]:
    return {
        "chips": [(letter(sign), one_line(name), colour(ground)) for sign, name, ground in one.themes],
        "said": one_line(said.touched_line(one)), "quote": one_line(one.quote),
    }  # fmt: skip


def _paragraph(paragraph: Paragraph, seen: set[int]) -> list[tuple[str, str, str]]:
    """(class, text, id) of each part; an edit is named where it is met first."""
    found = []
    for words in paragraph.words:
        name = ""
        if words.number >= 0 and words.number not in seen:
            seen.add(words.number)
            name = f"c{words.number}"
        found.append((_CLASSES[words.kind], clean(words.text).replace("\n", " "), name))
    return found
