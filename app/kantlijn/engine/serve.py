"""The engine's process: the table of what it answers, and its start."""

from __future__ import annotations

import argparse
import gc
import mmap
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kantlijn.engine.annotate import annotate
from kantlijn.engine.assemble import edges_of, find_furniture, mark
from kantlijn.engine.bind import bind
from kantlijn.engine.extract import extract_page
from kantlijn.engine.frames import frames
from kantlijn.engine.library import mupdf, pymupdf
from kantlijn.engine.markings import markings
from kantlijn.engine.open_documents import OpenDocuments
from kantlijn.engine.page_things import page_things
from kantlijn.engine.recognise import recognise_page
from kantlijn.engine.render import render
from kantlijn.engine.sheets import sheets
from kantlijn.engine.story import Laid, lay_out
from kantlijn.engine.story_parts import cut
from kantlijn.guests.confine import confine
from kantlijn.guests.serve import limit_this_process, serve
from kantlijn.guests.wire import Blob

RULE = 3
"""Number of our rule for canonical text: a change to extract.py that moves a code point raises it."""
ADDRESS_SPACE = 6 << 30
WRITTEN_MOST = 16 << 30
"""Bytes of a file that this process may write, where it may write one."""
Reply = tuple[dict[str, Any], Sequence[Blob]]


def main(arguments: list[str]) -> int:
    """Serve until the program closes the pipe.

    Arguments, any number of times: --read FILE or FOLDER, --write FILE that is there; once: --slate DESCRIPTOR
    SIZE, shared memory for pixels. No other file of the reader's is open to this process.
    """
    given = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    given.add_argument("--read", type=Path, action="append", default=[])
    given.add_argument("--write", type=Path, action="append", default=[])
    given.add_argument("--slate", type=int, nargs=2)
    wanted = given.parse_args(arguments)
    limit_this_process(memory=ADDRESS_SPACE, file_size=WRITTEN_MOST if wanted.write else 0)
    # A page's text is thousands of small dicts: looking through them for cycles took a third of the time.
    gc.freeze()
    gc.disable()
    slate = None
    if wanted.slate:
        slate = mmap.mmap(*wanted.slate)
    engine = _Engine(slate)
    return serve(
        {
            "sheets": engine.sheets,
            "bitmap": engine.bitmap,
            "page": engine.page,
            "markings": engine.markings,
            "frames": engine.frames,
            "annotate": engine.annotate,
            "extract": engine.extract,
            "furniture": engine.furniture,
            "mark": engine.mark,
            "lay out": engine.lay_out,
            "bind": engine.bind,
        },
        greeting={"extractor": f"mupdf-{pymupdf.mupdf_version}/{RULE}"},
        lacking=confine(read=wanted.read, write=wanted.write),
    )


class _Engine:
    def __init__(self, slate: mmap.mmap | None) -> None:
        self._documents = OpenDocuments()
        self._slate = slate

    def sheets(self, asked: dict[str, Any], _: list[bytes]) -> Reply:
        gc.collect()
        answer = sheets(self._documents.get(asked["source"]))
        return {**answer, "extractor": f"mupdf-{pymupdf.mupdf_version}/{RULE}"}, ()

    def bitmap(self, asked: dict[str, Any], _: list[bytes]) -> Reply:
        """Pixels go into the slate when they fit, under the generation the asker gave; else they are a blob."""
        document = self._documents.get(asked["source"])
        clip = tuple(asked["clip"]) if asked["clip"] is not None else None
        width, height, pixmap = render(document, asked["page"], asked["scale"], clip, asked.get("rotation", 0))
        size = {"width": width, "height": height, "stride": 4 * width}
        with mupdf.fz_pixmap_samples_memoryview(pixmap) as pixels:
            if self._slate is not None and len(pixels) <= len(self._slate):
                self._slate[: len(pixels)] = pixels
                return {**size, "generation": asked["generation"]}, ()
            return size, (bytes(pixels),)

    def page(self, asked: dict[str, Any], _: list[bytes]) -> Reply:
        return page_things(self._documents.get(asked["source"]), asked["page"]), ()

    def markings(self, asked: dict[str, Any], _: list[bytes]) -> Reply:
        gc.collect()
        document = self._documents.get(asked["source"])
        found, left_out = markings(document)
        return {"markings": found, "left_out": left_out, "revisions": int(document.version_count)}, ()

    def frames(self, asked: dict[str, Any], _: list[bytes]) -> Reply:
        return {"frames": frames(self._documents.get(asked["source"]), asked["pages"])}, ()

    def annotate(self, asked: dict[str, Any], blobs: list[bytes]) -> Reply:
        """Writes a file that only the asker knows; the file read is opened apart from those on screen."""
        gc.collect()
        return annotate(asked, blobs), ()

    def extract(self, asked: dict[str, Any], _: list[bytes]) -> Reply:
        """Text, packed layer and edge lines of pages first up to last (excluded), until the budget is spent."""
        document = self._documents.get(asked["source"])
        until = time.perf_counter() + asked["budget"]
        blobs: list[Blob] = []
        for page in range(asked["first"], asked["last"]):
            text, layer, height = extract_page(document, page)
            if asked.get("ocr") and not text.strip():
                text, layer, height = recognise_page(document, page, asked["ocr"], asked["tessdata"])
            blobs += (text.encode(), layer.pack(), edges_of(text, layer, height))
            if time.perf_counter() >= until:
                break
        return {"pages": len(blobs) // 3}, blobs

    def furniture(self, _: dict[str, Any], blobs: list[bytes]) -> Reply:
        return {"auxiliary": find_furniture(blobs)}, ()

    def lay_out(self, asked: dict[str, Any], blobs: list[bytes]) -> Reply:
        """A share, "share" of "of", of HTML that is our own, UTF-8; "wide": pages on their side. For bind()."""
        html = cut(blobs[0].decode())
        laid = lay_out(html.before, html.rest, wide=asked["wide"], share=asked["share"], of=asked["of"])
        return {"pages": laid.pages, "headings": laid.headings}, (laid.data,)

    def bind(self, asked: dict[str, Any], blobs: list[bytes]) -> Reply:
        """blobs[0]: the HTML, after it the files that lay_out() answered; "laid": what it said of each."""
        said = zip(asked["laid"], blobs[1:], strict=True)
        laid = [Laid.told(one["pages"], one["headings"], data) for one, data in said]
        return {}, (bind(cut(blobs[0].decode()), laid, wide=asked["wide"]),)

    def mark(self, asked: dict[str, Any], blobs: list[bytes]) -> Reply:
        return {}, mark(blobs, asked["auxiliary"])
