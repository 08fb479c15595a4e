"""The real process: its self-test, a start without a screen, a second start, and keys on a real screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.shelf.add_documents import add_documents

KANTLIJN = [sys.executable, "-m", "kantlijn"]
_TOOLS = ("Xvfb", "xdotool")


def wait_for(done: Callable[[], bool], seconds: float = 30) -> None:
    """Until done, or fail."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def test_that_the_self_test_passes_ends_by_itself_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    own = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([*KANTLIJN, "--self-test"], capture_output=True, text=True, timeout=110, env=own)
    assert done.returncode == 0, done.stderr
    assert "passed" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_that_without_a_screen_one_sentence_is_said() -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(KANTLIJN, capture_output=True, text=True, timeout=30, env=bare)
    assert done.returncode == 1
    assert "no display" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_that_a_project_that_does_not_exist_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [*KANTLIJN, str(tmp_path / "none.kantlijn")], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1
    assert "none.kantlijn" in done.stderr and "Traceback" not in done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one text of a few words."""
    text = tmp_path / "words.txt"
    text.write_text("Supervision asks for attention. It is given here.\n" * 30, "utf-8")
    path = tmp_path / "small.kantlijn"
    desk = new_desk(path)
    add_documents(desk, [text])
    desk.close()
    return path


def _sockets() -> list[Path]:
    return list(Path(os.environ["HOME"]).rglob("*.sock"))


def test_that_a_second_start_hands_its_files_to_the_first(project: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.txt"
    more.write_text("Something more to read.\n", "utf-8")
    first = subprocess.Popen([*KANTLIJN, str(project)])
    try:
        wait_for(lambda: bool(_sockets()))
        second = subprocess.run([*KANTLIJN, str(project), str(more)], timeout=30, check=False)
        assert second.returncode == 0
        assert first.poll() is None

        def there() -> bool:
            desk = open_desk(project, read_only=True)
            try:
                return "more" in [row.document.title for row in read.shelf(desk)]
            finally:
                desk.close()

        wait_for(there)
    finally:
        first.terminate()
        first.wait(10)


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen of its own with nothing on it; NOT RUN where Xvfb or xdotool is missing."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"NOT RUN: {', '.join(missing)} not installed")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


def test_that_two_keys_on_a_real_screen_tag_and_the_tag_is_kept(project: Path, screen: str) -> None:
    there = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}

    def xdotool(*words: str) -> str:
        return subprocess.run(
            ["xdotool", *words], env=there, capture_output=True, text=True, timeout=20, check=False
        ).stdout.strip()

    program = subprocess.Popen([*KANTLIJN, str(project)], env=there)
    try:
        wait_for(lambda: bool(_sockets()))
        wait_for(lambda: bool(xdotool("search", "--onlyvisible", "--name", "small")))
        window = xdotool("search", "--onlyvisible", "--name", "small").splitlines()[0]
        xdotool("windowfocus", window)

        def tagged() -> bool:
            desk = open_desk(project, read_only=True)
            try:
                return bool(read.annotation_rows(desk))
            finally:
                desk.close()

        deadline = time.monotonic() + 30
        while not tagged():
            assert time.monotonic() < deadline, "no tag came"
            # a double click selects a word, a digit tags it
            xdotool("mousemove", "430", "215", "click", "--repeat", "2", "--delay", "60", "1")
            time.sleep(0.4)
            xdotool("key", "1")
            time.sleep(0.6)
        xdotool("key", "ctrl+q")
        assert program.wait(20) == 0
        desk = open_desk(project)
        rows = read.annotation_rows(desk)
        desk.close()
        assert rows and rows[0].passage.annotation.themes
    finally:
        if program.poll() is None:
            program.terminate()
            program.wait(10)
