"""The real program, started with a link, shows the passage it leads to; strangers' links open nothing."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from kantlijn import paths
from kantlijn.settings import Settings
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.handing.deep_links import link_to_annotation, link_to_place
from kantlijn.usecases.marking.tag import locate_quote, tag
from kantlijn.usecases.shelf.add_documents import add_documents

KANTLIJN = [sys.executable, "-m", "kantlijn"]
WATCHED = [sys.executable, str(Path(__file__).with_name("watch_arriving.py"))]
FAR, NEAR = "Paragraph 311 tells what supervision found.", "Paragraph 150 tells what supervision found."


class Watched:
    """A running program, and what it says it shows."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen([*WATCHED, *arguments], stdout=subprocess.PIPE, text=True)
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line.rstrip("\n"))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self._reader.join(10)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def shows(self, wanted: str, seconds: float = 30) -> list[str]:
        """Wait for this line; all lines until then."""
        seen: list[str] = []
        deadline = time.monotonic() + seconds
        while wanted not in seen:
            try:
                seen.append(self._lines.get(timeout=max(0.01, deadline - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"“{wanted}” did not come; there was: {seen}")
        return seen


@pytest.fixture
def watched() -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def start(*arguments: str) -> Watched:
        made.append(Watched(*arguments))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.fixture
def links(tmp_path: Path) -> dict[str, str]:
    """A project that was opened before, with a long text and a PDF; links into it by what they lead to."""
    text = tmp_path / "words.txt"
    text.write_text("".join(f"Paragraph {n} tells what supervision found.\n\n" for n in range(400)), "utf-8")
    report = pymupdf.open()
    for number in range(9):
        report.new_page().insert_text((72, 100), f"Page {number + 1} on prevention.")
    report.set_page_labels([{"startpage": 0, "prefix": "A-", "style": "D"}])
    report.save(tmp_path / "report.pdf")
    project = tmp_path / "My project.kantlijn"
    desk = new_desk(project, settings=Settings())
    version, pdf = (one.version for one in add_documents(desk, [text, tmp_path / "report.pdf"]).added)
    changes = tag(desk, version, locate_quote(desk, version, FAR), ["prevention"])
    made = {
        "far": link_to_annotation(desk, next(iter(changes.touched("annotation")))),
        "near": link_to_place(desk, version, locate_quote(desk, version, NEAR)),
        "page": link_to_place(desk, pdf, page="A-7"),
        "nowhere": link_to_annotation(desk, "gone"),
    }
    desk.close()
    Settings(paths.settings_file()).choose("recent", (str(project),))
    return made


def test_that_a_link_opens_its_project_and_shows_the_passage_selected(
    links: dict[str, str], watched: Callable[..., Watched]
) -> None:
    watched(links["far"]).shows(f"selected: {FAR}")


def test_that_a_second_link_goes_to_the_window_that_has_the_project(
    links: dict[str, str], watched: Callable[..., Watched]
) -> None:
    window = watched(links["page"])
    window.shows("page: A-7")
    for name, shown in (("near", f"selected: {NEAR}"), ("far", f"selected: {FAR}"),
                        ("nowhere", "status: The passage of this link is not, or no longer, in “My project”.")):
        second = subprocess.run([*KANTLIJN, links[name]], timeout=30, check=False)
        assert second.returncode == 0 and window.process.poll() is None
        window.shows(shown)  # fmt: skip


def test_that_a_link_works_beside_its_project_that_was_never_opened(
    links: dict[str, str], watched: Callable[..., Watched], tmp_path: Path
) -> None:
    Settings(paths.settings_file()).choose("recent", ())
    refused = subprocess.run([*KANTLIJN, links["far"]], capture_output=True, text=True, timeout=30, check=False)
    assert refused.returncode == 1 and "Open it first" in refused.stderr
    watched(str(tmp_path / "My project.kantlijn"), links["far"]).shows(f"selected: {FAR}")


@pytest.mark.parametrize("link", [
    "kantlijn://open/..%2Fsecret.kantlijn", "kantlijn:///etc/passwd", "KANTLIJN:x", "kantlijn://open/%00",
    "kantlijn://open/unknown.kantlijn?annotation=a", "kantlijn://open/" + "a" * 100_000,
])  # fmt: skip
def test_that_a_strangers_link_gets_a_sentence_and_opens_nothing(link: str, links: dict[str, str]) -> None:
    done = subprocess.run([*KANTLIJN, link], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1 and len(done.stderr) < 300 and not done.stdout


def test_that_a_stranger_s_link_that_was_clicked_is_answered_in_a_window(
    monkeypatch: pytest.MonkeyPatch, links: dict[str, str], watched: Callable[..., Watched]
) -> None:
    monkeypatch.setitem(os.environ, "XDG_ACTIVATION_TOKEN", "clicked")
    seen = watched("kantlijn://open/unknown.kantlijn").shows(
        "banner: “unknown.kantlijn” is not among the projects that were opened here lately. Open it first, then "
        "follow the link again."
    )
    assert not [line for line in seen if line.startswith("selected")]


def test_that_a_page_of_a_file_is_where_reading_begins(
    links: dict[str, str], watched: Callable[..., Watched], tmp_path: Path
) -> None:
    watched(f"{(tmp_path / 'report.pdf').as_uri()}#page=5").shows("page: A-5")
