"""Projects and codebooks of other programs, and our own, come into the open project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kantlijn.errors import BadFile, Cancelled, reason_of
from kantlijn.exchange.refi_codebook import description_apart
from kantlijn.exchange.refi_names import named_guid
from kantlijn.exchange.refi_read import LARGEST, read_codebook
from kantlijn.exchange.refi_records import RefiCode, RefiProject
from kantlijn.model.changes import Change, Changes
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.handing.refi_documents import Documents, documents_from
from kantlijn.usecases.handing.refi_file import RefiFile
from kantlijn.usecases.handing.refi_gathered import Gatherer, Unplaced, ids_of
from kantlijn.usecases.handing.refi_remarks import remarks_on, told_of_sets
from kantlijn.usecases.handing.refi_themes import Themes, themes_from
from kantlijn.usecases.long_call import LongCalls
from kantlijn.usecases.shelf.add_documents import TOTAL, AddedFile, Progress
from kantlijn.words import say, say_many

__all__ = [
    "CodebookImported", "RefiFound", "RefiImported", "Unplaced", "found_in", "import_codebook", "import_refi",
    "look_into_codebook",
]  # fmt: skip
_READ, _ADDED = 50, 700
"""Per mille of the progress when the file is read, and when its documents are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiFound:
    """What a .qdpx holds, before it comes in. name: of the project; origin: the program that wrote it.

    documents: how many can come in; here: how many of the annotations are in the project already. remarks: what
    will not come in, a sentence each.
    """

    name: str
    origin: str
    documents: int
    themes: int
    annotations: int
    here: int
    relations: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiImported:
    """What came in. changes: the one step with themes, annotations and relations; files are steps of their own.

    documents: files that came in; known_documents: how many were here. annotations, themes and relations count
    what is new, known the annotations that were here and stay as they are. unplaced: what was not found in our
    text and so did not come in; doubtful: what stands at a place that a reader should look at. remarks: what else
    did not come in. cancelled: the reader stopped; documents that had come in stay, nothing else came.
    """

    changes: Changes | None
    documents: tuple[AddedFile, ...] = ()
    known_documents: int = 0
    annotations: int = 0
    known: int = 0
    themes: int = 0
    relations: int = 0
    unplaced: tuple[Unplaced, ...] = ()
    doubtful: tuple[Unplaced, ...] = ()
    remarks: tuple[str, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookImported:
    """themes: how many are new; known: how many were here already; filled: names of those that lacked something
    that the file has. remarks: what it says otherwise, a sentence each. changes: None where it was only looked at.
    """

    changes: Changes | None
    themes: int
    known: int
    filled: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def found_in(desk: Desk, path: Path) -> RefiFound:
    """What the .qdpx file holds; nothing is changed. BadFile, with its sentence; EngineTrouble."""
    with LongCalls(lambda: False) as workshop, RefiFile(path, workshop) as file:
        project = file.project
        ids = ids_of(file)
        return RefiFound(
            name=project.name, origin=project.origin,
            documents=sum(one.kind in ("pdf", "text") for one in project.sources), themes=len(project.codes),
            annotations=len(ids), here=len(stored.existing(desk.project, ids)), relations=_relations(project),
            remarks=remarks_on(file),
        )  # fmt: skip


def import_refi(
    desk: Desk, path: Path, *, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
    on_changes: Callable[[Changes], None] | None = None,
) -> RefiImported:  # fmt: skip
    """Take in a .qdpx: its documents as any others, each a step; then all else as one step.

    progress: done of TOTAL, and a sentence. on_changes hears of every document as it comes in. BadFile with its
    sentence, ReadOnly, DiskTrouble, EngineTrouble; a stop is told in what comes back.
    """
    must_write(desk)
    report = progress or _quiet
    report(0, TOTAL, say("Reading “{file}”", file=path.name))
    fresh = not shelf.documents(desk.project)
    documents = Documents()
    try:
        with LongCalls(cancelled) as workshop, RefiFile(path, workshop) as file:
            documents = documents_from(
                desk, file, cancelled=cancelled, on_changes=on_changes,
                progress=lambda done, total, sentence: report(
                    _READ + (_ADDED - _READ) * done // max(1, total), TOTAL, sentence
                ),
            )  # fmt: skip
            if documents.stopped:
                return _stopped(documents)
            themes = themes_from(
                _codes(file), shelf.themes(desk.project), file.extras.themes, file.extras.language,
                ours=file.ours, fresh=fresh,
            )  # fmt: skip
            gatherer = Gatherer(desk, file, documents.versions, themes.ids, workshop)
            gatherer.gather(lambda part: report(_ADDED + int((TOTAL - _ADDED) * part), TOTAL,
                                                say("Placing annotations")))  # fmt: skip
            workshop.go_on()
            steps = [*themes.steps, *documents.steps, *gatherer.steps()]
            changes = desk.write(say("Import “{file}”", file=path.name), steps)
            remarks = (*documents.remarks, *themes.remarks, *gatherer.remarks, *remarks_on(file, sources=False))
    except Cancelled:
        return _stopped(documents)
    report(TOTAL, TOTAL, "")
    return RefiImported(
        changes=changes, documents=tuple(documents.added), known_documents=documents.known,
        annotations=len(gatherer.annotations), known=gatherer.known, themes=themes.made,
        relations=len(gatherer.relations), unplaced=tuple(gatherer.unplaced), doubtful=tuple(gatherer.doubtful),
        remarks=tuple(dict.fromkeys(remarks)),
    )  # fmt: skip


def _stopped(documents: Documents) -> RefiImported:
    return RefiImported(
        changes=None, documents=tuple(documents.added), known_documents=documents.known,
        remarks=tuple(documents.remarks), cancelled=True,
    )  # fmt: skip


def import_codebook(desk: Desk, path: Path) -> CodebookImported:
    """Take in the themes of a .qdc as one step. BadFile with its sentence; ReadOnly."""
    must_write(desk)
    found, steps = _planned(desk, path)
    title = say_many("Import {n} theme from “{file}”", "Import {n} themes from “{file}”", found.themes,
                     file=path.name)  # fmt: skip
    return replace(found, changes=desk.write(title, steps))


def look_into_codebook(desk: Desk, path: Path) -> CodebookImported:
    """What import_codebook() would take in; nothing is changed. BadFile."""
    return _planned(desk, path)[0]


def _planned(desk: Desk, path: Path) -> tuple[CodebookImported, list[Change]]:
    codes, extras, language, sets = _codebook(path)
    here = shelf.themes(desk.project)
    made: Themes = themes_from(codes, here, extras, language, ours=bool(language), fresh=False)
    known = max(0, len(codes) - made.made - len(made.filled))
    planned = CodebookImported(
        changes=None, themes=made.made, known=known, filled=made.filled,
        remarks=(*made.remarks, *told_of_sets(sets)),
    )
    return planned, made.steps


def _codebook(path: Path) -> tuple[list[RefiCode], dict[str, dict[str, object]], str, list[str]]:
    """Its codes, what our lines in their descriptions say, the language if it is ours, and names of sets."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as trouble:
        raise BadFile(
            say("“{file}” cannot be read: {reason}.", file=path.name, reason=reason_of(trouble))
        ) from trouble
    codes, sets = read_codebook(data, path.name)
    bare: list[RefiCode] = []
    extras: dict[str, dict[str, object]] = {}
    for code in codes:
        description, extra = description_apart(code.description)
        bare.append(RefiCode(guid=code.guid, name=code.name, parent=code.parent, colour=code.colour,
                             description=description))  # fmt: skip
        extras[code.guid] = extra
    language = next((str(extra["language"]) for extra in extras.values() if "language" in extra), "")
    return bare, extras, language, sets


def _codes(file: RefiFile) -> list[RefiCode]:
    """The codes, what notes say of them with their definitions, and cases that passages are coded with."""
    made = []
    for code in file.project.codes:
        notes = [file.said_by(note) for guid in code.notes if (note := file.note(guid)) is not None]
        said = "\n\n".join(dict.fromkeys(part for part in (code.description, *notes) if part.strip()))
        made.append(RefiCode(guid=code.guid, name=code.name, parent=code.parent, colour=code.colour,
                             description=said if notes else code.description))  # fmt: skip
    known = {code.guid for code in made}
    used = {guid for source in file.project.sources for one in source.selections for guid in one.codes}
    cases = [guid for guid in file.project.cases if guid in used and guid not in known]
    if cases:
        above = named_guid("foreign", "cases")
        made.append(RefiCode(guid=above, name=say("Cases")))
        made += [RefiCode(guid=guid, name=file.project.cases[guid], parent=above) for guid in cases]
    return made


def _relations(project: RefiProject) -> int:
    selections = {one.guid for source in project.sources for one in source.selections}
    return sum(link.origin in selections and link.target in selections for link in project.links)


def _quiet(done: int, total: int, sentence: str) -> None:
    """Nobody looks."""
