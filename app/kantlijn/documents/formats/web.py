"""HTML, and the chapters of EPUB: what a browser without scripts or style sheets would show, as text."""

from __future__ import annotations

import re
from typing import Any

from kantlijn.documents.formats.composer import Composer
from kantlijn.documents.formats.elements import START, TEXT, Element, attribute, events, local, names
from kantlijn.documents.formats.numbering import written
from kantlijn.documents.formats.web_notes import is_backlink, notes_in
from kantlijn.documents.plain import decode
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "html/1"
MIME = "text/html"
_SILENT = names(
    "script style template noscript head title object embed iframe frame noframes svg canvas audio video "
    "map datalist select del rt rp link meta base param source track area progress meter"
)
_BLOCKS = names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form header hgroup hr html legend li main menu nav ol p pre section summary ul table "
    "caption thead tbody tfoot textarea listing xmp plaintext optgroup"
)
_INLINE = names(
    "b i em strong span font u s small big code tt abbr cite ins mark sub sup bdi bdo time var kbd samp dfn"
)
"""That change nothing but how letters look, unless they are marked as notes or hidden."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_VERBATIM = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED_WITHIN = 4096
_DATES = ("dcterms.date", "dcterms.issued", "dc.date", "dc.date.issued", "date", "article:published_time")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read_html(raw: bytes, file: str) -> Content:
    """The content of an HTML file. BadFile with its sentence."""
    text, encoding = decode_html(raw)
    root = parse_html(text, file)
    composer = Composer()
    compose(root, composer)
    whole, outline = composer.whole()
    details = {**_details(root), "encoding": encoding}
    return Content(extractor=EXTRACTOR, mime=MIME, text=whole, outline=outline, details=details)


def decode_html(raw: bytes) -> tuple[str, str]:
    """By its mark, else as it says itself when that fits, else as any text."""
    if not raw.startswith(_MARKS) and (said := _CHARSET.search(raw[:_DECLARED_WITHIN])):
        name = said[1].decode("ascii", "replace").lower()
        # what calls itself Latin-1 is cp1252 in practice; UTF-16 could not have been read so far
        if name not in ("iso-8859-1", "latin1", "us-ascii", "ascii") and not name.startswith(("utf-16", "utf-32")):
            try:
                return raw.decode(name), name
            except (LookupError, ValueError):
                pass
    return decode(raw)


def parse_html(text: str, file: str) -> Element:
    """The tree, by the rules of browsers; nothing is fetched, nothing runs."""
    import lxml.html
    from lxml import etree

    text = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", "", text)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as trouble:
        raise BadFile(say("“{file}” holds no text to read.", file=file)) from trouble
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):  # and the rest was dropped
        raise BadFile(say("“{file}” is nested too deep to be read.", file=file))
    return root


def compose(root: Element, composer: Composer) -> None:
    """Tell the composer what the tree says, from its root on."""
    _Writing(root, composer).run()


class _Writing:
    def __init__(self, root: Element, composer: Composer) -> None:
        self._root, self._out = root, composer
        self._notes = notes_in(root)
        self._in_notes = 0
        self._verbatim = 0
        self._lists: list[list[Any]] = []
        """[numbered?, next number, its form] of each list we are in."""

    def run(self) -> None:
        for event, element, text in events(self._root, self._left_out):
            if event == TEXT:
                if self._verbatim:
                    self._out.add(text)
                elif local(element.tag).lower() not in _ONLY_ROWS or text.strip():
                    self._out.flow(text)
            elif (name := local(element.tag).lower()) in _INLINE and element not in self._notes.bodies:
                continue
            elif event == START:
                self._begin(element, name)
            else:
                self._finish(element, name)

    def _left_out(self, element: Element) -> bool:
        name = local(element.tag).lower()
        if name in _INLINE and not element.attrib:
            return False
        if name in _SILENT or (name == "dialog" and element.get("open") is None):
            return True
        if element.get("hidden") is not None and str(element.get("hidden")).lower() != "until-found":
            return True
        style = element.get("style")
        if style and _HIDDEN.search(style):
            return True
        if name != "a":
            return False
        if element in self._notes.references:
            self._refer(element)
            return True
        return bool(self._in_notes) and is_backlink(element)

    def _refer(self, element: Element) -> None:
        note = self._notes.references[element]
        if note.body is None:
            self._out.add(f"[{note.label}]")
        else:
            self._out.reference(note.body)

    def _begin(self, element: Element, name: str) -> None:
        out = self._out
        if element in self._notes.bodies:
            out.begin_note(out.number(element))
            self._in_notes += 1
        elif name == "li":
            self._begin_item(element)
        elif name in _HEADINGS:
            out.begin("heading", _HEADINGS[name])
        elif name == "table":
            out.begin_table()
        elif name == "tr":
            out.begin_row()
        elif name in ("td", "th"):
            out.begin_cell()
        elif name in _BLOCKS:
            out.begin()
        elif name == "br":
            out.line()
        elif name == "q":
            out.add("“")
        if name in _LISTS:
            self._lists.append([name == "ol", _whole(element, "start", 1), element.get("type") or "1"])
        if name in _VERBATIM:
            self._verbatim += 1

    def _begin_item(self, element: Element) -> None:
        if not self._lists:
            self._out.item(0, "-")
            return
        here = self._lists[-1]
        here[1] = _whole(element, "value", here[1])
        marker = f"{written(here[1], here[2])}." if here[0] else "-"
        here[1] += 1
        self._out.item(len(self._lists) - 1, marker)

    def _finish(self, element: Element, name: str) -> None:
        out = self._out
        if name in _LISTS and self._lists:
            self._lists.pop()
        if name in _VERBATIM:
            self._verbatim -= 1
        if element in self._notes.bodies:
            self._in_notes -= 1
            out.end_note()
        elif name in ("td", "th"):
            out.end_cell()
        elif name == "tr":
            out.end_row()
        elif name in _BLOCKS or name in _HEADINGS:
            out.end()
        elif name == "q":
            out.add("”")


_ONLY_ROWS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "menu", "dir", "dl"))
"""White space right inside these is layout of the file."""


def _whole(element: Element, name: str, otherwise: int) -> int:
    value = element.get(name) or ""
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else otherwise


def _details(root: Element) -> dict[str, str]:
    """title, author, language; date where the page says when it was published."""
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        said.setdefault(name, (element.get("content") or "").strip())
    title = next(root.iter("title"), None)
    found = {
        "title": " ".join("".join(title.itertext()).split()) if title is not None else "",
        "author": said.get("author") or said.get("dcterms.creator") or said.get("dc.creator") or "",
        "language": attribute(root, "lang"),
        "organisation": said.get("dcterms.publisher") or said.get("dc.publisher") or "",
        "date": next((day for name in _DATES if (day := date_in(said.get(name, "")))), ""),
    }
    return {name: value[:500] for name, value in found.items() if value}


def date_in(said: str) -> str:
    """The date that a stamp such as 2024-05-17T08:00 begins with; "" for none."""
    found = _DATE.match(said.strip())
    return found[0] if found else ""
