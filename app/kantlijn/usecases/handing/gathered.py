"""The annotations in a PDF as passages to be: halves joined, answers gathered, each with its place in the text."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kantlijn.documents.contract import Marking, Own
from kantlijn.model.document import Content, Range
from kantlijn.model.layer import PageLayer, Quad, unpack
from kantlijn.text.boundaries import word_at
from kantlijn.text.within import Box, box_of, over_letters, place_of, ranges_within

_TEXT = ("highlight", "underline", "squiggly", "strike")
_NEAR = 24.0
"""Points above or below a line of print within which a note is about that line."""


Same = tuple[str, str]
"""Where one stands and what it says."""


@dataclass(slots=True)
class Gathered:
    """One annotation to be: its markings joined, where it stands, what was said of it.

    range counts in the canonical text, None for an area. origin names it in its file; more are its markings
    after the first. own: what a copy of ours says of it.
    """

    marking: Marking
    range: Range | None
    note: str
    origin: str
    more: list[Marking] = field(default_factory=list)

    @property
    def own(self) -> Own | None:
        return self.marking.own

    @property
    def id(self) -> str:
        """The annotation's id, for one that Kantlijn wrote; "" for those of other programs."""
        return self.own.id if self.own is not None else ""

    @property
    def areas(self) -> tuple[tuple[int, Quad], ...]:
        """(page index, corners in points) of every part that is no text, a box each."""
        if self.range is not None:
            return ()
        return tuple((one.page, _around(one.quads)) for one in (self.marking, *self.more))


def gathered(content: Content, markings: Sequence[Marking]) -> list[Gathered]:
    """One for each annotation, as the file lists them; answers become part of the note they answer."""
    on_page = [one for one in markings if one.page < len(content.pages)]
    names = {_called(one) for one in on_page}
    replies: defaultdict[str, list[Marking]] = defaultdict(list)
    for one in on_page:
        if one.reply_to in names:
            replies[one.reply_to].append(one)
    layers: dict[int, PageLayer] = {}
    seen: defaultdict[str, list[Same]] = defaultdict(list)
    foreign: list[Gathered] = []
    ours: dict[str, list[Gathered]] = {}
    for one in on_page:
        if one.reply_to in names:
            continue
        if one.page not in layers:
            layers[one.page] = unpack(content.layers[one.page])
        note = _note(one, replies)
        origin = _origin(one, note, seen)
        if not origin:
            continue
        found = Gathered(one, _range_of(content, layers[one.page], one), note, origin)
        if found.id:
            ours.setdefault(found.id, []).append(found)
        else:
            foreign.append(found)
    return [*_joined(content, foreign), *(_whole(content, parts) for parts in ours.values())]


def quote_mark(text: str, range: Range) -> str:
    """What tells whether the same words stand there in another text."""
    return hashlib.sha256(text[range[0] : range[1]].encode("utf-8", "replace")).hexdigest()[:24]


def _whole(content: Content, parts: list[Gathered]) -> Gathered:
    """What Kantlijn wrote, from its parts, one on each page; where it says it stands, if the words agree."""
    parts.sort(key=lambda one: (one.own.part if one.own is not None else 0, one.marking.page))
    first = parts[0]
    first.more += [one.marking for one in parts[1:]]
    # another program lets a reader change the note of any part
    first.note = next((one.note for one in parts if one.own is not None and one.own.edited), first.note)
    own = first.own
    if own is not None and own.range is not None and _stands(content, own, own.range):
        first.range = own.range
        return first
    ranges = [one.range for one in parts if one.range is not None]
    if ranges:
        first.range = min(start for start, _ in ranges), max(end for _, end in ranges)
    return first


def _stands(content: Content, own: Own, range: Range) -> bool:
    start, end = range
    return 0 <= start < end <= len(content.text) and quote_mark(content.text, range) == own.quote


def _around(quads: Sequence[Quad]) -> Quad:
    xs = [x for quad in quads for x in quad[0::2]]
    ys = [y for quad in quads for y in quad[1::2]]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    return (x0, y0, x1, y0, x1, y1, x0, y1)


def _range_of(content: Content, layer: PageLayer, marking: Marking) -> Range | None:
    """The text under a marking; None for areas, and where there is none."""
    base = content.pages[marking.page].range[0]
    boxes = [box_of(quad) for quad in marking.quads]
    if marking.kind in _TEXT:
        parts = ranges_within(layer, boxes) or ranges_within(layer, [over_letters(layer, box) for box in boxes])
        if not parts:
            return None
        start, end = base + min(part[0] for part in parts), base + max(part[1] for part in parts)
        while start < end and content.text[start].isspace():
            start += 1
        while end > start and content.text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None
    if marking.kind == "note" and _is_beside(layer, box_of(marking.quads[0])):
        place = base + place_of(layer, box_of(marking.quads[0]))
        start, end = word_at(content.text, place, content.auxiliary)
        return (start, end) if content.text[start:end].strip() else None
    return None


def _is_beside(layer: PageLayer, icon: Box) -> bool:
    """Whether there is print at the height of a note: one on an empty spot is about that spot."""
    heights = (box_of(line.quad(0.0, 1.0)) for line in layer.lines if not line.auxiliary)
    return any(top - _NEAR < icon[3] and icon[1] < bottom + _NEAR for _, top, _, bottom in heights)


def _called(marking: Marking) -> str:
    """By what its answers know it."""
    return marking.name or f"xref {marking.xref}"


def _note(marking: Marking, replies: Mapping[str, Sequence[Marking]]) -> str:
    """The note, and what was answered to it, each answer with its author."""
    answered = bool(replies.get(_called(marking)))
    if marking.own is not None and not answered:
        return marking.contents  # ours come back to the letter
    parts = [marking.contents.strip()]
    waiting = list(replies.get(_called(marking), ()))
    while waiting:
        answer = waiting.pop(0)
        waiting[:0] = replies.get(_called(answer), ())
        if answer.contents.strip():
            who = f"**{answer.author}:** " if answer.author else ""
            parts.append(f"{who}{answer.contents.strip()}")
    return "\n\n".join(part for part in parts if part)


def _origin(marking: Marking, note: str, seen: dict[str, list[Same]]) -> str:
    """What names it in its file: its /NM, unique on its page, else where it stands. "" for the same once more.

    Several there, or of one name, are told apart by their order in the file.
    """
    corners = ";".join(",".join(f"{value:.1f}" for value in quad) for quad in marking.quads)
    said = f"{marking.page}|{marking.kind}|{corners}"
    place = f"pdf-place:{hashlib.sha256(said.encode()).hexdigest()[:24]}"
    origin = f"pdf:{marking.page}:{marking.name}" if marking.name else place
    there, this = seen[origin], (said, note)
    if this in there and marking.own is None:
        return ""
    there.append(this)
    return origin if len(there) == 1 else f"{origin}:{len(there)}"


def _joined(content: Content, found: list[Gathered]) -> list[Gathered]:
    """Two halves of one highlight, at the end of a page and the beginning of the next, become one."""
    joined: list[Gathered] = []
    for one in found:
        before = next((other for other in reversed(joined) if _goes_on(content, other, one)), None)
        if before is not None and before.range and one.range:
            before.range = (before.range[0], one.range[1])
            before.more.append(one.marking)
            before.note = before.note or one.note
        else:
            joined.append(one)
    return joined


def _goes_on(content: Content, before: Gathered, after: Gathered) -> bool:
    one, two = before.marking, after.marking
    if before.range is None or after.range is None or one.kind not in _TEXT or one.page > two.page:
        return False
    same = (one.kind, one.colour, one.author, one.tags) == (two.kind, two.colour, two.author, two.tags)
    last = before.more[-1].page if before.more else one.page
    if not same or two.page != last + 1 or (before.note and after.note and before.note != after.note):
        return False
    between = content.text[before.range[1] : after.range[0]]
    for start, end in content.auxiliary:
        a, b = max(start, before.range[1]), min(end, after.range[0])
        if a < b:
            cut = before.range[1]
            between = between[: a - cut] + " " * (b - a) + between[b - cut :]
    return not any(point.isalnum() for point in between)
