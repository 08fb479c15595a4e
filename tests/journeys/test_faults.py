"""When something dies: the program right after a tag, the engine inside a page, a page that never ends."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer

from kantlijn.settings import Settings
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.shelf.add_documents import add_documents

DRIVER = Path(__file__).with_name("tag_and_wait.py")


def _project(folder: Path) -> Path:
    path = folder / "p.kantlijn"
    text = folder / "nota.txt"
    text.write_text("Toezicht op online veiligheid. " * 200, "utf-8")
    desk = new_desk(path, settings=Settings())
    assert not add_documents(desk, [text]).failed
    desk.close()
    return path


def _tagged_and_killed(folder: Path, runs: int) -> None:
    path = _project(folder)
    rng = random.Random(4)
    for run in range(runs):
        start = rng.randrange(3000)
        command = [sys.executable, str(DRIVER), str(path), str(start), str(start + 40)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as window:
            said = window.stdout.readline()
            os.killpg(window.pid, signal.SIGKILL)
        assert said == b"in the margin\n"
        desk = open_desk(path, settings=Settings())
        ranges = [row.passage.anchor.range for row in read.annotation_rows(desk)]
        desk.close()
        assert (start, start + 40) in ranges
        assert len(ranges) == run + 1
    assert check(path).ok


def test_that_a_tag_seen_in_the_margin_survives_kill_9(tmp_path):
    _tagged_and_killed(tmp_path, 10)


@pytest.mark.long
def test_that_a_tag_seen_in_the_margin_survives_kill_9_two_hundred_times(tmp_path):
    _tagged_and_killed(tmp_path, 200)


def hostile_pdf(curves: int) -> bytes:
    """A path of so many Bézier curves, filled and stroked; 6,000 take MuPDF some ten seconds."""
    rng = random.Random(1)
    points = [
        " ".join(f"{rng.uniform(0, 595):.1f} {rng.uniform(0, 842):.1f}" for _ in range(3)) for _ in range(curves)
    ]
    stream = zlib.compress("\n".join(["0 0 m", *(f"{three} c" for three in points), "2 w B*"]).encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R >>",
        b"<< /Length 32 >>\nstream\n1 0 0 rg 50 50 400 700 re f     \nendstream",
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + table
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, out.rindex(b"xref"))


def _opened(window: Window, qtbot: Any, folder: Path, pdf: bytes) -> None:
    """A project with this PDF, open in a pane."""
    file = folder / "nota.pdf"
    file.write_bytes(pdf)
    path = folder / "p.kantlijn"
    desk = new_desk(path, settings=Settings())
    assert not add_documents(desk, [file]).failed
    desk.close()
    window.opening.open(path)
    qtbot.waitUntil(lambda: bool(window.panes.panes) and window.panes.panes[0].content is not None, timeout=15_000)


def _red(window: Window) -> bool:
    """Whether the red of the second page is to be seen."""
    picture = window.panes.panes[0].grab().toImage()
    return any(
        picture.pixelColor(x, y).getRgb()[:3] == (255, 0, 0)
        for x in range(0, picture.width(), 9)
        for y in range(0, picture.height(), 9)
    )


def test_that_a_page_comes_back_when_the_engine_is_killed(window, qtbot, tmp_path):
    _opened(window, qtbot, tmp_path, hostile_pdf(1))
    view = window.panes.panes[0].view
    view.set_zoom("page")
    view.go_to(type(view.place())(page=1))
    qtbot.waitUntil(lambda: _red(window), timeout=10_000)
    for pid in window.jobs.engine.processes:
        os.kill(pid, signal.SIGKILL)
    view.set_zoom("0.9")  # nothing drawn before is of use now
    qtbot.waitUntil(lambda: _red(window), timeout=10_000)


def test_that_the_window_answers_while_a_page_takes_for_ever_and_then_says_so(window, qtbot, tmp_path):
    _opened(window, qtbot, tmp_path, hostile_pdf(9000))
    view = window.panes.panes[0].view
    gaps: list[int] = []
    since = QElapsedTimer()
    since.start()
    beat = QTimer(window)
    beat.timeout.connect(lambda: gaps.append(since.restart()))
    beat.start(10)
    wait: Callable[[], bool] = lambda: "too long" in view.tiles.trouble(0)  # noqa: E731
    qtbot.waitUntil(wait, timeout=40_000)
    beat.stop()
    assert len(gaps) > 100, "it was drawn at once: the page is not hostile enough to tell anything"
    # a bound no busy machine breaks; the real one is measured by bench
    assert max(gaps) < 1000
    view.set_zoom("page")
    view.go_to(type(view.place())(page=1))
    qtbot.waitUntil(lambda: _red(window), timeout=10_000)
