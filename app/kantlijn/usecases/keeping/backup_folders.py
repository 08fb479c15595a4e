"""Which folder has the backups of a project: by its name and by an id that it keeps wherever it goes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from kantlijn import paths
from kantlijn.model.ids import new_id
from kantlijn.store.backups import fact_in, write_small
from kantlijn.usecases.desk import Desk

_FACT = "id"
_ABOUT = "about.json"


def folder_of(desk: Desk) -> Path:
    """Of the open project, made when it is not there. OSError.

    A copy with a place of its own gets an id and a folder of its own: else the two would push out each other's
    backups, and one would be restored as the other.
    """
    place = os.path.realpath(desk.path)
    own = desk.project.fact(_FACT)
    if not own or re.fullmatch(r"[0-9A-Za-z]{1,40}", own) is None or _is_copy(_named(desk.path, own), place, own):
        own = new_id()
        desk.project.keep_fact(_FACT, own)
    folder = _named(desk.path, own)
    folder.mkdir(mode=0o700, exist_ok=True)
    if _about(folder) != place:
        write_small(folder / _ABOUT, json.dumps({"path": place}).encode())
    return folder


def folders_of(project: Path) -> list[Path]:
    """Those with backups of the project at this path, or of what it is a copy of. OSError.

    Of one that cannot be read: what lay at this path, or, where nothing did, what had its name.
    """
    place = os.path.realpath(project)
    every = [entry for entry in sorted(paths.backups_folder().iterdir()) if entry.is_dir()]
    exact = [entry for entry in every if _about(entry) == place]
    own = fact_in(project, _FACT)
    if own is None:
        return exact or [entry for entry in every if _has_name(entry, project)]
    related = [entry for entry in every if own and entry.name.endswith(f"-{own}") and entry not in exact]
    moved = [entry for entry in related if not os.path.lexists(_about(entry))]
    return exact + moved or related


def _named(project: Path, own: str) -> Path:
    return paths.backups_folder() / f"{_in_short(project)}-{own}"


def _in_short(project: Path) -> str:
    return re.sub(r"[^\w .-]", "_", project.stem)[:60].strip(" .") or "project"


def _is_copy(folder: Path, place: str, own: str) -> bool:
    """Whether this folder is of a project at another place that is still there."""
    other = _about(folder)
    if other in ("", place) or fact_in(Path(other), _FACT) != own:
        return False
    try:
        return not Path(other).samefile(place)
    except OSError:
        return False


def _about(folder: Path) -> str:
    """The path of the project whose backups these are; "" when it is not known."""
    try:
        path = json.loads((folder / _ABOUT).read_text("utf-8"))["path"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return path if isinstance(path, str) else ""


def _has_name(folder: Path, project: Path) -> bool:
    about = _about(folder)
    return Path(about).name == project.name if about else folder.name.rpartition("-")[0] == _in_short(project)
