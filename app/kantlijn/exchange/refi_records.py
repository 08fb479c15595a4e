"""What a file of a QDA program holds, as plain records: nothing in them has been interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from kantlijn.model.document import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiCode:
    """A code; parent is the guid of the one above it, "" at the top. All guids here are in lower case."""

    guid: str
    name: str
    parent: str = ""
    colour: str = ""
    description: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiSelection:
    """A part of a source: range in its plain text as the file counts it, or a box on a page, or both.

    box: x0, y0, x1, y1 as written, in points; said: the words of a box, when the file gives them. codes are guids
    in the order given; notes are guids, those of its codings with them. coders: how many people coded it.
    """

    guid: str
    name: str = ""
    range: Range | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    said: str = ""
    codes: tuple[str, ...] = ()
    description: str = ""
    notes: tuple[str, ...] = ()
    user: str = ""
    coders: int = 1
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiSource:
    """A document. kind: "pdf", "text", or the element's name for what is neither, such as "PictureSource".

    path is that of the PDF, plain and rich those of its text, all as written; content is a text written in the
    file itself. codes: guids of codes given to the whole of it.
    """

    guid: str
    kind: str
    name: str = ""
    path: str = ""
    plain: str = ""
    rich: str = ""
    content: str | None = None
    description: str = ""
    notes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    selections: tuple[RefiSelection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiNote:
    """A memo. content is written in the file itself; else plain or rich is the path of its text."""

    guid: str
    name: str = ""
    content: str | None = None
    plain: str = ""
    rich: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiLink:
    """origin and target are guids of anything."""

    guid: str
    name: str = ""
    origin: str = ""
    target: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiProject:
    """All of it. users and cases are names by guid. others has the names of what is not taken over, by
    element's name, and under "Selection" those of the passages of memos.
    """

    name: str = ""
    origin: str = ""
    description: str = ""
    users: dict[str, str]
    cases: dict[str, str]
    codes: tuple[RefiCode, ...] = ()
    sources: tuple[RefiSource, ...] = ()
    notes: tuple[RefiNote, ...] = ()
    links: tuple[RefiLink, ...] = ()
    others: dict[str, list[str]]


def project_to_plain(project: RefiProject) -> dict[str, Any]:
    """As JSON types."""
    plain = _row(project)
    for name in _LISTS:
        plain[name] = [_row(one) for one in getattr(project, name)]
    for source in plain["sources"]:
        source["selections"] = [_row(one) for one in source["selections"]]
    return plain


def project_from_plain(plain: dict[str, Any]) -> RefiProject:
    """The same again."""
    lists: dict[str, Any] = {
        name: tuple(kind(**_tupled(one)) for one in plain[name]) for name, kind in _LISTS.items()
    }
    return RefiProject(**{**plain, **lists})


_LISTS: dict[str, Any] = {
    "codes": RefiCode,
    "sources": lambda selections, **rest: RefiSource(
        selections=tuple(RefiSelection(**_tupled(one)) for one in selections), **rest
    ),
    "notes": RefiNote,
    "links": RefiLink,
}


def _row(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _tupled(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
