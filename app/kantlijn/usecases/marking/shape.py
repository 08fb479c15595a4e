"""Changing the shape of annotations: ends moved, several made one, one made several, how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kantlijn.errors import BadRange, Known
from kantlijn.model.annotation import STYLES, Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Range
from kantlijn.model.ids import new_id
from kantlijn.store import passages as stored
from kantlijn.store import relations
from kantlijn.text.boundaries import word_at
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.tag import anchor_on, annotations_to_write, by_hand
from kantlijn.usecases.read import version as read_version
from kantlijn.words import say, say_many


def nudge(
    desk: Desk, annotation_id: str, *, start: int = 0, end: int = 0, version_id: str | None = None
) -> Changes:
    """Move the ends by words: positive to the right. BadRange when nothing would be left.

    version_id: in this version, not where it was made.
    """
    (annotation,) = annotations_to_write(desk, [annotation_id])
    anchor = _anchor_in(desk, annotation_id, version_id)
    _only_text(anchor)
    content = desk.content_of(read_version(desk, anchor.version))
    first, last = anchor.range
    first, last = _by_words(content, first, start, starts=True), _by_words(content, last, end, starts=False)
    if first >= last:
        raise BadRange(say("The passage would have no words left; delete it instead."))
    title = say("Move the ends of “{start}”", start=shortened(anchor.quote))
    if (first, last) == anchor.range:
        return desk.write(title, [])
    fresh = anchor_on(content, anchor.version, annotation_id, (first, last))
    moved = by_hand(anchor, fresh)
    steps = [Change(anchor, moved), Change(annotation, replace(annotation, modified=now()))]
    return desk.write(title, steps, merge=f"ends {annotation_id}")


def _by_words(content: Content, place: int, steps: int, *, starts: bool) -> int:
    """So many words on; starts: to where words begin, else to where they end. Furniture is stepped over."""
    text = content.text
    for _ in range(abs(steps)):
        at = place if steps > 0 else place - 1
        while 0 <= at < len(text) and not _is_word(content, at):
            at += 1 if steps > 0 else -1
        if not 0 <= at < len(text):
            break
        first, last = word_at(text, at, content.auxiliary)
        if steps > 0:
            place = max(place + 1, last)
        else:
            place = min(place - 1, first)
    return _settled(content, place, starts) if steps else place


def _settled(content: Content, place: int, starts: bool) -> int:
    """From a word's edge to the nearest edge of the wanted kind: the next beginning, or the last end."""
    text = content.text
    if starts:
        while place < len(text) and not _is_word(content, place):
            place += 1
        return place
    while place > 0 and not _is_word(content, place - 1):
        place -= 1
    return place


def _is_word(content: Content, at: int) -> bool:
    if not content.text[at].isalnum():
        return False
    return not any(start <= at < end for start, end in content.auxiliary)


def merge_annotations(desk: Desk, annotation_ids: Sequence[str]) -> Changes:
    """One annotation from the first start to the last end: themes of all, notes one after the other.

    The first in reading order stays and takes over the relations of the others. Known when they stand in different
    versions, or are areas.
    """
    annotations = {one.id: one for one in annotations_to_write(desk, annotation_ids)}
    anchors = sorted((_original(desk, one) for one in annotations), key=lambda anchor: anchor.range)
    if len(anchors) < 2:
        raise Known(say("Select two annotations or more to merge them."))
    if len({anchor.version for anchor in anchors}) > 1:
        raise Known(say("Only annotations of the same version of a document can be merged."))
    for anchor in anchors:
        _only_text(anchor)
    kept, gone = annotations[anchors[0].annotation], [annotations[one.annotation] for one in anchors[1:]]
    themes = tuple(dict.fromkeys(theme for one in (kept, *gone) for theme in one.themes))
    note = "\n\n".join(one.note.strip() for one in (kept, *gone) if one.note.strip())
    content = desk.content_of(read_version(desk, anchors[0].version))
    whole = (anchors[0].range[0], max(anchor.range[1] for anchor in anchors))
    fresh = anchor_on(content, anchors[0].version, kept.id, whole)
    elsewhere = [
        Change(anchor, None)
        for anchor in stored.anchors(desk.project, [kept.id])
        if anchor.state != "original"  # it is carried over anew, with the ends it has now
    ]
    steps = [
        *elsewhere,
        Change(kept, replace(kept, themes=themes, note=note, modified=now())),
        Change(anchors[0], replace(fresh, id=anchors[0].id)),
        *_without(desk, kept.id, [one.id for one in gone]),
        *(Change(one, None) for one in gone),
    ]
    return desk.write(say_many("Merge {n} annotation", "Merge {n} annotations", len(anchors)), steps)


def _without(desk: Desk, kept: str, gone: Sequence[str]) -> list[Change]:
    """The anchors of these annotations deleted, their relations handed to the one that is kept."""
    steps = [Change(anchor, None) for anchor in stored.anchors(desk.project, gone)]
    there = {(one.source, one.target, one.type) for one in relations.relations_of(desk.project, [kept])}
    for relation in relations.relations_of(desk.project, gone):
        source = kept if relation.source in gone else relation.source
        target = kept if relation.target in gone else relation.target
        key = (source, target, relation.type)
        if source == target or key in there:
            steps.append(Change(relation, None))
        else:
            there.add(key)
            steps.append(Change(relation, replace(relation, source=source, target=target)))
    return steps


def split_annotation(desk: Desk, annotation_id: str, at: int) -> Changes:
    """Two annotations, parted at this offset of the text, both with its themes; the note stays with the first."""
    (annotation,) = annotations_to_write(desk, [annotation_id])
    anchor = _original(desk, annotation_id)
    _only_text(anchor)
    start, end = anchor.range
    content = desk.content_of(read_version(desk, anchor.version))
    first, second = _trimmed(content, (start, at)), _trimmed(content, (at, end))
    if not start < at < end or first is None or second is None:
        raise BadRange(say("Put the caret inside the passage, between two words, to split it there."))
    stamp = now()
    twin = replace(annotation, id=new_id(), note="", created=stamp, modified=stamp, origin="")
    elsewhere = [
        Change(one, None) for one in stored.anchors(desk.project, [annotation_id]) if one.state != "original"
    ]
    steps = [
        *elsewhere,
        Change(annotation, replace(annotation, modified=stamp)),
        Change(anchor, replace(anchor_on(content, anchor.version, annotation.id, first), id=anchor.id)),
        Change(None, twin),
        Change(None, anchor_on(content, anchor.version, twin.id, second)),
    ]
    return desk.write(say("Split “{start}”", start=shortened(anchor.quote)), steps)


def _trimmed(content: Content, part: Range) -> Range | None:
    start, end = part
    while start < end and content.text[start].isspace():
        start += 1
    while start < end and content.text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def duplicate_annotation(desk: Desk, annotation_id: str) -> Changes:
    """A second annotation on the same passage, with the same themes and no note."""
    (annotation,) = annotations_to_write(desk, [annotation_id])
    anchor = _original(desk, annotation_id)
    stamp = now()
    twin: Annotation = replace(
        annotation, id=new_id(), note="", author=desk.author, created=stamp, modified=stamp, origin=""
    )
    place = replace(anchor, id=new_id(), annotation=twin.id, state="original", score=1.0, method="made")
    title = say("Duplicate “{start}”", start=shortened(anchor.quote))
    return desk.write(title, [Change(None, twin), Change(None, place)])


def set_style(desk: Desk, annotation_ids: Sequence[str], style: str) -> Changes:
    """Draw these as highlight, underline or strike-out."""
    if style not in STYLES:
        raise ValueError(f"no style: {style}")
    steps = [
        Change(one, replace(one, style=style, modified=now()))
        for one in annotations_to_write(desk, annotation_ids)
        if one.style != style
    ]
    names = {"highlight": say("Highlight"), "underline": say("Underline"), "strike": say("Strike through")}
    return desk.write(names[style], steps)


def _anchor_in(desk: Desk, annotation_id: str, version_id: str | None) -> Anchor:
    """Its anchor in this version, else the one made first."""
    every = stored.anchors(desk.project, [annotation_id])
    there = [anchor for anchor in every if anchor.version == version_id and anchor.state != "lost"]
    return there[0] if there else _original(desk, annotation_id)


def _original(desk: Desk, annotation_id: str) -> Anchor:
    """The anchor made first; each annotation has one."""
    found = stored.anchors(desk.project, [annotation_id])
    return next((anchor for anchor in found if anchor.state == "original"), found[0])


def _only_text(anchor: Anchor) -> None:
    if anchor.quads:
        raise Known(say("This annotation marks an area of a page; drag its edges to change it."))
