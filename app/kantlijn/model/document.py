"""Documents, their versions, and what a version says: pages, canonical text, text layer."""

from __future__ import annotations

from dataclasses import dataclass, field

Range = tuple[int, int]
"""Half-open [start, end) in code points of a canonical text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One work. Dates are "", "2024", "2024-05" or "2024-05-17"; the order among documents is by position."""

    id: str
    title: str
    author: str = ""
    organisation: str = ""
    date: str = ""
    kind: str = ""
    identifier: str = ""
    language: str = ""
    url: str = ""
    note: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One file of a document. Its bytes, text and pages are the Content with this sha256 and extractor."""

    id: str
    document: str
    number: int
    file: str
    sha256: str
    extractor: str
    mime: str
    size: int
    pages: int
    characters: int
    added: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as shown: label, size in points (rotation applied), its range of canonical text."""

    index: int
    label: str
    width: float
    height: float
    range: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an extractor made of a file: frozen at import.

    pages and layers are empty for files without fixed pages. layers[i] is the packed PageLayer of page i
    (model/layer.py). auxiliary are the ranges of page furniture, in order, not overlapping. details are
    what the file says of itself: title, author, language… outline rows are (level from 1, title, place): place
    is the index of a page, or without pages where in the text the title's own words begin.
    """

    extractor: str
    mime: str
    text: str
    pages: tuple[Page, ...] = ()
    layers: tuple[bytes, ...] = ()
    auxiliary: tuple[Range, ...] = ()
    outline: tuple[tuple[int, str, int], ...] = ()
    details: dict[str, str] = field(default_factory=dict)
