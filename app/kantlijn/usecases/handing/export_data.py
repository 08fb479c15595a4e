"""Annotations written as data for other programs: a table, a workbook, JSON, or web annotations."""

from __future__ import annotations

from pathlib import Path

from kantlijn.errors import Known
from kantlijn.guests.guest import Guest
from kantlijn.guests.packing import packed
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.handover import handover_to_plain
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.hand_over import handover
from kantlijn.usecases.whole_file import must_not_be_a_source, write_whole
from kantlijn.words import say

DATA_FORMS = {"csv": ".csv", "xlsx": ".xlsx", "json": ".json", "jsonld": ".jsonld"}
"""Endings of files by form."""
DATA_TABLES = ("annotations", "matrix", "relations", "themes", "documents")
"""What a CSV file can hold; a workbook has each on a sheet."""
_EVERYTHING = AnnotationFilter()
_PATIENCE = 600.0


def export_data(
    desk: Desk, path: Path, form: str, *, chosen: AnnotationFilter = _EVERYTHING, table: str = "annotations"
) -> Path:
    """Write the chosen annotations to this file, whole or not at all; table counts for CSV only.

    Known for another form or table, or a document there; DiskTrouble, EngineTrouble, NotFound.
    """
    must_not_be_a_source(desk, path)
    write_whole(path, data_as(desk, form, chosen=chosen, table=table))
    return path


def data_as(desk: Desk, form: str, *, chosen: AnnotationFilter = _EVERYTHING, table: str = "annotations") -> bytes:
    """The file's bytes, made in a process of its own. As export_data, but for what files raise."""
    if form not in DATA_FORMS:
        raise Known(say("Data is written as {forms}, not as “{form}”.", forms=", ".join(DATA_FORMS), form=form))
    if table not in DATA_TABLES:
        raise Known(say("There is no table “{table}”; there are {tables}.", table=table,
                        tables=", ".join(DATA_TABLES)))  # fmt: skip
    worker = Guest("--workshop")
    try:
        worker.start()
        handed = packed(handover_to_plain(handover(desk, chosen)))
        _, (made,) = worker.call("handover", {"form": form, "table": table}, (handed,), deadline=_PATIENCE)
        return bytes(made)
    finally:
        worker.close()
