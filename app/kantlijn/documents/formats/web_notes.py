"""Footnotes in HTML: there are none in the language, only links to and fro that readers know as notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kantlijn.documents.formats.elements import Element, local

_MARK = re.compile(r"[\[(]?\s*(\d{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§]{1,3})\s*[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(
    r"[\[(]?\s*(?:\d{1,4}|[ivxlc]{1,6}|[*†‡§]{1,3}|[↩↑^⤴\ufe0e\ufe0f]+)\s*[\])]?[.:]?", re.IGNORECASE
)
_BLOCKS = frozenset(("p", "li", "div", "aside", "dd", "section", "td", "blockquote"))
_HOLDERS = frozenset(("div", "aside", "li", "section"))
_SAYS_SO = ("noteref", "doc-noteref")
_CLASSES = ("sdfootnoteanc", "sdendnoteanc", "footnote-ref", "footnote-reference", "noteref")
_UP = 6


@dataclass(slots=True)
class Reference:
    """label: the note's mark as it stands; body: the element that holds the note, None when it is elsewhere."""

    label: str
    body: Element | None


@dataclass(slots=True)
class Notes:
    """references: of link elements; bodies: the elements that are notes."""

    references: dict[Element, Reference] = field(default_factory=dict)
    bodies: set[Element] = field(default_factory=set)


def notes_in(root: Element) -> Notes:
    """Links that are references to notes, and the notes that they lead to further on."""
    if not any("#" in (one.get("href") or "") for one in root.iter() if isinstance(one.tag, str)):
        return Notes()
    places: dict[str, tuple[int, Element]] = {}
    parents: dict[Element, Element] = {}
    links: list[tuple[int, Element]] = []
    for place, element in enumerate(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for one in element:
            parents[one] = element
        name = local(element.tag).lower()
        if mark := element.get("id"):
            places.setdefault(mark, (place, element))
        if name == "a":
            if mark := element.get("name"):
                places.setdefault(mark, (place, element))
            if "#" in (element.get("href") or "") and _is_reference(element, parents):
                links.append((place, element))
    notes = Notes()
    for place, link in links:
        _take(notes, place, link, places, parents)
    return notes


def _take(
    notes: Notes, place: int, link: Element, places: dict[str, tuple[int, Element]],
    parents: dict[Element, Element],
) -> None:  # fmt: skip
    """Keep one link, when it leads on and not back."""
    label = "".join(link.itertext()).strip().strip("[]().").strip()
    before, _, target = str(link.get("href")).partition("#")
    if before:  # in another file
        notes.references[link] = Reference(label, None)
        return
    there = places.get(target)
    if there is None or there[0] <= place:
        return
    body = _body(there[1], parents)
    if body is not None:
        notes.references[link] = Reference(label, body)
        notes.bodies.add(body)


def _is_reference(link: Element, parents: dict[Element, Element]) -> bool:
    text = "".join(link.itertext()).strip()
    if not _MARK.fullmatch(text):
        return False
    kinds = " ".join(str(value) for key, value in link.attrib.items() if local(str(key)) in ("type", "role"))
    if any(said in kinds.split() for said in _SAYS_SO):
        return True
    if any(name in (link.get("class") or "").split() for name in _CLASSES):
        return True
    above = parents.get(link)
    for _ in range(2):  # a link in a raised span in a raised letter, at most
        if above is None:
            break
        if local(above.tag).lower() == "sup":
            return True
        above = parents.get(above)
    return text[0] in "[(" or any(isinstance(one.tag, str) and local(one.tag).lower() == "sup" for one in link)


def _body(target: Element, parents: dict[Element, Element]) -> Element | None:
    """The block that a note's mark begins, or the box of its own around it."""
    block: Element | None = target
    for _ in range(_UP):
        if block is None or local(block.tag).lower() in _BLOCKS:
            break
        block = parents.get(block)
    if block is None or local(block.tag).lower() not in _BLOCKS:
        return None
    holder = parents.get(block)
    name = "" if holder is None else local(holder.tag).lower()
    if holder is None or block is target or name not in _HOLDERS or not (name == "li" or holder.get("id")):
        return block
    return holder if next(iter(holder), None) is block else block


def is_backlink(link: Element) -> bool:
    """Whether this link in a note is only its mark, or leads back to where it belongs."""
    text = "".join(link.itertext()).strip()
    return "#" in (link.get("href") or "") and (not text or bool(_BACK.fullmatch(text)))
