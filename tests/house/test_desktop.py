"""What makes a desktop know Kantlijn: the entry, the kind of file, and the script that registers them."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from defusedxml import ElementTree

from kantlijn.settings import Settings
from kantlijn.usecases.desk import new_desk

DESKTOP = Path(__file__).resolve().parents[2] / "packaging" / "desktop"
ID = "nl.kantlijn.Kantlijn"


def needs(*programs: str) -> pytest.MarkDecorator:
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"NOT RUN: {', '.join(missing)} not installed")


def entry(file: Path) -> dict[str, str]:
    read = configparser.RawConfigParser(strict=True, delimiters=("=",), comment_prefixes=("#",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(file.read_text("utf-8"))
    return dict(read["Desktop Entry"])


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A stand-in for the program, in a folder with signs that mean something to shells and to desktop entries."""
    place = tmp_path / "my $HOME `x` \"q\" \\ programs" / "kantlijn"
    place.parent.mkdir()
    place.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$HOME/told"\n', "utf-8")
    place.chmod(0o755)
    return place


def install(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", DESKTOP / "install.sh", *words], capture_output=True, text=True, check=False,
        env={name: os.environ[name] for name in ("PATH", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")},
    )  # fmt: skip


def installed() -> list[Path]:
    data = Path(os.environ["XDG_DATA_HOME"])
    return [data / "applications" / f"{ID}.desktop", data / "mime" / "packages" / f"{ID}.xml",
            data / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg"]  # fmt: skip


def test_that_the_entry_takes_links_projects_and_pdfs() -> None:
    said = entry(DESKTOP / f"{ID}.desktop")
    assert said["Exec"] == "kantlijn %U"
    kinds = ["x-scheme-handler/kantlijn", "application/x-kantlijn", "application/pdf", ""]
    assert said["MimeType"].split(";") == kinds
    assert said["Icon"] == ID and (DESKTOP / f"{ID}.svg").is_file()


@needs("desktop-file-validate")
def test_that_the_entry_is_sound() -> None:
    done = subprocess.run(
        ["desktop-file-validate", DESKTOP / f"{ID}.desktop"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and not done.stdout.strip(), done.stdout


def test_that_the_kind_of_file_is_told_by_what_a_project_begins_with(tmp_path: Path) -> None:
    new_desk(tmp_path / "a.kantlijn", settings=Settings()).close()
    head = (tmp_path / "a.kantlijn").read_bytes()[:100]
    names = {"": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = ElementTree.parse(DESKTOP / f"{ID}.xml").getroot().find("mime-type", names)
    assert kind is not None and kind.get("type") == "application/x-kantlijn"
    rules = list(kind.iter("{" + names[""] + "}match"))
    assert len(rules) == 2
    for rule in rules:
        wanted = str(rule.get("value")).replace("\\0", "\0").encode()
        at = int(str(rule.get("offset")))
        assert head[at : at + len(wanted)] == wanted


def test_that_installing_and_removing_leave_what_they_say(program: Path) -> None:
    done = install(program)
    assert done.returncode == 0, done.stderr
    assert all(file.is_file() for file in installed())
    again = install(program)
    assert again.returncode == 0
    assert install("--remove").returncode == 0
    assert not any(file.exists() for file in installed())


def test_that_a_program_that_is_not_there_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    done = install(tmp_path / "none")
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1 and "none" in done.stderr
    assert not any(file.exists() for file in installed())


@needs("xdg-mime")
def test_that_links_are_registered_and_pdfs_left_alone(program: Path) -> None:
    install(program)
    found = {}
    for kind in ("x-scheme-handler/kantlijn", "application/x-kantlijn", "application/pdf"):
        done = subprocess.run(["xdg-mime", "query", "default", kind], capture_output=True, text=True, check=False)
        found[kind] = done.stdout.strip()
    assert found["x-scheme-handler/kantlijn"] == found["application/x-kantlijn"] == f"{ID}.desktop"
    chosen = (Path(os.environ["XDG_CONFIG_HOME"]) / "mimeapps.list").read_text("utf-8")
    assert "application/pdf" not in chosen


@needs("gio")
def test_that_a_link_reaches_a_program_whose_path_is_full_of_signs(program: Path) -> None:
    install(program)
    link = "kantlijn://open/Mijn%20project.kantlijn?annotation=a"
    subprocess.run(["gio", "launch", installed()[0], link], check=True, timeout=20)
    told = Path(os.environ["HOME"]) / "told"
    for _ in range(100):
        if told.exists() and told.read_text("utf-8"):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert told.read_text("utf-8").splitlines() == [link]


@needs("update-mime-database")
def test_that_the_kind_of_file_is_accepted_by_the_desktop_s_own_list(program: Path) -> None:
    done = install(program)
    assert done.returncode == 0 and "rror" not in done.stderr
    globs = (Path(os.environ["XDG_DATA_HOME"]) / "mime" / "globs2").read_text("utf-8")
    assert "application/x-kantlijn:*.kantlijn" in globs
