"""Annotations that other programs left in a PDF come into the project, with note, author, dates and theme."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kantlijn.documents.contract import AskMarkings, Marking, Markings
from kantlijn.errors import BadRange, Known
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Range, Version
from kantlijn.model.ids import new_id
from kantlijn.model.layer import PageLayer, unpack
from kantlijn.model.theme import Theme
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.boundaries import word_at
from kantlijn.text.readable import readable
from kantlijn.text.within import box_of, place_of, ranges_within
from kantlijn.usecases.areas import anchor_on_area
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.read import source as read_source
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.tag import anchor_on
from kantlijn.words import say, say_many

_NEAR = 60.0
"""How far two colours may differ (CIE76 ΔE) for one to be proposed for the other."""
_STYLES = {"underline": "underline", "squiggly": "underline", "strike": "strike"}
_TEXT = ("highlight", "underline", "squiggly", "strike")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """Annotations of one colour or tag, with the theme proposed for them ("" for none).

    key: "#ffd400" or "tag:scholen". name: as a reader reads it. sample: words of the first.
    """

    key: str
    name: str
    count: int
    sample: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file holds: how many can come in, how many came in before, and the sorts there are.

    changed: how many came in before and have another note in the file now; they are left as the reader has them.
    """

    new: int
    known: int
    changed: int
    sorts: tuple[Sort, ...]


@dataclass(slots=True)
class _Passage:
    """One annotation to be: its markings joined, where it stands, what was said of it."""

    marking: Marking
    range: Range | None
    note: str
    origin: str
    more: list[Marking] = field(default_factory=list)


def found_in(desk: Desk, version_id: str) -> Found:
    """What other programs left in this version's file. EngineTrouble, PasswordNeeded, BadFile, NotFound."""
    content, passages = _passages(desk, version_id)
    notes = _known(desk, version_id)
    fresh = [one for one in passages if one.origin not in notes]
    changed = [one for one in passages if one.origin in notes and one.note and notes[one.origin] != one.note]
    themes = shelf.themes(desk.project)
    counts: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for one in fresh:
        for key in _keys(one.marking):
            counts[key] += 1
            said = readable(content.text, one.range, content.auxiliary) if one.range else one.note
            if said:
                samples.setdefault(key, said[:120])
    sorts = tuple(
        Sort(key=key, name=key.removeprefix("tag:"), count=count, sample=samples.get(key, ""),
             theme=_proposed(key, themes))
        for key, count in sorted(counts.items(), key=lambda pair: (pair[0].startswith("#"), -pair[1], pair[0]))
    )  # fmt: skip
    return Found(new=len(fresh), known=len(passages) - len(fresh), changed=len(changed), sorts=sorts)


def import_annotations(desk: Desk, version_id: str, themes: Mapping[str, str] | None = None) -> Changes:
    """Take in what is new, as one step. themes: theme ids by the sorts' keys; None for those proposed.

    A tag that a theme is chosen for goes before the colour. NotFound, ReadOnly, EngineTrouble, PasswordNeeded.
    """
    must_write(desk)
    version = read_version(desk, version_id)
    content, passages = _passages(desk, version_id)
    known = _known(desk, version_id)
    every = shelf.themes(desk.project)
    ids = {theme.id for theme in every}
    if themes is None:
        themes = {key: _proposed(key, every) for one in passages for key in _keys(one.marking)}
    steps: list[Change] = []
    made = 0
    for one in passages:
        if one.origin in known:
            continue
        pair = _made(desk, version, content, one, [t for t in _themes_of(one, themes) if t in ids])
        if pair is not None:
            known[one.origin] = one.note
            made += 1
            steps += [Change(None, record) for record in pair]
    title = say_many("Import {n} annotation from “{file}”", "Import {n} annotations from “{file}”", made,
                     file=Path(version.file).name)  # fmt: skip
    return desk.write(title, steps)


# -- what is there ------------------------------------------------------------------------------------------


def _passages(desk: Desk, version_id: str) -> tuple[Content, list[_Passage]]:
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    if not content.pages:
        raise Known(say("“{file}” is a text; only PDFs hold annotations of other programs.", file=version.file))
    answer = desk.engine.ask(AskMarkings(source=read_source(desk, version_id))).result()
    assert isinstance(answer, Markings)
    on_page = [one for one in answer.markings if one.page < len(content.pages)]
    replies: dict[str, list[Marking]] = defaultdict(list)
    names = {one.name for one in on_page if one.name}
    for one in on_page:
        if one.reply_to in names:
            replies[one.reply_to].append(one)
    layers: dict[int, PageLayer] = {}
    found: list[_Passage] = []
    for one in on_page:
        if one.reply_to in names:
            continue
        if one.page not in layers:
            layers[one.page] = unpack(content.layers[one.page])
        where = _range_of(content, layers[one.page], one)
        found.append(_Passage(one, where, _note(one, replies), _origin(one)))
    return content, _joined(content, found)


def _range_of(content: Content, layer: PageLayer, marking: Marking) -> Range | None:
    """The text under a marking; None for areas, and where there is none."""
    base = content.pages[marking.page].range[0]
    boxes = [box_of(quad) for quad in marking.quads]
    if marking.kind in _TEXT:
        parts = ranges_within(layer, boxes)
        if not parts:
            return None
        start, end = base + min(part[0] for part in parts), base + max(part[1] for part in parts)
        while start < end and content.text[start].isspace():
            start += 1
        while end > start and content.text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None
    if marking.kind == "note" and layer.lines:
        place = base + place_of(layer, box_of(marking.quads[0]))
        start, end = word_at(content.text, place, content.auxiliary)
        return (start, end) if content.text[start:end].strip() else None
    return None


def _note(marking: Marking, replies: Mapping[str, Sequence[Marking]]) -> str:
    """The note, and what was answered to it, each answer with its author."""
    parts = [marking.contents.strip()]
    waiting = list(replies.get(marking.name, ()))
    while waiting:
        answer = waiting.pop(0)
        waiting[:0] = replies.get(answer.name, ()) if answer.name else ()
        if answer.contents.strip():
            who = f"**{answer.author}:** " if answer.author else ""
            parts.append(f"{who}{answer.contents.strip()}")
    return "\n\n".join(part for part in parts if part)


def _origin(marking: Marking) -> str:
    """What names it in its file: its /NM, unique on its page, else where it stands."""
    if marking.name:
        return f"pdf:{marking.page}:{marking.name}"
    corners = ";".join(",".join(f"{value:.1f}" for value in quad) for quad in marking.quads)
    said = f"{marking.page}|{marking.kind}|{corners}"
    return f"pdf-place:{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _joined(content: Content, found: list[_Passage]) -> list[_Passage]:
    """Two halves of one highlight, at the end of a page and the beginning of the next, become one."""
    joined: list[_Passage] = []
    for one in found:
        before = next((other for other in reversed(joined) if _goes_on(content, other, one)), None)
        if before is not None and before.range and one.range:
            before.range = (before.range[0], one.range[1])
            before.more.append(one.marking)
            before.note = before.note or one.note
        else:
            joined.append(one)
    return joined


def _goes_on(content: Content, before: _Passage, after: _Passage) -> bool:
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


# -- what it becomes ----------------------------------------------------------------------------------------


def _known(desk: Desk, version_id: str) -> dict[str, str]:
    """Notes by origin of what was imported into this version's document before."""
    version = read_version(desk, version_id)
    ids = stored.ids_in_document(desk.project, version.document)
    return {one.origin: one.note for one in stored.annotations_with(desk.project, ids) if one.origin}


def _keys(marking: Marking) -> list[str]:
    tags = [f"tag:{tag}" for tag in marking.tags]
    return [*tags, *([marking.colour] if marking.colour else [])]


def _themes_of(one: _Passage, themes: Mapping[str, str]) -> list[str]:
    by_tag = [themes[key] for key in _keys(one.marking) if key.startswith("tag:") and themes.get(key)]
    colour = themes.get(one.marking.colour, "")
    return list(dict.fromkeys(by_tag or ([colour] if colour else [])))


def _made(
    desk: Desk, version: Version, content: Content, one: _Passage, themes: Sequence[str]
) -> tuple[Annotation, Anchor] | None:
    marking, at = one.marking, now()
    created = marking.created or marking.modified or at
    annotation = Annotation(
        id=new_id(), document=version.document, themes=tuple(themes), note=one.note,
        author=marking.author or desk.author, created=created, modified=marking.modified or created,
        style=_STYLES.get(marking.kind, "highlight"), colour=marking.colour, origin=one.origin,
    )  # fmt: skip
    try:
        if one.range is not None:
            anchor = anchor_on(content, version.id, annotation.id, one.range)
        else:
            xs = [x for quad in marking.quads for x in quad[0::2]]
            ys = [y for quad in marking.quads for y in quad[1::2]]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
            quad = (x0, y0, x1, y0, x1, y1, x0, y1)
            anchor = anchor_on_area(content, version, annotation.id, marking.page, quad)
    except BadRange:  # beside the page, or a dot
        return None
    return annotation, replace(anchor, method="imported")


def _proposed(key: str, themes: Sequence[Theme]) -> str:
    """The theme of this name, or of nearly this colour; "" for none."""
    if key.startswith("tag:"):
        said = key.removeprefix("tag:").casefold()
        named = (theme for theme in themes if said in (theme.name.casefold(), theme.name_nl.casefold()))
        found = next(named, None)
        return found.id if found is not None else ""
    nearest = min(themes, key=lambda theme: _difference(key, theme.colour), default=None)
    return nearest.id if nearest is not None and _difference(key, nearest.colour) < _NEAR else ""


def _difference(one: str, two: str) -> float:
    """ΔE*76 of two colours "#rrggbb"."""
    a, b = _lab(one), _lab(two)
    return float(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5)


def _lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* under D65 of an sRGB colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    u, v, w = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * v - 16, 500 * (u - v), 200 * (v - w)
