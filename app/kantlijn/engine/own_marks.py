"""What Kantlijn writes into an annotation of a PDF beside what every program reads, and how it is known again.

One private key holds JSON in ASCII: the annotation's id, its themes' ids, the range in the canonical text of the
version with this SHA-256, and the lines that were put below the note. Other programs keep keys they do not know;
where one does not, the name (/NM) still tells the annotation, and the sign in front of each line its lines.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

KEY = "Kantlijn:Annotation"
SIGN = "▸ "
"""In front of each line below the note."""
_NAME = re.compile(r"kantlijn-(.{1,200}?)(?:-p[1-9]\d{0,6})?", re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_ID_MOST = 200
_WRITTEN_MOST = 1_000_000
_THEMES_MOST = 1000


def name_of(annotation_id: str, part: int) -> str:
    """The /NM of an annotation's part, counted from 0: one part on each page it stands on."""
    return f"kantlijn-{annotation_id}" + (f"-p{part + 1}" if part else "")


def mark_of(contents: str) -> str:
    """What tells whether a note was changed since it was written."""
    return hashlib.sha256(contents.encode("utf-8", "replace")).hexdigest()[:24]


def plain_text(text: str) -> str:
    """A text as a PDF can hold it and every program gives it back: newlines as one sign, no control signs."""
    if text.isprintable():
        return text
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(point for point in joined if point >= " " or point in "\n\t")


def own_of(written: str, name: str, contents: str) -> tuple[dict[str, Any] | None, str]:
    """What the key says in plain form, and the note without our lines; None for what is not ours."""
    said = _loaded(written)
    if said is None:
        found = _NAME.fullmatch(name)
        if found is None or not _sound(found[1]):
            return None, contents
        nothing: dict[str, Any] = dict.fromkeys(("version", "quote", "colour", "origin"), "")
        nothing.update(id=found[1], themes=[], range=None, part=0, edited=False)
        return nothing, _without_lines(contents)
    tail = said["tail"]
    note = contents[: len(contents) - len(tail)] if tail and contents.endswith(tail) else contents
    edited = mark_of(contents) != said["mark"]
    if edited and note == contents:  # the lines were changed too
        note = _without_lines(contents)
    del said["tail"], said["mark"]
    return {**said, "edited": edited}, note


def _loaded(written: str) -> dict[str, Any] | None:
    if not 2 < len(written) < _WRITTEN_MOST:
        return None
    try:
        plain = json.loads(written)
        where = plain.get("range")
        colour = str(plain.get("colour", ""))
        return {
            "id": _sound(str(plain.get("id", ""))),
            "version": str(plain.get("version", ""))[:64],
            "themes": [str(theme)[:200] for theme in list(plain.get("themes", ()))[:_THEMES_MOST]],
            "range": [int(where[0]), int(where[1])] if where else None,
            "quote": str(plain.get("quote", ""))[:64],
            "colour": colour if _COLOUR.fullmatch(colour) else "",
            "origin": plain_text(str(plain.get("origin", "")))[:600],
            "part": max(0, int(plain.get("part", 0))),
            "tail": str(plain.get("tail", "")),
            "mark": str(plain.get("mark", "")),
        }
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError):
        return None


def _sound(id: str) -> str:
    """An annotation's id; "" for what can be none."""
    return id if len(id) <= _ID_MOST and id.isprintable() else ""


def _without_lines(contents: str) -> str:
    lines = contents.split("\n")
    while lines and lines[-1].startswith(SIGN):
        lines.pop()
    return "\n".join(lines).rstrip("\n") if len(lines) < contents.count("\n") + 1 else contents
