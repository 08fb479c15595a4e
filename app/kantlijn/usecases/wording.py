"""What readers type and paste, brought into the form a project can keep."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

from kantlijn.errors import Known
from kantlijn.model.changes import Change, Record
from kantlijn.words import say


def text_of(typed: str) -> str:
    """The same, halves of letters outside the basic plane joined, and halves that stand alone made "\ufffd".

    Only clipboards, JSON and names of files bring such halves, and no UTF-8 can hold them.
    """
    try:
        typed.encode()
    except UnicodeEncodeError:
        return typed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return typed


def keepable(change: Change) -> Change:
    """The change with every string of its later side as text_of() makes it."""
    return change if change.after is None else Change(change.before, _keepable(change.after))


def _keepable(record: Record) -> Record:
    changed: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        kept = text_of(value) if isinstance(value, str) else value
        if isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
            kept = tuple(map(text_of, value))
        if kept != value:
            changed[field.name] = kept
    return replace(record, **changed) if changed else record


def date_of(typed: str) -> str:
    """A year, a month or a day that exists, or "". Known for anything else."""
    typed = typed.strip()
    if not typed:
        return ""
    try:
        if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", typed, re.ASCII):
            date.fromisoformat(typed + "-01-01"[len(typed) - 4 :])
            return typed
    except ValueError:
        pass
    raise Known(say("“{date}” is not a date; write it as 2024, 2024-05 or 2024-05-17.", date=typed))
