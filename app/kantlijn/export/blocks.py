"""A document before it is an office file: paragraphs of a few kinds, runs of text, footnotes, tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look. link: an address. ground and ink: colours behind and of the words, "" for none."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    ground: str = ""
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """Stands where its sign stands in the text; numbered in order by whoever writes the file."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """kind: one of KINDS. level: a heading's from 1, a list item's depth from 0. number: a list item's, from 1.

    bar: the colour of the line beside a quote. begins: a passage begins here, apart from what is above.
    """

    kind: str
    parts: tuple[Run | Footnote, ...]
    level: int = 0
    number: int = 0
    bar: str = ""
    begins: bool = False

    @property
    def text(self) -> str:
        """Its words, without footnotes."""
        return "".join(part.text for part in self.parts if isinstance(part, Run))


KINDS = (
    "title", "made", "heading", "about", "text", "quote", "before", "around", "source", "label", "note", "bullet",
    "number", "cited", "code",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """head: titles of the columns; widths: their shares of the whole, in hundredths; cells hold paragraphs."""

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A whole document. wide: pages lie on their side, for a table."""

    title: str
    language: str
    contents: str
    blocks: tuple[Block, ...]
    wide: bool = False
