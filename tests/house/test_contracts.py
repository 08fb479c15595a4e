"""The house's plan: arrows between rooms, rooms without Qt, no network, no private words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
APP = REPOSITORY / "app" / "kantlijn"
NETWORK = {
    "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc",
    "socketserver", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "webbrowser",
}


def modules() -> list[Path]:
    return sorted(APP.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Dotted names of everything a module imports, lazily or not."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_that_every_arrow_between_rooms_points_down() -> None:
    program = "import sys; from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = run("-c", program)
    assert done.returncode == 0, done.stdout + done.stderr


def test_that_every_room_but_the_windows_can_be_imported_without_qt() -> None:
    rooms = sorted(
        ".".join(path.relative_to(APP.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
        if path.relative_to(APP).parts[0] != "ui" and path.name != "__main__.py"
    )
    program = (
        "import sys, importlib\n"
        "for name in ('PySide6', 'shiboken6'): sys.modules[name] = None\n"
        f"for name in {rooms!r}: importlib.import_module(name)\n"
    )
    done = run("-W", "ignore", "-c", program)
    assert done.returncode == 0, done.stderr


def test_that_a_command_starts_without_the_heavy_libraries() -> None:
    program = (
        "import sys, kantlijn.__main__, kantlijn.cli.main\n"
        "heavy = {'PySide6', 'pymupdf', 'sqlite_utils', 'markdown', 'jinja2', 'babel'} & set(sys.modules)\n"
        "sys.exit(f'imported at start: {sorted(heavy)}' if heavy else 0)"
    )
    done = run("-W", "ignore", "-c", program)
    assert done.returncode == 0, done.stderr


def test_that_the_window_opens_without_the_engine_or_the_store() -> None:
    program = (
        "import sys, kantlijn.ui.start\n"
        "heavy = {'pymupdf', 'sqlite_utils'} & set(sys.modules)\n"
        "sys.exit(f'imported with the window: {sorted(heavy)}' if heavy else 0)"
    )
    done = run("-W", "ignore", "-c", program)
    assert done.returncode == 0, done.stderr


def only_asks_the_name_of_this_machine(path: Path) -> bool:
    used = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "socket"
    }
    return used == {"gethostname"}


def test_that_nothing_reaches_for_the_network() -> None:
    local = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}  # one window a project
    sinners = []
    for path in modules():
        names = imports(path) - local
        bad = {name for name in names if name in NETWORK or name.partition(".")[0] in NETWORK}
        bad |= {name for name in names if name.startswith("PySide6.QtNetwork.")}
        if bad == {"socket"} and only_asks_the_name_of_this_machine(path):
            continue
        sinners += [f"{path.relative_to(REPOSITORY)}: {name}" for name in sorted(bad)]
    assert not sinners, sinners


def names_made(node: ast.AST) -> set[str]:
    """Names of what is called here, or is the base of a class here."""
    if isinstance(node, ast.Call):
        return {getattr(node.func, "id", "")}
    if isinstance(node, ast.ClassDef):
        return {getattr(base, "id", "") for base in node.bases}
    return set()


def makes_rich_text(node: ast.AST) -> bool:
    return bool({"QTextBrowser", "QTextDocument"} & names_made(node))


def test_that_only_the_kit_makes_rich_text_widgets() -> None:
    """QTextBrowser and QTextDocument load files and ask for remote ones unless a subclass forbids it."""
    sinners = [
        f"{path.relative_to(REPOSITORY)}:{node.lineno}"
        for path in modules()
        if not path.is_relative_to(APP / "ui" / "kit")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if makes_rich_text(node)
    ]
    assert not sinners, sinners


def test_that_only_the_kit_makes_labels() -> None:
    """A QLabel guesses whether its text is HTML, and then loads what strangers name in it; Words does not."""
    sinners = [
        f"{path.relative_to(REPOSITORY)}:{node.lineno}"
        for path in modules()
        if path != APP / "ui" / "kit" / "plain.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if "QLabel" in names_made(node)
    ]
    assert not sinners, sinners


def test_that_the_repository_says_nothing_of_the_machines_it_was_made_on() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    private = re.compile(
        r"(?<![\w.])/(?:work|root|home/\w+)/|\b(?:language model|ai assistant|co-authored-by|pip\.conf)\b",
        re.IGNORECASE,
    )
    sinners = []
    for name in listed.stdout.decode().split("\0"):
        path = REPOSITORY / name
        if not name or path == Path(__file__).resolve() or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" in data[:8000]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if private.search(line):
                sinners.append(f"{name}:{number}: {line.strip()[:100]}")
    assert not sinners, "\n".join(sinners)
