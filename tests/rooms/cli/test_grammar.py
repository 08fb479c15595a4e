"""The grammar: light to ask, and every verb and option of it is in the manual."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from kantlijn.cli.grammar import grammar
from kantlijn.cli.main import VERBS, is_command, main

MANUAL = (Path(__file__).resolve().parents[3] / "docs" / "cli.md").read_text("utf-8")


def parsers() -> dict[str, argparse.ArgumentParser]:
    (verbs,) = (
        action for action in grammar()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(verbs.choices)


def section(verb: str) -> str:
    """What the manual says under the heading that names the verb."""
    for part in MANUAL.split("\n## ")[1:]:
        heading, _, text = part.partition("\n")
        if verb in heading.split(", "):
            return text
    return ""


def test_that_every_verb_is_offered_and_described() -> None:
    assert set(parsers()) == set(VERBS)
    assert [verb for verb in VERBS if f"kantlijn {verb} " not in section(verb)] == []


def test_that_every_option_of_every_verb_is_in_the_manual() -> None:
    filters = section("annotations")
    missing = [
        f"{verb} {option}"
        for verb, parser in parsers().items()
        for action in parser._actions
        for option in action.option_strings
        if option not in ("-h", "--help", "--json")
        and f"{option}`" not in section(verb) and f"{option} " not in section(verb)
        and not (verb in ("export", "relations") and option in filters)
    ]  # fmt: skip
    assert missing == []
    assert "`--json`" in MANUAL and "`--help`" in MANUAL and "--version" in MANUAL


def test_that_verbs_and_help_are_commands_and_files_are_not() -> None:
    assert is_command(["add", "p.kantlijn"]) and is_command(["--help"]) and is_command(["--version"])
    assert not is_command([]) and not is_command(["report.pdf"]) and not is_command(["p.kantlijn", "add"])


def test_that_the_windows_start_pays_nothing_for_the_command_line() -> None:
    code = (
        "import sys; from kantlijn.cli.main import is_command; is_command(['a.pdf']);"
        "print(sorted(m for m in sys.modules if m.startswith(('kantlijn.', 'argparse', 'sqlite', 'json'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kantlijn.cli', 'kantlijn.cli.main']"


@pytest.mark.parametrize("arguments", [
    ["add", "p.kantlijn"],
    ["tag", "p.kantlijn", "doc", "--theme", "1"],
    ["tag", "p.kantlijn", "doc", "--quote", "words"],
    ["tag", "p.kantlijn", "doc", "--quote", "words", "--range", "1:2", "--theme", "1"],
    ["tag", "p.kantlijn", "doc", "--range", "1-2", "--theme", "1"],
    ["tag", "p.kantlijn", "doc", "--range", "1:2", "--occurrence", "2", "--theme", "1"],
    ["tag", "p.kantlijn", "doc", "--quote", "words", "--occurrence", "0", "--theme", "1"],
    ["tag", "p.kantlijn", "doc", "--from", "f.json", "--theme", "1"],
    ["export", "p.kantlijn"],
    ["export", "p.kantlijn", "--as", "papyrus"],
    ["search", "p.kantlijn", "words", "--in", "space"],
    ["text", "p.kantlijn"],
    ["undo", "p.kantlijn", "--strange"],
    ["undo", ""],
    ["add", "p.kantlijn", ""],
    ["text", ""],
    ["restore", "p.kantlijn", "--from", ""],
    ["export", "p.kantlijn", "--as", "html", "-o", ""],
    ["import-annotations", "p.kantlijn", ""],
])  # fmt: skip
def test_that_wrong_usage_ends_with_2_and_says_what_is_wrong(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == "" and "kantlijn " in said.err and "error: " in said.err


def test_that_help_and_version_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "annotations" in capsys.readouterr().out
    assert main(["tag", "--help"]) == 0
    assert "--occurrence" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kantlijn ")


def test_that_a_bug_is_written_down_and_said_without_a_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("kantlijn.cli.verbs.projects.look_through", lambda _path: 1 // 0)
    assert main(["check", "p.kantlijn"]) == 1
    said = capsys.readouterr().err
    assert "did not foresee" in said and "Traceback" not in said and said.count("\n") == 1
    (log,) = home.rglob("kantlijn.log")
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_that_a_bug_where_no_log_can_be_written_is_said_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> Path:
        raise PermissionError("no")

    monkeypatch.setattr("kantlijn.cli.verbs.projects.look_through", lambda _path: 1 // 0)
    monkeypatch.setattr("kantlijn.paths.log_folder", refused)
    monkeypatch.setattr("kantlijn.paths.settings_file", refused)
    assert main(["check", "p.kantlijn"]) == 1
    assert "did not foresee" in capsys.readouterr().err
