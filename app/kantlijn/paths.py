"""Where projects, settings, logs, open files and resources live on this machine."""

from __future__ import annotations

import os
import warnings
from importlib.resources import files
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("kantlijn", appauthor=False)


def _private(path: Path) -> Path:
    """The folder, made for its owner alone when it is new, and so are those above it that are."""
    if not path.parent.exists():
        _private(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def settings_file() -> Path:
    """The reader's settings, a sparse JSON file."""
    return _private(Path(_DIRS.user_config_dir)) / "settings.json"


def window_file() -> Path:
    """Window geometry and what was open, per machine rather than per project."""
    return _private(Path(_DIRS.user_state_dir)) / "window.ini"


def log_folder() -> Path:
    """Logs and crash traces; they hold no document text and never leave the machine."""
    return _private(Path(_DIRS.user_log_dir))


def runs_folder() -> Path:
    """What each run of the program is doing while it lasts."""
    return _private(Path(_DIRS.user_state_dir) / "runs")


def scratch_folder() -> Path:
    """Projects that were never saved under a name."""
    return _private(Path(_DIRS.user_data_dir) / "scratch")


def backups_folder() -> Path:
    """Copies of projects that Kantlijn makes by itself, a folder for each project."""
    return _private(Path(_DIRS.user_data_dir) / "backups")


def templates_folder() -> Path:
    """Templates of summaries that the reader wrote; made when somebody makes one."""
    return Path(_DIRS.user_data_dir) / "templates"


def open_files_folder() -> Path:
    """Where the engine finds the bytes of documents that are open, one folder per process."""
    return _private(Path(_DIRS.user_cache_dir) / "open" / str(os.getpid()))


def runtime_folder() -> Path:
    """Sockets by which a second start finds the window that has the project: the same whenever it is asked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # given once in a process, so that nothing can be told by it
        try:
            folder = Path(_DIRS.user_runtime_dir)
        except OSError:
            folder = Path(_DIRS.user_cache_dir) / "run"
    if folder.parent.name.startswith("runtime-"):  # platformdirs' last resort, in /tmp, that others may have made
        folder = Path(_DIRS.user_cache_dir) / "run"
    return _private(folder)


def resource(*parts: str) -> bytes:
    """The bytes of a shipped resource, such as resource("icons", "undo.svg")."""
    where = files("kantlijn_resources")
    for part in parts:
        where = where / part
    return where.read_bytes()


def resource_names(folder: str) -> list[str]:
    """Names of the files in a resource folder, sorted."""
    return sorted(entry.name for entry in (files("kantlijn_resources") / folder).iterdir())


def manual(language: str) -> str:
    """The manual in this language (Markdown): as it was installed, or as it is in the checkout."""
    name = "manual-nl.md" if language == "nl" else "manual.md"
    installed = files("kantlijn_resources") / name
    checkout = Path(__file__).resolve().parents[2] / "docs" / name
    return (installed if installed.is_file() else checkout).read_text("utf-8")
