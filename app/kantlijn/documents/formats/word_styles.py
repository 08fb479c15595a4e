"""What styles and lists of a DOCX say of a paragraph: whether it is a heading, its number, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kantlijn.documents.formats.elements import Element, attribute, child, children
from kantlijn.documents.formats.numbering import Level, Numbering
from kantlijn.documents.formats.packed import Packed, part_at

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_FORMS = {
    "decimal": "1", "decimalZero": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i",
    "upperRoman": "I", "bullet": "-", "none": "",
}  # fmt: skip
_CHAIN = 12
"""Styles based on styles that are followed."""
Place = tuple[str, int]
"""A list's number and the depth in it, from 0."""


@dataclass(frozen=True, slots=True)
class Look:
    """level: of a heading, from 1; 0 for none. list: its place in one."""

    level: int = 0
    list: Place | None = None


@dataclass(slots=True)
class _Style:
    based: str = ""
    level: int | None = None
    hidden: bool | None = None
    list: str | None = None
    depth: int | None = None


@dataclass(slots=True)
class _Abstract:
    """What lists of one kind share: how they are numbered, and the count, which goes on from one to the other."""

    numbering: Numbering = field(default_factory=Numbering)
    styles: dict[str, int] = field(default_factory=dict)


class Styles:
    """Read from styles.xml and numbering.xml beside the main part; either may be missing."""

    def __init__(self, packed: Packed, main: str) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._abstracts: dict[str, _Abstract] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        styles = packed.xml_or_none(beside(packed, main, "styles"))
        for style in children(styles, "style"):
            self._take_style(style)
        self._take_numbering(packed.xml_or_none(beside(packed, main, "numbering")))

    def paragraph(self, properties: Element | None) -> Look:
        """Of a paragraph with these w:pPr."""
        name = _value(child(properties, "pStyle")) or self._default
        chain = self._chain(name)
        own = child(properties, "outlineLvl")
        level = _number(own) if own is not None else next((s.level for _, s in chain if s.level is not None), None)
        return Look(level=level + 1 if level is not None and level < 9 else 0, list=self._place(properties, chain))

    def _place(self, properties: Element | None, chain: list[tuple[str, _Style]]) -> Place | None:
        own = child(properties, "numPr")
        number = _value(child(own, "numId")) or None
        depth_said = child(own, "ilvl")
        depth = _number(depth_said) if depth_said is not None else None
        for name, style in chain:
            if number is None and style.list is not None:
                number = style.list
                abstract = self._abstracts.get(self._lists.get(number, ("", {}))[0])
                if depth is None and abstract is not None:
                    depth = abstract.styles.get(name)
            if depth is None and number is not None:
                depth = style.depth
        if number in (None, "0") or number not in self._lists:
            return None
        return number, min(depth or 0, 8)

    def marker(self, number: str, depth: int) -> tuple[int, str]:
        """The depth and the marker of the next paragraph of this list."""
        abstract, restarts = self._lists[number]
        kind = self._abstracts.get(abstract)
        if kind is None:
            return depth, ""
        start = restarts.get(depth) if (number, depth) not in self._begun else None
        self._begun.add((number, depth))
        return depth, kind.numbering.next(depth, start)

    def hides(self, properties: Element | None) -> bool:
        """Whether text with these w:rPr is hidden."""
        if properties is None:
            return False
        own = child(properties, "vanish")
        if own is not None:
            return switched_on(own)
        name = _value(child(properties, "rStyle"))
        return bool(name) and bool(next((s.hidden for _, s in self._chain(name) if s.hidden is not None), False))

    # -- reading --------------------------------------------------------------------------------------------

    def _chain(self, name: str) -> list[tuple[str, _Style]]:
        """The style and those that it is based on, nearest first."""
        found: list[tuple[str, _Style]] = []
        while (style := self._styles.get(name)) is not None and len(found) < _CHAIN:
            found.append((name, style))
            name = style.based
        return found

    def _take_style(self, style: Element) -> None:
        name = attribute(style, "styleId")
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
            self._default = name
        made = _Style(based=_value(child(style, "basedOn")))
        heading = _HEADING.fullmatch(_value(child(style, "name")))
        level = child(style, "pPr", "outlineLvl")
        if level is not None:
            made.level = _number(level)
        elif heading:
            made.level = int(heading[1]) - 1
        hidden = child(style, "rPr", "vanish")
        made.hidden = None if hidden is None else switched_on(hidden)
        numbered = child(style, "pPr", "numPr")
        made.list = _value(child(numbered, "numId")) or None
        depth = child(numbered, "ilvl")
        made.depth = _number(depth) if depth is not None else None
        self._styles[name] = made

    def _take_numbering(self, root: Element | None) -> None:
        for one in children(root, "abstractNum"):
            abstract = _Abstract()
            for level in children(one, "lvl"):
                depth = _number(level, "ilvl")
                abstract.numbering.levels[depth] = _level(level)
                if style := _value(child(level, "pStyle")):
                    abstract.styles[style] = depth
            self._abstracts[attribute(one, "abstractNumId")] = abstract
        for one in children(root, "num"):
            restarts = {
                _number(override, "ilvl"): _number(start)
                for override in children(one, "lvlOverride")
                if (start := child(override, "startOverride")) is not None
            }
            number, name = attribute(one, "numId"), _value(child(one, "abstractNumId"))
            own = {
                _number(override, "ilvl"): _level(level)
                for override in children(one, "lvlOverride")
                for level in children(override, "lvl")
            }
            if own and name in self._abstracts:  # levels of its own make it a list that counts by itself
                kind = self._abstracts[name]
                name = f"{name} of {number}"
                self._abstracts[name] = _Abstract(Numbering({**kind.numbering.levels, **own}), kind.styles)
            self._lists[number] = (name, restarts)


def _level(level: Element) -> Level:
    start, pattern = child(level, "start"), _value(child(level, "lvlText"))
    form = _FORMS.get(_value(child(level, "numFmt")) or "decimal", "1")
    if form == "-" and not pattern.strip() and child(level, "lvlPicBulletId") is None:
        form = ""  # a bullet that nobody sees
    return Level(form=form, pattern=pattern, start=_number(start) if start is not None else 1)


def beside(packed: Packed, main: str, kind: str) -> str:
    """The name of the part of this kind beside the main one: as the package says, else as it always is."""
    return next(iter(packed.related(main, kind).values()), part_at(main, f"{kind}.xml"))


def switched_on(element: Element) -> bool:
    """Of a property that may be written with "0" to switch it off again."""
    return attribute(element, "val", "1") not in ("0", "false", "off", "none")


def _value(element: Element | None) -> str:
    return "" if element is None else attribute(element, "val")


def _number(element: Element, name: str = "val") -> int:
    value = attribute(element, name)
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else 0
