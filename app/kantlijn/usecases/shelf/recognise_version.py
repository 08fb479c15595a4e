"""Is this document another version of one that is already there? By the words they share, and by their names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from kantlijn.errors import Known
from kantlijn.guests.guest import Guest
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Document, Version
from kantlijn.model.written import read_json
from kantlijn.store import comparisons as kept
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.text.fold import squeeze
from kantlijn.text.sketch import Sketch, share_in_common, unpacked
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.read import version as read_version
from kantlijn.usecases.shelf.edit_documents import document_to_write
from kantlijn.words import say

METHOD = "1"
"""Of sketching: sketches kept by another are made again."""
_SAME, _ALIKE, _NAMED = 0.9, 0.3, 0.05
"""Shares of the shorter text's words from which it is the same text, a version, a version if the name says so."""
_PATIENCE = 120.0
_NUMBERS = re.compile(r"\d+|\b(?:v|versie|version|def|definitief|final|concept|draft|rev|nieuw|new|kopie|copy)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A document that this version may be a version of; version: its one that is most alike.

    share: of the shorter text's words that both have, 0 to 1. reason: a sentence. newer: the version asked about
    comes after it.
    """

    document: Document
    version: Version
    share: float
    reason: str
    newer: bool


def likely_versions(desk: Desk, version_id: str) -> tuple[Likeness, ...]:
    """Other documents that have a version much like this one, the likeliest first."""
    asked = read_version(desk, version_id)
    versions = shelf.versions(desk.project)
    documents = {document.id: document for document in shelf.documents(desk.project)}
    if len(documents) < 2:
        return ()
    own = documents[asked.document]
    apart = _apart(desk)
    sketches = _sketches(desk, versions)
    found: dict[str, Likeness] = {}
    for version in versions:
        if version.document == asked.document or frozenset((asked.document, version.document)) in apart:
            continue
        share = share_in_common(sketches[asked.id], sketches[version.id])
        document = documents[version.document]
        named = _is_named_alike((own.title, asked.file), (document.title, version.file))
        if share < _ALIKE and not (named and share >= _NAMED):
            continue
        before = found.get(document.id)
        if before is None or share > before.share:
            newer = _year(own, asked) >= _year(document, version)
            found[document.id] = Likeness(
                document=document, version=version, share=round(share, 3), reason=_reason(share, named=named),
                newer=newer,
            )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda likeness: -likeness.share))


def keep_apart(desk: Desk, version_id: str, document_id: str) -> None:
    """The reader says that these are different documents: they are not offered as versions of each other again."""
    must_write(desk)
    pairs = {*_apart(desk), frozenset((read_version(desk, version_id).document, document_id))}
    desk.project.keep_fact("apart", json.dumps(sorted(sorted(pair) for pair in pairs)))


def _apart(desk: Desk) -> set[frozenset[str]]:
    """Pairs of documents that a reader has kept apart."""
    try:
        return {frozenset(map(str, pair)) for pair in read_json(desk.project.fact("apart") or "[]")}
    except (ValueError, TypeError):
        return set()


def _reason(share: float, *, named: bool) -> str:
    if share >= _SAME:
        return say("Nearly all of its words are the same.")
    words = say("{percent} % of its words are the same.", percent=round(100 * share))
    return say("It has nearly the same name, and {words}", words=words) if named else words


def _is_named_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Title or file name are the same, but for numbers and words like "draft"."""
    return any(
        _bare(a) == _bare(b) and len(_bare(a)) >= 4
        for a, b in ((one[0], other[0]), (one[1].rpartition(".")[0], other[1].rpartition(".")[0]))
    )


def _bare(name: str) -> str:
    return squeeze(_NUMBERS.sub(" ", name.replace("_", " ").casefold())).text


def _year(document: Document, version: Version) -> str:
    """Of the document's date, or else the last in its name; "" sorts before all."""
    years = _YEAR.findall(f"{document.title} {version.file}")
    return document.date[:4] or (max(years) if years else "")


def _sketches(desk: Desk, versions: list[Version]) -> dict[str, Sketch]:
    """Of all these versions, by id: those that are kept, and the others made in the workshop."""
    there = kept.sketches(desk.project, METHOD)
    made: dict[str, bytes] = {}
    wanted = {kept.content_name(version): version for version in versions}
    missing = {name: version for name, version in wanted.items() if name not in there}
    if missing:
        guest = Guest("--workshop")  # for this only: it would hold memory that pages need
        try:
            for name, version in missing.items():
                text = desk.content_of(version).text
                _, (blob,) = guest.call("sketch", {}, (text.encode(),), deadline=_PATIENCE)
                made[name] = bytes(blob)
        finally:
            guest.close()
    found = {version.id: unpacked((there | made)[kept.content_name(version)]) for version in versions}
    if made and not desk.read_only:
        kept.keep_sketches(desk.project, made, METHOD)
    return found


def make_version_of(desk: Desk, version_id: str, document_id: str) -> Changes:
    """Let this version be the newest of that document, with its annotations; a document left empty goes.

    Known when it is of that document already.
    """
    must_write(desk)
    version = read_version(desk, version_id)
    document = document_to_write(desk, document_id)
    if version.document == document_id:
        raise Known(say("“{file}” is a version of “{title}” already.", file=version.file, title=document.title))
    every = shelf.versions(desk.project)
    number = max(one.number for one in every if one.document == document_id) + 1
    steps = [Change(version, replace(version, document=document_id, number=number))]
    of_version = {
        anchor.annotation for anchor in stored.anchors_in(desk.project, [version_id]) if anchor.state == "original"
    }
    steps += [
        Change(annotation, replace(annotation, document=document_id))
        for annotation in stored.annotations_with(desk.project, of_version)
    ]
    if sum(one.document == version.document for one in every) == 1:
        steps.append(Change(document_to_write(desk, version.document), None))
    else:
        steps += [  # what was carried to or from it stays with the document that is left
            Change(anchor, None)
            for anchor in stored.anchors_in(desk.project, [version_id])
            if anchor.state != "original"
        ]
        steps += [
            Change(anchor, None)
            for anchor in stored.anchors(desk.project, of_version)
            if anchor.version != version_id
        ]
    names = {"file": shortened(version.file), "title": shortened(document.title)}
    title = say("Make “{file}” a version of “{title}”", **names)
    return desk.write(title, steps)
