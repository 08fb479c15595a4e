"""How long the work on a project takes: import, reopening, tagging, opening a document full of marks."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pymupdf

from bench.files import rapport300
from bench.table import RUNS, Row, clock, median, medians
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.marking.tag import Wanted, tag, tag_many
from kantlijn.usecases.shelf.add_documents import add_documents

# What a second start pays from the moment its use cases are there to when a key press would tag.
REOPEN = """
import sys, time
from pathlib import Path
from kantlijn.usecases import desk as desks, read
begin = time.perf_counter()
desk = desks.open_desk(Path(sys.argv[1]))
themes = read.themes(desk)
rows = read.shelf(desk)
version = rows[0].versions[-1].id
content = read.content(desk, version)
passages = read.passages(desk, version)
print(time.perf_counter() - begin)
desk.close()
"""


def import_of_300(folder: Path) -> Iterator[Row]:
    """Text, layer and commit, with the engine up as it is behind an open window."""
    report, numbers = rapport300(), count()
    small = folder / "small.txt"

    def raw() -> float:
        def loop() -> None:
            for page in pymupdf.open(report):
                page.get_text("rawdict")

        return clock(loop)

    def ours() -> float:
        number = next(numbers)
        small.write_text(f"Text {number}", "utf-8")
        with_window = new_desk(folder / f"import{number}.kantlijn")
        try:
            with_window.engine.warm()
            add_documents(with_window, [small])
            took = clock(lambda: add_documents(with_window, [report]))
        finally:
            with_window.close()
        if number:
            (folder / f"import{number}.kantlijn").unlink()
        return took

    mine, theirs = medians(ours, raw)
    yield Row(
        name="import of rapport300 (text, layer, commit)",
        yardstick='for page in pymupdf.open(FILE): page.get_text("rawdict")',
        ours=mine, theirs=theirs, bound_ratio=1.5,
    )


def reopening(folder: Path) -> Iterator[Row]:
    """A fresh process: project, themes, text, layer and annotations read."""
    project = _project(folder)
    times = [
        float(subprocess.run([sys.executable, "-c", REOPEN, project], capture_output=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    yield Row(
        name="reopening rapport300, ready to tag", yardstick='Path("PROJECT").read_bytes()',
        ours=statistics.median(times), theirs=median(lambda: clock(project.read_bytes)), bound_seconds=0.3,
    )


def one_tag(folder: Path) -> Iterator[Row]:
    """With 5,000 annotations there already."""
    project = annotated(folder, 5000)
    desk = open_desk(project)
    version, theme, length = first(desk)
    places = count(length // 2, 40)

    def ours() -> float:
        begin = next(places)
        return clock(lambda: tag(desk, version, (begin, begin + 30), [theme]))

    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE tags (range TEXT) STRICT")

    def yardstick() -> float:
        return clock(lambda: bare.execute("INSERT INTO tags VALUES ('0:30')"))

    try:
        ours(), yardstick()
        mine, theirs = medians(ours, yardstick)
    finally:
        bare.close()
        desk.close()
    yield Row(
        name="one tag, 5,000 annotations there",
        yardstick="one INSERT of bare sqlite3, journal_mode=WAL, synchronous=FULL",
        ours=mine, theirs=theirs, bound_seconds=0.02,
    )


def filtering(folder: Path) -> Iterator[Row]:
    """What the annotation list asks for while a reader types in its filter, with 5,000 annotations."""
    desk = open_desk(annotated(folder, 5000))
    try:
        read.annotation_rows(desk)  # shown before anything is filtered
        theme = read.themes(desk)[0].theme.id

        def ours() -> float:
            wanted = (AnnotationFilter(text="kinderen"), AnnotationFilter(any_themes=(theme,), has_note=False))
            return max(clock(lambda chosen=chosen: read.annotation_rows(desk, chosen)) for chosen in wanted)

        def yardstick() -> float:
            return clock(lambda: read.annotation_rows(desk))

        ours()
        mine, theirs = medians(ours, yardstick)
    finally:
        desk.close()
    yield Row(
        name="filtering 5,000 annotations",
        yardstick="all of them, unfiltered",
        ours=mine, theirs=theirs, bound_seconds=0.05,
    )


def full_of_marks(folder: Path) -> Iterator[Row]:
    """What a pane asks for when it shows a document with 2,000 annotations."""
    def opening(desk: Desk) -> float:
        version, _theme, _length = first(desk)
        calls = (read.content, read.passages)
        return clock(lambda: ([call(desk, version) for call in calls], read.annotation_rows(desk)))

    empty, full = open_desk(_project(folder)), open_desk(annotated(folder, 2000))
    try:
        mine, theirs = medians(lambda: opening(full), lambda: opening(empty))
    finally:
        empty.close()
        full.close()
    yield Row(
        name="opening a document with 2,000 annotations",
        yardstick="the same calls on it without annotations: content, passages, annotation_rows",
        ours=mine, theirs=theirs, bound_seconds=0.3,
    )


def _project(folder: Path) -> Path:
    """A project that holds rapport300 and no annotations."""
    made = folder / "report.kantlijn"
    if not made.exists():
        desk = new_desk(made)
        add_documents(desk, [rapport300()])
        desk.close()
    return made


def annotated(folder: Path, number: int) -> Path:
    """The same with so many annotations, spread over the whole text."""
    made = folder / f"report{number}.kantlijn"
    if not made.exists():
        shutil.copyfile(_project(folder), made)
        desk = open_desk(made)
        version, theme, length = first(desk)
        step = length // (number + 1)
        tag_many(desk, version, [
            Wanted(id=f"bench{index}", range=(index * step, index * step + 90), themes=(theme,), note="")
            for index in range(number)
        ])
        desk.close()
    return made


def first(desk: Desk) -> tuple[str, str, int]:
    """The report's version, the first theme, and the length of the text."""
    version = read.shelf(desk)[0].versions[-1]
    return version.id, read.themes(desk)[0].theme.id, version.characters
