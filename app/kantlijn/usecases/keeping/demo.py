"""The sample project: reports of an invented council, with themes and annotations, made afresh."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kantlijn import paths
from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Change
from kantlijn.model.ids import new_id
from kantlijn.model.relation import Relation
from kantlijn.usecases.desk import Desk, new_desk, now
from kantlijn.usecases.find import find_theme
from kantlijn.usecases.marking.arrange_themes import add_theme, edit_theme
from kantlijn.usecases.marking.tag import Wanted, locate_quote, tag_many
from kantlijn.usecases.read import annotation_rows
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.edit_documents import FIELDS, edit_document
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.documents.client import Engine
    from kantlijn.settings import Settings

_FOLDER = "samples"


def make_demo(path: Path, *, settings: Settings | None = None, engine: Engine | None = None) -> Desk:
    """A new project at this path with the sample documents in it. NotAProject when something is there already.

    Known when a sample cannot be read or an annotation's words do not stand in it; then no project is left.
    """
    desk = new_desk(path, settings=settings, engine=engine)
    try:
        _fill(desk)
    except BaseException:
        desk.close()
        for left in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    return desk


def _fill(desk: Desk) -> None:
    sample = json.loads(paths.resource(_FOLDER, "annotations.json"))
    versions: dict[str, str] = {}
    for document in sample["documents"]:
        versions |= _add(desk, document)
    themes = {
        name: _theme(desk, name)
        for name in dict.fromkeys(name for one in sample["annotations"] for name in one["themes"])
    }
    for name, dutch in sample.get("names_nl", {}).items():
        edit_theme(desk, themes[name], name_nl=dutch)
    for name, version in versions.items():
        _annotate(desk, version, [one for one in sample["annotations"] if one["file"] == name], themes)
    _relate(desk, sample["relations"])


def _add(desk: Desk, sample: dict[str, Any]) -> dict[str, str]:
    """The document with its versions, oldest first; ids of the versions by file name."""
    versions: dict[str, str] = {}
    document = ""
    with ExitStack() as stack:
        for name in sample["files"]:
            file = stack.enter_context(as_file(files("kantlijn_resources") / _FOLDER / name))
            added = add_documents(desk, [file], title=sample["title"], version_of=document)
            if added.failed or not added.added:
                why = added.failed[0].error if added.failed else name
                raise Known(say("The sample project could not be made: {why}", why=why))
            document = added.added[0].document
            versions[name] = added.added[0].version
    edit_document(desk, document, **{field: sample[field] for field in FIELDS if field in sample})
    return versions


def _theme(desk: Desk, name: str) -> str:
    """The id of the theme of this name or path ("Prevention/Schools"); made when it is not there."""
    try:
        return find_theme(desk, name).id
    except NotFound:
        above, _, own = name.rpartition("/")
        parent = _theme(desk, above) if above else None
        changes = add_theme(desk, own, parent=parent)
        return next(step.id for step in changes if step.before is None)


def _annotate(desk: Desk, version: str, samples: Sequence[dict[str, Any]], themes: dict[str, str]) -> None:
    """All annotations of one file, as one step of the history."""
    if not samples:
        return
    wanted = [
        Wanted(
            range=locate_quote(desk, version, one["quote"], one.get("occurrence", 1)),
            themes=tuple(themes[name] for name in one["themes"]), note=one.get("note", ""),
        )
        for one in samples
    ]  # fmt: skip
    tag_many(desk, version, wanted, strict=True)


def _relate(desk: Desk, samples: Sequence[dict[str, Any]]) -> None:
    """What the letter answers to the report, in one step. Each end: a file, and how the quote in it begins."""
    rows = annotation_rows(desk)

    def named(file: str, begin: str) -> str:
        return next(row.passage.id for row in rows if row.version.file == file and row.readable.startswith(begin))

    at = now()
    made = [
        Relation(
            id=new_id(), source=named(*one["source"]), target=named(*one["target"]), type="responds-to",
            status=one["status"], note=one["note"], author=desk.author, created=at, modified=at,
        )
        for one in samples
    ]  # fmt: skip
    desk.write(say("Relate recommendations to their responses"), [Change(None, relation) for relation in made])
