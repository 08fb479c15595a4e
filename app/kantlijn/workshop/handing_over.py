"""The workshop's answers about formats that other programs read: files made of a handover, and files read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from kantlijn.exchange.csv_file import table_to_csv
from kantlijn.exchange.json_file import handover_to_json
from kantlijn.exchange.tables import TABLES
from kantlijn.exchange.web_annotation import handover_to_web_annotations
from kantlijn.exchange.web_annotation_read import read_web_annotations
from kantlijn.exchange.xlsx_file import tables_to_xlsx
from kantlijn.guests.wire import Blob
from kantlijn.model.handover import Handover, handover_from_plain
from kantlijn.model.incoming import incoming_to_plain
from kantlijn.text.placing import Sought, place


def handed_over(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: the handover as plain data in JSON. "form": of csv, xlsx, json, jsonld; "table": for csv.

    Answers the file's bytes.
    """
    made = handover_from_plain(json.loads(texts[0]))
    return {}, (_FORMS[asked["form"]](made, asked["table"]),)


def web_annotations_read(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: the bytes of the file named "file". Answers what it holds, as plain data in JSON. BadFile."""
    return {}, (json.dumps(incoming_to_plain(read_web_annotations(texts[0], asked["file"]))).encode(),)


def placed(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: a canonical text in UTF-8; texts[1]: JSON, rows of what is sought, as Sought has it.

    "auxiliary": its page furniture. Answers JSON rows of range and doubt, None for what was not found.
    """
    text = texts[0].decode()
    auxiliary = tuple((start, end) for start, end in asked["auxiliary"])
    rows = [place(text, auxiliary, Sought.from_plain(row)) for row in json.loads(texts[1])]
    return {}, (json.dumps(rows).encode(),)


def _as_csv(handover: Handover, table: str) -> bytes:
    return table_to_csv(TABLES[table](handover))


def _as_xlsx(handover: Handover, _: str) -> bytes:
    sheets = [make(handover) for make in TABLES.values()]
    return tables_to_xlsx(sheets, title=handover.project, author=handover.author)


_FORMS: dict[str, Callable[[Handover, str], bytes]] = {
    "csv": _as_csv,
    "xlsx": _as_xlsx,
    "json": lambda handover, _: handover_to_json(handover),
    "jsonld": lambda handover, _: handover_to_web_annotations(handover),
}
