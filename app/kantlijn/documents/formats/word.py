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
from kantlijn.documents.formats.packed import Packed, part_at
from kantlijn.documents.formats.word_styles import Styles
from kantlijn.model.document import Content

EXTRACTOR = "docx/1"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SILENT = names(
    "del moveFrom pPr rPr sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr instrText delText delInstrText "
    "fldData Fallback rt txbxPr pPrChange rPrChange commentRangeStart commentReference"
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
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(raw: bytes, file: str) -> Content:
    """The content of a DOCX. BadFile with its sentence."""
    packed = Packed(raw, file)
    main = _main_part(packed)
    writing = _Writing(Styles(packed, main))
    writing.write(packed.xml(main))
    for kind in ("footnote", "endnote"):
        notes = packed.xml_or_none(part_at(main, f"{kind}s.xml"))
        if notes is not None:
            writing.write_notes(notes, kind)
    text, outline = writing.out.whole()
    return Content(extractor=EXTRACTOR, mime=MIME, text=text, outline=outline, details=_details(packed))


def _main_part(packed: Packed) -> str:
    """Where the text itself is: as the package says, else where it always is."""
    relations = packed.xml_or_none("_rels/.rels")
    if relations is not None:
        for one in below(relations, "Relationship"):
            name = part_at("", attribute(one, "Target"))
            if attribute(one, "Type").endswith("/officeDocument") and packed.has(name):
                return name
    return "word/document.xml"


class _Writing:
    """Goes through the parts and tells the composer."""

    def __init__(self, styles: Styles) -> None:
        self.out = Composer()
        self._styles = styles
        self._wanted: set[tuple[str, str]] = set()
        self._joined = False
        """Whether the next paragraph goes on in the last, whose mark was deleted."""

    def write(self, root: Element) -> None:
        for event, element, text in events(root, self._left_out):
            name = local(element.tag)
            if event == TEXT:
                if name == "t" and ("wordprocessingml" in element.tag or "/math" in element.tag):
                    self.out.add(text)
            elif event == START:
                self._begin(element, name)
            else:
                self._finish(element, name)

    def write_notes(self, root: Element, kind: str) -> None:
        """The notes that the text spoke of."""
        for note in below(root, kind):
            key = (kind, attribute(note, "id"))
            if key in self._wanted and attribute(note, "type") not in _SEPARATORS:
                self.out.begin_note(self.out.number(key))
                self.write(note)
                self.out.end_note()

    def _left_out(self, element: Element) -> bool:
        name = local(element.tag)
        if name in _SILENT:
            return True
        if name == "r":
            return self._styles.hides(child(element, "rPr"))
        return name == "tr" and child(element, "trPr", "del") is not None

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
            self.out.add(_CHARACTERS[name])
        elif name == "sym":
            self.out.add(_symbol(element))
        elif name in ("footnoteReference", "endnoteReference"):
            key = (name.removesuffix("Reference"), attribute(element, "id"))
            self._wanted.add(key)
            self.out.reference(key)

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
        if name == "p" and not self._joined:
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
        return _SYMBOLS.get((attribute(element, "font").lower(), code - 0xF000), "")
    return chr(code)


def _details(packed: Packed) -> dict[str, str]:
    """title, author, language. Never a date: what the file holds is when it was made and saved."""
    core = packed.xml_or_none("docProps/core.xml")
    found = {
        name: words_of(child(core, key))
        for name, key in (("title", "title"), ("author", "creator"), ("language", "language"))
    }
    if not found["language"]:
        styles = packed.xml_or_none("word/styles.xml")
        said = child(styles, "docDefaults", "rPrDefault", "rPr", "lang")
        found["language"] = attribute(said, "val") if said is not None else ""
    return {name: value[:500] for name, value in found.items() if value}
