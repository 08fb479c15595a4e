"""A handover as W3C Web Annotations (JSON-LD), made so that reading it back gives the same annotations.

One AnnotationCollection with its one AnnotationPage inside. What the W3C model has no word for stands under
"kantlijn:…", which other programs pass over; web_annotation_read.py reads it again.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from kantlijn.exchange.json_file import written
from kantlijn.exchange.tables import in_order, line_of
from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Document, Version
from kantlijn.model.handover import Handed, Handover
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:kantlijn:terms:"
ANNOTATION, RELATION, THEME = "urn:kantlijn:annotation:", "urn:kantlijn:relation:", "urn:kantlijn:theme:"
SHA256 = "urn:sha256:"
_OWN = {"kantlijn": TERMS, "kantlijn:corners": {"@id": f"{TERMS}corners", "@container": "@list"}}
PAGES = "http://tools.ietf.org/rfc/rfc3778"
"""What the W3C vocabulary calls fragments of PDFs, RFC 8118 nowadays: page=3, viewrect=left,top,width,height."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def handover_to_web_annotations(handover: Handover) -> bytes:
    """UTF-8 JSON-LD. Positions count code points of the version's text; areas are points from the top left.

    Of the themes, those that the annotations carry and those above them come along, in full.
    """
    documents = {one.id: one for one in handover.documents}
    versions = {one.id: one for one in handover.versions}
    themes = {one.id: one for one in handover.themes}
    name = quote(_whole(handover.project), safe="")
    items: list[dict[str, Any]] = []
    for one in handover.handed:
        version = versions[one.passage.anchor.version]
        items.append(_annotation(one, documents[version.document], version, themes, handover.language))
    items += map(_relation, handover.relations)
    page = {
        "id": f"urn:kantlijn:page:{name}", "type": "AnnotationPage", "startIndex": 0,
        "partOf": f"urn:kantlijn:collection:{name}", "items": items,
    }  # fmt: skip
    collection = {
        "@context": [CONTEXT, _OWN], "id": f"urn:kantlijn:collection:{name}",
        "type": "AnnotationCollection", "label": handover.project, "created": handover.made,
        **_creator(handover.author), "total": len(items), "last": page["id"],
        "kantlijn:themes": _themes(handover, themes),
    }  # fmt: skip
    return _with_page(collection, page)


def _with_page(collection: dict[str, Any], page: dict[str, Any]) -> bytes:
    """The page last, its items one a line as everything in these files is."""
    outer = written(collection).decode().rstrip().removesuffix("}").rstrip()
    return f'{outer},\n "first": {written(page).decode().rstrip()}\n}}\n'.encode()


def _annotation(
    one: Handed, document: Document, version: Version, themes: dict[str, Theme], language: str
) -> dict[str, Any]:
    annotation = one.passage.annotation
    tags = [themes[theme] for theme in annotation.themes if theme in themes]
    bodies: list[dict[str, Any]] = []
    for theme in tags:
        bodies.append({
            "type": "TextualBody", "value": theme.called(language), "format": "text/plain", "language": language,
            "purpose": "tagging",
        })  # fmt: skip
        bodies.append({"type": "SpecificResource", "source": named(THEME, theme.id), "purpose": "classifying"})
    if annotation.note:
        bodies.append(_comment(annotation.note))
    motivation = "tagging" if tags else "commenting" if annotation.note else "highlighting"
    own = {"style": annotation.style, "colour": annotation.colour, "origin": annotation.origin}
    return {
        "id": named(ANNOTATION, annotation.id), "type": "Annotation", "motivation": motivation,
        **_creator(annotation.author), **_times(annotation.created, annotation.modified),
        **({"body": bodies} if bodies else {}),
        "target": _target(one, document, version),
        **{f"kantlijn:{name}": value for name, value in own.items() if value},
    }  # fmt: skip


def _target(one: Handed, document: Document, version: Version) -> dict[str, Any]:
    anchor = one.passage.anchor
    own: dict[str, Any] = {"file": version.file, "title": document.title}
    if one.page is not None:
        own["page"] = one.page
    if anchor.state != "original":
        own["state"] = anchor.state
    if anchor.quads:
        own["areas"] = [
            {"kantlijn:page": page, "kantlijn:corners": list(quad)} for page, quad in anchor.quads
        ]  # fmt: skip
    return {
        "type": "SpecificResource", "source": SHA256 + version.sha256, "selector": _selectors(anchor),
        **{f"kantlijn:{name}": value for name, value in own.items()},
    }  # fmt: skip


def _selectors(anchor: Anchor) -> list[dict[str, Any]]:
    """Ways to find the passage, the surest first."""
    found: list[dict[str, Any]] = []
    if not anchor.quads:
        if anchor.quote:  # one that was lost in this version has none
            found.append({
                "type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.prefix,
                "suffix": anchor.suffix,
            })  # fmt: skip
        start, end = anchor.range
        found.append({"type": "TextPositionSelector", "start": start, "end": end})
        if anchor.first_page is not None:
            page_value = f"page={anchor.first_page + 1}"
            found.append({"type": "FragmentSelector", "conformsTo": PAGES, "value": page_value})
    for page, quad in anchor.quads:
        xs, ys = quad[0::2], quad[1::2]
        left, top = min(xs), min(ys)
        box = ",".join(f"{value:.2f}" for value in (left, top, max(xs) - left, max(ys) - top))
        found.append({
            "type": "FragmentSelector", "conformsTo": PAGES, "value": f"page={page + 1}&viewrect={box}",
        })  # fmt: skip
    return found


def _relation(relation: Relation) -> dict[str, Any]:
    source: dict[str, Any] = {
        "type": "SpecificResource", "source": named(ANNOTATION, relation.source), "purpose": "linking",
    }  # fmt: skip
    return {
        "id": named(RELATION, relation.id), "type": "Annotation", "motivation": "linking",
        **_creator(relation.author), **_times(relation.created, relation.modified),
        "body": [source, _comment(relation.note)] if relation.note else [source],
        "target": named(ANNOTATION, relation.target),
        "kantlijn:type": relation.type, "kantlijn:status": relation.status,
    }  # fmt: skip


def _comment(note: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": note, "format": "text/markdown", "purpose": "commenting"}


def _themes(handover: Handover, themes: dict[str, Theme]) -> list[dict[str, Any]]:
    carried = {
        above.id
        for one in handover.handed
        for theme in one.passage.annotation.themes
        if theme in themes
        for above in line_of(themes[theme], themes)
    }
    return [_theme(one, themes) for one in in_order(handover.themes) if one.id in carried]


def _theme(one: Theme, themes: dict[str, Theme]) -> dict[str, Any]:
    own = {
        "name": one.name, "name_nl": one.name_nl, "colour": one.colour, "letter": one.letter, "key": one.key,
        "definition": one.definition, "search_words": list(one.search_words), "position": one.position,
    }  # fmt: skip
    above = {"kantlijn:parent": {"id": named(THEME, one.parent)}} if one.parent in themes else {}
    return {"id": named(THEME, one.id), **{f"kantlijn:{name}": value for name, value in own.items()}, **above}


def named(kind: str, name: str) -> str:
    """The IRI of a thing of this kind."""
    return kind + quote(_whole(name), safe="")


def _whole(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _creator(author: str) -> dict[str, Any]:
    return {"creator": {"type": "Person", "name": author}} if author else {}


def _times(created: str, modified: str) -> dict[str, str]:
    """When it was made and changed, under our own names where it is not known to the second."""
    times = {}
    for name, moment in (("created", created), ("modified", modified)):
        times[name if MOMENT.fullmatch(moment) else f"kantlijn:{name}"] = moment
    return times
