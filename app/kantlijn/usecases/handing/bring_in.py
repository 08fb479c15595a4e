"""Every format in which other programs hand over annotations or themes, taken in by the file's ending."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kantlijn.documents.kind import kind_of
from kantlijn.errors import BadFile, NotFound, reason_of
from kantlijn.model.changes import Changes
from kantlijn.model.document import Version
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing import codebook, import_refi
from kantlijn.usecases.handing.import_web_annotations import (
    Told,
    WebFound,
    import_web_annotations,
    preview_web_annotations,
)
from kantlijn.words import say, say_many

Progress = Callable[[int, int, str], None]
ENDINGS = (".qdpx", ".qdc", ".jsonld", ".json", ".csv")
_WEB = (".jsonld", ".json")
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What a file holds, before it comes in: sentences with what would, and with what would not or is doubtful.

    anything: whether something in it is new.
    """

    said: tuple[str, ...]
    remarks: tuple[str, ...]
    anything: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """What came in. remarks: what did not or should be looked at, a sentence each. counts: the same in numbers and
    lists, by name, of JSON types. cancelled: the reader stopped; documents that had come in by then stay.
    """

    said: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)
    changes: Changes | None = None
    cancelled: bool = False


def look_into(desk: Desk, path: Path) -> Holds:
    """What would come in; nothing is changed. BadFile, with its sentence; EngineTrouble."""
    ending = _ending(path)
    if ending in _WEB:
        found = preview_web_annotations(desk, path)
        return Holds(said=_web_said(found), remarks=_web_remarks(found), anything=bool(found.new or found.themes))
    if ending == ".qdpx":
        refi = import_refi.found_in(desk, path)
        said = _counted(refi.documents, refi.annotations, refi.themes, refi.relations)
        if refi.here:
            said.append(say_many("{n} is here already", "{n} are here already", refi.here))
        if refi.origin:
            said.append(say("Written by {program}.", program=refi.origin))
        return Holds(said=tuple(said), remarks=refi.remarks, anything=True)
    themes = _themes(desk, path, only_look=True)
    new = themes.counts["themes"] or themes.counts["completed"]
    return Holds(said=themes.said, remarks=themes.remarks, anything=bool(new))


def bring_in(
    desk: Desk, path: Path, *, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
    on_changes: Callable[[Changes], None] | None = None, otherwise: str = "",
) -> CameIn:  # fmt: skip
    """Take it in: annotations, themes and relations as one step, documents each as a step of its own.

    on_changes hears of each document. otherwise: id of the version that web annotations mean whose document is not
    here under the name they give. BadFile, ReadOnly, DiskTrouble, EngineTrouble, each with its sentence.
    """
    ending = _ending(path)
    if ending in _WEB:
        return _web(desk, path, otherwise)
    if ending == ".qdpx":
        return _refi(desk, path, progress, cancelled, on_changes)
    return _themes(desk, path, only_look=False)


def version_in(desk: Desk, path: Path) -> Version:
    """The PDF in the project with these bytes. NotFound for one that is not there; BadFile for other files."""
    _must_be_a_file(path)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as trouble:
        raise BadFile(
            say("“{file}” cannot be read: {reason}.", file=path.name, reason=reason_of(trouble))
        ) from trouble
    found = shelf.version_with(desk.project, digest)
    if found is not None and found.mime == _PDF:
        return found
    if found is not None or not _is_pdf(path):
        raise _of_no_kind(path)
    raise NotFound(
        say("“{file}” is not in the project; add it first with: kantlijn add {path} {file}",
            file=path.name, path=desk.path.name)
    )  # fmt: skip


def _is_pdf(path: Path) -> bool:
    try:
        return kind_of(path) == "pdf"
    except BadFile:
        return False


def _must_be_a_file(path: Path) -> None:
    if path.is_dir():
        raise BadFile(say("“{file}” is a folder; choose a file in it.", file=path.name))
    if not path.exists():
        raise BadFile(say("“{file}” is not there; look whether it was moved or deleted.", file=path.name))


def _of_no_kind(path: Path) -> BadFile:
    return BadFile(
        say("“{file}” is of a kind that annotations are not taken in from; they come from PDF, {endings}.",
            file=path.name, endings=", ".join(ENDINGS))
    )  # fmt: skip


def _ending(path: Path) -> str:
    _must_be_a_file(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise _of_no_kind(path)
    return ending


def _web(desk: Desk, path: Path, otherwise: str) -> CameIn:
    came = import_web_annotations(desk, path, otherwise=otherwise)
    found = came.found
    counts = {
        "imported": found.new, "known": found.known, "relations": found.relations, "themes": len(found.themes),
        "annotations": sorted(came.changes.touched("annotation")), "unplaced": _listed(found.unplaced),
        "doubtful": _listed(found.doubtful), "skipped": list(found.skipped),
    }  # fmt: skip
    return CameIn(said=_web_said(found), remarks=_web_remarks(found), counts=counts, changes=came.changes)


def _listed(told: Sequence[Told]) -> list[dict[str, str]]:
    return [{"words": one.words, "document": one.document, "why": one.why} for one in told]


def _counted(documents: int, annotations: int, themes: int, relations: int) -> list[str]:
    """How many of each there are; of annotations even where there are none."""
    return [
        said
        for many, said in (
            (documents, say_many("{n} document", "{n} documents", documents)),
            (True, say_many("{n} annotation", "{n} annotations", annotations)),
            (themes, say_many("{n} theme", "{n} themes", themes)),
            (relations, say_many("{n} relation", "{n} relations", relations)),
        )
        if many
    ]


def _web_said(found: WebFound) -> tuple[str, ...]:
    said = [say_many("{n} annotation", "{n} annotations", found.new)]
    if found.known:
        said.append(say_many("{n} is here already", "{n} are here already", found.known))
    if found.themes:
        said.append(say("New themes: {names}", names=", ".join(found.themes)))
    if found.relations:
        said.append(say_many("{n} relation", "{n} relations", found.relations))
    return tuple(said)


def _web_remarks(found: WebFound) -> tuple[str, ...]:
    told = [f"“{one.words}”: {one.why}" if one.words else one.why for one in (*found.unplaced, *found.doubtful)]
    skipped = [say("“{words}” is no annotation.", words=words) for words in found.skipped]
    return (*told, *skipped)


def _refi(
    desk: Desk, path: Path, progress: Progress | None, cancelled: Callable[[], bool],
    on_changes: Callable[[Changes], None] | None,
) -> CameIn:  # fmt: skip
    came = import_refi.import_refi(
        desk, path, progress=progress, cancelled=cancelled, on_changes=on_changes
    )
    said = _counted(len(came.documents), came.annotations, came.themes, came.relations)
    if came.known:
        said.append(say_many("{n} is here already", "{n} are here already", came.known))
    lost = [say("“{words}” was not found in “{document}”.", words=one.words, document=one.document)
            if one.words else say("A part of “{document}” without words was left out.", document=one.document)
            for one in came.unplaced]  # fmt: skip
    doubted = [say("“{words}” stands in “{document}” at a place to be looked at.", words=one.words,
                   document=one.document) for one in came.doubtful]  # fmt: skip
    counts = {
        "imported": came.annotations, "known": came.known, "relations": came.relations, "themes": came.themes,
        "documents": [one.document for one in came.documents],
        "annotations": sorted(came.changes.touched("annotation")) if came.changes else [],
        "unplaced": [{"words": one.words, "document": one.document} for one in came.unplaced],
        "doubtful": [{"words": one.words, "document": one.document} for one in came.doubtful],
    }  # fmt: skip
    return CameIn(said=tuple(said), remarks=(*lost, *doubted, *came.remarks), counts=counts,
                  changes=came.changes, cancelled=came.cancelled)  # fmt: skip


def _themes(desk: Desk, path: Path, *, only_look: bool) -> CameIn:
    if path.suffix.lower() == ".qdc":
        refi = (import_refi.look_into_codebook if only_look else import_refi.import_codebook)(desk, path)
        said = [say_many("{n} new theme", "{n} new themes", refi.themes)]
        if refi.filled:
            said.append(say("Completed: {names}", names=", ".join(refi.filled)))
        if refi.known > 0:
            said.append(say_many("{n} is here already", "{n} are here already", refi.known))
        counts = {"themes": refi.themes, "completed": list(refi.filled), "known": refi.known}
        return CameIn(said=tuple(said), remarks=refi.remarks, counts=counts, changes=refi.changes)
    came = (codebook.look_into_codebook if only_look else codebook.import_codebook)(desk, path)
    said = [say_many("{n} new theme", "{n} new themes", len(came.made))]
    if came.filled:
        said.append(say("Completed: {names}", names=", ".join(came.filled)))
    if came.same:
        said.append(say_many("{n} is here already", "{n} are here already", came.same))
    remarks = (
        [say("The file says something else of {names}; what you have stays.", names=", ".join(came.differing))]
        if came.differing else []
    )  # fmt: skip
    counts = {"themes": len(came.made), "completed": list(came.filled), "differing": list(came.differing),
              "known": came.same}  # fmt: skip
    return CameIn(said=tuple(said), remarks=tuple(remarks), counts=counts, changes=came.changes)
