"""Files of documents laid out for the engine while a project is open: one folder a project in one a process."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

from kantlijn import paths

_LONG = 7 * 24 * 3600  # seconds


def folder_of(owner: object) -> Path:
    """Where the files of this desk lie. It need not exist yet."""
    return paths.open_files_folder() / f"{id(owner):x}"


def name_of(sha256: str) -> str:
    """A file name for the bytes of this sum; of what is none, as a stranger's project may have it, its own sum."""
    if re.fullmatch(r"[0-9a-f]{64}", sha256):
        return sha256
    return hashlib.sha256(sha256.encode("utf-8", "surrogatepass")).hexdigest()


def take_away(owner: object) -> None:
    """Delete the files of this desk, and the process's folder with its last."""
    folder = folder_of(owner)
    with suppress(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.rmdir()


def sweep() -> None:
    """Delete what processes left that were killed before they could."""
    mine = paths.open_files_folder()
    with suppress(OSError):
        for folder in list(mine.parent.iterdir()):
            if folder != mine and folder.name.isdigit() and not _in_use(folder):
                shutil.rmtree(folder, ignore_errors=True)
        mine.rmdir()  # unless files of another desk are in it


def _in_use(folder: Path) -> bool:
    if sys.platform == "win32":  # asking a process whether it lives would kill it there
        return time.time() - folder.stat().st_mtime < _LONG
    try:
        os.kill(int(folder.name), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
