"""Reading a file's text anew as it is read today, and bringing its annotations along. Only when a reader asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from typing import get_args

from kantlijn.documents.contract import AskContent
from kantlijn.documents.encodings import encoding_name
from kantlijn.documents.kind import PLAIN, Kind
from kantlijn.documents.plain import chosen_encoding, plain_content
from kantlijn.documents.structured import Structured
from kantlijn.errors import Cancelled, Known
from kantlijn.model.annotation import Anchor
from kantlijn.model.changes import Change, Changes
from kantlijn.model.comparison import Carried
from kantlijn.model.document import Content, Version
from kantlijn.store import passages as stored
from kantlijn.text.sentences import sentence_at
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.areas import anchor_on_area
from kantlijn.usecases.marking.tag import anchor_on
from kantlijn.usecases.read import source as read_source
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.shelf.ocr import is_recognised
from kantlijn.usecases.shelf.text_encoding import must_be_text
from kantlijn.usecases.versions.compare import compare_contents
from kantlijn.words import say

_PATIENCE = 0.2
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SAME, _CHANGED, _LOST = "same", "changed", "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAgain:
    """same: how many annotations stand on the same words; changed: on words that read otherwise now; lost: quotes
    that were not found, whose annotations have the sentence where they stood. Both are marked as to be looked at.
    changes is None when there is no newer reading than the one that is kept.
    """

    same: int
    changed: int
    lost: tuple[str, ...]
    changes: Changes | None


def read_again(
    desk: Desk, version_id: str, encoding: str | None = None, *,
    progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> ReadAgain:  # fmt: skip
    """Take today's text instead of the one that was kept at import, as one step that can be undone.

    encoding: one of ENCODINGS to read a plain text in, "" for the one that is recognised, None for the one that
    it is read in. Known for a version whose text was recognised from pictures, or whose file is not kept,
    and for an encoding of what is no plain text; Cancelled, which leaves nothing behind; BadFile, EngineTrouble,
    PasswordNeeded, ReadOnly, NotFound.
    """
    must_write(desk)
    version = read_version(desk, version_id)
    before = desk.content_of(version)
    if is_recognised(version):
        raise Known(say("The text of “{file}” was recognised from pictures and stays.", file=version.file))
    if encoding is not None:
        must_be_text(version)
    if before.pages or version.mime == "application/pdf":
        after = _asked(desk, version_id, progress, cancelled)
    else:
        after = _read(b"".join(desk.project.chunks(version.sha256)), version, encoding, cancelled)
    if after.extractor == version.extractor:
        return ReadAgain(same=0, changed=0, lost=(), changes=None)
    desk.project.add_text(version.sha256, version.size, after)
    fresh = replace(version, extractor=after.extractor, characters=len(after.text))
    anchors = stored.anchors_in(desk.project, [version.id])
    moved = _carried(anchors, before, after, fresh, cancelled)
    steps = [Change(old, new) for old, (new, _) in zip(anchors, moved, strict=True) if old != new]
    title = _title(version, after, encoding)
    return ReadAgain(
        same=sum(fate == _SAME for _, fate in moved), changed=sum(fate == _CHANGED for _, fate in moved),
        lost=tuple(old.quote for old, (_, fate) in zip(anchors, moved, strict=True) if fate == _LOST),
        changes=desk.write(title, [Change(version, fresh), *steps]),
    )  # fmt: skip


def _title(version: Version, after: Content, encoding: str | None) -> str:
    file = shortened(version.file)
    if encoding is None:
        return say("Read “{file}” anew", file=file)
    return say("Read “{file}” as {encoding}", file=file, encoding=encoding_name(after.details["encoding"]))


def _asked(
    desk: Desk, version_id: str, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool]
) -> Content:
    future = desk.engine.ask(AskContent(source=read_source(desk, version_id)), progress=progress)
    while True:
        try:
            content = future.result(timeout=_PATIENCE)
        except NotYet:
            if cancelled():
                future.cancel()
                raise Cancelled(say("Reading anew was stopped.")) from None
        else:
            assert isinstance(content, Content)
            return content


def _read(raw: bytes, version: Version, encoding: str | None, cancelled: Callable[[], bool]) -> Content:
    """The content of a file without pages, as its reader finds it today."""
    kind: Kind = next((one for one in get_args(Kind) if version.extractor.startswith(f"{one}/")), "text")
    if kind in PLAIN:
        chosen = chosen_encoding(version.extractor) if encoding is None else encoding
        return plain_content(raw, "markdown" if version.mime == "text/markdown" else "text", chosen)

    def go_on() -> None:
        if cancelled():
            raise Cancelled(say("Reading anew was stopped."))

    structured = Structured()
    try:
        return structured.read_bytes(raw, kind, version.file, go_on)
    finally:
        structured.close()


def _carried(
    anchors: Sequence[Anchor], before: Content, after: Content, version: Version, cancelled: Callable[[], bool]
) -> list[tuple[Anchor, str]]:
    """Each anchor on the new text, and what became of it."""
    worded = [anchor for anchor in anchors if anchor.quote and not anchor.quads]
    found: dict[str, Carried] = {}
    if worded and not _same_places(before.text, after.text):
        _, carried = compare_contents(
            before, after, names=(version.file, version.file), passages=[anchor.range for anchor in worded],
            cancelled=cancelled,
        )  # fmt: skip
        found = {anchor.id: one for anchor, one in zip(worded, carried, strict=True)}
    return [_placed(anchor, found.get(anchor.id), after, version) for anchor in anchors]


def _same_places(before: str, after: str) -> bool:
    """Whether they differ at most in how letters beyond ASCII are read, one for one: then passages stay put."""
    return before == after or (
        len(before) == len(after) and _BEYOND_ASCII.sub("?", before) == _BEYOND_ASCII.sub("?", after)
    )


def _placed(anchor: Anchor, carried: Carried | None, after: Content, version: Version) -> tuple[Anchor, str]:
    """Areas stay where they are on the page. What was not found gets the sentence where it stood, to be looked
    at.
    """
    kept = replace(anchor, version=version.id)
    if anchor.quads:
        page, quad = anchor.quads[0]
        return _as(kept, anchor_on_area(after, version, anchor.annotation, page, quad), anchor.review), _SAME
    if not anchor.quote:  # one that was lost before stays so
        return kept, _SAME
    if carried is None or carried.new is not None:
        where = anchor.range if carried is None or carried.new is None else carried.new
        doubtful = carried is not None and (carried.review or carried.status == "changed")
        fresh = anchor_on(after, version.id, anchor.annotation, where)
        return _as(kept, fresh, "open" if doubtful else anchor.review), _CHANGED if doubtful else _SAME
    near = min((carried.near or anchor.range)[0], len(after.text) - 1)
    start, end = sentence_at(after.text, near, after.auxiliary)
    if start >= end:
        start, end = near, near + 1
    return _as(kept, anchor_on(after, version.id, anchor.annotation, (start, end)), "open"), _LOST


def _as(anchor: Anchor, fresh: Anchor, review: str) -> Anchor:
    """The fresh place under the old one's name and state."""
    return replace(
        fresh, id=anchor.id, state=anchor.state, score=anchor.score, method=anchor.method, review=review
    )
