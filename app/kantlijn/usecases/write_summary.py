"""An annotated summary: gathered from the project, made into text, written where the reader wants it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kantlijn.errors import Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.summary_entries import by_document, by_theme, entries
from kantlijn.usecases.whole_file import must_not_be_a_source, write_whole
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.model.summary import Summary

FORMS = ("html", "markdown")
BY = ("theme", "document")
_EVERYTHING = AnnotationFilter()
_PATIENCE = 120.0  # seconds the workshop may take: some hundred thousand notes


def gather(
    desk: Desk, by: str = "theme", chosen: AnnotationFilter = _EVERYTHING, *, title: str = "",
    context: bool = False, notes: bool = True,
) -> Summary:  # fmt: skip
    """The chosen annotations as a tree, in reading order within each group. Known for another by.

    By theme, what has two themes stands under both; when the filter asks for themes, only these and their
    subthemes make groups. context: with what is left of the sentences around each quote, else the next ones.
    """
    from kantlijn.model.summary import Summary

    if by not in BY:
        raise Known(say("A summary is gathered by {ways}, not by “{by}”.", ways=", ".join(BY), by=by))
    found = entries(desk, chosen, context=context)
    if not notes:
        found = [replace(entry, note="") for entry in found]
    return Summary(
        title=title.strip() or (say("Summary") if desk.scratch else desk.path.stem), by=by, made=now(),
        language=language(), project=desk.path.name, total=len(found),
        groups=by_theme(desk, found, chosen) if by == "theme" else by_document(desk, found),
    )  # fmt: skip


def render_summary(
    desk: Desk, form: str, by: str = "theme", chosen: AnnotationFilter = _EVERYTHING, *, title: str = "",
    context: bool = False, notes: bool = True, aside: bool = False,
) -> str:  # fmt: skip
    """The summary's text in one of FORMS. Known for another form.

    aside: let the desk's workshop do it, for a window that must stay quick meanwhile; then EngineTrouble too.
    """
    from kantlijn.export.render import render, to_plain

    if form not in FORMS:
        raise Known(say("A summary is written as {forms}, not as “{form}”.", forms=", ".join(FORMS), form=form))
    summary = gather(desk, by, chosen, title=title, context=context, notes=notes)
    if not aside:
        return render(summary, form)
    asked = {"summary": to_plain(summary), "form": form}
    _, (text,) = desk.workshop.call("summary", asked, deadline=_PATIENCE)
    return bytes(text).decode()


def export_summary(
    desk: Desk, path: Path, form: str, by: str = "theme", chosen: AnnotationFilter = _EVERYTHING, *,
    title: str = "", context: bool = False, notes: bool = True, aside: bool = False,
) -> Path:  # fmt: skip
    """Write the summary to this file, whole or not at all; an older summary there is replaced.

    Returns the path. DiskTrouble when it cannot be written; Known when a document, or a project, is there.
    """
    must_not_be_a_source(desk, path)
    text = render_summary(desk, form, by, chosen, title=title, context=context, notes=notes, aside=aside)
    write_whole(path, text.encode())
    return path
