"""A copy of a version's PDF with the annotations in it, for readers of PDFs; the bytes in the project stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kantlijn.documents.answers import BadAnswer
from kantlijn.documents.door import reading
from kantlijn.errors import BadFile, EngineTrouble, Known, PasswordNeeded
from kantlijn.guests.guest import Guest
from kantlijn.guests.packing import packed
from kantlijn.model.document import Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.pdf_base import Base, base_of, remember
from kantlijn.usecases.handing.pdf_marks import dress_of, mark_of, pages_of, said_of
from kantlijn.usecases.read import AnnotationRow, annotation_rows
from kantlijn.usecases.read import source as read_source
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.whole_file import make_whole, must_not_be_a_source
from kantlijn.words import say, say_many

_EVERYTHING = AnnotationFilter()
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfCopy:
    """What was written. written: annotations made in the copy; brought: those that another program had made in
    the file, which got their themes and were not doubled; left_out: those with no place on a page of it.

    rewritten: the file was damaged and is written anew instead of added to. encrypted: as the original is, with
    the same password. signed: somebody signed the original. kept: annotations of others that were in an earlier
    copy at this place and stay.
    """

    path: Path
    written: int
    brought: int
    left_out: int
    kept: int
    rewritten: bool
    encrypted: bool
    signed: bool

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know of this copy, a sentence each."""
        said = []
        if self.left_out:
            said.append(say_many(
                "{n} annotation has no place on a page of this version and was left out.",
                "{n} annotations have no place on a page of this version and were left out.", self.left_out))
        if self.kept:
            said.append(say_many(
                "{n} annotation that others made in the earlier copy is still in it.",
                "{n} annotations that others made in the earlier copy are still in it.", self.kept))
        if self.encrypted:
            said.append(say("The copy is encrypted as the original is."))
        if self.signed and not self.rewritten:
            said.append(say("The signature still covers the original; other programs will say that notes were "
                            "added after it was signed."))
        if self.rewritten:
            said.append(say("The file was damaged, so the copy was written anew; look whether all of it is "
                            "there."))
        return tuple(said)  # fmt: skip


def export_pdf_copy(
    desk: Desk, version_id: str, path: Path, chosen: AnnotationFilter = _EVERYTHING
) -> PdfCopy:
    """Write this version's PDF with the chosen annotations in it, whole or not at all.

    Written over an earlier copy of the same version it brings that up to date: our annotations are replaced,
    those that others made in it stay. Known for a text, for a file that is something else, and for a copy whose
    notes were changed elsewhere; BadFile, PasswordNeeded, EngineTrouble, DiskTrouble, NotFound.
    """
    version = read_version(desk, version_id)
    content = desk.content_of(version)
    if not content.pages:
        raise Known(
            say("“{file}” is a text without pages; a copy with highlights is made of PDFs. "
                "Write a summary instead.", file=version.file)
        )  # fmt: skip
    must_not_be_a_source(desk, path, pdf=True)
    rows = annotation_rows(desk, replace(chosen, versions=(version.id,)))
    original = read_source(desk, version.id)
    worker = Guest("--engine", *reading(Path(original.path), path))  # may read what is there, and write nothing
    try:
        base = base_of(desk, worker, version, path, {row.passage.id for row in rows})
        answer, brought = make_whole(path, lambda fresh: _written(desk, version, base, rows, fresh))
    except PasswordNeeded as trouble:  # the engine knows the file by another name than the reader
        raise PasswordNeeded(
            say("“{file}” asks for a password; give it to open the file.", file=version.file)
        ) from trouble
    except BadAnswer as trouble:
        raise EngineTrouble(say("“{file}” cannot be read; the file is damaged.", file=version.file)) from trouble
    finally:
        worker.close()
    if base.source["path"] == original.path and not answer["rewritten"]:
        remember(desk, version, path)
    written = int(answer["written"])
    return PdfCopy(
        path=path, written=written, brought=brought, left_out=len(rows) - written - brought, kept=base.kept,
        rewritten=bool(answer["rewritten"]), encrypted=bool(answer["encrypted"]), signed=bool(answer["signed"]),
    )  # fmt: skip


def _written(
    desk: Desk, version: Version, base: Base, rows: Sequence[AnnotationRow], fresh: Path
) -> tuple[dict[str, Any], int]:
    """Have it written by a process that may write this file and no other, and starts while it is asked for.

    Also how many annotations were there already.
    """
    fresh.touch(exist_ok=False)
    worker = Guest("--engine", *reading(Path(base.source["path"])), "--write", str(fresh))
    try:
        worker.start()
        asked, blobs, brought = _asked(desk, version, base, rows)
        plain = {"source": base.source, "target": str(fresh)}
        answer, _ = worker.call("annotate", plain, [packed(asked), *blobs], deadline=_PATIENCE)
    finally:
        worker.close()
    if not fresh.is_file() or not fresh.stat().st_size:
        raise BadFile(say("The copy could not be written; look whether the folder is still there."))
    return answer, brought


def _asked(
    desk: Desk, version: Version, base: Base, rows: Sequence[AnnotationRow]
) -> tuple[dict[str, Any], list[bytes], int]:
    """What the engine is to write, the pages' layers and texts, and how many annotations were there already."""
    content = desk.content_of(version)
    said = said_of(desk, version, rows)
    marks: list[dict[str, Any]] = []
    dress: list[dict[str, Any]] = []
    used: set[int] = set()
    brought = 0
    for row in rows:
        there = base.foreign.get(row.passage.annotation.origin) if row.passage.annotation.origin else None
        if there is not None:
            brought += 1
            dressed = dress_of(row, said, content, there)
            if dressed is not None:
                dress.append(dressed)
        else:
            mark = mark_of(row, said, content, base.ours)
            used.update(place["xref"] for place in mark["places"])
            marks.append(mark)
    drop = [[page, xref] for page, xref in base.old if xref not in used]
    pages, blobs = pages_of(content, marks)
    return {"marks": marks, "dress": dress, "drop": drop, "pages": pages}, blobs, brought
