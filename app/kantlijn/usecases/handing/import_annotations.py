"""Annotations in a PDF come into the project, with note, author, dates and themes: other programs' and our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kantlijn.documents.contract import AskMarkings, Markings
from kantlijn.errors import BadRange, Known
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Version
from kantlijn.model.ids import new_id
from kantlijn.model.theme import Theme
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.readable import readable
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.handing.gathered import Gathered, gathered
from kantlijn.usecases.handing.incoming_themes import IncomingThemes
from kantlijn.usecases.marking.areas import anchor_on_area
from kantlijn.usecases.marking.tag import anchor_on
from kantlijn.usecases.read import source as read_source
from kantlijn.usecases.read import version as read_version
from kantlijn.words import say, say_many

_NEAR = 60.0
"""How far two colours may differ (CIE76 ΔE) for one to be proposed for the other."""
NEW = "new"
"""In the place of a theme's id: the theme of the tag's own name, made where there is none."""
_STYLES = {"underline": "underline", "squiggly": "underline", "strike": "strike"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """Annotations of one colour or tag, with the theme proposed for them ("" for none, or NEW).

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
    left_out: how many cannot come in: attached files, and what has no place.
    """

    new: int
    known: int
    changed: int
    sorts: tuple[Sort, ...]
    left_out: int = 0


def found_in(desk: Desk, version_id: str) -> Found:
    """What other programs left in this version's file. EngineTrouble, PasswordNeeded, BadFile, NotFound."""
    content, passages, left_out = _passages(desk, version_id)
    fresh, known = _parted(desk, version_id, passages)
    changed = [one for one, note in known if one.note and one.note != note and _is_written_since(one)]
    themes = shelf.themes(desk.project)
    ids = {theme.id for theme in themes}
    counts: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for one in fresh:
        for key in _keys(one, ids):
            counts[key] += 1
            said = readable(content.text, one.range, content.auxiliary) if one.range else one.note
            if said:
                samples.setdefault(key, said[:120])
    sorts = tuple(
        Sort(key=key, name=key.removeprefix("tag:"), count=count, sample=samples.get(key, ""),
             theme=_proposed(key, themes))
        for key, count in sorted(counts.items(), key=lambda pair: (pair[0].startswith("#"), -pair[1], pair[0]))
    )  # fmt: skip
    return Found(new=len(fresh), known=len(known), changed=len(changed), sorts=sorts, left_out=left_out)


def import_annotations(desk: Desk, version_id: str, themes: Mapping[str, str] | None = None) -> Changes:
    """Take in what is new, as one step. themes: theme ids, or NEW, by the sorts' keys; None for those proposed.

    A tag that a theme is chosen for goes before the colour. NotFound, ReadOnly, EngineTrouble, PasswordNeeded.
    """
    must_write(desk)
    version = read_version(desk, version_id)
    content, passages, _ = _passages(desk, version_id)
    fresh, _ = _parted(desk, version_id, passages)
    every = shelf.themes(desk.project)
    ids = {theme.id for theme in every}
    if themes is None:
        themes = {key: _proposed(key, every) for one in fresh for key in _keys(one, ids)}
    named = IncomingThemes(every)
    themes = {key: named.of_tag(key.removeprefix("tag:")) if one == NEW else one for key, one in themes.items()}
    ids |= {theme.id for theme in named.made}
    steps = named.steps
    made = 0
    for one in fresh:
        pair = _made(version, content, one, [t for t in _themes_of(one, themes, ids) if t in ids])
        if pair is not None:
            made += 1
            steps += [Change(None, record) for record in pair]
    title = say_many("Import {n} annotation from “{file}”", "Import {n} annotations from “{file}”", made,
                     file=Path(version.file).name)  # fmt: skip
    return desk.write(title, steps)


def left_out_said(found: Found) -> str:
    """A sentence on what cannot come in; "" for nothing."""
    if not found.left_out:
        return ""
    return say_many("{n} annotation is left out: an attached file, or one without a place on the page.",
                    "{n} annotations are left out: attached files, or such as have no place on the page.",
                    found.left_out)  # fmt: skip


# -- what is there ------------------------------------------------------------------------------------------


def _passages(desk: Desk, version_id: str) -> tuple[Content, list[Gathered], int]:
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    if not content.pages:
        raise Known(say("“{file}” is a text; only PDFs hold annotations of other programs.", file=version.file))
    answer = desk.engine.ask(AskMarkings(source=read_source(desk, version_id))).result()
    assert isinstance(answer, Markings)
    return content, gathered(content, answer.markings), answer.left_out


# -- what it becomes ----------------------------------------------------------------------------------------


def _parted(
    desk: Desk, version_id: str, passages: Sequence[Gathered]
) -> tuple[list[Gathered], list[tuple[Gathered, str]]]:
    """Those that are new, and those that came in before, each with the note it has here.

    What Kantlijn wrote is known by its id, wherever in the project it stands; the rest by its origin, among what
    was imported into this version's document.
    """
    version = read_version(desk, version_id)
    ours = {one.id for one in passages if one.id}
    notes = {one.id: one.note for one in stored.annotations_with(desk.project, ours)}
    ids = stored.ids_in_document(desk.project, version.document)
    origins = {one.origin: one.note for one in stored.annotations_with(desk.project, ids) if one.origin}
    fresh: list[Gathered] = []
    known: list[tuple[Gathered, str]] = []
    for one in passages:
        origin = _origin_of(one)
        if one.id in notes or origin in origins:
            known.append((one, notes[one.id] if one.id in notes else origins[origin]))
        else:
            fresh.append(one)
            if origin:
                origins[origin] = one.note
    return fresh, known


def _origin_of(one: Gathered) -> str:
    """What it is known by besides its id: of one made here, "" unless it came from a PDF before."""
    return one.own.origin if one.own is not None and one.id else one.origin


def _is_written_since(one: Gathered) -> bool:
    """Not merely older than the reader's: a copy of ours tells whether anybody changed the note in it."""
    return one.own is None or not one.own.version or one.own.edited


def _keys(one: Gathered, ids: Collection[str]) -> list[str]:
    """What the reader chooses themes for: tags and colour, without what a copy of ours says by the theme's id."""
    tags = [f"tag:{tag}" for tag, theme in _tagged(one) if theme not in ids]
    return [*tags, *([one.marking.colour] if one.marking.colour and one.own is None else [])]


def _tagged(one: Gathered) -> list[tuple[str, str]]:
    """Its tags, each with the id of the theme it was in a copy of ours, "" where that is not known."""
    tags = one.marking.tags
    themes = one.own.themes if one.own is not None else ()
    return list(zip(tags, themes if len(themes) == len(tags) else [""] * len(tags), strict=True))


def _themes_of(one: Gathered, themes: Mapping[str, str], ids: Collection[str]) -> list[str]:
    by_tag = [theme if theme in ids else themes.get(f"tag:{tag}", "") for tag, theme in _tagged(one)]
    found = [theme for theme in by_tag if theme]
    colour = themes.get(one.marking.colour, "") if one.own is None else ""
    return list(dict.fromkeys(found or ([colour] if colour else [])))


def _made(
    version: Version, content: Content, one: Gathered, themes: Sequence[str]
) -> tuple[Annotation, Anchor] | None:
    marking, at = one.marking, now()
    created = marking.created or marking.modified or at
    ours = one.own if one.id else None
    annotation = Annotation(
        id=one.id or new_id(), document=version.document, themes=tuple(themes), note=one.note,
        author=marking.author, created=created,
        modified=marking.modified or created, style=_STYLES.get(marking.kind, "highlight"),
        colour=ours.colour if ours is not None else marking.colour, origin=_origin_of(one),
    )  # fmt: skip
    try:
        if one.range is not None:
            anchor = anchor_on(content, version.id, annotation.id, one.range)
        else:
            page, quad = one.areas[0]
            anchor = anchor_on_area(content, version, annotation.id, page, quad)
    except BadRange:  # beside the page, or a dot
        return None
    return annotation, replace(anchor, method="imported")


def _proposed(key: str, themes: Sequence[Theme]) -> str:
    """For a tag the theme of this name, or NEW; for a colour the theme that has nearly the same, "" for none."""
    if key.startswith("tag:"):
        said = key.removeprefix("tag:").casefold()
        named = (theme for theme in themes if said in (theme.name.casefold(), theme.name_nl.casefold()))
        found = next(named, None)
        return found.id if found is not None else NEW
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
