"""Whether a record that was read from a damaged file can be one: every field of its type."""

from __future__ import annotations

from types import UnionType
from typing import get_args, get_origin, get_type_hints

from kantlijn.model.changes import KINDS, Record, from_plain
from kantlijn.model.written import read_json


def understood(kind: str, id_: str, *sides: str | None) -> bool:
    """Whether both sides of a step are records of this kind and id, or nothing."""
    try:
        found = [from_plain(read_json(written)) for written in sides if written is not None]
    except (ValueError, TypeError, AttributeError):
        return False
    return bool(found) and all(type(one) is KINDS.get(kind) and one.id == id_ and sound(one) for one in found)


def _types(kind: type[Record]) -> dict[str, tuple[type, ...]]:
    """What the values of each field may be, as isinstance() wants it."""
    found: dict[str, tuple[type, ...]] = {}
    for name, hint in get_type_hints(kind).items():
        choices = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        plain = {get_origin(one) or one for one in choices}
        found[name] = tuple(plain | ({int} if float in plain else set()))
    return found


_FIELDS = {name: _types(kind) for name, kind in KINDS.items()}


def sound(record: Record) -> bool:
    """Whether every field is of its type: a page of another table may stand where one of this should."""
    fields = _FIELDS[next(name for name, kind in KINDS.items() if isinstance(record, kind))]
    return bool(record.id) and all(isinstance(getattr(record, name), kind) for name, kind in fields.items())
