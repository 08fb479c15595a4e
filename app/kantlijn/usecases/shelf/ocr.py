"""Recognising the text of scanned pages, and bringing their annotations along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace

from kantlijn.documents import tessdata
from kantlijn.documents.contract import AskContent
from kantlijn.errors import BadRange, Cancelled, Known
from kantlijn.model.annotation import Anchor
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Version
from kantlijn.store import passages as stored
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.areas import anchor_on_area
from kantlijn.usecases.marking.tag import anchor_on
from kantlijn.usecases.read import source as read_source
from kantlijn.usecases.read import version as read_version
from kantlijn.words import language, say

_PATIENCE = 0.2
_PREFERRED = ("nld", "eng")


def languages() -> tuple[str, ...]:
    """Languages whose data is installed, those of the reader first; () when text cannot be recognised here."""
    there = tessdata.languages()
    first = _PREFERRED if language() == "nl" else _PREFERRED[::-1]
    return tuple(sorted(there, key=lambda name: (first.index(name) if name in first else 9, name)))


def is_recognised(version: Version) -> bool:
    """Whether part of the text was read from pictures."""
    return "+ocr" in version.extractor


def empty_pages(content: Content) -> int:
    """How many pages have no text."""
    return sum(not content.text[page.range[0] : page.range[1]].strip() for page in content.pages)


def recognise(
    desk: Desk,
    version_id: str,
    wanted: Sequence[str],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Changes:
    """Read the pages without text from their pictures, as one step that can be undone.

    wanted: of languages(). progress: pages done, pages. Cancelled when stopped, which leaves nothing behind; Known
    when there is nothing to do or no language data; EngineTrouble, PasswordNeeded.
    """
    must_write(desk)
    version = read_version(desk, version_id)
    before = desk.content_of(version)
    if not before.pages or not empty_pages(before):
        raise Known(say("Every page of “{file}” has text already.", file=version.file))
    if not wanted:
        raise Known(
            say("No language data is installed to recognise text with; install tesseract-ocr-nld, for instance.")
        )
    request = AskContent(source=read_source(desk, version_id), ocr="+".join(wanted))
    future = desk.engine.ask(request, progress=progress)
    while True:
        try:
            content = future.result(timeout=_PATIENCE)
            break
        except NotYet:
            if cancelled():
                future.cancel()
                raise Cancelled(say("Recognising was stopped.")) from None
    assert isinstance(content, Content)
    if empty_pages(content) == empty_pages(before):
        raise Known(say("No text was recognised on the pages of “{file}”.", file=version.file))
    desk.project.add_text(version.sha256, version.size, content)
    after = replace(version, extractor=content.extractor, characters=len(content.text))
    anchors = stored.anchors_in(desk.project, [version.id])
    moved = [Change(anchor, _carried(anchor, before, content, after)) for anchor in anchors]
    title = say("Recognise the text of “{file}”", file=shortened(version.file))
    return desk.write(title, [Change(version, after), *moved])


def _carried(anchor: Anchor, before: Content, after: Content, version: Version) -> Anchor:
    """The anchor on the text with the recognised pages in it: pages that had text have the same."""
    try:
        if anchor.quads:
            page, quad = anchor.quads[0]
            fresh = anchor_on_area(after, version, anchor.annotation, page, quad)
        else:
            start, end = (_moved(place, before, after) for place in (anchor.range[0], anchor.range[1] - 1))
            fresh = anchor_on(after, version.id, anchor.annotation, (start, end + 1))
    except BadRange:
        return anchor
    return replace(fresh, id=anchor.id, state=anchor.state, score=anchor.score, method=anchor.method)


def _moved(place: int, before: Content, after: Content) -> int:
    page = next((page for page in before.pages if page.range[0] <= place < page.range[1]), before.pages[-1])
    return after.pages[page.index].range[0] + place - page.range[0]
