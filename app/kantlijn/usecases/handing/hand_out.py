"""Every format in which a project's annotations are handed to other programs, under one name each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kantlijn.errors import Cancelled, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.codebook import export_codebook
from kantlijn.usecases.handing.export_data import DATA_FORMS, DATA_TABLES, export_data
from kantlijn.usecases.handing.export_pdf_copy import export_pdf_copy
from kantlijn.usecases.handing.export_refi import export_refi
from kantlijn.usecases.read import annotation_rows
from kantlijn.words import say

Progress = Callable[[int, int, str], None]
TABLES = DATA_TABLES
FORMS = {**DATA_FORMS, "qdpx": ".qdpx", "qdc": ".qdc", "themes": ".csv", "pdf-copy": ".pdf"}
"""Endings of files by form."""
_EVERYTHING = AnnotationFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """What was written: how many annotations, None where the file is of something else, and what a reader should
    know of it, a sentence each.
    """

    path: Path
    annotations: int | None = None
    remarks: tuple[str, ...] = ()


def hand_out(
    desk: Desk, path: Path, form: str, *, chosen: AnnotationFilter = _EVERYTHING, table: str = TABLES[0],
    version: str = "", progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> HandedOut:  # fmt: skip
    """Write the chosen annotations to this file, whole or not at all.

    table: of a CSV. version: id of the one that a PDF copy is made of. Known for another form or what is not to be
    overwritten, and what the forms themselves raise: DiskTrouble, EngineTrouble, NotFound, PasswordNeeded,
    Cancelled.
    """
    if form not in FORMS:
        raise Known(say("Data is written as {forms}, not as “{form}”.", forms=", ".join(FORMS), form=form))
    if form in ("qdpx", "qdc"):
        refi = export_refi(desk, path, form, chosen, progress=progress, cancelled=cancelled)
        many = refi.annotations if form == "qdpx" else None
        return HandedOut(path=path, annotations=many, remarks=refi.remarks)
    if form == "pdf-copy":
        copy = export_pdf_copy(desk, version, path, chosen)
        return HandedOut(path=path, annotations=copy.written + copy.brought, remarks=copy.remarks)
    if form == "themes":
        return HandedOut(path=export_codebook(desk, path))
    if cancelled():
        raise Cancelled(say("Nothing was written."))
    export_data(desk, path, form, chosen=chosen, table=table)
    if form == "csv" and table != TABLES[0]:
        return HandedOut(path=path)
    return HandedOut(path=path, annotations=len(annotation_rows(desk, chosen)))
