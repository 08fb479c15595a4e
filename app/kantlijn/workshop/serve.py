"""The workshop's process: the table of what it answers, and its start."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from typing import Any

from kantlijn.export.plain import from_plain
from kantlijn.export.render import render
from kantlijn.guests.confine import confine
from kantlijn.guests.serve import limit_this_process, serve
from kantlijn.guests.wire import Blob
from kantlijn.text.sketch import sketch
from kantlijn.workshop.comparing import compared
from kantlijn.workshop.handing_over import handed_over, placed, web_annotations_read
from kantlijn.workshop.indexing import indexed
from kantlijn.workshop.reading import file_read
from kantlijn.workshop.refi import refi_placed, refi_read, refi_written
from kantlijn.workshop.reporting import reported

ADDRESS_SPACE = 4 << 30
_GARBAGE = 100_000
"""Objects made before cycles are looked for."""


def main(_arguments: list[str]) -> int:
    """Serve until the program closes the pipe."""
    limit_this_process(memory=ADDRESS_SPACE)
    # A summary is a hundred thousand small objects that all stay: looking for cycles in them took half its time.
    gc.freeze()
    gc.set_threshold(_GARBAGE, 10, 10)
    return serve(
        {
            "summary": _summary,
            "read": file_read,
            "compare": compared,
            "sketch": _sketch,
            "entry": indexed,
            "report": reported,
            "handover": handed_over,
            "web annotations": web_annotations_read,
            "place": placed,
            "write refi": refi_written,
            "read refi": refi_read,
            "place refi": refi_placed,
        },
        lacking=confine(),
    )


def _sketch(_: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """The sketch of texts[0], UTF-8, packed."""
    return {}, (sketch(texts[0].decode()).packed(),)


def _summary(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts[0]: a summary as plain data in JSON, texts[1]: the source of a reader's template, "" for ours.

    "form", and "name" of the template. Answers the file's bytes; BadFile for a mistake in the template.
    """
    summary = from_plain(json.loads(texts[0]))
    return {}, (render(summary, asked["form"], template=texts[1].decode(), name=asked["name"]),)
