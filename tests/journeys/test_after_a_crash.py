"""The real program dies: the next start says so once; crash traces hold no word of a document."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from kantlijn import paths
from kantlijn.settings import Settings
from kantlijn.ui.kit.style import Look
from kantlijn.ui.shell.run_marker import RunMarker
from kantlijn.ui.shell.windows import Windows
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents

DRIVER = Path(__file__).with_name("tag_and_wait.py")
WORDS = "Oversight of the harbour. "


@pytest.fixture
def project(tmp_path: Path) -> Path:
    text = tmp_path / "note.txt"
    text.write_text(WORDS * 200, "utf-8")
    desk = new_desk(tmp_path / "Harbour.kantlijn", settings=Settings())
    assert not add_documents(desk, [text]).failed
    desk.close()
    return desk.path


def _ended_by(number: int, project: Path) -> int:
    """The program with a tag in its margin, ended by this signal; its exit code."""
    command = [sys.executable, str(DRIVER), str(project), "3", "40"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline() == b"in the margin\n"
        program.send_signal(number)
        return program.wait(30)


def _said(qapp, qtbot) -> str:
    """What the next start says over its window."""
    windows = Windows(Settings(), Look(qapp, "light"))
    window = windows.add()
    window.furnish()
    window.show()
    marker = RunMarker(windows)
    done: list[bool] = []
    QTimer.singleShot(1600, window, lambda: done.append(True))
    try:
        qtbot.waitUntil(lambda: bool(done) or bool(window.banner.sentence), timeout=5000)
        return window.banner.sentence
    finally:
        marker.end()
        window.closing.decided = True
        window.close()
        qapp.setStyleSheet("")


def test_that_the_next_start_tells_of_a_crash_once_and_where_the_log_is(project, qapp, qtbot):
    assert _ended_by(signal.SIGKILL, project) == -signal.SIGKILL
    sentence = _said(qapp, qtbot)
    assert "ended unexpectedly" in sentence and "“Harbour”" in sentence
    assert str(paths.log_folder()) in sentence
    assert _said(qapp, qtbot) == ""


def test_that_a_session_that_ends_is_no_crash(project, qapp, qtbot):
    assert _ended_by(signal.SIGTERM, project) == 143
    assert not list(project.parent.glob("Harbour.kantlijn-*"))  # closed as it should be
    assert _said(qapp, qtbot) == ""


def test_that_a_crash_trace_and_the_log_hold_no_document_text(project, home):
    assert _ended_by(signal.SIGSEGV, project) == -signal.SIGSEGV
    trace = (paths.log_folder() / "crash.log").read_text("utf-8")
    assert "Segmentation fault" in trace and "start.py" in trace
    for file in paths.log_folder().iterdir():
        written = file.read_text("utf-8", "replace")
        assert "harbour" not in written.lower().replace(str(project.parent).lower(), ""), file.name
    for file in home.rglob("*.run"):
        assert WORDS not in file.read_text("utf-8")
