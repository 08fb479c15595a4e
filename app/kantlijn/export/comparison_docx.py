"""A comparison as a Word file: its redline as tracked changes, which can be accepted or rejected there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import Any

from kantlijn.export import comparison_words as said
from kantlijn.export.harmless import clean
from kantlijn.model.comparison_report import ComparisonReport, Listed, Paragraph, Words
from kantlijn.words import say

_TRACKED = {"inserted": "w:ins", "moved to": "w:ins", "deleted": "w:del", "moved from": "w:del"}
_BLUE, _ORANGE, _GREY = "0969DA", "BC4C00", "57606A"


def comparison_to_docx(report: ComparisonReport) -> bytes:
    """The file's bytes. What the new text has and the old has not is inserted, the other way round deleted."""
    from docx import Document

    made = Document()
    made.core_properties.title = clean(report.about.title)[:250]
    made.core_properties.author = clean(report.about.author)[:250]
    _head(made, report)
    made.add_heading(say("Changes"), 1)
    for change in report.changes:
        _change(made, change)
    if report.about.carried:
        made.add_heading(say("Annotations"), 1)
        for one in report.about.carried:
            made.add_paragraph(f"{clean(said.touched_line(one))}: “{clean(one.quote)}”", style="List Bullet")
    if report.paragraphs:
        made.add_heading(say("Redline"), 1)
        _redline(made, report)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _head(made: Any, report: ComparisonReport) -> None:
    made.add_heading(clean(report.about.title), 0)
    for label, line in said.heads(report.about):
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(line))
    made.add_paragraph(said.counts_line(report))
    for warning in report.about.warnings:
        made.add_paragraph(warning, style="Intense Quote")
    if report.about.conserved:
        made.add_paragraph(report.about.conserved)


def _change(made: Any, change: Listed) -> None:
    """One line: sign, kind, pages, and its words, coloured and struck or underlined."""
    from docx.shared import RGBColor

    paragraph = made.add_paragraph(style="List Number")
    where = said.pages(change)
    name = f"{said.SIGNS[change.kind]} {said.names()[change.kind]}"
    paragraph.add_run(f"{name} ({where})  " if where else f"{name}  ").bold = True

    def add(text: str, colour: str, **font: bool) -> None:
        if text.strip():
            run = paragraph.add_run(clean(text).replace("\n", " ") + " ")
            run.font.color.rgb = RGBColor.from_string(colour)
            for kind, value in font.items():
                setattr(run.font, kind, value)

    add(change.before, _GREY)
    if change.kind != "moved":
        add(change.old, _ORANGE, strike=True)
    add(change.new, _BLUE, underline=True)
    add(change.after, _GREY)
    for one in change.touched:
        made.add_paragraph(clean(said.touched_line(one)), style="List Bullet 2")


def _redline(made: Any, report: ComparisonReport) -> None:
    """Paragraphs of tracked runs, made as elements: python-docx knows no tracked changes."""
    from docx.oxml import OxmlElement

    about = report.about
    stamp = about.made.replace(" ", "T")
    date = stamp if stamp.endswith("Z") else "2000-01-01T00:00:00Z"
    author = clean(about.author) or "Kantlijn"
    numbers = count(1)
    body = made.element.body
    last = body.sectPr

    def tracked(tag: str) -> Any:
        element = OxmlElement(tag)
        for name, value in (("w:id", str(next(numbers))), ("w:author", author), ("w:date", date)):
            element.set(_qn(name), value)
        return element

    for paragraph in report.paragraphs:
        element = OxmlElement("w:p")
        if (mark := _TRACKED.get(paragraph.end)) is not None:
            outer, inner = OxmlElement("w:pPr"), OxmlElement("w:rPr")
            inner.append(tracked(mark))
            outer.append(inner)
            element.append(outer)
        for words in _joined(paragraph):
            tag = _TRACKED.get(words.kind)
            run = _run(words.text, deleted=tag == "w:del")
            if tag is None:
                element.append(run)
            else:
                holder = tracked(tag)
                holder.append(run)
                element.append(holder)
        last.addprevious(element)


def _run(text: str, *, deleted: bool) -> Any:
    from docx.oxml import OxmlElement

    run, said_text = OxmlElement("w:r"), OxmlElement("w:delText" if deleted else "w:t")
    said_text.text = clean(text).replace("\n", " ")
    said_text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(said_text)
    return run


def _joined(paragraph: Paragraph) -> Iterator[Words]:
    """Neighbours that are tracked alike as one."""
    held: Words | None = None
    for words in paragraph.words:
        if held is not None and _TRACKED.get(held.kind) == _TRACKED.get(words.kind):
            held = Words(kind=held.kind, text=held.text + words.text, number=held.number)
            continue
        if held is not None:
            yield held
        held = words
    if held is not None:
        yield held


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
