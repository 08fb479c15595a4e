"""A comparison as Markdown: struck through what went, bold what came, with the signs."""

from __future__ import annotations

from kantlijn.export import comparison_words as said
from kantlijn.export.harmless import as_markdown, one_line
from kantlijn.model.comparison_report import ComparisonReport, Listed, Paragraph
from kantlijn.words import say


def comparison_to_markdown(report: ComparisonReport) -> bytes:
    """The whole file, UTF-8."""
    about = report.about
    lines = [f"# {as_markdown(about.title)}", ""]
    lines += [f"- {label}: {as_markdown(line)}" for label, line in said.heads(about)]
    lines += ["", as_markdown(said.counts_line(report)), ""]
    lines += [f"> {as_markdown(warning)}\n" for warning in about.warnings]
    if about.conserved:
        lines += [as_markdown(about.conserved), ""]
    lines += [f"## {say('Changes')}", ""]
    lines += [_change(change) for change in report.changes]
    if about.carried:
        lines += ["", f"## {say('Annotations')}", ""]
        lines += [f"- {as_markdown(said.touched_line(one))}: “{as_markdown(one.quote)}”" for one in about.carried]
    if report.paragraphs:
        lines += ["", f"## {say('Redline')}", ""]
        for paragraph in report.paragraphs:
            lines += [_paragraph(paragraph), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _change(change: Listed) -> str:
    where = said.pages(change)
    head = f"{change.number + 1}. **{said.SIGNS[change.kind]} {said.names()[change.kind]}**"
    parts = [f"{head} ({where})" if where else head, "…", as_markdown(change.before)]
    if change.kind != "moved":
        parts.append(_marked(change.old, "~~"))
    parts += [_marked(change.new, "**"), as_markdown(change.after), "…"]
    line = " ".join(part for part in parts if part)
    return "\n".join([line, *(f"    - {as_markdown(said.touched_line(one))}" for one in change.touched)])


def _marked(text: str, sign: str) -> str:
    return f"{sign}{as_markdown(text)}{sign}" if text.strip() else ""


def _paragraph(paragraph: Paragraph) -> str:
    parts = []
    for words in paragraph.words:
        text = one_line(words.text)
        if not text:
            continue
        if words.kind in ("deleted", "moved from"):
            text = f"~~{as_markdown(text)}~~" + ("⇄" if words.kind == "moved from" else "")
        elif words.kind in ("inserted", "moved to"):
            text = f"**{as_markdown(text)}**" + ("⇄" if words.kind == "moved to" else "")
        else:
            text = as_markdown(text)
        parts.append(text)
    return " ".join(parts)
