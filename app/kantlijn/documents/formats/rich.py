"""RTF: read word by word, as its specification asks of programs that do not know all of it.

Tracked changes are taken as accepted; hidden text, comments, headers and footers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kantlijn.documents.formats.composer import Composer
from kantlijn.documents.formats.rich_words import CHARACTERS, CHARSETS, KNOWN, PAGES, SILENT, SYMBOLS, code_page
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "rtf/2"
MIME = "application/rtf"
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|([{}])|[\r\n\x00]+"
    rb"|([^\\{}\r\n\x00]+)|\\([^A-Za-z])|\\",
    re.DOTALL,
)
_DEEPEST = 5000
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_OF_PARAGRAPHS = ("pard", "s", "outlinelevel", "ilvl", "intbl", "li", "fi")
_MARKER = re.compile(r"[•–—·▪○●*-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]")
_STEP = 360
"""By which programs that write no lists indent what stands for one, a level."""
_HELD = ("title", "author", "listtext", "pntext", "font", "style")
"""Groups whose text is kept for something else than the document's text."""


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces; into: "text", "" for nothing, or one of _HELD and its like."""

    into: str = "text"
    outer: str = "text"
    """What it was into before a choice of two forms of the same began, the second of which counts."""
    font: int = 0
    page: str = ""
    skip: int = 1
    hidden: bool = False
    deleted: bool = False
    ends: Callable[[], None] | None = None


@dataclass(slots=True)
class _Paragraph:
    """style: its number; level: of a heading, from 0; 9 and above are none."""

    style: int = 0
    level: int | None = None
    depth: int = 0
    in_table: bool = False
    left: int = 0
    first: int = 0
    """Twentieths of a point that the paragraph is indented, and its first line more than that."""


def read_rtf(raw: bytes, file: str) -> Content:
    """The content of an RTF file. BadFile with its sentence. One that ends early is read as far as it goes."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise BadFile(say("“{file}” is damaged: it does not begin as an RTF file does.", file=file))
    reader = _Reader(file)
    whole = reader.read(raw)
    text, outline = reader.out.whole()
    details = {name: " ".join(value.split())[:500] for name, value in reader.details.items() if value.strip()}
    if not whole:
        details["trouble"] = say("“{file}” ends too early; what there is of it was read.", file=file)
    return Content(extractor=EXTRACTOR, mime=MIME, text=text, outline=outline, details=details)


class _Reader:
    """One pass over the words of the file."""

    def __init__(self, file: str) -> None:
        self.out = Composer()
        self.details = {"title": "", "author": ""}
        self._file = file
        self._group = _Group()
        self._groups: list[tuple[_Group, _Paragraph]] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._bytes = bytearray()
        self._codec = ""
        self._high = 0
        self._to_skip = 0
        self._held: list[str] = []
        self._default_font = 0
        self._paragraph = _Paragraph()
        self._marker = ""
        """Of the paragraph that is open."""
        self._outer: list[tuple[str, bool, bool, bool]] = []
        self._row = self._cell = self._goes_on = False
        """Is a row open, a cell in it; and is what follows in the row, whatever the group says?"""
        self._fresh = False
        """Whether the group's first word is still to come: it says what the group is for."""
        self._passable = False

    def read(self, raw: bytes) -> bool:
        """Whether the file came to its end."""
        place, size = 0, len(raw)
        while place < size:
            found = _TOKEN.match(raw, place)
            assert found is not None
            place = found.end()
            word, number, code, brace, text, symbol = found.groups()
            if text is not None:
                self._take_bytes(text)
            elif word is not None:
                value = int(number) if number else None
                if word == b"bin" and value:
                    place += max(0, value)
                else:
                    self._flush()
                    self._take_word(word.decode("ascii"), value)
            elif code is not None:
                self._take_bytes(bytes((int(code, 16),)))
            elif brace is not None:
                self._flush()
                if brace == b"{":
                    self._open()
                elif not self._close():
                    self._end_paragraph()
                    self._end_table()
                    return True
            elif symbol is not None:
                self._flush()
                self._take_symbol(symbol.decode("latin-1"))
        self._flush()
        while self._groups:
            self._close()
        self._end_paragraph()
        return False

    # -- groups ---------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if len(self._groups) >= _DEEPEST:
            raise BadFile(say("“{file}” is nested too deep to be read.", file=self._file))
        self._groups.append((self._group, replace(self._paragraph)))
        into = "" if self._group.into == "upr" else self._group.into
        self._group = replace(self._group, ends=None, into=into)
        self._fresh, self._passable, self._to_skip = True, False, 0

    def _close(self) -> bool:
        """False when that was the last of the document."""
        if self._group.ends is not None:
            self._group.ends()
        if not self._groups:
            return False
        self._group, self._paragraph = self._groups.pop()
        self._fresh, self._to_skip = False, 0
        return bool(self._groups)

    def _enter(self, word: str, value: int | None) -> bool:
        """Whether this first word of a group says what the group is for."""
        group, held = self._group, self._group.into in _HELD
        if word in ("title", "author") and group.into == "info":
            self._hold(lambda text: self.details.update({word: text}), word)
        elif word == "fonttbl":
            group.into = "font"
            group.ends = lambda: self._held.clear()
        elif word == "stylesheet":
            group.into = "style"
        elif word in ("s", "cs", "ds", "ts") and group.into == "style":
            number = value or 0
            if word == "s":
                self._paragraph = _Paragraph(style=number)
                self._hold(lambda text: self._name_style(number, text), "style")
            else:
                group.into = ""
        elif word == "upr" and group.into in ("text", "info"):
            group.into, group.outer = word, group.into
        elif word == "ud":
            group.into = group.outer
        elif word == "info" and group.into == "text":
            group.into = word
        elif held or not group.into:
            return False
        elif word in ("listtext", "pntext"):
            self._hold(lambda text: setattr(self, "_marker", " ".join(text.split())), word)
        elif word == "footnote":
            self._begin_note()
        elif word in ("shptxt", "dptxbxtext"):
            self._begin_box()
        elif word in SILENT or (self._passable and word not in KNOWN):
            group.into = ""
        else:
            return False
        return True

    def _hold(self, done: Callable[[str], None], into: str) -> None:
        """Keep the group's text, and hand it over at its end."""
        self._held = []
        self._group.into = into
        self._group.ends = lambda: done("".join(self._held))

    def _name_style(self, number: int, name: str) -> None:
        heading = _HEADING.match(name.strip(" ;"))
        if self._paragraph.level is not None:
            self._levels[number] = self._paragraph.level
        elif heading:
            self._levels[number] = int(heading[1]) - 1
        self._paragraph = _Paragraph()

    def _begin_note(self) -> None:
        self._place()
        self.out.begin_note(self.out.reference(object()))
        self._inside(self.out.end_note)

    def _begin_box(self) -> None:
        self.out.begin_aside()
        self._inside(self.out.end_aside)

    def _inside(self, end: Callable[[], None]) -> None:
        """What follows stands beside the paragraph, and knows nothing of the table that may be around it."""
        self._outer.append((self._marker, self._row, self._cell, self._goes_on))
        self._paragraph, self._marker, self._row, self._cell, self._goes_on = _Paragraph(), "", False, False, False

        def ended() -> None:
            self._end_paragraph()
            self._end_table()
            end()
            self._marker, self._row, self._cell, self._goes_on = self._outer.pop()

        self._group.ends = ended

    # -- characters -----------------------------------------------------------------------------------------

    def _take_bytes(self, raw: bytes) -> None:
        self._fresh = False
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if raw and self._group.into:
            codec = self._fonts.get(self._group.font, self._page)
            if codec != self._codec:
                self._flush()
                self._codec = codec
            self._bytes += raw

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._codec, "replace")
            self._bytes.clear()
            self._take_text(text)

    def _take_text(self, text: str) -> None:
        group = self._group
        if group.into == "text":
            if not (group.hidden or group.deleted):
                self._place()
                self.out.add(text)
        elif group.into in _HELD:
            self._held.append(text)

    def _take_code(self, value: int) -> None:
        """A character by its number, in which those above 32,767 are written as negative ones."""
        code = value + 0x10000 if value < 0 else value
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._take_text(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif 0 < code < 0x110000:
            self._high = 0
            self._take_text(chr(code))
        self._to_skip = self._group.skip

    # -- words ----------------------------------------------------------------------------------------------

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._passable = True
            return
        if self._to_skip:
            self._to_skip -= 1
        elif symbol in SYMBOLS:
            self._take_text(SYMBOLS[symbol])
        elif symbol in "\r\n":
            self._take_word("par", None)
        self._fresh = False

    def _take_word(self, word: str, value: int | None) -> None:
        if word == "u":
            self._fresh = False
            self._take_code(value or 0)
            return
        self._to_skip = 0
        if self._fresh:
            self._fresh = False
            if self._enter(word, value):
                return
        if self._group.into == "":
            return
        if word == "tab" and self._group.into == "text" and self._hangs_out():
            return
        if word == "trowd" and self._group.into == "text":
            self._goes_on = True
        elif word in CHARACTERS:
            self._take_text(CHARACTERS[word])
        elif self._group.into == "text" and word in ("par", "sect", "cell", "nestcell", "row", "nestrow", "page"):
            self._end_by(word)
        elif not self._take_setting(word, value):
            self._take_file_setting(word, value)

    def _hangs_out(self) -> bool:
        """Whether the tab ends a marker that was written as text, to hang out of its paragraph."""
        if self._paragraph.first >= 0 or self._marker:
            return False
        self._marker = self.out.taken(_MARKER)
        if self._marker:
            self._paragraph.depth = max(0, self._paragraph.left // _STEP - 1)
        return bool(self._marker)

    def _take_setting(self, word: str, value: int | None) -> bool:
        """Whether the word is about the paragraph, or letters, from here on."""
        group, on = self._group, value != 0
        if word in _OF_PARAGRAPHS:
            if group.into not in ("listtext", "pntext"):
                self._set_paragraph(word, value or 0)
        elif word == "plain":
            group.hidden, group.deleted, group.font = False, False, self._default_font
        elif word == "v":
            group.hidden = on
        elif word == "deleted":
            group.deleted = on
        elif word == "f":
            group.font = value or 0
        elif word == "uc":
            group.skip = max(0, min(value or 0, 16))
        else:
            return False
        return True

    def _set_paragraph(self, word: str, value: int) -> None:
        if word == "pard":
            self._paragraph, self._goes_on = _Paragraph(), False
        elif word == "s":
            self._paragraph.style = value
        elif word == "outlinelevel":
            self._paragraph.level = value
        elif word == "ilvl":
            self._paragraph.depth = value
        elif word == "li":
            self._paragraph.left = value
        elif word == "fi":
            self._paragraph.first = value
        else:
            self._paragraph.in_table = True

    def _take_file_setting(self, word: str, value: int | None) -> None:
        if word in PAGES and self._group.into == "text":
            self._page = PAGES[word]
        elif word == "ansicpg":
            self._page = code_page(value or 1252)
        elif word == "deff":
            self._default_font = self._group.font = value or 0
        elif word == "fcharset" and self._group.into == "font" and value in CHARSETS:
            self._fonts[self._group.font] = CHARSETS[value]

    # -- paragraphs and tables ------------------------------------------------------------------------------

    def _place(self) -> None:
        """Have a cell open for text in a table, and no row for text that is in none."""
        if self._paragraph.in_table or self._goes_on:
            if not self._row:
                self.out.begin_row()
                self._row = True
            if not self._cell:
                self.out.begin_cell()
                self._cell = True
        elif self._row and not self._cell:
            self._end_table()

    def _end_by(self, word: str) -> None:
        if self._group.deleted and word == "par":  # the mark itself was deleted: the next one goes on here
            return
        self._end_paragraph()
        if word == "cell":
            self._goes_on = True
            self._place()
            self.out.end_cell()
            self._cell = False
        elif word == "row":
            self._end_table()

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        level = paragraph.level if paragraph.level is not None else self._levels.get(paragraph.style)
        self.out.become("heading" if level is not None and level < 9 else "paragraph", (level or 0) + 1)
        if self._marker:
            named = self._marker != "o" and any(letter.isalnum() for letter in self._marker)  # Word's round bullet
            self.out.mark(paragraph.depth, self._marker if named else "-")
        self.out.end()
        self._marker = ""

    def _end_table(self) -> None:
        if self._cell:
            self.out.end_cell()
        if self._row:
            self.out.end_row()
        self._row = self._cell = self._goes_on = False
