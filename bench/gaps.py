"""Whether the window keeps answering: while a page takes ten seconds to draw, and among 100,000 annotations."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import scale
from bench.exporting import NUMBER
from bench.files import hostile
from bench.projects import annotated
from bench.screen import PATIENCE, Screen
from bench.table import NotRun, Row
from kantlijn.usecases import read
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.handing.hand_out import FORMS
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.summaries.write_summary import FORMS as SUMMARIES

_LONG = 300.0  # seconds

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
        print(json.dumps([late]), flush=True)
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

# The same for a project that is worked in: work(window) is called once the window stands.
WORKING = """
import json, sys, time
from PySide6.QtCore import QTimer, Qt
from PySide6.QtWidgets import QApplication

late, last = [], [0.0]

def tick():
    now = time.perf_counter()
    late.append(now - last[0] - 0.005 if last[0] else 0.0)
    last[0] = now

def told(*found):
    print(json.dumps(found), flush=True)
    QApplication.exit(0)

def begin():
    from kantlijn.ui.shell.window import Window
    work(next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window)))

def measured(run):
    def exec_(*_):
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        timer.timeout.connect(tick)
        timer.start()
        QTimer.singleShot(3000, begin)
        return run()
    return exec_

QApplication.exec = measured(QApplication.exec)
sys.argv[0] = "kantlijn"
from kantlijn.__main__ import main
main()
"""

# Of a large project, all annotations are listed; then one tag is taken back and set again, five times. What comes
# before the first of them (opening, reading a hundred thousand annotations) is told apart.
LARGE = """
def work(window):
    quiet(window, turns(window))

def turns(window):
    yield
    window.annotations.narrow.here.setChecked(False)
    yield
    opening = list(late)
    late.clear()
    for name in ("undo", "redo") * 5:
        window.actions_[name].trigger()
        yield
    told(opening, late)

def quiet(window, rest):
    # goes on when nothing is asked any more, looked at every half second
    if not window.jobs.pending:
        next(rest, None)
    QTimer.singleShot(500, lambda: quiet(window, rest))
"""

# A smaller one is exported in one form after the other.
EXPORTING = """
def work(window):
    go_on(window, turns(window))

def turns(window):
    import tempfile
    from pathlib import Path
    from kantlijn.model.recipe import Wanted
    from kantlijn.usecases.handing.hand_out import FORMS, hand_out
    from kantlijn.usecases.read import shelf
    from kantlijn.usecases.summaries.write_summary import FORMS as SUMMARIES, export_summary
    found, folder = [], Path(tempfile.mkdtemp(dir=Path.home()))
    version = shelf(window.jobs.desk)[0].versions[-1].id
    wanted = Wanted(context=1, definitions=True)
    ways = (hand_out, FORMS, {"version": version}), (export_summary, SUMMARIES, {"wanted": wanted})
    for verb, forms, named in ways:
        for form in forms:
            late.clear()
            yield verb, folder / form, form, named
            found.append(max(late))
    told(found)

def go_on(window, rest):
    if (one := next(rest, None)) is not None:
        verb, path, form, named = one
        then = lambda _made: QTimer.singleShot(200, lambda: go_on(window, rest))
        window.jobs.long(verb, path, form, **named, then=then)
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
    (late,) = _told(screen, INSIDE, arguments, PATIENCE)
    return late


def _told(screen: Screen, program: str, arguments: list[str], patience: float) -> list[list[float]]:
    """What the program measured, one list or several."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], env=screen.environment(), capture_output=True, text=True,
            timeout=patience, check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotRun("the window did not end by itself") from None
    for line in done.stdout.splitlines():
        if line.startswith("["):
            return [[max(0.0, float(value)) for value in late] for late in json.loads(line)]
    raise NotRun(f"the window measured nothing: {done.stderr.strip().splitlines()[-1:]}")


def gaps_among_100_000_annotations(screen: Screen, folder: Path) -> Iterator[Row]:
    """How late the loop is while a large project opens, and while a tag is set in it; one run."""
    project = scale.made(folder, 100)
    try:
        desk = open_desk(project)
        tag(desk, "v0", (3, 9), [read.themes(desk)[0].theme.id])
        desk.close()
        opening, working = _told(screen, LARGE + WORKING, [str(project)], _LONG)
    finally:
        project.unlink()
    bare = _late(screen, [])
    for name, run in (("opened and listed", opening), ("a tag is undone and redone", working)):
        for kind, pick, bound in (("p99", _p99, 0.05), ("max", max, 0.0)):
            yield Row(
                name=f"event-loop gap {kind}, 2,000 documents: {name}", ours=pick(run), theirs=pick(bare),
                yardstick="the same timer beside a bare QMainWindow", bound_seconds=bound,
            )  # fmt: skip


def gaps_while_exporting_5000(screen: Screen, folder: Path) -> Iterator[Row]:
    """How late the loop is at most while 5,000 annotations are exported in each form; one run."""
    (found,) = _told(screen, EXPORTING + WORKING, [str(annotated(folder, NUMBER))], _LONG)
    bare = _late(screen, [])
    for form, longest in zip((*FORMS, *SUMMARIES), found, strict=True):
        yield Row(
            name=f"event-loop gap max, 5,000 annotations to {form}", ours=longest, theirs=max(bare),
            yardstick="the same timer beside a bare QMainWindow", bound_seconds=0.1,
        )  # fmt: skip
