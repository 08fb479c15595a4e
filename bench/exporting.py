"""How long 5,000 annotations take to be written in each format."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.projects import annotated, first
from bench.table import Row, clock, medians
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import Wanted
from kantlijn.usecases import read
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.handing.hand_out import FORMS, hand_out
from kantlijn.usecases.marking.relate import relate, relation_rows
from kantlijn.usecases.summaries.write_summary import FORMS as SUMMARIES
from kantlijn.usecases.summaries.write_summary import export_summary

NUMBER = 5000
_RUNS = 3


def exporting_5000(folder: Path) -> Iterator[Row]:
    """From the call to the file on the disk, its process started for it."""
    desk = open_desk(annotated(folder, NUMBER))
    version, _, _ = first(desk)
    everything = AnnotationFilter()
    try:
        read.annotation_rows(desk)

        def yardstick() -> float:
            return clock(lambda: [row.readable for row in read.annotation_rows(desk, everything)])

        def data(form: str, path: Path) -> float:
            return clock(lambda: hand_out(desk, path, form, version=version))

        def summary(form: str, path: Path) -> float:
            return clock(lambda: export_summary(desk, path, form, Wanted(context=1, definitions=True)))

        ways = [(form, partial(data, form, folder / f"out{ending}")) for form, ending in FORMS.items()]
        ways += [(form, partial(summary, form, folder / f"summary.{form}")) for form in SUMMARIES]
        for form, ours in ways:
            mine, theirs = medians(ours, yardstick, _RUNS)
            yield _row(form, mine, theirs)
    finally:
        desk.close()


def register_of_2500(folder: Path) -> Iterator[Row]:
    """The same of the register of 2,500 recommendations and their responses."""
    project = folder / "register.kantlijn"
    shutil.copyfile(annotated(folder, NUMBER), project)
    desk = open_desk(project)
    try:
        for index in range(0, NUMBER, 2):
            relate(desk, f"bench{index + 1}", f"bench{index}", "responds-to")

        def yardstick() -> float:
            return clock(lambda: [row.source.readable + row.target.readable for row in relation_rows(desk)])

        for form in SUMMARIES:
            path, wanted = folder / f"register.{form}", Wanted(by="register", context=1)
            ours = partial(export_summary, desk, path, form, wanted)
            mine, theirs = medians(lambda ours=ours: clock(ours), yardstick, _RUNS)
            yield Row(
                name=f"a register of 2,500 as {form} (median of {_RUNS})", ours=mine, theirs=theirs,
                bound_seconds=3.0, yardstick="[the words of both, for relation_rows(desk)]",
            )  # fmt: skip
    finally:
        desk.close()


def _row(form: str, mine: float, theirs: float) -> Row:
    return Row(
        name=f"exporting 5,000 annotations as {form} (median of {_RUNS})", ours=mine, theirs=theirs,
        bound_seconds=3.0, yardstick="[row.readable for row in annotation_rows(desk)]",
    )  # fmt: skip
