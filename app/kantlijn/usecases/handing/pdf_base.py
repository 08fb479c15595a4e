"""What a PDF copy is made from: the original, or an earlier copy that others have written in since."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kantlijn.documents.answers import markings_from, plain_source
from kantlijn.documents.contract import Marking, Markings, Source
from kantlijn.errors import BadFile, Known
from kantlijn.guests.guest import Guest
from kantlijn.model.document import Version
from kantlijn.store import history as past
from kantlijn.store import passages as stored
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.gathered import Gathered, gathered
from kantlijn.usecases.read import source as read_source
from kantlijn.words import say, say_many

_PATIENCE = 120.0
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """source: the file to add to, in plain form. foreign: what other programs left in it, by origin. ours: object
    numbers by (annotation, part, page) of what was written before; old: the same as [(page, object)].
    kept: annotations in an earlier copy that are not in the original and not of this project.
    """

    source: dict[str, Any]
    foreign: Mapping[str, Gathered] = field(default_factory=dict)
    ours: Mapping[tuple[str, int, int], int] = field(default_factory=dict)
    old: tuple[tuple[int, int], ...] = ()
    kept: int = 0


def base_of(desk: Desk, worker: Guest, version: Version, path: Path, writing: set[str]) -> Base:
    """Where to begin. Known when the file at path is another PDF, or notes in it were changed elsewhere.

    An earlier copy that nobody touched since is made anew from the original, so that it does not grow; one that
    others have written in is added to, so that their work stays. writing: ids of what is to be written.
    """
    original = read_source(desk, version.id)
    first = _markings(worker, original)
    there = Path(os.path.realpath(path))
    if not there.is_file() or _is_as_written(desk, version, there):
        return _base(desk, version, original, first, writing)
    copy = Source(key=str(there), path=str(there), password=original.password)
    try:
        second = _markings(worker, copy)
    except BadFile as trouble:
        raise _another(path) from trouble
    begins = _begins_with(there, version)
    here = [one for one in second.markings if one.own is not None and one.own.version == version.sha256]
    if not begins and not here:
        raise _another(path)
    known = _known(desk, second, writing)
    changed = {one.own.id for one in here if one.own is not None and one.own.edited and one.own.id in known}
    if changed:
        raise Known(
            say_many("In “{file}” {n} note was changed by another program since; write the copy under another "
                     "name.",
                     "In “{file}” {n} notes were changed by another program since; write the copy under another "
                     "name.", len(changed), file=path.name)
        )  # fmt: skip
    more = _others(second, known) - _others(first, known)
    if begins and here and second.revisions == first.revisions + 1 and not more:
        return _base(desk, version, original, first, writing)
    base = _base(desk, version, copy, second, writing)
    return Base(
        source=base.source, foreign=base.foreign, ours=base.ours, old=base.old, kept=max(0, more)
    )


def remember(desk: Desk, version: Version, path: Path) -> None:
    """Keep what this copy is, which was made from the original: while it stays that, nobody wrote in it, and it
    need not be read through before the next one. A project that cannot be written does without.
    """
    if not desk.read_only:
        with suppress(Known, OSError):
            desk.project.keep_fact(_fact(version), _digest(path))


def _is_as_written(desk: Desk, version: Version, path: Path) -> bool:
    kept = desk.project.fact(_fact(version)) or ""
    try:
        return kept.startswith(f"{path.stat().st_size} ") and _digest(path) == kept
    except OSError:
        return False


def _fact(version: Version) -> str:
    return f"pdf copy {version.id}"


def _digest(path: Path) -> str:
    """Its size and SHA-256."""
    with path.open("rb") as data:
        return f"{os.fstat(data.fileno()).st_size} {hashlib.file_digest(data, 'sha256').hexdigest()}"


def _base(desk: Desk, version: Version, source: Source, found: Markings, writing: set[str]) -> Base:
    known = _known(desk, found, writing)
    ours: dict[tuple[str, int, int], int] = {}
    old: list[tuple[int, int]] = []
    others: list[Marking] = []
    for one in found.markings:
        if one.own is not None and one.own.id in known:
            if one.xref > 0:  # another program may have written it without a number
                ours[one.own.id, one.own.part, one.page] = one.xref
            old.append((one.page, one.xref))
        elif one.own is None or not one.own.id:
            others.append(one)
    foreign = {one.origin: one for one in gathered(desk.content_of(version), others)}
    return Base(source=plain_source(source), foreign=foreign, ours=ours, old=tuple(old))


def _known(desk: Desk, found: Markings, writing: set[str]) -> set[str]:
    """Which annotations of ours in the file are, or once were, in this project; others are somebody else's."""
    ids = {one.own.id for one in found.markings if one.own is not None and one.own.id}
    known = ids & writing
    known |= stored.existing(desk.project, ids - known)
    with desk.project.reading() as db:
        known |= {one for one in ids - known if any(past.rows(db, 1, record=one))}
    return known


def _others(found: Markings, known: set[str]) -> int:
    return sum(one.own is None or one.own.id not in known for one in found.markings)


def _markings(worker: Guest, source: Source) -> Markings:
    plain, _ = worker.call("markings", {"source": plain_source(source)}, deadline=_PATIENCE)
    return markings_from(plain)


def _begins_with(path: Path, version: Version) -> bool:
    """Whether the file is the version's bytes, with or without more behind them."""
    left, sums = version.size, hashlib.sha256()
    try:
        with path.open("rb") as data:
            while left and (piece := data.read(min(_PIECE, left))):
                sums.update(piece)
                left -= len(piece)
    except OSError:
        return False
    return not left and sums.hexdigest() == version.sha256


def _another(path: Path) -> Known:
    return Known(
        say("“{file}” is another file, not an earlier copy of this one; nothing is written over it. "
            "Choose another name.", file=path.name)
    )  # fmt: skip
