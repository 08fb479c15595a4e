"""Bringing texts into the index that searching uses. Whatever is not in it yet is still found, only later."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence

from kantlijn.errors import Known
from kantlijn.guests.guest import Guest
from kantlijn.model.document import Range, Version
from kantlijn.store import index_sound, search_index, shelf
from kantlijn.store.comparisons import content_name
from kantlijn.text.search.entry import Numbered
from kantlijn.usecases.desk import Desk
from kantlijn.words import say

Progress = Callable[[int, int, str], None]
_PATIENCE = 120.0
_SOME = 4.0
_MANY = 8
"""Texts after which what the index has of each word lies in several places."""


def not_indexed(desk: Desk) -> list[Version]:
    """Versions whose text is not in the index, or is there by an older method; each content once."""
    there = search_index.rows_of(desk.project)
    missing = {content_name(one): one for one in shelf.versions(desk.project) if content_name(one) not in there}
    return list(missing.values())


def mend_index(desk: Desk) -> None:
    """Empty a damaged index, so that it is made again; nothing in a project that is only read."""
    if not desk.read_only and not desk.index.is_sound():
        index_sound.empty(desk.project)
        desk.index.begin_anew()


def index_texts(
    desk: Desk, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> int:
    """Index what is missing, a text at a time, each kept as soon as it is made. How many were.

    Nothing is done in a project that is only read. A text that the project lost, or that is too much, is left out.
    """
    mend_index(desk)
    missing = [] if desk.read_only else not_indexed(desk)
    if not missing:
        return 0
    made = 0
    guest = Guest("--workshop")  # for this only: it would hold memory that pages need
    try:
        for place, version in enumerate(missing):
            if cancelled is not None and cancelled():
                break
            if progress is not None:
                progress(place, len(missing), say("Making “{file}” searchable", file=version.file))
            try:
                _index(desk, version, guest)
            except Known:
                continue
            made += 1
    finally:
        guest.close()
    if made >= _MANY:
        search_index.settle(desk.project, cancelled or (lambda: False))
    return made


def index_some(
    desk: Desk, *, cancelled: Callable[[], bool], seconds: float = _SOME
) -> tuple[int, int]:
    """The same for so long at most: how many were made, and how many are left."""
    until = time.monotonic() + seconds
    mend_index(desk)
    before = len(not_indexed(desk))
    made = index_texts(desk, cancelled=lambda: cancelled() or time.monotonic() > until) if before else 0
    return made, before - made


def _index(desk: Desk, version: Version, guest: Guest) -> None:
    found = search_index.light_text(desk.project, version)
    if found is not None:
        search_index.keep(desk.project, version, entry_by(guest, *found))


def entry_by(guest: Guest, text: str, auxiliary: Sequence[Range]) -> Numbered:
    """The entry of a text, made in another process. Known when that comes to nothing."""
    answer, (words, others, marks) = guest.call(
        "entry", {"auxiliary": auxiliary}, (text.encode(),), deadline=_PATIENCE
    )
    return Numbered(
        distinct=tuple(answer["distinct"]), words=_numbers(words), others=_numbers(others), marks=_numbers(marks),
        points=tuple(answer["points"]), origins=tuple((a, b, c) for a, b, c in answer["origins"]),
    )  # fmt: skip


def _numbers(packed: memoryview) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers
