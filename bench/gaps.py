"""Whether the window keeps answering while the engine draws a page that takes ten seconds."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.files import hostile
from bench.screen import PATIENCE, Screen
from bench.table import NotRun, Row

# The real program with a timer beside it, that notes how late its event loop is. The first two seconds are
# the window's own start; then the engine is in the midst of the page.
INSIDE = """
import json, sys, time
from PySide6.QtCore import QTimer, Qt
from PySide6.QtWidgets import QApplication, QMainWindow

late, last, begin = [], [0.0], time.perf_counter()

def tick():
    now = time.perf_counter()
    if now - begin > 2.0:
        late.append(now - last[0] - 0.005)
    last[0] = now
    if now - begin > 11.0:
        print(json.dumps(late), flush=True)
        QApplication.exit(0)

def measured(run):
    def exec_(*_):
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        timer.timeout.connect(tick)
        timer.start()
        return run()
    return exec_

QApplication.exec = measured(QApplication.exec)
if len(sys.argv) > 1:
    sys.argv[0] = "kantlijn"
    from kantlijn.__main__ import main
    main()
else:
    application = QApplication([])
    window = QMainWindow()
    window.show()
    application.exec()
"""


def event_loop_gaps(screen: Screen, folder: Path) -> Iterator[Row]:
    """How late the loop is, at the 99th percentile and at most; medians of five runs."""
    page = hostile(folder / "hostile.pdf")
    ours = [_late(screen, [str(page)]) for _ in range(5)]
    bare = [_late(screen, []) for _ in range(5)]
    for name, pick, bound in (("p99", _p99, 0.05), ("max", max, 0.1)):
        yield Row(
            name=f"event-loop gap {name} while a hostile page is drawn",
            yardstick="the same timer beside a bare QMainWindow",
            ours=statistics.median(pick(run) for run in ours), theirs=statistics.median(pick(run) for run in bare),
            bound_seconds=bound,
        )


def _p99(late: list[float]) -> float:
    return sorted(late)[int(len(late) * 0.99)]


def _late(screen: Screen, arguments: list[str]) -> list[float]:
    """Seconds that each tick came late."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", INSIDE, *arguments], env=screen.environment(), capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotRun("the window did not end by itself") from None
    for line in done.stdout.splitlines():
        if line.startswith("["):
            return [max(0.0, float(value)) for value in json.loads(line)]
    raise NotRun(f"the window measured nothing: {done.stderr.strip().splitlines()[-1:]}")
