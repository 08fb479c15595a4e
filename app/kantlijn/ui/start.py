"""Starts the window: the engine first, then Qt, then the project, so that reading begins at once."""

from __future__ import annotations

import atexit
import faulthandler
import gc
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kantlijn import paths, words
from kantlijn.settings import Settings
from kantlijn.words import say

if TYPE_CHECKING:
    from concurrent.futures import Future

    from PySide6.QtWidgets import QApplication

    from kantlijn.ui.shell.run_marker import RunMarker
    from kantlijn.ui.shell.windows import Windows
    from kantlijn.usecases.desk import Engine
    from kantlijn.usecases.handing.deep_links import DeepLink

_LOG = 500_000  # bytes, then a new one is begun
_WATCHDOG = 120  # seconds after which a self-test that hangs is ended


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the arguments ask for."""

    project: Path | None = None
    files: tuple[Path, ...] = ()
    self_test: bool = False
    link: DeepLink | None = None
    page: int | None = None
    """Of the first file: the page to begin at (index)."""
    refused: str = ""
    """Why a link that was clicked opens nothing."""


def main(arguments: list[str]) -> int:
    """`kantlijn [PROJECT] [FILES…]` or `kantlijn LINK`: open a window on these. Returns the exit code."""
    settings = Settings(paths.settings_file())
    words.speak(settings.language)
    wanted, wrong = _understand(arguments, settings)
    if wanted is None:
        sys.stderr.write(wrong + "\n")
        return 2 if wrong.startswith("-") else 1
    if wanted.refused:
        sys.stderr.write(wanted.refused + "\n")
        if not (_clicked() and _display()):
            return 1
    if not _display():
        sys.stderr.write(
            say("There is no display to open a window on. `kantlijn --help` lists what works without one.") + "\n"
        )
        return 1
    if wanted.project is not None and _elsewhere(wanted):
        return 0
    if wanted.self_test:
        return _run(wanted, Settings(), None)  # leaves the reader's settings alone
    begins_reading = wanted.project is not None or bool(wanted.files)
    return _run(wanted, settings, _engine() if begins_reading else None)


def _understand(arguments: list[str], settings: Settings) -> tuple[_Wanted | None, str]:
    """What is asked, or None and the sentence that says what is wrong."""
    self_test = "--self-test" in arguments
    rest = [argument for argument in arguments if argument not in ("--self-test", "")]  # "": a variable not set
    links = [argument for argument in rest if argument[:9].lower() == "kantlijn:"]
    rest = [argument for argument in rest if argument not in links]
    strange = [argument for argument in rest if argument.startswith("-") and argument != "-"]
    if strange:
        return None, say("{option} is not known here; `kantlijn --help` says what is.", option=strange[0])
    found = [_file(argument) for argument in rest]
    project = None
    if found and found[0][0].suffix.lower() == ".kantlijn":
        project, _ = found.pop(0)
        if not project.exists():
            return None, say("{path} does not exist. Make it with: kantlijn new {path}", path=project)
    files = tuple(file for file, _ in found)
    if links:
        return _led(links, project, files, settings), ""
    return _Wanted(project, files, self_test, page=found[0][1] if found else None), ""


def _led(links: list[str], project: Path | None, files: tuple[Path, ...], settings: Settings) -> _Wanted:
    """Where a link leads: into a project that was opened before, or the one named beside it."""
    from kantlijn.errors import Known
    from kantlijn.usecases.handing.deep_links import parse, project_of

    try:
        if len(links) > 1:
            raise Known(say("Only one link is followed at a time; nothing was opened."))
        link = parse(links[0])
        beside = [str(project.resolve())] if project is not None else []
        found = project_of(link, [*beside, *map(str, settings["recent"])])
        return _Wanted(found, files, link=replace(link, project=found.name))
    except Known as trouble:
        return _Wanted(refused=trouble.sentence)


def _file(argument: str) -> tuple[Path, int | None]:
    """A file as a shell, a file manager (file:///…) or a link to a page (report.pdf#page=12) names it."""
    page = None
    if "#page=" in argument and not Path(argument).exists():
        from kantlijn.usecases.handing.deep_links import page_of

        argument, page = page_of(argument)
    if argument[:7].lower() == "file://":
        from urllib.parse import unquote, urlsplit

        parts = urlsplit(argument)
        named = unquote(parts.path)
        named = named.lstrip("/") if os.name == "nt" else named
        if parts.netloc in ("", "localhost") and named and "\0" not in named:
            argument = named
    return Path(argument), page


def _clicked() -> bool:
    """Whether a desktop started this, so that nobody reads what is written to the terminal."""
    started = os.environ.get("GIO_LAUNCHED_DESKTOP_FILE_PID") == str(os.getpid())
    return started or any(os.environ.get(name) for name in ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"))


def _display() -> bool:
    """Whether a window can be shown; Qt itself would abort."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _write_down() -> None:
    """Errors and crash traces go to files of this machine; they hold no document text."""
    import logging

    from kantlijn.usecases.keeping.written_down import keeper

    folder = paths.log_folder()
    file = folder / "kantlijn.log"
    if file.exists() and file.stat().st_size > _LOG:
        file.replace(file.with_suffix(".old.log"))
    log = logging.getLogger("kantlijn")
    log.addHandler(keeper(file, late=True))
    log.setLevel(logging.WARNING)
    log.propagate = False
    crashes = (folder / "crash.log").open("a", encoding="utf-8")
    faulthandler.enable(crashes)
    atexit.register(_stop_writing, crashes)


def _stop_writing(crashes: TextIO) -> None:
    faulthandler.disable()
    crashes.close()


def _elsewhere(wanted: _Wanted) -> bool:
    """Whether a window that has the project already takes it from here."""
    from kantlijn.ui.shell.instance import hand_over

    link = str(wanted.link) if wanted.link is not None else ""
    return wanted.project is not None and hand_over(wanted.project, wanted.files, link)


def _engine() -> Engine:
    """The engine, starting beside Qt."""
    from kantlijn.usecases.desk import Engine

    engine = Engine()
    engine.warm()
    return engine


def _ask_first(engine: Engine, wanted: _Wanted) -> dict[Any, Future[Any]]:
    """What pages the first PDF has, asked before Qt is there."""
    from kantlijn.usecases.desk import AskSheets, Priority, Source

    if wanted.project is not None or not wanted.files or wanted.files[0].suffix.lower() != ".pdf":
        return {}
    file = wanted.files[0]
    request = AskSheets(source=Source(key=str(file), path=str(file)))
    return {request: engine.ask(request, Priority.VISIBLE)}


def _run(wanted: _Wanted, settings: Settings, engine: Engine | None) -> int:
    """The application, from its first window to its last."""
    asked = _ask_first(engine, wanted) if engine is not None else {}
    gc.disable()  # until the window stands: nothing is garbage yet
    from PySide6.QtWidgets import QApplication

    from kantlijn.ui.shell.memory import be_thrifty

    be_thrifty()
    QApplication.setApplicationName("kantlijn")
    QApplication.setApplicationDisplayName("Kantlijn")
    QApplication.setDesktopFileName("nl.kantlijn.Kantlijn")
    application = QApplication(sys.argv[:1])
    from kantlijn.ui.kit.style import Look
    from kantlijn.ui.shell.garbage import Garbage
    from kantlijn.ui.shell.windows import Windows

    look = Look(application, str(settings["scheme"]))
    windows = Windows(settings, look)
    sys.excepthook = windows.bug
    window = windows.add(engine)
    if wanted.self_test:
        Garbage(application)
        _write_down()
        return _self_test(application, window)

    def furnished() -> None:
        gc.freeze()
        Garbage(application)
        _write_down()
        marking.append(_marked(windows))
        window.jobs.answers.update(asked)
        _open(window, wanted, settings)

    marking: list[RunMarker] = []
    window.furnished.connect(furnished)
    window.show()
    code = application.exec()
    for marker in marking:
        marker.end()
    sys.excepthook = sys.__excepthook__
    return code


def _marked(windows: Windows) -> RunMarker:
    """Write down from now on what the program does; tell of the last run when that ended unexpectedly."""
    from kantlijn.ui.shell.run_marker import RunMarker

    return RunMarker(windows)


def _open(window: Any, wanted: _Wanted, settings: Settings) -> None:
    """What the window begins with."""
    recent = [Path(str(path)) for path in settings["recent"]]
    if wanted.refused:
        window.banner.say(wanted.refused)
        return
    if wanted.link is not None:
        window.arriving.expect(wanted.link)
    if wanted.project is not None:
        window.opening.open(wanted.project.resolve())
    elif not wanted.files and recent and recent[0].exists():
        window.opening.open(recent[0])
    if wanted.files:
        window.add_files(list(wanted.files))
    if wanted.page is not None and wanted.project is None:
        window.arriving.open_at(wanted.page)


def _self_test(application: QApplication, window: Any) -> int:
    import tempfile

    from kantlijn.ui.shell.self_test import SelfTest

    window.furnish()
    window.show()
    faulthandler.dump_traceback_later(_WATCHDOG, exit=True)
    with tempfile.TemporaryDirectory(prefix="kantlijn-") as folder:
        test = SelfTest(application, window, Path(folder))
        application.exec()
    faulthandler.cancel_dump_traceback_later()
    sys.stdout.write("self-test passed\n" if test.passed else "self-test failed\n")
    return 0 if test.passed else 1
