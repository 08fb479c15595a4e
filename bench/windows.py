"""How soon a reader sees something: the window, and the first page in it."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from bench.files import MARK, marked
from bench.screen import Screen, colour_seen, window
from bench.table import RUNS, NotRun, Row, clock, median

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.show()
application.exec()
"""
KANTLIJN = [sys.executable, "-m", "kantlijn"]


def window_visible(screen: Screen, _folder: Path) -> Iterator[Row]:
    """Started without a project, against the emptiest window there is."""
    bare, ours = [sys.executable, "-c", BARE], KANTLIJN
    for command in (bare, ours):
        screen.seconds_until(command, window)  # once unmeasured: files into memory
    pairs = [(screen.seconds_until(bare, window)[0], screen.seconds_until(ours, window)[0]) for _ in range(RUNS)]
    yield Row(
        name="window visible", yardstick="QApplication([]); QMainWindow().resize(1440, 900); show(); exec()",
        ours=statistics.median(pair[1] for pair in pairs), theirs=statistics.median(pair[0] for pair in pairs),
        bound_ratio=1.5,
    )


def first_page_of_300(screen: Screen, folder: Path) -> Iterator[Row]:
    """From the window to the first page readable in it."""
    report = marked(folder / "first300.pdf", 300)
    command = [*KANTLIJN, str(report)]
    sights = (window, colour_seen(*MARK))
    screen.seconds_until(command, *sights)
    times = [screen.seconds_until(command, *sights) for _ in range(RUNS)]
    yield Row(
        name="first page of 300 readable, after the window",
        yardstick="pymupdf.open(FILE)[0].get_pixmap(dpi=144)",
        ours=statistics.median(page - shown for shown, page in times),
        theirs=median(lambda: clock(lambda: pymupdf.open(report)[0].get_pixmap(dpi=144))),
        bound_seconds=0.6,
    )


def first_page_against_okular(screen: Screen, folder: Path) -> Iterator[Row]:
    """`kantlijn FILE.pdf` from its start to its first page, 700 pages long."""
    yield _against("okular", 1.0, screen, folder)


def first_page_against_mupdf(screen: Screen, folder: Path) -> Iterator[Row]:
    """The same against a viewer that does nothing else; told, not promised."""
    yield _against("mupdf", 0.0, screen, folder)


def _against(reader: str, bound: float, screen: Screen, folder: Path) -> Row:
    program = shutil.which(reader)
    if not program:
        raise NotRun(f"{reader} is not installed")
    report = folder / "first700.pdf"
    if not report.exists():
        marked(report, 700)
    sight = colour_seen(*MARK)
    theirs, ours = [program, str(report)], [*KANTLIJN, str(report)]
    for command in (theirs, ours):
        screen.seconds_until(command, sight)
    pairs = [(screen.seconds_until(theirs, sight)[0], screen.seconds_until(ours, sight)[0]) for _ in range(RUNS)]
    return Row(
        name=f"first page of 700 on screen, against {reader}", yardstick=f"{reader} FILE.pdf",
        ours=statistics.median(pair[1] for pair in pairs), theirs=statistics.median(pair[0] for pair in pairs),
        bound_ratio=bound,
    )
