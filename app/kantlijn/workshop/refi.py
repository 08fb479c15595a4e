"""The workshop's answers about REFI-QDA: files written, files read, and passages of their texts placed in ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kantlijn.exchange.refi_codebook import codebook_to_xml
from kantlijn.exchange.refi_extras import export_from_plain
from kantlijn.exchange.refi_placing import Ours, Words, placed
from kantlijn.exchange.refi_project import project_to_xml
from kantlijn.exchange.refi_read import read_project
from kantlijn.exchange.refi_records import project_to_plain
from kantlijn.guests.wire import Blob


def refi_written(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: what is exported, in JSON. "form": qdpx or qdc. Answers the file's XML."""
    export = export_from_plain(json.loads(texts[0]))
    if asked["form"] == "qdc":
        return {}, (codebook_to_xml(export.handover.themes, export.handover.language),)
    return {}, (project_to_xml(export),)


def refi_read(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: the XML of the file named "file". Answers what it holds, in JSON. BadFile."""
    return {}, (json.dumps(project_to_plain(read_project(texts[0], asked["file"]))).encode(),)


def refi_placed(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: the other text, texts[1]: ours, both UTF-8; texts[2]: JSON, a row for each passage.

    "auxiliary", "paged": of our text; "marked", "feeds": as placed() has them. Answers JSON rows of range or None,
    doubt, words.
    """
    foreign, ours = (text.decode() for text in texts[:2])
    here = Ours(
        text=ours, auxiliary=tuple((start, end) for start, end in asked["auxiliary"]), paged=asked["paged"]
    )
    wanted = [Words.from_plain(row) for row in json.loads(texts[2])]
    found = placed(foreign, here, wanted, marked=asked["marked"], feeds=asked["feeds"])
    return {}, (json.dumps([[one.range, one.doubt, one.words] for one in found]).encode(),)
