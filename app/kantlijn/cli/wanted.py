"""The file of `tag --from`: a JSON list of passages; one of bad form stops no other."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kantlijn.errors import BadFile, Known, reason_of
from kantlijn.model.document import Range
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A passage asked for: place in the list from 1, id "" for a fresh one, themes as named there."""

    place: int
    id: str
    range: Range
    themes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What could not be made, and why in a sentence."""

    place: int
    id: str
    error: str

    @property
    def sentence(self) -> str:
        """With what tells it from the others in front."""
        return f"{self.id or self.place}: {self.error}"


def items_of(file: Path) -> tuple[list[Item], list[Failure]]:
    """Items of good form, and failures for the others. BadFile when the whole is no list of JSON.

    "-" stands for what comes in on stdin.
    """
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as trouble:
        why = reason_of(trouble)
        raise BadFile(say("“{file}” cannot be read: {reason}.", file=file.name, reason=why)) from trouble
    try:
        listed = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadFile(say("“{file}” is not JSON in UTF-8; nothing was tagged.", file=file.name)) from None
    except json.JSONDecodeError as trouble:
        raise BadFile(
            say("“{file}” is not sound JSON: line {line}, column {column}; nothing was tagged.",
                file=file.name, line=trouble.lineno, column=trouble.colno)
        ) from None  # fmt: skip
    except (RecursionError, ValueError):
        raise BadFile(say("“{file}” is not sound JSON; nothing was tagged.", file=file.name)) from None
    if not isinstance(listed, list):
        raise BadFile(say("“{file}” holds no list of passages; nothing was tagged.", file=file.name))
    items: list[Item] = []
    failures: list[Failure] = []
    for place, plain in enumerate(listed, 1):
        try:
            items.append(_item(place, plain))
        except Known as trouble:
            name = plain.get("id") if isinstance(plain, dict) else None
            failures.append(Failure(place=place, id=_sound(name), error=trouble.sentence))
    return items, failures


def _item(place: int, plain: Any) -> Item:
    """Known when it is not of the right form."""
    if not isinstance(plain, dict):
        raise Known(say("A passage is written as {form}.", form='{"id", "range", "themes", "note"}'))
    name, note, themes = plain.get("id"), plain.get("note"), plain.get("themes")
    if name is not None and not _sound(name).strip():
        raise Known(say("An id is a text that is not empty."))
    if note is not None and note != _sound(note):
        raise Known(say("A note is a text."))
    themes = [] if themes is None else themes
    if not isinstance(themes, list) or not all(isinstance(one, str) and one == _sound(one) for one in themes):
        raise Known(say("Themes are a list of texts."))
    return Item(
        place=place, id=name or "", range=_range(plain.get("range")), themes=tuple(themes), note=note or ""
    )


def _range(plain: Any) -> Range:
    if isinstance(plain, list) and len(plain) == 2 and all(type(one) is int for one in plain):
        return plain[0], plain[1]
    raise Known(say("A range is a list of two whole numbers, [start, end)."))


def _sound(text: Any) -> str:
    """The text, or "" when it is none, or half a surrogate pair stands in it, which cannot be stored."""
    if not isinstance(text, str) or any("\ud800" <= letter <= "\udfff" for letter in text):
        return ""
    return text
