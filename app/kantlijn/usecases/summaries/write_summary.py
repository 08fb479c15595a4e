"""An annotated summary: gathered from the project, made into a file, written where the reader wants it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kantlijn.errors import Cancelled, EngineTrouble, Known
from kantlijn.guests.packing import packed
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import BY, ORDERS, SOURCES, Wanted
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.long_call import LongCalls
from kantlijn.usecases.marking.relate import RelationRow
from kantlijn.usecases.press import Press
from kantlijn.usecases.read import AnnotationRow, annotation_rows
from kantlijn.usecases.summaries import summary_groups
from kantlijn.usecases.summaries.summary_entries import Maker
from kantlijn.usecases.summaries.templates import Template, template
from kantlijn.usecases.whole_file import must_not_be_a_source, write_whole
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.model.summary import Summary

FORMS = ("html", "markdown", "docx", "odt", "pdf", "text")
TEXTS = ("markdown", "text")
"""Forms without layout: what a preview shows of them is what is written."""
SHOWN = 100
"""Entries or relations that a preview shows at most."""
_FILE_ENDING = re.compile(r"(?:\.(?:pdf|docx?|odt|txt|md|rtf|html?|epub|kantlijn))+$", re.IGNORECASE)
_RELATED = ("relation", "register")
"""Of BY, those that gather relations."""
_USUAL = Wanted()
_MANY = 1500
"""Passages of which a PDF is sure to be long."""
_PATIENCE = 600.0
_PREVIEW_PATIENCE = 20.0
_TEMPLATE_PATIENCE = 60.0


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """text is HTML or, for a form without layout, what will be written. total and left_out count passages."""

    text: str
    html: bool
    total: int
    left_out: int


def gather(desk: Desk, wanted: Wanted = _USUAL, *, most: int | None = None) -> Summary:
    """What is wanted as a tree. most: entries at most, in the order they stand. Known for another by or order.

    By theme, what has two themes stands under both; when the filter asks for themes, only these and their
    subthemes make groups.
    """
    from kantlijn.model.summary import Summary

    for value, values in ((wanted.by, BY), (wanted.order, ORDERS), (wanted.sources, SOURCES)):
        if value not in values:
            raise Known(say("A summary is gathered by {ways}, not by “{by}”.", ways=", ".join(values), by=value))
    rows = annotation_rows(desk, wanted.chosen)
    maker = Maker(desk, context=wanted.context, notes=wanted.notes, most=most)
    bare = Summary(
        title=wanted.title.strip() or (say("Summary") if desk.scratch else called(desk.path)), by=wanted.by,
        made=now(), language=language(), project="" if desk.scratch else desk.path.name, groups=(),
        total=len(rows), footnotes=wanted.sources == "footnotes",
    )  # fmt: skip
    if wanted.by in _RELATED:
        related = _related(desk, rows, wanted)
        if wanted.used:
            bare = replace(bare, used=maker.used(end for row in related for end in (row.source, row.target)))
        if wanted.by == "register":
            register = maker.relations(related)
            return replace(bare, register=register, total=len(related), left_out=len(related) - len(register))
        groups = summary_groups.by_relation(related, maker)
        shown = sum(len(group.relations) for group in groups)
        return replace(bare, groups=groups, total=len(related), left_out=len(related) - shown)
    bare = replace(bare, used=maker.used(rows) if wanted.used else ())
    rows = tuple(summary_groups.in_order(desk, rows, wanted.order))
    make = summary_groups.by_document if wanted.by == "document" else summary_groups.by_theme
    groups = make(desk, rows, wanted, maker)
    return replace(bare, groups=groups, left_out=max(0, len(rows) - len(maker.made)))


def called(project: Path) -> str:
    """A project's name as words: "online_safety.pdf.kantlijn" is "Online safety"."""
    name = _FILE_ENDING.sub("", project.stem) or project.stem
    words = " ".join(name.replace("_", " ").split()) or name
    if " " not in words and words.count("-") > 1 and not re.search(r"--|-$|^-", words):
        words = words.replace("-", " ")
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def counted(desk: Desk, wanted: Wanted) -> dict[str, int]:
    """How many "annotations" stand in the summary, each once; and "relations", where these are gathered."""
    rows = annotation_rows(desk, wanted.chosen)
    if wanted.by not in _RELATED:
        return {"annotations": len(rows)}
    related = _related(desk, rows, wanted)
    ends = {end.passage.id for row in related for end in (row.source, row.target)}
    return {"annotations": len(ends), "relations": len(related)}


def _related(desk: Desk, rows: Sequence[AnnotationRow], wanted: Wanted) -> list[RelationRow]:
    """The relations that are gathered; of a register, the responses."""
    related = summary_groups.chosen_relations(desk, rows, wanted)
    return [row for row in related if wanted.by != "register" or row.relation.type == "responds-to"]


def render_summary(
    desk: Desk, form: str, wanted: Wanted = _USUAL, *, aside: bool = True, cancelled: Callable[[], bool] = _never
) -> bytes:
    """The file's bytes in one of FORMS.

    aside: made in processes of their own, for a window that must stay quick meanwhile. PDF, and what a template of
    the reader's own makes, always are; these cancelled stops.

    Known for another form, NotFound for a template that is not there, BadFile for a mistake in it, EngineTrouble,
    Cancelled.
    """
    if form not in FORMS:
        raise Known(say("A summary is written as {forms}, not as “{form}”.", forms=", ".join(FORMS), form=form))
    if form == "pdf":
        return _pdf(desk, wanted, cancelled)
    if not aside and not wanted.template:
        return _here(gather(desk, wanted), form)
    return _made(desk, form, wanted, cancelled)[1]


def _pdf(desk: Desk, wanted: Wanted, cancelled: Callable[[], bool]) -> bytes:
    """Each process gets ready while the one before it is at work."""
    with LongCalls(cancelled, patience=_PATIENCE) as workshop, Press(cancelled) as press:
        workshop.start()
        summary = gather(desk, wanted)
        press.start(long=summary.total >= _MANY)
        return press.printed(_asked(workshop, summary, "story"), wide=wanted.by == "register")


def preview(desk: Desk, form: str, wanted: Wanted, *, cancelled: Callable[[], bool] = _never) -> Preview:
    """What the file will show, soon: the first SHOWN passages. As render_summary()."""
    if cancelled():
        raise Cancelled(say("It was stopped; nothing was changed."))
    shown = form if form in ("html", *TEXTS) else "html"
    wanted = wanted if shown == form else replace(wanted, template="")
    summary, made = _made(desk, shown, wanted, cancelled, most=SHOWN, patience=_PREVIEW_PATIENCE)
    return Preview(
        text=made.decode(), html=shown == "html", total=summary.total, left_out=summary.left_out
    )


def export_summary(
    desk: Desk, path: Path, form: str, wanted: Wanted = _USUAL, *, aside: bool = True,
    cancelled: Callable[[], bool] = _never,
) -> Path:  # fmt: skip
    """Write the summary to this file, whole or not at all; an older summary there is replaced.

    Returns the path. DiskTrouble when it cannot be written; Known when a document, or a project, is there; and as
    render_summary().
    """
    must_not_be_a_source(desk, path, pdf=form == "pdf")
    write_whole(path, render_summary(desk, form, wanted, aside=aside, cancelled=cancelled))
    return path


def summary_for_clipboard(
    desk: Desk, wanted: Wanted, *, cancelled: Callable[[], bool] = _never
) -> dict[str, str]:
    """The whole summary as "html" with its layout, and as "text". Cancelled, EngineTrouble."""
    with LongCalls(cancelled, patience=_PATIENCE) as workshop:
        workshop.start()
        summary = gather(desk, wanted)
        return {
            name: _asked(workshop, summary, form).decode() for name, form in (("html", "whole"), ("text", "text"))
        }


def annotations_for_clipboard(
    desk: Desk, ids: Sequence[str], form: str, *, cancelled: Callable[[], bool] = _never
) -> dict[str, str]:
    """These annotations with their sources, in reading order, without title and headings.

    form: "html" gives "html" and, for programs without layout, "text"; "markdown" and "text" give "text".
    Cancelled, EngineTrouble.
    """
    summary = gather(desk, Wanted(by="document", chosen=AnnotationFilter(ids=tuple(ids))))
    summary = replace(summary, groups=tuple(replace(group, title="", about="") for group in summary.groups))
    with LongCalls(cancelled, patience=_PATIENCE) as workshop:
        if form != "html":
            return {"text": _passages_only(_asked(workshop, summary, form).decode())}
        return {
            "html": _asked(workshop, summary, "clipboard").decode(),
            "text": _passages_only(_asked(workshop, summary, "text").decode()),
        }


def _passages_only(text: str) -> str:
    """Without the title and the line under it."""
    parts = text.split("\n\n", 2)
    return parts[2] if len(parts) == 3 else text


def _here(summary: Summary, form: str) -> bytes:
    from kantlijn.export.render import render

    return render(summary, form)


def _made(
    desk: Desk, form: str, wanted: Wanted, cancelled: Callable[[], bool], *,
    most: int | None = None, patience: float = _PATIENCE,
) -> tuple[Summary, bytes]:  # fmt: skip
    """Gathered while the workshop gets ready, then made by it.

    A template of the reader's own may run for ever, and is stopped.
    """
    own = template(form, wanted.template) if wanted.template and form in ("html", *TEXTS) else None
    try:
        with LongCalls(cancelled, patience=min(patience, _TEMPLATE_PATIENCE) if own else patience) as workshop:
            workshop.start()
            summary = gather(desk, wanted, most=most)
            return summary, _asked(workshop, summary, form, own)
    except EngineTrouble as trouble:
        if own is None:
            raise
        raise EngineTrouble(
            say("The template “{name}” came to no end, or took too much memory. Mend it, or choose another one.",
                name=own.name)
        ) from trouble  # fmt: skip


def _asked(workshop: LongCalls, summary: Summary, form: str, own: Template | None = None) -> bytes:
    from kantlijn.export.plain import to_plain

    plain = packed(to_plain(summary))
    asked = {"form": form, "name": own.name if own else ""}
    return workshop.call("summary", asked, plain, own.source.encode() if own else b"")
