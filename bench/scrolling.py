"""Scrolling a report of 700 pages end to end: handlers, the event loop, the sharp page, memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from bench.files import marked
from bench.screen import PATIENCE, Screen
from bench.table import NotRun, Row, clock, median

PAGES = 700
MEGABYTE = 1 << 20

# The real program: when the file is in, it idles, is scrolled by the wheel and by its bar, and jumps about.
INSIDE = """
import json, os, random, sys, time
from PySide6.QtCore import QPoint, QPointF, QTimer, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from kantlijn.ui.page.page_view import PageView

handlers, late, sharp = [], {"idle": [], "busy": []}, []

def timed(owner, name):
    inner = getattr(owner, name)
    def outer(self, *args):
        begin = time.perf_counter()
        try:
            return inner(self, *args)
        finally:
            if phase[0] == "busy":
                handlers.append(time.perf_counter() - begin)
    setattr(owner, name, outer)

phase = [""]
for name in ("paintEvent", "wheelEvent", "_ask"):
    timed(PageView, name)

def tick():
    now = time.perf_counter()
    if last[0] and phase[0] in late:
        late[phase[0]].append(now - last[0] - 0.005)
    last[0] = now

last = [0.0]

def steps():
    view = None
    while view is None or view.layers.content is None or view.tiles.waiting:
        found = [one for one in QApplication.allWidgets() if isinstance(one, PageView)]
        view = found[0] if found else None
        yield 50
    yield 1500
    phase[0] = "idle"
    yield 2000
    phase[0] = "busy"
    port, bar = view.viewport(), view.verticalScrollBar()
    where = QPointF(port.rect().center())
    turn = max(1, bar.maximum() // 1200)
    for _ in range(1200):
        event = QWheelEvent(where, QPointF(port.mapToGlobal(where.toPoint())), QPoint(0, -turn), QPoint(0, -120),
                            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                            False)
        QApplication.sendEvent(port, event)
        yield 4
    bar.setSliderDown(True)
    for step in range(500, -1, -1):
        bar.setSliderPosition(bar.maximum() * step // 500)
        yield 8
    bar.setSliderDown(False)
    phase[0] = "still"
    yield 500
    chance = random.Random(3)
    for _ in range(15):
        bar.setValue(chance.randrange(bar.maximum()))
        begin = time.perf_counter()
        while not all(view.tiles.image(tile) for page in view.pages() for tile in view._tiles(page, 0.0)):
            yield 1
        page = view.pages()[0]
        sharp.append([len(view.pages()), page, view.sheets.scales[page], time.perf_counter() - begin])
        yield 100
    pss = 0
    family = [str(os.getpid())]
    for task in os.listdir(f"/proc/{os.getpid()}/task"):
        family += open(f"/proc/{os.getpid()}/task/{task}/children").read().split()
    for one in family:
        for line in open(f"/proc/{one}/smaps_rollup"):
            if line.startswith("Pss:"):
                pss += int(line.split()[1]) * 1024
    print(json.dumps({"handlers": handlers, "late": late, "sharp": sharp, "pss": pss}), flush=True)
    QApplication.exit(0)

def measured(run):
    def exec_(*_):
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        timer.timeout.connect(tick)
        timer.start()
        work = steps()
        def go_on():
            pause = next(work, None)
            if pause is not None:
                QTimer.singleShot(pause, go_on)
        QTimer.singleShot(200, go_on)
        return run()
    return exec_

QApplication.exec = measured(QApplication.exec)
sys.argv[0] = "kantlijn"
from kantlijn.__main__ import main
main()
"""


def scrolling(screen: Screen, folder: Path) -> Iterator[Row]:
    """700 pages by wheel and by the bar, while the engine draws; three runs."""
    report = marked(folder / "scroll700.pdf", PAGES)
    runs = [_run(screen, report) for _ in range(3)]
    middle = statistics.median
    yield Row(
        name="scrolling: paint and input handlers, p99", yardstick="a frame of 60 a second",
        ours=middle(_p99(run["handlers"]) for run in runs), theirs=0.016, bound_seconds=0.016,
    )  # fmt: skip
    idle, busy = (middle(_p99(run["late"][phase]) for run in runs) for phase in ("idle", "busy"))
    yield Row(
        name="scrolling: event loop late, p99", yardstick="the same timer in the same run, nothing being done",
        ours=busy, theirs=idle, bound_seconds=idle + 0.01,
    )  # fmt: skip
    yield _sharp(report, [one for run in runs for one in run["sharp"]])
    memory = middle(run["pss"] for run in runs) / MEGABYTE
    yield Row(
        name=f"scrolling: memory of all processes, {memory:.0f} MB", yardstick="400 MB, as seconds",
        ours=memory / 1000, theirs=0.4, bound_seconds=0.4,
    )  # fmt: skip


def _sharp(report: Path, jumps: list[list[float]]) -> Row:
    """From a jump to sharp pages, against drawing those pages one after the other."""
    document = pymupdf.open(report)

    def drawn(count: float, page: float, scale: float) -> float:
        matrix = pymupdf.Matrix(scale, scale)
        pages = range(int(page), min(int(page + count), len(document)))
        return clock(lambda: [document[number].get_pixmap(matrix=matrix) for number in pages])

    raw = statistics.median(median(lambda: drawn(*jump[:3]), 3) for jump in jumps[:15])  # noqa: B023
    return Row(
        name="scrolling: the sharp pages after a jump",
        ours=statistics.median(jump[3] for jump in jumps), theirs=raw,
        yardstick="[doc[n].get_pixmap(matrix=Matrix(scale, scale)) for n in shown]", bound_seconds=2 * raw + 0.03,
    )  # fmt: skip


def _p99(values: list[float]) -> float:
    return max(0.0, sorted(values)[int(len(values) * 0.99)])


def _run(screen: Screen, report: Path) -> dict:
    try:
        done = subprocess.run(
            [sys.executable, "-c", INSIDE, str(report)], env=screen.environment(), capture_output=True, text=True,
            timeout=2 * PATIENCE, check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotRun("the window did not end by itself") from None
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            return json.loads(line)
    raise NotRun(f"the window measured nothing: {done.stderr.strip().splitlines()[-1:]}")
