"""Sizes, sentences, style and types: read from the tree, so that nobody has to say it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES = 500, 60  # hard; aimed at are 400 and 40


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (REPOSITORY / folder).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def test_that_no_file_is_longer_than_500_lines() -> None:
    long = {
        name(path): lines
        for path in sources("app", "resources", "bench", "packaging", "tests")
        if (lines := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    }
    assert not long, long


def test_that_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{name(path)}:{node.name}": lines
        for path in sources("app", "resources", "bench", "packaging")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long, long


def test_that_every_module_says_in_a_sentence_what_it_is_for() -> None:
    bare = [
        name(path)
        for path in sources("app", "resources", "bench", "packaging")
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not bare, bare


def test_that_tests_are_named_as_sentences() -> None:
    odd = [
        f"{name(path)}:{node.name}"
        for path in sources("tests")
        if path.name.startswith("test_")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and re.match(r"test(?!_that_)", node.name)
    ]
    assert not odd, odd


def waits_for_time(node: ast.AST) -> bool:
    """qtbot.wait(ms) for longer than it takes to see that nothing happens."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "wait":
        return False
    short = node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value <= 100
    return getattr(node.func.value, "id", "") == "qtbot" and not short


def test_that_tests_wait_for_conditions_and_never_for_time() -> None:
    """Waiting for time makes a test slow on a fast machine and flaky on a slow one."""
    sinners = [
        f"{name(path)}:{node.lineno}"
        for path in sources("tests")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if waits_for_time(node)
    ]
    assert not sinners, sinners


def test_that_ruff_finds_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "."], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_that_the_strict_type_checker_finds_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
