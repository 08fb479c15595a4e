"""Selections of a .qdpx as annotations: each in its place in our text, checked by its words, or told of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kantlijn.errors import BadRange
from kantlijn.exchange.refi_extras import words
from kantlijn.exchange.refi_names import named_guid, one_line
from kantlijn.exchange.refi_records import RefiSelection, RefiSource
from kantlijn.exchange.refi_texts import agrees
from kantlijn.guests.packing import packed
from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Content, Range, Version
from kantlijn.model.layer import Quad
from kantlijn.text.fold import squeeze
from kantlijn.text.placing import SURE
from kantlijn.text.within import Frame, box_of, quad_of, unframed, upright
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.page_frames import frames_of
from kantlijn.usecases.handing.refi_file import RefiFile, Text
from kantlijn.usecases.long_call import LongCalls
from kantlijn.usecases.marking.areas import anchor_on_area
from kantlijn.usecases.marking.tag import CONTEXT, anchor_on
from kantlijn.words import say

_REVIEWS = ("", "open", "accepted", "placed")
_PAGES_OVER, _MOST_OF = 5, 0.9
"""Over how many pages a passage goes, and how much of its parts' length it has, line ends and hyphens aside."""
_TOP_LEFT = "qualcoder"
"""The program that counts areas from the top of the page, in its origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A selection and where it stands. guid: of the annotation; anchor None when it was not found, and then words
    are those it has in the file. doubt: as text.placing has it. carried: not where the annotation was made.
    """

    guid: str
    selection: RefiSelection
    anchor: Anchor | None
    words: str
    doubt: str = SURE
    carried: bool = False


def passages_from(
    desk: Desk, file: RefiFile, source: RefiSource, version: Version, workshop: LongCalls, met: set[str]
) -> Iterator[Found]:
    """Every selection of the source, parts of one put together. met: guids of all that came before; added to."""
    content = desk.content_of(version)
    finder = _Finder(desk, file, source, version, content, met)
    texts = finder.texts()
    pages = [None if page is None else content.pages[page].range for page in map(finder.page, texts)]
    for selection, placed in zip(texts, _placed(file, source, content, texts, pages, workshop), strict=True):
        yield finder.found(selection, placed)


def places_of_lost(desk: Desk, file: RefiFile, source: RefiSource, version: Version) -> Iterator[Anchor]:
    """Where annotations stood that are lost in this version. The anchor's annotation is its guid."""
    content = desk.content_of(version)
    for lost in file.extras.lost:
        place = lost.get("range")
        if words(lost, "source") != source.guid or not isinstance(place, list) or not content.text:
            continue
        at = place[0] if place and isinstance(place[0], int) else 0
        at = max(0, min(at, len(content.text)))
        size = len(content.text)
        around = anchor_on(content, version.id, words(lost, "annotation"), (min(at, size - 1), size))
        review = words(lost, "review")
        yield replace(
            around, range=(at, at), quote="", prefix=content.text[max(0, at - CONTEXT) : at],
            suffix=content.text[at : at + CONTEXT], last_page=around.first_page, state="lost",
            score=_score(lost), method=words(lost, "method") or "made",
            review=review if review in (*_REVIEWS, "dropped") else "",
        )  # fmt: skip


def _is_part(box: RefiSelection, twin: RefiSelection, whole: RefiSelection) -> bool:
    """Whether the box is the look on a later page of a passage that begins on the page of twin, its own look.

    Then it has its name, or the passage is long enough for the words of both; and no codes but the passage's.
    """
    if box.page is None or twin.page is None or whole.range is None:
        return False
    length, least = whole.range[1] - whole.range[0], len(twin.said) + len(box.said)
    fits = (bool(box.name) and box.name == twin.name) or (bool(box.said) and length >= _MOST_OF * least)
    return fits and 0 < box.page - twin.page <= _PAGES_OVER and set(box.codes) <= set(whole.codes)


Placed = tuple[Range | None, str, str]
"""Range, doubt, words."""


class _Finder:
    def __init__(
        self, desk: Desk, file: RefiFile, source: RefiSource, version: Version, content: Content, met: set[str]
    ) -> None:
        self._file, self._extras = file, file.extras
        self._source, self._version, self._content, self._met = source, version, content, met
        self._flip = _TOP_LEFT not in file.project.origin.casefold()
        self._first_page = _first_page(content, [one for one in source.selections if one.range is None])
        self._desk = desk

    @cached_property
    def _frames(self) -> dict[int, Frame]:
        """How the file counts areas on the pages that have any."""
        pages = (self.page(one) for one in self._source.selections if one.box is not None)
        return frames_of(self._desk, self._version, (page for page in pages if page is not None))

    def page(self, selection: RefiSelection) -> int | None:
        """The index of its page; one that the text does not have is none."""
        page = None if selection.page is None else selection.page - self._first_page
        return page if page is not None and 0 <= page < len(self._content.pages) else None

    def texts(self) -> list[RefiSelection]:
        """The selections, without boxes that are only the look of a passage on its pages."""
        ranged = [one for one in self._source.selections if one.range is not None]
        by_guid = {one.guid: one for one in ranged if one.guid}
        boxes = [one for one in self._source.selections if one.range is None]
        twins = [(one, by_guid[one.guid]) for one in boxes if one.guid in by_guid]
        alone = [one for one in boxes if one.guid not in by_guid]
        return [*ranged, *(one for one in alone if not any(_is_part(one, *twin) for twin in twins))]

    def found(self, selection: RefiSelection, placed: Placed) -> Found:
        """With its anchor; an area where its words were not found."""
        range, doubt, said = placed
        guid, extra = self._guid(selection), self._extras.selections.get(selection.guid, {})
        carried = self._file.is_carried(selection.guid)
        anchor: Anchor | None = None
        if range is not None:
            anchor = anchor_on(self._content, self._version.id, guid, range)
        elif selection.box is not None and self.page(selection) is not None:
            anchor, doubt = self._area(selection, extra, guid), SURE
        if anchor is not None:
            usual = "made" if self._extras.ours else "imported"
            anchor = replace(anchor, method=words(extra, "method") or usual)
        if anchor is not None and carried:
            review = words(extra, "review")
            anchor = replace(anchor, state=words(extra, "state"), score=_score(extra),
                             review=review if review in _REVIEWS else "open")  # fmt: skip
        return Found(
            guid=words(extra, "annotation") if carried else guid, selection=selection, anchor=anchor,
            words=one_line(said or selection.said or selection.name or selection.description) or _where(selection),
            doubt=doubt,
            carried=carried,
        )  # fmt: skip

    def _guid(self, selection: RefiSelection) -> str:
        """Its guid; where a file gives none, or the same to several, one made of what it is."""
        guid, count = selection.guid, 0
        while not guid or guid in self._met:
            count += 1
            guid = named_guid("foreign", f"{self._source.guid}/{selection.guid}/{selection.range}/{count}")
        self._met.add(guid)
        return guid

    def _area(self, selection: RefiSelection, extra: Mapping[str, Any], guid: str) -> Anchor | None:
        page = self.page(selection)
        if page is None or selection.box is None:
            return None
        box = selection.box
        if self._flip:
            box = unframed(box, self._frames.get(page, upright(self._content.pages[page].height)))
        exact = _quad(extra, page)
        if exact is not None and all(abs(a - b) <= 1 for a, b in zip(box_of(exact), box, strict=True)):
            quad = exact
        else:
            quad = quad_of(box)
        try:
            return anchor_on_area(self._content, self._version, guid, page, quad)
        except BadRange:
            return None


def _placed(
    file: RefiFile, source: RefiSource, content: Content, wanted: Sequence[RefiSelection],
    pages: Sequence[Range | None], workshop: LongCalls,
) -> list[Placed]:  # fmt: skip
    if not wanted:
        return []
    text = file.text_of(source) or Text("", marked=False)
    if not text.marked and text.text == content.text and all(_is_sure(file, one, content) for one in wanted):
        return [_direct(one, content) for one in wanted]
    rows = [[one.range, one.name if one.range else one.said, page]
            for one, page in zip(wanted, pages, strict=True)]  # fmt: skip
    origin = file.project.origin.casefold()
    answer = workshop.call(
        "place refi",
        {"auxiliary": content.auxiliary, "paged": bool(content.pages), "marked": text.marked,
         "feeds": "atlas" in origin or file.extras.ours},
        text.text.encode(), content.text.encode(), packed(rows),
    )  # fmt: skip
    return [(tuple(range) if range else None, doubt, said) for range, doubt, said in json.loads(answer)]


def _is_sure(file: RefiFile, one: RefiSelection, content: Content) -> bool:
    """Whether its place needs no working out: nothing but a box, or words that stand where it says."""
    if one.range is None:
        return not one.said
    return file.ours or agrees(content.text, one.range, one.name)


def _direct(one: RefiSelection, content: Content) -> Placed:
    if one.range is None or not 0 <= one.range[0] < one.range[1] <= len(content.text):
        return None, "", one.name
    return one.range, SURE, content.text[slice(*one.range)]


def _where(one: RefiSelection) -> str:
    """What to call a passage of which the file gives no words."""
    if one.range is None:
        return ""
    return say("characters {start} to {end}", start=one.range[0], end=one.range[1])


def _first_page(content: Content, boxes: Sequence[RefiSelection]) -> int:
    """The number that the file gives the first page, 0 or 1: as the words of its boxes have it; where these do
    not tell, 1 when only so all of them are on a page.
    """
    pages = [squeeze(content.text[slice(*page.range)]).text for page in content.pages]
    counts = [0, 0]
    numbered = [(one.page, squeeze(one.said).text) for one in boxes if one.page is not None]
    for number, said in numbered:
        for first in range(2) if said else ():
            counts[first] += 0 <= number - first < len(pages) and said in pages[number - first]
    if counts[0] != counts[1]:
        return int(counts[1] > counts[0])
    numbers = [number for number, _ in numbered]
    return int(bool(numbers) and bool(pages) and max(numbers) == len(pages) and min(numbers) > 0)


def _quad(extra: Mapping[str, Any], page: int) -> Quad | None:
    """The area's corners to the fraction of a point, when our note has them for this page."""
    try:
        ((index, corners),) = extra["quads"]
        x0, y0, x1, y1, x2, y2, x3, y3 = map(float, corners)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return (x0, y0, x1, y1, x2, y2, x3, y3) if index == page else None


def _score(extra: Mapping[str, Any]) -> float:
    score = extra.get("score")
    return float(score) if isinstance(score, (int, float)) and 0 <= score <= 1 else 0.0
