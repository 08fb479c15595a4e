"""Carrying annotations over to another version, and what a reader decides about those that are in doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kantlijn.errors import Known, NotFound
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.comparison import Carried, Comparison
from kantlijn.model.document import Content, Range, Version
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.fold import squeeze
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.areas import carried_area
from kantlijn.usecases.marking.tag import CONTEXT, anchor_on
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.versions.compare import compare_contents, keep
from kantlijn.words import say, say_many

STATES = ("unchanged", "moved", "changed", "lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """An annotation that was carried: source where it was made, target in the version at hand."""

    annotation: Annotation
    source: Anchor
    target: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """What carry() did: its step, and all that stands carried in the version now, in reading order."""

    changes: Changes
    rows: tuple[CarriedRow, ...]


def carry(
    desk: Desk,
    document_id: str,
    to_id: str,
    *,
    from_id: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Carry:
    """Give the document's annotations their place in this version, those that have none there yet.

    From the version where each was made, and where that finds nothing sure, from a version in between; from_id:
    only from that one. What was in doubt is left for review. Original anchors stay as they are. Known when there
    is nothing to carry from; Cancelled, which leaves nothing behind; EngineTrouble.
    """
    must_write(desk)
    to = read_version(desk, to_id)
    if to.document != document_id:
        raise Known(say("Annotations are carried over between versions of one document."))
    places = _places(desk, document_id, to, from_id)
    content = desk.content_of(to)
    found: dict[str, Anchor] = {}
    waiting = dict(places)
    while waiting:
        sources = {annotation: anchors[0] for annotation, anchors in waiting.items()}
        for version_id in dict.fromkeys(anchor.version for anchor in sources.values()):
            group = [anchor for anchor in sources.values() if anchor.version == version_id]
            for anchor in _carried(desk, read_version(desk, version_id), to, content, group, cancelled):
                before = found.get(anchor.annotation)
                if before is None or _is_surer(anchor, before):
                    found[anchor.annotation] = anchor
        waiting = {
            annotation: anchors[1:]
            for annotation, anchors in waiting.items()
            if len(anchors) > 1 and not _is_sure(found[annotation])
        }
    title = say_many("Carry {n} annotation to “{file}”", "Carry {n} annotations to “{file}”", len(found),
                     file=to.file)  # fmt: skip
    changes = desk.write(title, [Change(None, anchor) for anchor in found.values()])
    return Carry(changes=changes, rows=carried_rows(desk, to_id, from_id=from_id))


def _places(desk: Desk, document_id: str, to: Version, from_id: str | None) -> dict[str, list[Anchor]]:
    """For each annotation that has no place in that version: where it stands elsewhere, the original first."""
    versions = {version.id: version for version in shelf.versions(desk.project) if version.document == document_id}
    if from_id is not None and (from_id not in versions or from_id == to.id):
        raise NotFound(say("There is no such version to carry annotations from."))
    ids = stored.ids_in_document(desk.project, document_id)
    anchors = stored.anchors(desk.project, ids)
    there = {anchor.annotation for anchor in anchors if anchor.version == to.id}
    found: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        elsewhere = anchor.annotation not in there and anchor.state != "lost" and anchor.version in versions
        if not elsewhere or (from_id is not None and anchor.version != from_id):
            continue
        if from_id is None and versions[anchor.version].number > to.number:
            continue
        found.setdefault(anchor.annotation, []).append(anchor)
    for places in found.values():
        places.sort(key=lambda anchor: (anchor.state != "original", -versions[anchor.version].number))
    return found


def _carried(
    desk: Desk,
    version: Version,
    to: Version,
    content: Content,
    anchors: Sequence[Anchor],
    cancelled: Callable[[], bool],
) -> Iterable[Anchor]:
    """Anchors in the version to be carried to, for these of one other version."""
    old = desk.content_of(version)
    texts = [anchor for anchor in anchors if not anchor.quads]
    comparison, carried = compare_contents(
        old, content, names=(version.file, to.file), passages=[anchor.range for anchor in texts],
        cancelled=cancelled,
    )  # fmt: skip
    keep(desk, version, to, comparison)
    for anchor, one in zip(texts, carried, strict=True):
        yield _anchor(anchor, one, to, content)
    for anchor in anchors:
        if anchor.quads:
            yield _area(anchor, comparison, old, to, content)


def _anchor(anchor: Anchor, carried: Carried, to: Version, content: Content) -> Anchor:
    if carried.new is None:
        near = carried.near[0] if carried.near else None
        return _lost(anchor.annotation, to, content, near, carried)
    fresh = anchor_on(content, to.id, anchor.annotation, carried.new)
    return replace(
        fresh, state=carried.status, score=carried.score, method=carried.method,
        review="open" if carried.review else "",
    )  # fmt: skip


def _area(anchor: Anchor, comparison: Comparison, old: Content, to: Version, content: Content) -> Anchor:
    found = carried_area(anchor, comparison.same, old, to, content)
    return found if found is not None else _lost(anchor.annotation, to, content, None, None)


def _lost(annotation: str, to: Version, content: Content, near: int | None, carried: Carried | None) -> Anchor:
    """An anchor without words, where the passage stood as far as known."""
    place = min(near or 0, len(content.text))
    around = anchor_on(content, to.id, annotation, (min(place, len(content.text) - 1), len(content.text)))
    return replace(
        around, range=(place, place), quote="", prefix=content.text[max(0, place - CONTEXT) : place],
        suffix=content.text[place : place + CONTEXT], last_page=around.first_page, state="lost",
        score=carried.score if carried else 0.0, method=carried.method if carried else "alignment",
    )  # fmt: skip


def _is_sure(anchor: Anchor) -> bool:
    return anchor.state != "lost" and not anchor.review


def _is_surer(anchor: Anchor, than: Anchor) -> bool:
    one, other = (
        (_is_sure(found), found.state != "lost", found.score) for found in (anchor, than)
    )
    return one > other


def carried_rows(desk: Desk, version_id: str, *, from_id: str | None = None) -> tuple[CarriedRow, ...]:
    """All annotations that were carried to this version, the lost ones too, in the order of the text.

    from_id: only those that stand in that version, with their place there as the source.
    """
    targets = [anchor for anchor in stored.anchors_in(desk.project, [version_id]) if anchor.state != "original"]
    ids = {anchor.annotation for anchor in targets}
    annotations = {one.id: one for one in stored.annotations_with(desk.project, ids)}
    sources = {
        anchor.annotation: anchor
        for anchor in stored.anchors(desk.project, ids)
        if (anchor.state == "original" if from_id is None else anchor.version == from_id)
    }
    rows = [
        CarriedRow(annotation=annotations[anchor.annotation], source=sources[anchor.annotation], target=anchor)
        for anchor in targets
        if anchor.annotation in sources
    ]
    rows.sort(key=lambda row: (row.target.range, row.source.range, row.annotation.id))
    return tuple(rows)


def waiting_annotations(desk: Desk, to_id: str) -> int:
    """How many annotations of older versions have no place in this version yet."""
    to = read_version(desk, to_id)
    return len(_places(desk, to.document, to, None))


# -- what the reader decides --------------------------------------------------------------------------------


def accept(desk: Desk, annotation_ids: Collection[str], version_id: str) -> Changes:
    """These were looked at and stand as they are; what is lost is taken note of."""
    anchors = _to_decide(desk, annotation_ids, version_id)
    steps = [
        Change(anchor, replace(anchor, review="accepted")) for anchor in anchors if anchor.review != "accepted"
    ]
    title = _title(desk, anchors, lambda start: say("Accept the place of “{start}”", start=start))
    return desk.write(title, steps)


def place(desk: Desk, annotation_id: str, version_id: str, range: Range) -> Changes:
    """The reader's own choice of where the passage stands in this version. BadRange."""
    (before,) = _to_decide(desk, [annotation_id], version_id)
    content = desk.content_of(read_version(desk, version_id))
    fresh = anchor_on(content, version_id, annotation_id, range)
    (source,) = [one for one in stored.anchors(desk.project, [annotation_id]) if one.state == "original"]
    same = squeeze(source.quote).text == squeeze(fresh.quote).text
    after = replace(
        fresh, id=before.id, state="moved" if same else "changed", score=1.0 if same else before.score,
        method="by hand", review="placed",
    )  # fmt: skip
    return desk.write(say("Place “{start}” by hand", start=shortened(source.quote)), [Change(before, after)])


def drop(desk: Desk, annotation_ids: Collection[str], version_id: str) -> Changes:
    """These do not stand in this version; they stay where they were made."""
    anchors = _to_decide(desk, annotation_ids, version_id)
    steps = []
    for anchor in anchors:
        start = anchor.range[0]
        after = replace(anchor, range=(start, start), quote="", quads=(), state="lost", review="dropped")
        if after != anchor:
            steps.append(Change(anchor, after))
    return desk.write(_title(desk, anchors, lambda start: say("Drop “{start}” here", start=start)), steps)


def _to_decide(desk: Desk, ids: Collection[str], version_id: str) -> list[Anchor]:
    must_write(desk)
    found = {
        anchor.annotation: anchor
        for anchor in stored.anchors(desk.project, ids)
        if anchor.version == version_id and anchor.state != "original"
    }
    if not found:
        raise NotFound(say("That annotation was not carried to this version."))
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _title(desk: Desk, anchors: Sequence[Anchor], of_one: Callable[[str], str]) -> str:
    if len(anchors) > 1:
        return say_many("Review {n} annotation", "Review {n} annotations", len(anchors))
    every = stored.anchors(desk.project, [anchors[0].annotation])
    return of_one(shortened(anchors[0].quote or next(one.quote for one in every if one.state == "original")))


