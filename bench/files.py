"""The PDFs that are measured with; made on the spot, so that nothing large lies in the repository."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pymupdf

from bench.table import NotRun

REPOSITORY = Path(__file__).resolve().parent.parent
MARK = (208, 26, 140)  # red, green, blue of the stripes on a first page: a colour nothing else has


def rapport300() -> Path:
    """The generated report of 300 pages."""
    named = os.environ.get("KANTLIJN_TEST_DOCUMENTS", "")
    folders = [Path(named), Path(named).parent / "corpus"] if named else []
    for folder in (*folders, REPOSITORY.parent / "shared" / "corpus"):
        if (folder / "rapport300.pdf").exists():
            return folder / "rapport300.pdf"
    raise NotRun("rapport300.pdf is not here (KANTLIJN_TEST_DOCUMENTS, ../shared/corpus)")


def marked(target: Path, pages: int) -> Path:
    """rapport300, repeated to so many pages, with a patch of fine stripes on the first.

    The stripes are 3 points wide: a screen shows their pure colour only when the page is drawn sharp, not
    in a thumbnail or an enlarged placeholder.
    """
    report = pymupdf.open(rapport300())
    made = pymupdf.open()
    while len(made) < pages:
        made.insert_pdf(report, to_page=min(len(report), pages - len(made)) - 1)
    colour = tuple(part / 255 for part in MARK)
    shape = made[0].new_shape()
    for line in range(20):
        shape.draw_rect(pymupdf.Rect(200, 60 + 6 * line, 380, 63 + 6 * line))
    shape.finish(fill=colour, color=None)
    shape.commit()
    made.save(target, garbage=3, deflate=True)
    return target


def hostile(target: Path, curves: int = 6000) -> Path:
    """One page with that many Bézier curves in one path, filled and stroked: some ten seconds to draw."""
    chance = random.Random(1)

    def number() -> str:
        return f"{chance.uniform(0, 595):.1f} {chance.uniform(0, 842):.1f}"

    path = [f"{number()} m", *(f"{number()} {number()} {number()} c" for _ in range(curves)), "b*"]
    made = pymupdf.open()
    page = made.new_page(width=595, height=842)
    page.insert_text((72, 72), "A page that takes long to draw")
    stream = made.get_new_xref()
    made.update_object(stream, "<<>>")
    made.update_stream(stream, "\n".join(["0.9 0.6 0.2 rg 0.3 w", *path]).encode())
    made.xref_set_key(page.xref, "Contents", f"{stream} 0 R")
    made.save(target)
    return target
