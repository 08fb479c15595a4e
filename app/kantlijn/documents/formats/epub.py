"""EPUB: its chapters in the order of its spine, put together as one text."""

from __future__ import annotations

import re

from kantlijn.documents.formats.composer import Composer
from kantlijn.documents.formats.elements import (
    Element,
    attribute,
    below,
    child,
    children,
    named_entities,
    parse_xml,
    words_of,
)
from kantlijn.documents.formats.packed import Packed, part_at
from kantlijn.documents.formats.web import compose, date_in, decode_html, parse_html
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

EXTRACTOR = "epub/2"
MIME = "application/epub+zip"
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_PACKAGE = "application/oebps-package+xml"
_ENDINGS = (".xhtml", ".html", ".htm")
_TEXTS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


def read_epub(raw: bytes, file: str) -> Content:
    """The content of an EPUB. BadFile with its sentence, also when it is locked."""
    packed = Packed(raw, file)
    container = packed.xml("META-INF/container.xml")
    roots = sorted(below(container, "rootfile"), key=lambda one: attribute(one, "media-type") != _PACKAGE)
    root = attribute(roots[0], "full-path") if roots else ""
    package = packed.xml(root)
    parts = _chapters(package, root)
    if _locked(packed) & set(parts):
        raise BadFile(say("“{file}” is locked by its publisher (DRM) and cannot be read.", file=file))
    composer = Composer()
    missing = [part for part in parts if not packed.has(part)]
    for part in parts:
        if part not in missing:
            compose(_chapter(packed.read(part), file), composer)
            composer.end()
    text, outline = composer.whole()
    details = _details(child(package, "metadata"))
    if missing:
        details["trouble"] = say("“{file}” is not whole: chapters are missing from it.", file=file)
    return Content(extractor=EXTRACTOR, mime=MIME, text=text, outline=outline, details=details)


def _chapters(package: Element, root: str) -> list[str]:
    """Names of the parts in reading order, without the book's own list of contents."""
    items = {attribute(one, "id"): one for one in children(child(package, "manifest"), "item")}
    parts = []
    for reference in children(child(package, "spine"), "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        part = part_at(root, attribute(item, "href"))
        if attribute(item, "media-type") in _TEXTS or part.lower().endswith(_ENDINGS):
            parts.append(part)
    return list(dict.fromkeys(parts))


def _locked(packed: Packed) -> set[str]:
    """Parts that are encrypted; fonts often are, which is no harm."""
    said = packed.xml_or_none("META-INF/encryption.xml")
    if said is None:
        return set()
    return {part_at("", attribute(one, "URI")) for one in below(said, "CipherReference")}


def _chapter(raw: bytes, file: str) -> Element:
    """Its tree: as XML, which EPUB asks for, else by the rules of browsers."""
    text, _ = decode_html(raw)
    known = named_entities({found[1] for found in _ENTITY.finditer(text)})
    plain = _DECLARED.sub("", _ENTITY.sub(lambda found: known.get(found[1], found[0]), text))
    try:
        return parse_xml(plain.encode("utf-8", "replace"), file)
    except BadFile as trouble:
        if "<!ENTITY" in text:
            raise
        try:
            return parse_html(text, file)
        except BadFile:
            raise trouble from None


def _details(metadata: Element | None) -> dict[str, str]:
    """title, author, language, organisation; date: that of its publication, as the format has it."""
    said = {
        name: [words for one in children(metadata, key) if (words := words_of(one))]
        for name, key in (
            ("title", "title"), ("author", "creator"), ("language", "language"), ("organisation", "publisher"),
        )
    }  # fmt: skip
    found = {
        "title": said["title"][0] if said["title"] else "",
        "author": ", ".join(said["author"]),
        "language": said["language"][0] if said["language"] else "",
        "organisation": said["organisation"][0] if said["organisation"] else "",
        "date": _date_of(metadata),
    }
    return {name: value[:500] for name, value in found.items() if value}


def _date_of(metadata: Element | None) -> str:
    """Of publication: as the book says, or the only one there is that nothing else is said of."""
    dates = {attribute(one, "event"): date_in(words_of(one)) for one in reversed(list(children(metadata, "date")))}
    date = dates.get("publication") or dates.get("original-publication") or dates.get("") or ""
    return "" if date.startswith("0") else date  # what programs write that do not know
