"""Where the annotations of a file stand in this project: which version, which passage, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from kantlijn.errors import BadRange
from kantlijn.guests.guest import Guest
from kantlijn.guests.packing import packed
from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Content, Document, Range, Version
from kantlijn.model.incoming import IncomingAnnotation
from kantlijn.store import shelf
from kantlijn.text.fold import squeeze
from kantlijn.text.within import quad_of
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.marking.areas import anchor_on_area
from kantlijn.usecases.marking.tag import anchor_on
from kantlijn.words import say

_PATIENCE = 600.0
_FEW = 50
"""Documents in which words are looked for whose document a file does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A version and the anchor in it (its annotation still to be named), or why there is none, as a sentence.

    doubt: a sentence that says why the place is to be looked at, "" when it is sure.
    """

    version: Version | None = None
    anchor: Anchor | None = None
    doubt: str = ""
    why: str = ""


class Shelf:
    """The project's versions by what files call them."""

    def __init__(self, desk: Desk) -> None:
        documents = {one.id: one for one in shelf.documents(desk.project)}
        self.versions = {one.id: one for one in reversed(shelf.versions(desk.project))}  # newest first
        self._sums: dict[str, list[Version]] = {}
        self._names: dict[str, list[Version]] = {}
        self._addresses: dict[str, list[Version]] = {}
        for version in sorted(self.versions.values(), key=lambda one: -one.number):
            self._sums.setdefault(version.sha256, []).append(version)
            document: Document = documents[version.document]
            file = PurePosixPath(version.file)
            for name in {_name(file.name), _name(file.stem), _name(document.title)} - {""}:
                self._names.setdefault(name, []).append(version)
            if document.url:
                self._addresses.setdefault(_address(document.url), []).append(version)

    def candidates(self, one: IncomingAnnotation) -> list[Version]:
        """The versions that can be meant, the likeliest first: by content, else by name, else by address."""
        if one.sha256 in self._sums:
            return self._sums[one.sha256]
        named = [version for name in one.names for version in self._named(name)]
        addressed = [version for url in one.urls for version in self._addresses.get(_address(url), ())]
        return list({version.id: version for version in named or addressed}.values())

    def newest(self) -> list[Version]:
        """The newest version of every document; none where there are too many to try them all."""
        found: dict[str, Version] = {}
        for version in sorted(self.versions.values(), key=lambda one: one.number):
            found[version.document] = version
        return list(found.values()) if len(found) <= _FEW else []

    def _named(self, name: str) -> Iterable[Version]:
        file = PurePosixPath(name.replace("\\", "/"))
        for way in (file.name, name, file.stem):
            if found := self._names.get(_name(way)):
                return found
        return ()


def place_incoming(
    desk: Desk, worker: Guest, wanted: Sequence[tuple[IncomingAnnotation, Sequence[Version]]]
) -> list[Placed]:
    """Each annotation in the first of its versions where it is sure, else in the first where it is found."""
    asked: dict[str, list[int]] = {}
    versions: dict[str, Version] = {}
    for number, (_, candidates) in enumerate(wanted):
        for version in candidates:
            versions[version.id] = version
            asked.setdefault(version.id, []).append(number)
    found: dict[tuple[int, str], Placed] = {}
    for version_id, numbers in asked.items():
        version = versions[version_id]
        rows = _asked(desk.content_of(version), worker, [wanted[number][0] for number in numbers])
        for number, row in zip(numbers, rows, strict=True):
            found[number, version_id] = _placed(desk, version, wanted[number][0], row)
    chosen = []
    for number, (_, candidates) in enumerate(wanted):
        placed = [found[number, version.id] for version in candidates]
        placed.sort(key=lambda one: (one.anchor is None, bool(one.doubt)))  # stable: the likeliest stays first
        chosen.append(placed[0] if placed else Placed(why=say("Its document is not in this project.")))
    return chosen


def _asked(
    content: Content, worker: Guest, wanted: Sequence[IncomingAnnotation]
) -> list[tuple[Range, str] | None]:
    asked = {"auxiliary": [list(one) for one in content.auxiliary]}
    rows = packed([_sought(content, one) for one in wanted])
    _, (answer,) = worker.call("place", asked, (content.text.encode(), rows), deadline=_PATIENCE)
    found = json.loads(bytes(answer))
    return [None if row is None else ((row[0][0], row[0][1]), row[1]) for row in found]


def _sought(content: Content, one: IncomingAnnotation) -> dict[str, Any]:
    """As text/placing.py has it. A position in a page becomes one in the whole text."""
    sheet = content.pages[one.page] if one.page is not None and one.page < len(content.pages) else None
    position = one.position
    if position is not None and one.in_page:
        start = sheet.range[0] if sheet else 0
        position = (start + position[0], start + position[1]) if sheet else None
    return {
        "quote": one.quote, "prefix": one.prefix, "suffix": one.suffix, "position": position,
        "utf16": one.utf16, "page": sheet.range if sheet else None, "until": one.until,
    }  # fmt: skip


def _placed(desk: Desk, version: Version, one: IncomingAnnotation, found: tuple[Range, str] | None) -> Placed:
    content = desk.content_of(version)
    try:
        if found is not None:
            return Placed(
                version=version, anchor=anchor_on(content, version.id, "", found[0]), doubt=_doubt(found[1])
            )
        if one.box is not None and one.page is not None:
            anchor = anchor_on_area(content, version, "", one.page, quad_of(one.box))
            doubt = say("Its words were not found; it marks the area where they should be.") if one.quote else ""
            return Placed(version=version, anchor=anchor, doubt=doubt)
    except BadRange as trouble:
        return Placed(why=trouble.sentence)
    if one.quote:
        return Placed(why=say("Its words do not stand in “{file}”.", file=version.file))
    if one.position is not None:
        return Placed(why=say("Its position lies outside the text of “{file}”.", file=version.file))
    if one.unread:
        return Placed(why=say("It says its place only in ways that belong to web pages: {kinds}.",
                              kinds=", ".join(one.unread)))  # fmt: skip
    return Placed(why=say("It does not say which passage it is about."))


def _doubt(kind: str) -> str:
    return {
        "several": say("Its words stand there more than once."),
        "alike": say("Its words stand there in another wording."),
        "unchecked": say("Only its position was given, no words to check it by."),
    }.get(kind, "")  # fmt: skip


def _name(said: str) -> str:
    return squeeze(said).text or said.casefold()


def _address(url: str) -> str:
    return url.partition("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://").casefold()
