"""An annotated summary: gathered from the project, made into text, written where the reader wants it."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kantlijn.errors import DiskTrouble, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.ids import new_id
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.summary_entries import by_document, by_theme, entries
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.model.summary import Summary

FORMS = ("html", "markdown")
BY = ("theme", "document")
_EVERYTHING = AnnotationFilter()
_PATIENCE = 120.0  # seconds the workshop may take: some hundred thousand notes
_HEADS = (b"%PDF-", b"SQLite format 3\0")


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
    target = Path(os.path.realpath(path))  # through a link, so that the link stays one
    _must_not_be_a_source(desk, target)
    text = render_summary(desk, form, by, chosen, title=title, context=context, notes=notes, aside=aside)
    try:
        _write_whole(target, text.encode())
    except OSError as trouble:
        raise DiskTrouble(
            say(
                "“{file}” could not be written: {why}. Choose another folder or name.",
                file=path.name or str(path),
                why=trouble.strerror or str(trouble),
            )
        ) from trouble
    return path


def _write_whole(target: Path, data: bytes) -> None:
    """Into a fresh file beside it first, so that a full disk or a crash leaves what was there."""
    fresh = target.with_name(f".{target.name[:80]}.{new_id()}")
    try:
        with fresh.open("xb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise
    with suppress(OSError):  # a folder cannot be synced everywhere; the file is whole either way
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _must_not_be_a_source(desk: Desk, target: Path) -> None:
    """Known when the file there is a folder, device, project, PDF, or a document of this project."""
    try:
        there = target.stat()
    except OSError:
        return  # nothing there, or nothing we may see: writing will tell
    name = target.name or str(target)
    if not stat.S_ISREG(there.st_mode):
        raise DiskTrouble(say("“{file}” is not a file that can be written. Choose another name.", file=name))
    sums = {version.sha256 for version in shelf.versions(desk.project) if version.size == there.st_size}
    try:
        with target.open("rb") as data:
            head = data.read(16)
            data.seek(0)
            known = bool(sums) and hashlib.file_digest(data, "sha256").hexdigest() in sums
    except OSError:
        return
    if known or head.startswith(_HEADS):
        raise Known(
            say("“{file}” is a document or a project; a summary is not written over it. Choose another name.",
                file=name)
        )  # fmt: skip
