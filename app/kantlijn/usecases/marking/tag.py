"""Tagging: passages get themes, lose them, are moved and deleted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from kantlijn.errors import BadRange, Known, NotFound
from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.changes import Change, Changes, Record
from kantlijn.model.document import Content, Range, Version
from kantlijn.model.ids import new_id
from kantlijn.model.theme import Theme
from kantlijn.store import passages as stored
from kantlijn.store import relations, shelf
from kantlijn.text.locate import find_all
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.wording import text_of
from kantlijn.words import language, say, say_many

CONTEXT = 64
"""Code points of prefix and suffix kept with a quote."""
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A passage to tag: themes by id; id "" for a fresh one; style: how it is drawn."""

    range: Range
    themes: tuple[str, ...] = ()
    note: str = ""
    id: str = ""
    style: str = "highlight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """What tag_many did: passages made, in the order asked for; failed as (id, sentence)."""

    passages: tuple[Passage, ...]
    failed: tuple[tuple[str, str], ...]
    changes: Changes


def tag(
    desk: Desk, version_id: str, range: Range, themes: Sequence[str], *, note: str = "", id: str | None = None,
    style: str = "highlight",
) -> Changes:  # fmt: skip
    """A new annotation on this passage, without themes when none are given. BadRange, NotFound, Known."""
    wanted = Wanted(range=range, themes=tuple(themes), note=note, id=id or "", style=style)
    tagged = tag_many(desk, version_id, [wanted], strict=True)
    return tagged.changes


def tag_many(desk: Desk, version_id: str, wanted: Sequence[Wanted], *, strict: bool = False) -> Tagged:
    """Many annotations as one step. What cannot be made is reported and the rest goes on, or, strict, raised."""
    return tag_across(desk, {version_id: wanted}, strict=strict)


def tag_across(desk: Desk, wanted: Mapping[str, Sequence[Wanted]], *, strict: bool = False) -> Tagged:
    """The same in several versions, by their ids."""
    must_write(desk)
    known = {theme.id: theme for theme in shelf.themes(desk.project)}
    taken = stored.existing(desk.project, [one.id for some in wanted.values() for one in some if one.id])
    made: list[Passage] = []
    failed: list[tuple[str, str]] = []
    for version_id, some in wanted.items():
        version = read_version(desk, version_id)
        content = desk.content_of(version)
        for one in some:
            try:
                made.append(_passage(desk, version, content, one, known, taken))
            except Known as trouble:
                if strict:
                    raise
                failed.append((one.id, trouble.sentence))
            else:
                taken.add(made[-1].id)
    steps = [Change(None, record) for passage in made for record in (passage.annotation, passage.anchor)]
    return Tagged(passages=tuple(made), failed=tuple(failed), changes=desk.write(_title(made, known), steps))


def locate_quote(desk: Desk, version_id: str, quote: str, occurrence: int = 1) -> Range:
    """Where these words stand, hyphens and line breaks aside; occurrence counts from 1. NotFound."""
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    found = find_all(content.text, quote, content.auxiliary)
    if not found:
        raise NotFound(say("“{quote}” does not stand in “{file}”.", quote=shortened(quote, 60), file=version.file))
    if not 1 <= occurrence <= len(found):
        raise NotFound(
            say_many(
                "“{quote}” stands in “{file}” only once.",
                "“{quote}” stands in “{file}” only {n} times.",
                len(found),
                quote=shortened(quote, 60),
                file=version.file,
            )
        )
    return found[occurrence - 1]


def toggle_theme(desk: Desk, annotation_ids: Sequence[str], theme_id: str) -> Changes:
    """Give these annotations the theme; or, when all have it, take it from all."""
    annotations = annotations_to_write(desk, annotation_ids)
    theme = next((theme for theme in shelf.themes(desk.project) if theme.id == theme_id), None)
    if theme is None:
        raise NotFound(say("That theme is no longer in the project."))
    everywhere = all(theme_id in annotation.themes for annotation in annotations)
    at = now()
    steps = []
    for before in annotations:
        if everywhere:
            themes = tuple(other for other in before.themes if other != theme_id)
        elif theme_id in before.themes:
            continue
        else:
            themes = (*before.themes, theme_id)
        steps.append(Change(before, replace(before, themes=themes, modified=at)))
    name = theme.called(language())
    if everywhere:
        title = say_many("Take {theme} from a passage", "Take {theme} from {n} passages", len(steps), theme=name)
    else:
        title = say_many("Add {theme} to a passage", "Add {theme} to {n} passages", len(steps), theme=name)
    return desk.write(title, steps)


def retag(
    desk: Desk, annotation_ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Changes:
    """Give these annotations themes and take others from them, as one step."""
    known = {theme.id for theme in shelf.themes(desk.project)}
    if not known.issuperset(add):
        raise NotFound(say("That theme is no longer in the project."))
    at = now()
    steps = []
    for before in annotations_to_write(desk, annotation_ids):
        themes = tuple(dict.fromkeys([*(one for one in before.themes if one not in remove), *add]))
        if themes != before.themes:
            steps.append(Change(before, replace(before, themes=themes, modified=at)))
    return desk.write(say_many("Retag {n} annotation", "Retag {n} annotations", len(steps)), steps)


def delete_annotations(desk: Desk, annotation_ids: Sequence[str]) -> Changes:
    """Delete these annotations with their anchors, notes and relations."""
    annotations = annotations_to_write(desk, annotation_ids)
    anchors = stored.anchors(desk.project, [annotation.id for annotation in annotations])
    related = relations.relations_of(desk.project, [annotation.id for annotation in annotations])
    records: tuple[Record, ...] = (*related, *anchors, *annotations)
    steps = [Change(record, None) for record in records]
    if len(annotations) == 1 and anchors and anchors[0].quote:
        title = say("Delete “{start}”", start=shortened(anchors[0].quote))
    else:
        title = say_many("Delete {n} annotation", "Delete {n} annotations", len(annotations))
    return desk.write(title, steps)


def move_passage(desk: Desk, annotation_id: str, version_id: str, range: Range) -> Changes:
    """Let the annotation stand on another range of this version."""
    (annotation,) = annotations_to_write(desk, [annotation_id])
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    before = next(
        (one for one in stored.anchors(desk.project, [annotation_id]) if one.version == version_id), None
    )
    if before is None:
        raise NotFound(say("That annotation does not stand in “{file}”.", file=version.file))
    after = by_hand(before, anchor_on(content, version_id, annotation_id, range))
    steps = [] if range == before.range else [
        Change(before, after), Change(annotation, replace(annotation, modified=now()))
    ]  # fmt: skip
    return desk.write(say("Move the ends of “{start}”", start=shortened(before.quote)), steps)


def anchor_on(content: Content, version_id: str, annotation_id: str, range: Range) -> Anchor:
    """A fresh anchor on this range of the content. BadRange when it is outside, empty or upside down."""
    start, end = range
    size = len(content.text)
    if not 0 <= start < end <= size:
        raise BadRange(
            say(
                "The range {start}:{end} is not inside the text, which has {n} characters from 0.",
                start=start,
                end=end,
                n=size,
            )
        )
    first = last = label = None
    if content.pages:
        starts = [page.range[0] for page in content.pages]
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, end - 1) - 1)
        label = content.pages[first].label
    return Anchor(
        id=new_id(), annotation=annotation_id, version=version_id, range=(start, end),
        quote=content.text[start:end], prefix=content.text[max(0, start - CONTEXT) : start],
        suffix=content.text[end : end + CONTEXT], first_page=first, last_page=last, page_label=label,
    )  # fmt: skip


def by_hand(before: Anchor, fresh: Anchor) -> Anchor:
    """The fresh anchor in the place of the one before; of a carried one it is kept that the reader placed it."""
    if before.state == "original":
        return replace(fresh, id=before.id)
    return replace(
        fresh, id=before.id, state="changed" if before.state == "lost" else before.state, score=before.score,
        method="by hand", review="placed",
    )  # fmt: skip


def _passage(
    desk: Desk, version: Version, content: Content, wanted: Wanted, known: dict[str, Theme], taken: Collection[str]
) -> Passage:
    if len(wanted.id) > _LONGEST_ID or not wanted.id.isprintable():
        raise Known(say("“{id}” cannot be an annotation's id.", id=shortened(text_of(wanted.id))))
    if wanted.id and wanted.id in taken:
        raise Known(say("There is an annotation “{id}” already.", id=wanted.id))
    for theme in wanted.themes:
        if theme not in known:
            raise NotFound(say("There is no theme “{name}” in this project.", name=theme))
    at = now()
    annotation = Annotation(
        id=wanted.id or new_id(), document=version.document, themes=tuple(dict.fromkeys(wanted.themes)),
        note=wanted.note, author=desk.author, created=at, modified=at, style=wanted.style,
    )  # fmt: skip
    return Passage(annotation=annotation, anchor=anchor_on(content, version.id, annotation.id, wanted.range))


def _title(made: Sequence[Passage], known: dict[str, Theme]) -> str:
    if len(made) != 1:
        return say_many("Tag {n} passage", "Tag {n} passages", len(made))
    start = shortened(made[0].anchor.quote)
    themes = [known[theme].called(language()) for theme in made[0].annotation.themes]
    if not themes:
        return say("Mark “{start}”", start=start)
    return say("Tag “{start}” with {theme}", start=start, theme=", ".join(themes))


def annotations_to_write(desk: Desk, ids: Sequence[str]) -> list[Annotation]:
    """These annotations, once each, those that exist. NotFound when there are none; ReadOnly."""
    must_write(desk)
    found = {annotation.id: annotation for annotation in stored.annotations_with(desk.project, ids)}
    if not found:
        raise NotFound(say("That annotation is no longer in the project."))
    return [found[one] for one in dict.fromkeys(ids) if one in found]
