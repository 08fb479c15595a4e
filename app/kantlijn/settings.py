"""The table of settings. The file is sparse JSON: only what differs from the default, written whole."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import Any

from kantlijn.words import language_of_system


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing a reader can choose: its name, default, and the values allowed (any when empty)."""

    name: str
    default: Any
    choices: tuple[Any, ...] = ()
    note: str = ""


TABLE = (
    Setting(name="language", default="system", choices=("system", "nl", "en"), note="Language of the program"),
    Setting(name="scheme", default="system", choices=("system", "light", "dark"), note="Light or dark"),
    Setting(name="author", default="", note="Name under annotations; empty: the account's name"),
    Setting(name="popup", default=True, choices=(True, False), note="Popup after selecting text"),
    Setting(name="dark_page", default=True, choices=(True, False), note="Darken pages in the dark scheme"),
    Setting(name="text_size", default=11, note="Size of text in the text view, points"),
    Setting(name="text_width", default=76, note="Width of the text view, characters"),
    Setting(name="text_font", default="serif", choices=("serif", "sans"), note="Letters of the text view"),
    Setting(name="line_numbers", default=0, choices=(0, 5, 1), note="Numbered lines in the text view"),
    Setting(name="keys", default={}, note="Keys that differ from the usual, by action"),
    Setting(name="recent", default=(), note="Projects opened last, newest first"),
)
_BY_NAME = {setting.name: setting for setting in TABLE}


class Settings:
    """The reader's choices. A value the table does not allow, or a damaged file, means the default."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._chosen: dict[str, Any] = {}
        if file is not None:
            with contextlib.suppress(OSError, ValueError):
                loaded = json.loads(file.read_text("utf-8"))
                if isinstance(loaded, dict):
                    self._chosen = loaded

    def __getitem__(self, name: str) -> Any:
        setting = _BY_NAME[name]
        value = self._chosen.get(name, setting.default)
        if setting.choices and value not in setting.choices:
            return setting.default
        if isinstance(setting.default, tuple):
            return tuple(value) if isinstance(value, (list, tuple)) else setting.default
        return value if type(value) is type(setting.default) else setting.default

    def choose(self, name: str, value: Any) -> None:
        """Set and write at once. OSError when the settings file cannot be written."""
        setting = _BY_NAME[name]
        if value == setting.default:
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = value
        if self._file is None:
            return
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(self._chosen, ensure_ascii=False, indent=2), "utf-8")
        fresh.replace(self._file)

    @property
    def author(self) -> str:
        """Who writes: the chosen name, else the account's, else "reader"."""
        chosen = str(self["author"]).strip()
        if chosen:
            return chosen
        try:
            return getuser()
        except (OSError, KeyError):  # no account name: containers
            return os.environ.get("USER", "") or "reader"

    @property
    def language(self) -> str:
        chosen = str(self["language"])
        return language_of_system() if chosen == "system" else chosen
