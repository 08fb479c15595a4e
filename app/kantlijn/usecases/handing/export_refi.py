"""A project or its themes written as REFI-QDA, for other programs of this kind and for Kantlijn itself."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kantlijn.errors import Known
from kantlijn.exchange.refi_extras import RefiExport, export_to_plain
from kantlijn.exchange.refi_names import clean
from kantlijn.exchange.refi_project import is_pdf, text_file
from kantlijn.guests.packing import packed
from kantlijn.model.document import Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.handover import Handover
from kantlijn.store import passages as stored
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.hand_over import handover
from kantlijn.usecases.handing.page_frames import frames_of
from kantlijn.usecases.long_call import LongCalls
from kantlijn.usecases.whole_file import make_whole, must_not_be_a_source, write_whole
from kantlijn.words import say, say_many

FORMS = ("qdpx", "qdc")
Progress = Callable[[int, int, str], None]
TOTAL = 1000
"""What progress counts to."""
_EVERYTHING = AnnotationFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiWritten:
    """What was written. remarks: what the standard cannot hold, a sentence each."""

    path: Path
    form: str
    documents: int
    annotations: int
    themes: int
    relations: int
    remarks: tuple[str, ...]


def export_refi(
    desk: Desk, path: Path, form: str = "qdpx", chosen: AnnotationFilter = _EVERYTHING, *,
    progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> RefiWritten:  # fmt: skip
    """Write the project ("qdpx") or its themes ("qdc") to this file, whole or not at all.

    With a filter: the chosen annotations and the documents they stand in, in all versions. Known for another form,
    a document or project at that place, or nothing to write; DiskTrouble; Cancelled; EngineTrouble.
    """
    if form not in FORMS:
        raise Known(say("REFI-QDA is written as {forms}, not as “{form}”.", forms=", ".join(FORMS), form=form))
    must_not_be_a_source(desk, path)
    export = gathered_for_refi(desk, chosen)
    if form == "qdc" and not export.handover.themes:
        raise Known(say("There are no themes to write."))
    plain = packed(export_to_plain(export))
    with LongCalls(cancelled) as workshop:
        xml = workshop.call("write refi", {"form": form}, plain)
        if form == "qdc":
            write_whole(path, xml)
        else:
            make_whole(path, lambda fresh: _write_archive(desk, fresh, export, xml, progress, workshop.go_on))
    return _report(path, form, export)


def gathered_for_refi(desk: Desk, chosen: AnnotationFilter = _EVERYTHING) -> RefiExport:
    """What is to be written: versions in the reader's order, and every place of the chosen annotations."""
    made = handover(desk, chosen)
    anchors = tuple(stored.anchors(desk.project, {one.passage.id for one in made.handed}))
    once = {one.passage.id: one for one in made.handed}  # with versions in the filter one may stand in several
    documents = made.documents
    if chosen != _EVERYTHING:
        wanted = {one.passage.annotation.document for one in made.handed}
        documents = tuple(one for one in documents if one.id in wanted)
    order = {one.id: place for place, one in enumerate(documents)}
    versions = tuple(
        sorted(
            (one for one in made.versions if one.document in order),
            key=lambda one: (order[one.document], one.number),
        )
    )
    areas: dict[str, set[int]] = {}
    for anchor in anchors:
        for page, _ in anchor.quads:
            areas.setdefault(anchor.version, set()).add(page)
    pages = {one.id: desk.content_of(one).pages for one in versions if one.id in areas}
    return RefiExport(
        handover=replace(
            made, documents=documents, versions=versions, handed=tuple(once.values()), pages=pages
        ),
        anchors=anchors,
        frames={
            (one.id, page): frame
            for one in versions if one.id in areas
            for page, frame in frames_of(desk, one, areas[one.id]).items()
        },
        originals=frozenset(one.id for one in versions if not is_pdf(one) and _text_sum(desk, one) != one.sha256),
    )  # fmt: skip


def _text_sum(desk: Desk, version: Version) -> str:
    return hashlib.sha256(desk.content_of(version).text.encode()).hexdigest()


# -- the archive --------------------------------------------------------------------------------------------


def _write_archive(
    desk: Desk, path: Path, export: RefiExport, xml: bytes, progress: Progress | None,
    go_on: Callable[[], None],
) -> None:  # fmt: skip
    sources = export.source_guids()
    versions = export.handover.versions
    done, whole = 0, sum(one.size for one in versions) or 1
    made = datetime.fromisoformat(export.handover.made).timetuple()[:6]
    with zipfile.ZipFile(path, "x") as archive:
        archive.writestr(_info("project.qde", made), xml)
        for version in versions:
            guid = sources[version.id]
            text = desk.content_of(version).text.encode()
            archive.writestr(_info(f"sources/{text_file(version, guid)}", made), text)
            if not is_pdf(version) and version.id not in export.originals:
                continue
            name = f"{guid}.pdf" if is_pdf(version) else f"{guid}.original"
            info = _info(f"sources/{name}", made, packed=not is_pdf(version))
            info.file_size = version.size
            with archive.open(info, "w") as member:
                for chunk in desk.project.chunks(version.sha256):
                    go_on()
                    member.write(chunk)
                    done += len(chunk)
                    if progress:
                        part = TOTAL * done // max(whole, done)
                        progress(part, TOTAL, say("Writing “{file}”", file=version.file))
    if progress:
        progress(TOTAL, TOTAL, "")


def _info(name: str, made: tuple[int, ...], *, packed: bool = True) -> zipfile.ZipInfo:
    """PDFs are packed already. The time is that of the export in UTC, which no ZIP can say of itself."""
    year, month, day, hour, minute, second = made
    info = zipfile.ZipInfo(name, (max(1980, year), month, day, hour, minute, second))
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    return info


# -- what the standard cannot hold --------------------------------------------------------------------------


def _report(path: Path, form: str, export: RefiExport) -> RefiWritten:
    handover = export.handover
    whole = form == "qdpx"
    remarks = [*_of_themes(handover, whole)]
    if whole:
        remarks = [*_of_versions(export), *remarks, *_of_annotations(export), *_of_relations(handover)]
        remarks.append(say("The history, saved filters and kept comparisons stay in the project."))
    return RefiWritten(
        path=path, form=form, documents=len(handover.documents) if whole else 0,
        annotations=len(handover.handed) if whole else 0, themes=len(handover.themes),
        relations=len(handover.relations) if whole else 0, remarks=tuple(remarks),
    )  # fmt: skip


def _of_versions(export: RefiExport) -> Iterator[str]:
    several = sum(count > 1 for count in Counter(one.document for one in export.handover.versions).values())
    if several:
        yield say_many(
            "{n} document has several versions: to other programs each is a document of its own, put together in "
            "a set.",
            "{n} documents have several versions: to other programs each is a document of its own, those of one "
            "document put together in a set.", several)  # fmt: skip
    carried = sum(one.state not in ("original", "lost") for one in export.anchors)
    if carried:
        yield say_many(
            "{n} place to which an annotation was carried is a passage of its own to other programs; that it is "
            "unchanged, moved, changed or to be checked only Kantlijn reads.",
            "{n} places to which annotations were carried are passages of their own to other programs; that they "
            "are unchanged, moved, changed or to be checked only Kantlijn reads.", carried)  # fmt: skip
    lost = sum(one.state == "lost" for one in export.anchors)
    if lost:
        yield say_many(
            "{n} annotation is lost in another version: only Kantlijn reads that.",
            "{n} annotations are lost in another version: only Kantlijn reads that.", lost)  # fmt: skip


def _of_themes(handover: Handover, whole: bool) -> Iterator[str]:
    if any(one.search_words or one.key for one in handover.themes):
        yield say("Letters, keys and search words of themes are only read by Kantlijn.")
    if any(one.name != one.name_nl for one in handover.themes):
        yield say("Other programs see the themes' names in one language; Kantlijn reads both.")
    if not whole:
        yield say("A codebook holds themes only: no documents, annotations or relations.")


def _of_annotations(export: RefiExport) -> Iterator[str]:
    annotations = [one.passage.annotation for one in export.handover.handed]
    drawn = sum(one.style != "highlight" or bool(one.colour) for one in annotations)
    if drawn:
        yield say_many(
            "How {n} annotation is drawn (underlined, struck, a colour of its own) only Kantlijn reads.",
            "How {n} annotations are drawn (underlined, struck, colours of their own) only Kantlijn reads.",
            drawn)  # fmt: skip
    areas = sum(bool(one.quads) for one in export.anchors)
    if areas:
        yield say_many(
            "{n} area is written in whole points.", "{n} areas are written in whole points.", areas)  # fmt: skip
    notes = [*(one.note for one in annotations), *(one.note for one in export.handover.documents),
             *(one.note for one in export.handover.relations)]  # fmt: skip
    hurt = sum(clean(note) != note for note in notes)
    if hurt:
        yield say_many(
            "{n} note holds characters that XML cannot hold; they are written as “\ufffd”.",
            "{n} notes hold characters that XML cannot hold; they are written as “\ufffd”.", hurt)  # fmt: skip


def _of_relations(handover: Handover) -> Iterator[str]:
    decided = sum(one.status != "open" for one in handover.relations)
    if decided:
        yield say_many(
            "The status of {n} relation is only read by Kantlijn; other programs see that it is there and what "
            "kind it is.",
            "The status of {n} relations is only read by Kantlijn; other programs see that they are there and "
            "what kind they are.", decided)  # fmt: skip
