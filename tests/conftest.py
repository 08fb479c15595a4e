"""What every test stands on: no screen needed, a home of its own, real documents, and nothing left behind."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY / "resources" / "kantlijn_resources" / "samples"
_HOMES = ("HOME", "USERPROFILE", *(f"XDG_{kind}" for kind in (
    "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR")))
_PATIENCE = 20.0  # seconds a closing process, thread or window gets before its test fails
_TO_COME = 30_000  # milliseconds for what is waited for; the five seconds of pytest-qt are few on a busy machine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--headed", action="store_true", help="show the windows on the screen there is")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--headed"):  # before a QApplication is made: Qt reads it then
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_SCALE_FACTOR", "1")
    for wait in (QtBot.waitUntil, QtBot.waitSignal):
        wait.__kwdefaults__["timeout"] = _TO_COME
    # how long an example takes says how busy the machine is, not whether it is right
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")


def _documents() -> Path:
    """The folder of real documents: KANTLIJN_TEST_DOCUMENTS, else ../shared/seeds, else our own samples."""
    named = os.environ.get("KANTLIJN_TEST_DOCUMENTS", "")
    beside = REPOSITORY.parent / "shared" / "seeds"
    for folder in (Path(named).expanduser() if named else beside, beside):
        if any(folder.rglob("*.pdf")) or any(folder.rglob("*.txt")):
            return folder.resolve()
    return SAMPLES


DOCUMENTS = _documents()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if DOCUMENTS == SAMPLES:
        terminalreporter.write_line("No real documents found: the journeys ran on the sample project's.")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real documents; texts and PDFs may lie in folders below it."""
    return DOCUMENTS


@pytest.fixture(scope="session")
def seed_texts() -> list[Path]:
    """The real documents that are plain texts, by name."""
    return sorted(DOCUMENTS.rglob("*.txt"), key=lambda path: path.name)


@pytest.fixture(scope="session")
def seed_pdfs() -> list[Path]:
    """The real documents that are PDFs, by name."""
    return sorted(DOCUMENTS.rglob("*.pdf"), key=lambda path: path.name)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample project's documents."""
    return SAMPLES


@pytest.fixture(scope="session")
def rapport300() -> Path:
    """A generated report of 300 pages; the test is skipped where it is not there."""
    for folder in (DOCUMENTS, DOCUMENTS.parent / "corpus", REPOSITORY.parent / "shared" / "corpus"):
        if (folder / "rapport300.pdf").exists():
            return folder / "rapport300.pdf"
    pytest.skip("rapport300.pdf is not there")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home for this test alone, so that no reader's settings or projects are touched.

    It lies under a short name: sockets in it must stay below 108 bytes.
    """
    folder = Path(tempfile.mkdtemp(prefix="kl-"))
    for name in _HOMES:
        place = folder if name in ("HOME", "USERPROFILE") else folder / name.removeprefix("XDG_").lower()
        place.mkdir(mode=0o700, exist_ok=True)
        monkeypatch.setenv(name, str(place))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")  # sentences are asserted in English unless a test speaks otherwise
    yield folder
    for attempt in range(3):  # a process that is just closing may still write
        shutil.rmtree(folder, ignore_errors=attempt < 2)
        if not folder.exists():
            break
        time.sleep(0.1)


def pytest_collection_finish() -> None:
    gc.freeze()  # what was imported is no garbage; looking for some after each window's test is then quick


@pytest.fixture(autouse=True)
def garbage_on_this_thread(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in the program: windows that a test leaves to Python are ended on their own thread, not on a worker's.

    Unlike there nothing is set aside: a test's window is garbage soon.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    monkeypatch.setattr("kantlijn.ui.shell.garbage._MANY", sys.maxsize)
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_behind(home: Path) -> Iterator[None]:
    """Fail the test that leaves a process, a thread that keeps Python alive, or a window.

    What fixtures of a wider scope started before the test is theirs to close.
    """
    checks: tuple[tuple[str, Callable[[], dict[Any, str]]], ...] = (
        ("process", _children), ("thread", _threads), ("window", _windows),
    )
    before = {kind: set(find()) for kind, find in checks}
    yield
    _empty_clipboard()
    deadline = time.monotonic() + _PATIENCE
    left = _left(checks, before)
    while left and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.02)
        left = _left(checks, before)
    if left:
        _clear_away(before)
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


def _left(checks: tuple[tuple[str, Callable[[], dict[Any, str]]], ...], before: dict[str, set[Any]]) -> list[str]:
    return [f"{kind} {name}" for kind, find in checks for key, name in find().items() if key not in before[kind]]


def _children() -> dict[int, str]:
    """Living processes below this one, by id (Linux; elsewhere none are seen)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = entry.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if rest[0] != "Z":
            parents[int(entry.parent.name)] = int(rest[1])
    below: dict[int, str] = {}
    wave = {os.getpid()}
    while wave:
        wave = {pid for pid, parent in parents.items() if parent in wave and pid not in below}
        below |= {pid: _command(pid) for pid in wave}
    # Python's own watchman over shared memory lives as long as the process does
    return {pid: command for pid, command in below.items() if "resource_tracker" not in command}


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return str(pid)
    return f"{pid} ({b' '.join(words)[:120].decode('utf-8', 'replace').strip()})"


def _threads() -> dict[int, str]:
    return {
        thread.ident or 0: thread.name
        for thread in threading.enumerate()
        if not thread.daemon and thread is not threading.main_thread() and thread.is_alive()
    }


def _windows() -> dict[int, str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return {}
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    shiboken = sys.modules["shiboken6"]
    return {
        shiboken.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.windowTitle()!r}"
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.metaObject().className() != "QTipLabel"  # Qt keeps its tooltip for the next one
    }


def _empty_clipboard() -> None:
    """Off screen, Qt lets go of what was copied only after Python has ended, and takes the run down with it."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui and gui.QGuiApplication.instance():
        gui.QGuiApplication.clipboard().clear()


def _clear_away(before: dict[str, set[Any]]) -> None:
    """So that the next test is not blamed for this one."""
    for pid in set(_children()) - before["process"]:
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and widgets.QApplication.instance():
        shiboken = sys.modules["shiboken6"]
        for widget in widgets.QApplication.topLevelWidgets():
            if shiboken.isValid(widget) and shiboken.getCppPointer(widget)[0] not in before["window"]:
                shiboken.delete(widget)
