"""What a file that a reader chose a name for is called: with the ending of its kind."""

from __future__ import annotations

from pathlib import Path

from kantlijn.errors import Known
from kantlijn.words import say


def with_ending(path: Path, ending: str) -> Path:
    """The path as chosen, with the ending of its kind. Known where that is a file nobody was asked about."""
    if path.suffix.lower() == ending:
        return path
    whole = path.with_name(path.name + ending)
    if whole.exists():
        raise Known(say("“{file}” is there already; give its whole name to write over it.", file=whole.name))
    return whole
