"""What may be asked of the engine, and what it answers: plain data, no behaviour.

A request crosses to the engine's process as JSON beside raw bytes, never pickled: the engine reads
strangers' files, and what comes back from it is checked, not trusted. Lengths are points (1/72 inch) on the
page as shown unless they say pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kantlijn.model.document import Content, Range
from kantlijn.model.layer import Quad


class Priority(IntEnum):
    """Which request a free engine takes first."""

    VISIBLE = 0
    NEAR = 1
    THUMBNAIL = 2
    BACKGROUND = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file for the engine: key names its bytes (SHA-256, or the path for a file not yet imported)."""

    key: str
    path: str
    password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSheets:
    """What pages has this file?"""

    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """sizes: (width, height) of every page in points, rotation applied. details: title, author, language…"""

    sizes: tuple[tuple[float, float], ...]
    labels: tuple[str, ...]
    outline: tuple[tuple[int, str, int], ...]
    details: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBitmap:
    """Draw a page, or a part of it. scale: pixels per point. clip: x0, y0, x1, y1 in pixels of the whole page.

    rotation: degrees clockwise on top of the page's own, 0, 90, 180 or 270; clip counts on the turned page.
    """

    source: Source
    page: int
    scale: float
    clip: tuple[int, int, int, int] | None = None
    rotation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitmap:
    """32 bits a pixel, in memory B, G, R, X (Qt's Format_RGB32 on little-endian machines). stride in bytes."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AskContent:
    """The whole canonical text and text layer of a file, as to be frozen at import.

    The client deals the pages out over its engines in small portions, so that pages on screen go first, and
    has one engine put them together: reading order, page furniture, one string.
    ocr: languages ("nld+eng") for pages without text, read from their picture; "" for none.
    """

    source: Source
    ocr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """What is on a page beside text: links and pictures."""

    source: Source
    page: int


Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points on the page as shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place on a page that leads elsewhere.

    kind: "page" (to page, at y points from its top) or "web" (to uri: http, https or mailto). The engine leaves
    out links that start programs or open files. read: the file has no link there, its words say where to.
    """

    box: Box
    kind: str
    page: int = 0
    y: float = 0.0
    uri: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageThings:
    """links and pictures of a page: raster images smaller than the page, at most some hundred."""

    links: tuple[Link, ...]
    pictures: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMarkings:
    """The annotations that other programs left in this PDF."""

    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a copy of ours says of an annotation in it. id is "" in one of another program that got our themes.

    range counts in the canonical text of the version with this SHA-256; quote tells whether that text stands
    there. part: which of its pages, from 0. edited: another program changed the note since. colour and origin
    are the annotation's own.
    """

    id: str
    version: str = ""
    themes: tuple[str, ...] = ()
    range: Range | None = None
    quote: str = ""
    colour: str = ""
    origin: str = ""
    part: int = 0
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One of them. kind: "highlight", "underline", "squiggly", "strike", "note", or "area" (square, ink, stamp…).

    quads: where it stands, corners in points on the page as shown (a note: its icon). name is its /NM, or "".
    tags are Zotero's. colour is "#rrggbb" or "". Times are as an annotation's, "" when not said. reply_to: the
    name of the marking it answers, or "xref 12". xref numbers it in the file; for one without a number there it is
    -1 less its place in the page's list. own is set in what Kantlijn wrote.
    """

    page: int
    kind: str
    quads: tuple[Quad, ...]
    contents: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    colour: str = ""
    name: str = ""
    tags: tuple[str, ...] = ()
    reply_to: str = ""
    xref: int = 0
    own: Own | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Markings:
    """All of a file, by page. revisions: how often the file was written, later ones added at its end.

    left_out: how many annotations are damaged, without a place, or of a kind that is none of these.
    """

    markings: tuple[Marking, ...]
    revisions: int = 1
    left_out: int = 0


Request = AskSheets | AskBitmap | AskContent | AskPage | AskMarkings
Answer = Sheets | Bitmap | Content | PageThings | Markings
