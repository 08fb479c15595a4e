"""Puts the canonical text of a structured file together: paragraphs, headings, lists, tables, notes.

Blocks stand apart by a blank line; items of a list and rows of a table follow each other on their own lines.
A row is its cells with " | " between them; a row with a cell of several paragraphs is those paragraphs, cell
after cell. Notes stand at the end, "[1] …", with "[1]" where they belong.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field

_WHITE = re.compile(r"[ \t\r\n\f]+")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_MOST_HEADINGS = 5000
_LONGEST_TITLE = 500
_DEEPEST = 12
_LITTLE = 6
"""Pieces that a mark before a paragraph may be written in."""
CELLS = " | "


@dataclass(slots=True)
class _Block:
    """kind: "paragraph", "heading", "item" or "row". level: of a heading or item; of a row, its table's number."""

    kind: str
    text: str
    level: int = 0


@dataclass(slots=True)
class _Frame:
    """What is being written somewhere: in the body, in a cell, in a note, beside a paragraph."""

    blocks: list[_Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    kind: str = "paragraph"
    level: int = 0
    marker: tuple[int, str] | None = None
    aside: list[_Block] = field(default_factory=list)
    rows: list[list[list[_Block]]] = field(default_factory=list)
    table: int = 0


class Composer:
    """Told piece by piece what a file says; text() and outline() give the whole."""

    def __init__(self) -> None:
        self._frame = _Frame()
        self._around: list[_Frame] = []
        self._numbers: dict[Hashable, int] = {}
        self._notes: dict[int, list[_Block]] = {}
        self._note: list[int] = []

    # -- paragraphs -----------------------------------------------------------------------------------------

    def begin(self, kind: str = "paragraph", level: int = 0) -> None:
        """A paragraph or heading begins; what was open ends."""
        self.end()
        self.become(kind, level)

    def become(self, kind: str, level: int = 0) -> None:
        """The open paragraph turns out to be of this kind."""
        self._frame.kind, self._frame.level = kind, level

    def item(self, depth: int, marker: str) -> None:
        """The next paragraph is an item of a list: "-" or "1." stands before it. depth from 0."""
        self.end()
        self.mark(depth, marker)

    def mark(self, depth: int, marker: str) -> None:
        """The open paragraph has this marker."""
        self._frame.marker = (min(depth, _DEEPEST), marker)

    def add(self, text: str) -> None:
        """Text that counts as it stands."""
        self._frame.inline.append(text)

    def flow(self, text: str) -> None:
        """Text in which white space is one space, as HTML has it."""
        text = _WHITE.sub(" ", text)
        inline = self._frame.inline
        if text.startswith(" ") and (not inline or inline[-1][-1:] in (" ", "\n", "")):
            text = text[1:]
        if text:
            inline.append(text)

    def taken(self, wanted: re.Pattern[str]) -> str:
        """The little there is of the open paragraph, taken out of it when it is wholly that; else ""."""
        inline = self._frame.inline
        text = "".join(inline).strip() if len(inline) <= _LITTLE else ""
        if not wanted.fullmatch(text):
            return ""
        inline.clear()
        return text

    def line(self) -> None:
        """A new line in the same paragraph."""
        self._frame.inline.append("\n")

    def end(self) -> None:
        """The open paragraph ends; one that says nothing is none."""
        frame = self._frame
        text = _UNFIT.sub("", "".join(frame.inline))
        frame.inline.clear()
        lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        text = "\n".join(lines).strip("\n").strip(" \t")
        if text.strip():
            frame.blocks.append(self._block(text))
            frame.marker = None
        frame.kind, frame.level = "paragraph", 0
        if frame.aside:
            frame.blocks += frame.aside
            frame.aside = []

    def _block(self, text: str) -> _Block:
        frame = self._frame
        depth, marker = frame.marker or (0, "")
        if frame.kind == "heading":
            number = f"{marker} " if marker not in ("", "-") else ""
            return _Block("heading", number + " ".join(text.split()), max(1, frame.level))
        if marker:
            return _Block("item", f"{'  ' * depth}{marker} {text}", depth)
        return _Block("paragraph", text)

    # -- beside the run of the text -------------------------------------------------------------------------

    def begin_aside(self) -> None:
        """A text box anchored in this paragraph: it comes after it."""
        self._push()

    def end_aside(self) -> None:
        blocks = self._pop()
        self._frame.aside += blocks

    def begin_table(self) -> None:
        """What rows follow are those of another table."""
        self.end()
        self._frame.table += 1

    def begin_row(self) -> None:
        self.end()
        self._frame.rows.append([])

    def begin_cell(self) -> None:
        self.end()
        self._push()

    def end_cell(self) -> None:
        """Its blocks join the row; a cell outside a row is only its blocks."""
        blocks = self._pop()
        if self._frame.rows:
            self._frame.rows[-1].append(blocks)
        else:
            self._frame.blocks += blocks

    def end_row(self) -> None:
        """One line when every cell has at most one; else the cells' blocks one after the other."""
        self.end()
        if not self._frame.rows:
            return
        cells = self._frame.rows.pop()
        if len(cells) > 1 and all(len(cell) < 2 for cell in cells):
            text = CELLS.join(" ".join(cell[0].text.split()) if cell else "" for cell in cells)
            if text.strip(" |"):
                self._frame.blocks.append(_Block("row", text.strip(), self._frame.table))
            return
        for cell in cells:
            self._frame.blocks += cell

    def reference(self, key: Hashable) -> int:
        """Write "[1]" here for the note of this key; its number."""
        number = self.number(key)
        self.add(f"[{number}]")
        return number

    def number(self, key: Hashable) -> int:
        """Of the note of this key; notes are numbered as they are first spoken of."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def begin_note(self, number: int) -> None:
        self._push()
        self._note.append(number)

    def end_note(self) -> None:
        blocks = self._pop()
        self._notes.setdefault(self._note.pop(), []).extend(blocks)

    def _push(self) -> None:
        self._around.append(self._frame)
        self._frame = _Frame()

    def _pop(self) -> list[_Block]:
        while self._frame.rows:  # a row that was never ended
            self.end_row()
        self.end()
        blocks = self._frame.blocks
        self._frame = self._around.pop()
        return blocks

    # -- the whole ------------------------------------------------------------------------------------------

    def whole(self) -> tuple[str, tuple[tuple[int, str, int], ...]]:
        """The canonical text, and its headings: level from 1, title, where the title begins in the text."""
        while self._frame.rows:
            self.end_row()
        self.end()
        pieces: list[str] = []
        outline: list[tuple[int, str, int]] = []
        place = 0
        before: _Block | None = None
        for block in [*self._frame.blocks, *self._noted()]:
            gap = "" if before is None else "\n" if _together(before, block) else "\n\n"
            place += len(gap)
            if block.kind == "heading" and len(outline) < _MOST_HEADINGS and len(block.text) < _LONGEST_TITLE:
                outline.append((min(block.level, 9), block.text, place))
            pieces += [gap, block.text]
            place += len(block.text)
            before = block
        return "".join(pieces) + ("\n" if pieces else ""), tuple(outline)

    def _noted(self) -> list[_Block]:
        noted = []
        for number, blocks in sorted(self._notes.items()):
            first, *others = blocks or [_Block("paragraph", "")]
            noted.append(_Block("paragraph", f"[{number}] {first.text.strip()}".strip()))
            noted += others
        return noted


def _together(before: _Block, after: _Block) -> bool:
    """Whether no blank line stands between these two."""
    if before.kind != after.kind:
        return False
    return after.kind == "item" or (after.kind == "row" and before.level == after.level)
