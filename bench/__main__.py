"""Measure everything and print one table: `python -m bench [NAME…]`. It takes some minutes."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bench import comparing, exporting, gaps, projects, scale, scrolling, searching, windows
from bench.screen import Screen
from bench.table import HEADING, RUNS, NotRun, Row

ON_SCREEN = (
    windows.window_visible, windows.first_page_of_300, windows.first_page_against_okular,
    windows.first_page_against_mupdf, gaps.event_loop_gaps, gaps.gaps_among_100_000_annotations,
    gaps.gaps_while_exporting_5000, scrolling.scrolling,
)
OFF_SCREEN = (
    projects.import_of_300, projects.reopening, projects.one_tag, projects.filtering, projects.full_of_marks,
    comparing.comparing_800_pages, comparing.comparing_grows_evenly, searching.searching_2000_documents,
    exporting.exporting_5000, exporting.register_of_2500, scale.growing_to_2000_documents,
)  # fmt: skip


def main() -> int:
    """Print the table; 1 when a bound is not kept."""
    chosen = sys.argv[1:]
    print(f"median of {RUNS} (gaps: of 5), Python {platform.python_version()}, {platform.machine()}\n{HEADING}")
    kept = True
    with tempfile.TemporaryDirectory(prefix="kantlijn-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        screen: Screen | NotRun
        try:
            screen = stack.enter_context(Screen())
        except NotRun as reason:
            screen = reason
        for measure in ON_SCREEN:
            if _wanted(measure, chosen):
                kept &= _print(measure, screen, folder)
        for work in OFF_SCREEN:
            if _wanted(work, chosen):
                kept &= _print(lambda _screen, where, work=work: work(where), None, folder, work.__name__)
    return 0 if kept else 1


def _wanted(measure: Callable[..., Iterator[Row]], chosen: list[str]) -> bool:
    return not chosen or any(name in measure.__name__ for name in chosen)


def _print(
    measure: Callable[..., Iterator[Row]], screen: Screen | NotRun | None, folder: Path, name: str = ""
) -> bool:
    """Print a measurement's rows, or why there are none; whether its bounds are kept."""
    kept = True
    try:
        if isinstance(screen, NotRun):
            raise screen
        for row in measure(screen, folder):
            print(row, flush=True)
            kept &= row.kept
    except NotRun as reason:
        print(f"{(name or measure.__name__).replace('_', ' '):<52} NOT RUN: {reason}", flush=True)
    return kept


if __name__ == "__main__":
    sys.exit(main())
