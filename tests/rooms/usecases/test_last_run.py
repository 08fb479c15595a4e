"""A run that ended unexpectedly is told of once; a living or well ended one is not. Logs hold no text."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys

import pytest

from kantlijn import paths
from kantlijn.cli.main import main
from kantlijn.usecases.keeping.last_run import Crash, Run, crashes, said
from kantlijn.usecases.keeping.written_down import keeper

DYING = """
import os, signal, sys
from kantlijn.usecases.keeping.last_run import Run
run = Run()
run.is_doing(sys.argv[1], sys.argv[2])
os.kill(os.getpid(), signal.SIGKILL)
"""


def died(project: str, verb: str) -> None:
    assert subprocess.run([sys.executable, "-c", DYING, project, verb], check=False).returncode == -9


def test_that_a_killed_run_is_told_of_once_with_what_it_did():
    died("reports/Oversight.kantlijn", "add_documents")
    (crash,) = crashes()
    assert crash == Crash(project="reports/Oversight.kantlijn", doing="add_documents")
    assert "while adding documents in “Oversight”" in said(crash)
    assert str(paths.log_folder()) in said(crash) and "shown as saved is there" in said(crash)
    assert crashes() == ()
    assert list(paths.runs_folder().iterdir()) == []


def test_that_a_run_that_ended_well_or_still_runs_is_no_crash():
    ended, living = Run(), Run()
    ended.is_doing("p", "carry")
    ended.end()
    assert crashes() == ()
    living.is_doing("p", "carry")
    assert crashes() == ()
    living.end()
    assert list(paths.runs_folder().iterdir()) == []


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b"\xff\xfe"])
def test_that_a_marker_cut_short_by_a_power_cut_is_told_of_all_the_same(written):
    died("p.kantlijn", "")
    (marker,) = paths.runs_folder().glob("*.run")
    marker.write_bytes(written)
    (crash,) = crashes()
    assert said(crash).startswith("Kantlijn ended unexpectedly the last time. ")


def test_that_an_unknown_verb_is_not_named():
    assert "with “p” open" in said(Crash(project="p.kantlijn", doing="_likely"))


def test_that_a_full_disk_keeps_nobody_from_starting(monkeypatch):
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kantlijn.paths.runs_folder", lambda: paths.log_folder() / "file" / "none")
    with pytest.raises(OSError):
        full()
    run = Run()
    run.is_doing("p", "carry")
    run.end()
    assert crashes() == ()


SECRET = "The witness lives in the harbour"


def test_that_the_log_tells_where_and_what_kind_but_no_text(tmp_path):

    log = logging.getLogger("kantlijn.test")
    log.propagate = False
    kept = keeper(tmp_path / "log")
    log.addHandler(kept)
    try:
        try:
            try:
                raise ValueError(SECRET)
            except ValueError as first:
                raise OSError(28, SECRET) from first
        except OSError:
            log.exception("a verb failed")
    finally:
        log.removeHandler(kept)
        kept.close()
    written = (tmp_path / "log").read_text("utf-8")
    assert SECRET.split(maxsplit=1)[1] not in written
    assert "builtins.ValueError" in written and "builtins.OSError (28)" in written
    assert f"File \"{os.path.realpath(__file__)}\", line" in written or "test_last_run.py" in written


def test_that_a_bug_in_a_command_leaves_no_text_in_the_log(monkeypatch, capsys, home):
    def bug(_path):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("kantlijn.cli.verbs.projects.look_through", bug)
    assert main(["check", "p.kantlijn"]) == 1
    (log,) = home.rglob("kantlijn.log")
    written = log.read_text("utf-8")
    assert "RuntimeError" in written and SECRET not in written
    assert SECRET not in capsys.readouterr().err


def test_that_what_another_handler_wrote_of_an_error_is_not_taken_over(tmp_path):
    log = logging.getLogger("kantlijn")
    told = io.StringIO()
    handlers = logging.StreamHandler(told), keeper(tmp_path / "log")
    for handler in handlers:
        log.addHandler(handler)
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("a verb failed")
    finally:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()
    assert SECRET in told.getvalue()
    assert SECRET not in (tmp_path / "log").read_text("utf-8")
