"""HTML, and the chapters of EPUB: what a browser without scripts or style sheets would show, as text."""

from __future__ import annotations

import re
from typing import Any

from kantlijn.documents.formats.composer import Composer
from kantlijn.documents.formats.elements import START, TEXT, Element, attribute, events, local, names
from kantlijn.documents.formats.numbering import written
from kantlijn.documents.formats.web_notes import is_backlink, notes_in
from kantlijn.documents.kind import is_mhtml
from kantlijn.documents.plain import decode
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "html/2"
MIME = "text/html"
_SILENT = names(
    "script style template noscript head title object embed iframe frame noframes svg canvas audio video "
    "map datalist select rt rp link meta base param source track area progress meter annotation annotation-xml"
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
_OF_PAGES = ("header", "footer")
"""Titles that LibreOffice gives to what it repeats on every printed page."""
_VERBATIM = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_WORD_MARKER = re.compile(r"mso-list\s*:\s*Ignore", re.IGNORECASE)
_WORD_ITEM = re.compile(r"mso-list\s*:\s*\w+\s+level([1-9])", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED_WITHIN = 4096
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
"""Encodings that browsers read by a larger one, because writers mean that."""
_UNTRUE = ("latin1", "us-ascii", "ascii", "utf-16", "utf-32")
_PAGES = ("text/html", "application/xhtml+xml")
_DATES = ("dcterms.date", "dcterms.issued", "dc.date", "dc.date.issued", "date", "article:published_time")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read_html(raw: bytes, file: str) -> Content:
    """The content of an HTML file. BadFile with its sentence."""
    root, encoding = page_in(raw, file)
    composer = Composer()
    compose(root, composer)
    whole, outline = composer.whole()
    details = {**_details(root), "encoding": encoding}
    return Content(extractor=EXTRACTOR, mime=MIME, text=whole, outline=outline, details=details)


def page_in(raw: bytes, file: str) -> tuple[Element, str]:
    """The tree of a page, also of one that was saved in one file with its pictures (MHTML), and its encoding."""
    said = ""
    if is_mhtml(raw[:_DECLARED_WITHIN]):
        raw, said = _page_of(raw, file)
    text, encoding = decode_html(raw, said)
    return parse_html(text, file), encoding


def _page_of(raw: bytes, file: str) -> tuple[bytes, str]:
    """The page in an MHTML file, and the encoding that its header names."""
    from email import message_from_bytes

    for part in message_from_bytes(raw).walk():
        page = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(page, bytes):
            return page, part.get_content_charset() or ""
    raise BadFile(say("“{file}” holds no text to read.", file=file))


def decode_html(raw: bytes, said: str = "") -> tuple[str, str]:
    """By its mark, else as it says itself when that fits, else as any text. said: what was said of it before."""
    declared = _CHARSET.search(raw[:_DECLARED_WITHIN])
    name = said.lower() or (declared[1].decode("ascii", "replace").lower() if declared else "")
    # what calls itself Latin-1 is cp1252 in practice; UTF-16 could not have been read so far
    if name not in ("", "iso-8859-1") and not raw.startswith(_MARKS) and not name.startswith(_UNTRUE):
        try:
            return raw.decode(_WIDER.get(name, name)), name
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
        if name == "del" and (element.get("datetime") or element.get("cite")):  # a tracked change; else struck out
            return True
        if name == "div" and element.get("title") in _OF_PAGES:
            return True
        if element.get("hidden") is not None and str(element.get("hidden")).lower() != "until-found":
            return True
        style = element.get("style")
        if style and (_HIDDEN.search(style) or _WORD_MARKER.search(style)):
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
            if found := _WORD_ITEM.search(element.get("style") or ""):
                out.mark(int(found[1]) - 1, _word_marker(element))
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


def _word_marker(element: Element) -> str:
    """What stands before an item of a list in a page by Word, which knows no lists in pages."""
    spans = (one for one in element.iter("span") if _WORD_MARKER.search(one.get("style") or ""))
    span = next(spans, None)
    marker = " ".join("".join(span.itertext()).split()) if span is not None else ""
    return marker if marker != "o" and any(letter.isalnum() for letter in marker) else "-"


_ONLY_ROWS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "menu", "dir", "dl"))
"""White space right inside these is layout of the file."""


def _whole(element: Element, name: str, otherwise: int) -> int:
    value = element.get(name) or ""
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else otherwise


def _details(root: Element) -> dict[str, str]:
    """title, author, language; date where the page says when it was published."""
    said: dict[str, str] = {}
    authors: list[str] = []
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        content = (element.get("content") or "").strip()
        said.setdefault(name, content)
        if name == "author" and content not in authors:
            authors.append(content)
    title = next(root.iter("title"), None)
    found = {
        "title": " ".join("".join(title.itertext()).split()) if title is not None else "",
        "author": ", ".join(authors) or said.get("dcterms.creator") or said.get("dc.creator") or "",
        "language": attribute(root, "lang"),
        "organisation": said.get("dcterms.publisher") or said.get("dc.publisher") or "",
        "date": next((day for name in _DATES if (day := date_in(said.get(name, "")))), ""),
    }
    return {name: value[:500] for name, value in found.items() if value}


def date_in(said: str) -> str:
    """The date that a stamp such as 2024-05-17T08:00 begins with; "" for none."""
    found = _DATE.match(said.strip())
    return found[0] if found else ""
