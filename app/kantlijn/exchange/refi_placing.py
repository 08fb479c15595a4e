"""Passages of another program's text in ours: the same range where the texts are one, else carried and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kantlijn.exchange.refi_texts import agrees, begins_alike, counted, meant, same_words
from kantlijn.model.document import Range
from kantlijn.text.compare.carry import Carrier
from kantlijn.text.compare.comparison import compare
from kantlijn.text.placing import ALIKE, SEVERAL, SURE, UNCHECKED, Sought, place

_CONTEXT = 64
_ALMOST = 0.8
"""The share of its letters that a passage must keep to be placed on other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A passage to be placed: its range in the other text or None, the words it is known by, its page here."""

    range: Range | None
    name: str = ""
    page: Range | None = None

    @classmethod
    def from_plain(cls, row: Sequence[Any]) -> Words:
        """From JSON types: range, name, page."""
        range, name, page = row
        return cls(range=tuple(range) if range else None, name=name, page=tuple(page) if page else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """range: in our text, None when not found. doubt: as text.placing has it. words: those in the other text."""

    range: Range | None
    doubt: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Our text, its page furniture, and whether it is cut into pages."""

    text: str
    auxiliary: tuple[Range, ...] = ()
    paged: bool = False


def placed(foreign: str, ours: Ours, wanted: Sequence[Words], *, marked: bool, feeds: bool) -> list[Placed]:
    """Each of the passages in our text, in the same order. foreign: decoded, without a mark; marked: it had one.

    feeds: the other program counts a line end as one where names do not tell.
    """
    ranged = [one for one in wanted if one.range is not None]
    found = counted(
        foreign, [one.range for one in ranged if one.range is not None], [one.name for one in ranged],
        marked=marked, feeds=feeds,
    )  # fmt: skip
    checked = _checked(found.text, found.ranges, [one.name for one in ranged])
    places = dict(zip(map(id, ranged), checked, strict=True))
    carrier = None if found.text == ours.text else _carrier(found.text, ours)
    made: list[Placed] = []
    for one in wanted:
        range, doubt = places.get(id(one), (None, SURE))
        if found.text == ours.text:
            it = _direct(one, range, ours)
        else:
            it = _carried(one, range, found.text, ours, carrier)
        made.append(replace(it, doubt=it.doubt or doubt))
    return made


def _checked(
    text: str, ranges: Sequence[Range | None], names: Sequence[str]
) -> list[tuple[Range | None, str]]:
    """Ranges set right by names, where a program names passages by their words, and how much to be doubted."""
    pairs = [(range if range and range[0] < range[1] else None, name)
             for range, name in zip(ranges, names, strict=True)]  # fmt: skip
    known = [range is not None and agrees(text, range, name) for range, name in pairs]
    named = sum(bool(name.strip()) for _, name in pairs)
    quotes = 2 * sum(known) > named  # names that are no quotes are rare here
    made: list[tuple[Range | None, str]] = []
    for (range, name), agreed in zip(pairs, known, strict=True):
        if range is None or agreed or not name.strip():
            made.append((range, SURE))
        elif (better := meant(text, range, name)) is not None:
            made.append((better[0], SURE if better[1] else SEVERAL))
        else:
            made.append((range, UNCHECKED if quotes and not begins_alike(text[slice(*range)], name) else SURE))
    return made


def _direct(one: Words, range: Range | None, ours: Ours) -> Placed:
    if range is None:
        return _by_words(one, ours)
    return Placed(range=range, doubt=SURE, words=ours.text[slice(*range)])


def _carrier(foreign: str, ours: Ours) -> Carrier | None:
    """None where one of the texts has no words to compare."""
    if not all(any(point.isalnum() for point in text) for text in (foreign, ours.text)):
        return None
    furniture = list(ours.auxiliary) if ours.paged else None
    return Carrier(compare(foreign, ours.text, new_furniture=furniture).alignment)


def _carried(one: Words, range: Range | None, foreign: str, ours: Ours, carrier: Carrier | None) -> Placed:
    if range is None:
        return _by_words(one, ours)
    start, end = range
    words = foreign[start:end]
    if carrier is None or not any(point.isalnum() for point in words):
        return Placed(range=None, doubt="", words=words)
    carried = carrier.carry(range)
    if carried.range is not None and same_words(words, ours.text[slice(*carried.range)]):
        return Placed(range=carried.range, doubt=SURE, words=words)
    near = carried.range or carried.near
    sought = Sought(
        quote=words, prefix=foreign[max(0, start - _CONTEXT) : start], suffix=foreign[end : end + _CONTEXT],
        position=near, page=one.page,
    )  # fmt: skip
    found = place(ours.text, ours.auxiliary, sought)
    if found is not None:
        inside = carried.range is not None and _touch(found[0], carried.range)  # then no other place is meant
        return Placed(range=found[0], doubt=SURE if inside and found[1] == SEVERAL else found[1], words=words)
    if carried.range is not None and carried.score >= _ALMOST:
        return Placed(range=carried.range, doubt=ALIKE, words=words)
    return Placed(range=None, doubt="", words=words)


def _touch(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _by_words(one: Words, ours: Ours) -> Placed:
    """By the words, when the file gives them whole; where they stand more than once, near where it says."""
    whole = one.name if not one.name.rstrip().endswith(("…", "...")) else ""
    sought = Sought(quote=whole, position=one.range, page=one.page)
    found = place(ours.text, ours.auxiliary, sought) if whole.strip() else None
    if found is None:
        return Placed(range=None, doubt="", words=one.name)
    return Placed(range=found[0], doubt=found[1], words=one.name)
