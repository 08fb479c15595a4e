"""ODT: what a reader of the document sees, with tracked changes accepted, without comments and page furniture."""

from __future__ import annotations

import re
from typing import Any

from kantlijn.documents.formats.composer import Composer
from kantlijn.documents.formats.elements import (
    START,
    TEXT,
    Element,
    attribute,
    below,
    child,
    children,
    events,
    local,
    names,
    parse_xml,
    words_of,
)
from kantlijn.documents.formats.numbering import Level, Numbering
from kantlijn.documents.formats.packed import Packed, part_at
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "odt/2"
MIME = "application/vnd.oasis.opendocument.text"
_SILENT = names(
    "tracked-changes annotation annotation-end forms title desc scripts sequence-decls variable-decls "
    "user-field-decls dde-connection-decls note-citation ruby-text script object-ole event-listeners glue-point "
    "tracked-change covered-table-cell"
)
_SHAPES = names(
    "text-box custom-shape rect ellipse circle polygon polyline path line connector caption"
)
_SIGNS = names("mi mn mo mtext ms")
_SPACES_MOST = 1000
_BULLETS = {depth: Level(form="-") for depth in range(10)}


def read_odt(raw: bytes, file: str) -> Content:
    """The content of an ODT, packed or in one XML file. BadFile with its sentence, also when it has a password."""
    if not raw.startswith(b"PK"):
        whole = parse_xml(raw, file)
        return _read(whole, whole, child(whole, "meta"), None, file)
    packed = Packed(raw, file)
    manifest = packed.xml_or_none("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in below(manifest, "encryption-data")):
        raise BadFile(say("“{file}” is locked with a password; save it without one first.", file=file))
    meta = child(packed.xml_or_none("meta.xml"), "meta")
    return _read(packed.xml("content.xml"), packed.xml_or_none("styles.xml"), meta, packed, file)


def _read(
    content: Element, styles: Element | None, meta: Element | None, packed: Packed | None, file: str
) -> Content:
    body = child(content, "body", "text")
    if body is None:
        raise BadFile(say("“{file}” is an OpenDocument file without text; save it as PDF first.", file=file))
    writing = _Writing(content, styles, packed)
    writing.write(body)
    text, outline = writing.out.whole()
    return Content(extractor=EXTRACTOR, mime=MIME, text=text, outline=outline, details=_details(meta))


class _Writing:
    """Goes through the body and tells the composer."""

    def __init__(self, content: Element, styles: Element | None, packed: Packed | None) -> None:
        self.out = Composer()
        self._packed = packed
        self._hidden: set[str] = set()
        self._kinds: dict[str, dict[int, Level]] = {}
        self._headings = Numbering()
        self._lists: list[Numbering] = []
        self._names: list[str] = []
        self._last: dict[str, Numbering] = {}
        for root in (styles, content):
            for place in ("styles", "automatic-styles"):
                self._take_styles(child(root, place))

    def write(self, body: Element) -> None:
        for event, element, text in events(body, self._left_out):
            name = local(element.tag)
            if event == TEXT:
                if name not in _ONLY_BLOCKS:
                    self.out.flow(text)
            elif event == START:
                self._begin(element, name)
            else:
                self._finish(name)

    def _left_out(self, element: Element) -> bool:
        name = local(element.tag)
        if name in _SILENT or name.endswith("-source"):
            return True
        if name == "object":
            self.out.flow(self._formula(element))
            return True
        if name in ("p", "h", "span") and attribute(element, "style-name") in self._hidden:
            return True
        if name == "section":
            return attribute(element, "display") == "none"
        return name in ("hidden-paragraph", "hidden-text") and attribute(element, "is-hidden") == "true"

    def _formula(self, element: Element) -> str:
        """The signs of a formula; nothing for other objects, which are seen as pictures."""
        math = child(element, "math")
        if math is None and self._packed is not None and (there := attribute(element, "href")):
            math = self._packed.xml_or_none(part_at("", f"{there}/content.xml"))
        if math is None or local(math.tag) != "math":
            return ""
        return "".join("".join(one.itertext()).strip() for one in math.iter() if local(one.tag) in _SIGNS)

    def _begin(self, element: Element, name: str) -> None:
        begin = _BEGINNINGS.get(name)
        if begin is not None:
            begin(self, element)
        elif name in _SHAPES:
            self.out.begin_aside()

    def _begin_heading(self, element: Element) -> None:
        level = _whole(element, "outline-level", 1)
        self.out.begin("heading", level)
        if not self._lists and attribute(element, "is-list-header") != "true" and words_of(element):
            self.out.mark(0, self._headings.next(level - 1))

    def _begin_note(self, element: Element) -> None:
        self.out.begin_note(self.out.reference(element))

    def _begin_list(self, element: Element) -> None:
        name = attribute(element, "style-name") or (self._names[-1] if self._names else "")
        if self._lists and name == self._names[-1]:
            numbering = self._lists[-1]  # a list in a list counts in the same levels
        elif attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list"):
            numbering = self._last.get(name) or Numbering(self._kinds.get(name, _BULLETS))
        else:
            numbering = Numbering(self._kinds.get(name, _BULLETS))
        self._lists.append(numbering)
        self._names.append(name)
        self._last[name] = numbering

    def _begin_item(self, element: Element) -> None:
        if not self._lists:
            return
        depth = len(self._lists) - 1
        start = attribute(element, "start-value")
        first = next((one for one in element if isinstance(one.tag, str)), None)
        if first is not None and local(first.tag) == "list":  # only there to hold the list in it
            return
        numbering = self._lists[-1]
        self.out.item(depth, numbering.next(depth, int(start) if start.isascii() and start.isdigit() else None))

    def _finish(self, name: str) -> None:
        finish = _ENDINGS.get(name)
        if finish is not None:
            finish(self)
        elif name in _SHAPES:
            self.out.end_aside()

    def _end_list(self) -> None:
        if self._lists:
            self._lists.pop()
            self._names.pop()

    # -- styles ---------------------------------------------------------------------------------------------

    def _take_styles(self, place: Element | None) -> None:
        for style in children(place, "style"):
            properties = child(style, "text-properties")
            if properties is not None and attribute(properties, "display") == "none":
                self._hidden.add(attribute(style, "name"))
        for style in children(place, "list-style"):
            self._kinds[attribute(style, "name")] = _levels(style)
        for style in children(place, "outline-style"):
            self._headings = Numbering(_levels(style))
        if place is not None and not self._headings.levels:
            self._headings = Numbering({depth: Level(form="") for depth in range(10)})


def _levels(style: Element) -> dict[int, Level]:
    """How the levels of a list are numbered."""
    found = {}
    for one in style:
        if not isinstance(one.tag, str):
            continue
        depth = _whole(one, "level", 1) - 1
        if local(one.tag) in ("list-level-style-bullet", "list-level-style-image"):
            found[depth] = Level(form="-")
            continue
        form = attribute(one, "num-format")
        shown = max(1, _whole(one, "display-levels", 1))
        numbers = ".".join(f"%{number}" for number in range(max(1, depth + 2 - shown), depth + 2))
        found[depth] = Level(
            form=form if form in ("1", "a", "A", "i", "I") else "",
            pattern=attribute(one, "num-prefix") + numbers + attribute(one, "num-suffix"),
            start=_whole(one, "start-value", 1),
        )
    return found


_ONLY_BLOCKS = names(
    "text list list-item list-header table table-row table-cell table-header-rows table-rows section note "
    "note-body table-of-content index-body index-title text-box frame table-row-group"
)
"""White space right inside these is layout of the file."""


def _spaces(writing: _Writing, element: Element) -> None:
    writing.out.add(" " * min(_whole(element, "c", 1), _SPACES_MOST))


_BEGINNINGS: dict[str, Any] = {
    "p": lambda writing, _: writing.out.begin(), "h": _Writing._begin_heading, "list": _Writing._begin_list,
    "list-item": _Writing._begin_item, "note": _Writing._begin_note, "s": _spaces,
    "tab": lambda writing, _: writing.out.add("\t"), "line-break": lambda writing, _: writing.out.line(),
    "table": lambda writing, _: writing.out.begin_table(), "table-row": lambda writing, _: writing.out.begin_row(),
    "table-cell": lambda writing, _: writing.out.begin_cell(),
}  # fmt: skip
_ENDINGS: dict[str, Any] = {
    "p": lambda writing: writing.out.end(), "h": lambda writing: writing.out.end(), "list": _Writing._end_list,
    "note": lambda writing: writing.out.end_note(), "table-row": lambda writing: writing.out.end_row(),
    "table-cell": lambda writing: writing.out.end_cell(),
}  # fmt: skip


def _whole(element: Element, name: str, otherwise: int) -> int:
    value = attribute(element, name)
    return int(value) if re.fullmatch(r"\d{1,6}", value) else otherwise


def _details(meta: Element | None) -> dict[str, str]:
    """title, author, language. Never a date: what the file holds is when it was made and saved."""
    found = {
        "title": words_of(child(meta, "title")),
        "author": words_of(child(meta, "initial-creator")) or words_of(child(meta, "creator")),
        "language": words_of(child(meta, "language")),
    }
    return {name: value[:500] for name, value in found.items() if value}
