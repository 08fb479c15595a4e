"""DOCX: what a reader of the document sees, with tracked changes accepted, without comments and page furniture."""

from __future__ import annotations

import re

from kantlijn.documents.formats.composer import Composer
from kantlijn.documents.formats.elements import (
    START,
    TEXT,
    Element,
    attribute,
    below,
    child,
    events,
    local,
    names,
    words_of,
)
from kantlijn.documents.formats.packed import Packed
from kantlijn.documents.formats.rich import read_rtf
from kantlijn.documents.formats.web import compose, page_in
from kantlijn.documents.formats.word_styles import Styles, beside
from kantlijn.documents.plain import decode
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "docx/2"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SILENT = names(
    "del moveFrom pPr rPr sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr instrText delText delInstrText "
    "fldData rt txbxPr pPrChange rPrChange commentRangeStart commentReference"
)
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "br": "\n", "cr": "\n",
}  # fmt: skip
_SYMBOLS = {
    ("symbol", 0xB3): "≥", ("symbol", 0xA3): "≤", ("symbol", 0xB1): "±", ("symbol", 0xB4): "×",
    ("symbol", 0xB0): "°", ("symbol", 0xAE): "→", ("symbol", 0xDE): "⇒", ("symbol", 0xB9): "≠",
    ("symbol", 0xBB): "≈", ("symbol", 0xB7): "•", ("symbol", 0x6D): "µ", ("symbol", 0xA5): "∞",
    ("wingdings", 0xE0): "→", ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗", ("wingdings", 0xFE): "☑",
    ("wingdings", 0xA8): "☐", ("wingdings", 0xA7): "▪",
}  # fmt: skip
"""Letters of fonts that have pictures in their place, as far as texts use them."""
_GREEK = dict(zip("ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprVstufcywJjv",
                  "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖ", strict=True))  # fmt: skip
"""What the font Symbol shows for Latin letters."""
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(raw: bytes, file: str) -> Content:
    """The content of a DOCX. BadFile with its sentence."""
    packed = Packed(raw, file)
    main = _main_part(packed)
    writing = _Writing(packed, main, Composer())
    writing.write_all()
    text, outline = writing.out.whole()
    details = _details(packed)
    if writing.unread:
        details["trouble"] = say("A part of “{file}” could not be read and is left out.", file=file)
    return Content(extractor=EXTRACTOR, mime=MIME, text=text, outline=outline, details=details)


def _main_part(packed: Packed) -> str:
    """Where the text itself is: as the package says, else where it always is."""
    return next(iter(packed.related("", "officeDocument").values()), "word/document.xml")


class _Writing:
    """Goes through the parts and tells the composer. inner: the file stands in another one as a part of it."""

    def __init__(self, packed: Packed, main: str, out: Composer, *, inner: bool = False) -> None:
        self.out = out
        self.unread = False
        """Whether something that a reader would see in the text could not be read."""
        self._packed, self._main, self._inner = packed, main, inner
        self._styles = Styles(packed, main)
        self._wanted: set[tuple[_Writing, str, str]] = set()
        self._joined = False
        """Whether the next paragraph goes on in the last, whose mark was deleted."""
        self._passed_over: set[Element] = set()
        self._fields: list[bool] = []
        """Of each field that we are in, outermost first: are we in its instruction, or in what it came to?"""

    def write_all(self) -> None:
        """The text and its notes."""
        self.write(self._packed.xml(self._main))
        for kind in ("footnote", "endnote"):
            notes = self._packed.xml_or_none(beside(self._packed, self._main, f"{kind}s"))
            if notes is not None:
                self.write_notes(notes, kind)

    def write(self, root: Element) -> None:
        for event, element, text in events(root, self._left_out):
            name = local(element.tag)
            if event == TEXT:
                if name == "t" and ("wordprocessingml" in element.tag or "/math" in element.tag):
                    self._add_words(text)
            elif event == START:
                self._begin(element, name)
            else:
                self._finish(element, name)

    def write_notes(self, root: Element, kind: str) -> None:
        """The notes that the text spoke of."""
        for note in below(root, kind):
            key = (self, kind, attribute(note, "id"))
            if key in self._wanted and attribute(note, "type") not in _SEPARATORS:
                self.out.begin_note(self.out.number(key))
                self.write(note)
                self.out.end_note()

    def _add(self, text: str) -> None:
        """Text, unless it is what a field in the instruction of another field came to."""
        if not any(self._fields[:-1]):
            self.out.add(text)

    def _add_words(self, text: str) -> None:
        """What a w:t holds: a line end in it, with the white space around it, is layout of the file."""
        first, *others = text.split("\n")
        if others:
            between = [line.strip() for line in others[:-1]]
            text = " ".join([first.rstrip(), *filter(None, between), others[-1].lstrip()])
        self._add(text)

    def _left_out(self, element: Element) -> bool:
        name = local(element.tag)
        if name in _SILENT or element in self._passed_over:
            return True
        if name == "r":
            return self._styles.hides(child(element, "rPr"))
        if name == "AlternateContent":
            self._choose(list(element))
        return name == "tr" and child(element, "trPr", "del") is not None

    def _choose(self, forms: list[Element]) -> None:
        """Of forms of the same, of which programs take the first they know, take the first that says something."""
        chosen = next((one for one in forms if any(found.text for found in below(one, "t"))), None)
        self._passed_over.update(one for one in forms if one is not chosen)

    def _begin(self, element: Element, name: str) -> None:
        if name == "p":
            self._begin_paragraph(element)
        elif name == "tbl":
            self.out.begin_table()
        elif name == "tr":
            self.out.begin_row()
        elif name == "tc":
            self.out.begin_cell()
        elif name == "txbxContent":
            self.out.begin_aside()
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name])
        elif name == "sym":
            self._add(_symbol(element))
        elif name in ("footnoteReference", "endnoteReference"):
            key = (self, name.removesuffix("Reference"), attribute(element, "id"))
            self._wanted.add(key)
            self.out.reference(key)
        elif name == "fldChar":
            self._in_field(attribute(element, "fldCharType"))
        elif name == "altChunk":
            self._take_in(attribute(element, "id"))
        elif name == "relIds":
            self._draw(attribute(element, "dm"))

    def _in_field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(True)
        elif self._fields and step == "separate":
            self._fields[-1] = False
        elif self._fields:
            self._fields.pop()

    def _take_in(self, number: str) -> None:
        """A file of another kind that Word would make a part of the text when it opens it."""
        part = self._packed.related(self._main, "aFChunk").get(number, "")
        try:
            raw = self._packed.read(part)
            if raw.startswith(b"PK") and not self._inner:
                packed = Packed(raw, self._packed.file)
                inner = _Writing(packed, _main_part(packed), self.out, inner=True)
                inner.write_all()
                self.unread |= inner.unread
            elif raw.startswith(b"{\\rtf"):
                self._write_lines(read_rtf(raw, self._packed.file).text)
            elif part.lower().endswith(".txt"):
                self._write_lines(decode(raw)[0])
            else:
                compose(page_in(raw, self._packed.file)[0], self.out)
        except BadFile:
            self.unread = True
        self.out.end()

    def _write_lines(self, text: str) -> None:
        for line in text.splitlines():
            self.out.begin()
            self.out.add(line)

    def _draw(self, number: str) -> None:
        """A diagram whose words Word keeps in a part of their own: they come after its paragraph."""
        data = self._packed.xml_or_none(self._packed.related(self._main, "diagramData").get(number, ""))
        self.out.begin_aside()
        for point in below(data, "pt") if data is not None else ():
            if attribute(point, "type", "node") == "node":
                self.out.begin()
                self.out.add(words_of(child(point, "t")))
        self.out.end_aside()

    def _begin_paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        look = self._styles.paragraph(properties)
        if not self._joined:
            self.out.begin("heading" if look.level else "paragraph", look.level)
            if look.list is not None and any(True for _ in below(element, "t")):
                depth, marker = self._styles.marker(*look.list)
                self.out.mark(depth, marker)
        self._joined = child(properties, "rPr", "del") is not None

    def _finish(self, _element: Element, name: str) -> None:
        if name == "p":
            self._fields = [False] * len(self._fields)  # one that never ends must not swallow what follows
            if not self._joined:
                self.out.end()
        elif name == "tr":
            self.out.end_row()
        elif name == "tc":
            self._joined = False
            self.out.end_cell()
        elif name == "txbxContent":
            self._joined = False
            self.out.end_aside()


def _symbol(element: Element) -> str:
    """What a w:sym shows; nothing when that is not known."""
    said = attribute(element, "char")
    code = int(said, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", said) else 0
    if 0xF000 <= code <= 0xF0FF:
        font, letter = attribute(element, "font").lower(), code - 0xF000
        return _SYMBOLS.get((font, letter), _GREEK.get(chr(letter), "") if font == "symbol" else "")
    return chr(code)


def _details(packed: Packed) -> dict[str, str]:
    """title, author, language. Never a date: what the file holds is when it was made and saved.

    Nor the language of its styles, which is that of the program that made it as often as that of the text.
    """
    core = packed.xml_or_none("docProps/core.xml")
    found = {
        name: words_of(child(core, key))
        for name, key in (("title", "title"), ("author", "creator"), ("language", "language"))
    }
    return {name: value[:500] for name, value in found.items() if value}
