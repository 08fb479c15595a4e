"""Web annotations (JSON-LD, Hypothesis) come into the project as one step; what has no place is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from kantlijn.errors import BadFile, reason_of
from kantlijn.exchange.web_annotation import ANNOTATION
from kantlijn.guests.guest import Guest
from kantlijn.model.annotation import Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Version
from kantlijn.model.ids import new_id
from kantlijn.model.incoming import Incoming, IncomingAnnotation, IncomingRelation, incoming_from_plain
from kantlijn.model.relation import STATUSES, TYPES, Relation
from kantlijn.store import passages as stored
from kantlijn.store import relations as related
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.handing.incoming_themes import IncomingThemes
from kantlijn.usecases.handing.place_incoming import Placed, Shelf, place_incoming
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.read import version as read_version
from kantlijn.words import language, say, say_many

_LARGEST = 256 << 20
_PATIENCE = 600.0
_TELLING = 8
"""Letters that a quote must have to tell in which document it stands."""
_WORDS = 200
"""Letters of what is told of an annotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something in the file a reader should know of: its words, the document it names, and a sentence."""

    words: str
    document: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFound:
    """What a file of web annotations holds, as it can come into this project.

    new: how many annotations, doubtful ones among them; known: came in before or were made here; relations:
    how many are new; themes: names of those to be made; unplaced: what does not come in; skipped: what in the
    file is no annotation, as its first words.
    """

    new: int
    known: int
    relations: int
    themes: tuple[str, ...]
    doubtful: tuple[Told, ...]
    unplaced: tuple[Told, ...]
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebImported:
    """found is what preview told; changes has no steps when nothing was new."""

    found: WebFound
    changes: Changes


def preview_web_annotations(desk: Desk, path: Path, *, otherwise: str = "") -> WebFound:
    """What would come in. BadFile, naming the file; EngineTrouble; NotFound for the version named otherwise.

    otherwise: id of the version in which annotations stand whose document the file does not name, or names
    otherwise than the project; "" for none, so that they are told as unplaced.
    """
    return _Plan(desk, path, otherwise).found


def import_web_annotations(desk: Desk, path: Path, *, otherwise: str = "") -> WebImported:
    """Take in what is new, with themes and relations, as one step. As preview; ReadOnly, DiskTrouble."""
    must_write(desk)
    plan = _Plan(desk, path, otherwise)
    title = say_many("Import {n} annotation from “{file}”", "Import {n} annotations from “{file}”",
                     plan.found.new, file=path.name)  # fmt: skip
    return WebImported(found=plan.found, changes=desk.write(title, plan.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fresh:
    """An annotation that is new here, the id it gets, and the versions it may stand in, the likeliest first.

    nameless: the file does not say in which document it stands, so any will do that has its very words.
    """

    id: str
    brought: IncomingAnnotation
    versions: list[Version]
    nameless: bool


class _Plan:
    """What the file becomes: steps, and what to tell of it."""

    def __init__(self, desk: Desk, path: Path, otherwise: str) -> None:
        self._desk = desk
        self._at = now()
        self._ids: dict[str, str] = {}
        """Annotations here by what the file calls them."""
        self._known = 0
        self._doubtful: list[Told] = []
        self._unplaced: list[Told] = []
        fallback = [read_version(desk, otherwise)] if otherwise else []
        worker = Guest("--workshop")
        try:
            incoming = _read(worker, path)
            self._themes = IncomingThemes(shelf.themes(desk.project), incoming.themes)
            fresh = self._fresh(incoming, Shelf(desk), fallback)
            placed = place_incoming(desk, worker, [(one.brought, one.versions) for one in fresh])
        finally:
            worker.close()
        made = [step for one, place in zip(fresh, placed, strict=True) for step in self._made(one, place)]
        links = self._links(incoming.relations)
        self.steps: list[Change] = [*self._themes.steps, *made, *links]
        self.found = WebFound(
            new=len(made) // 2, known=self._known, relations=len(links),
            themes=tuple(theme.called(language()) for theme in self._themes.made),
            doubtful=tuple(self._doubtful), unplaced=tuple(self._unplaced), skipped=incoming.skipped,
        )  # fmt: skip

    def _fresh(self, incoming: Incoming, versions: Shelf, fallback: list[Version]) -> list[_Fresh]:
        project = self._desk.project
        there = stored.existing(project, [one.id for one in incoming.annotations if one.id])
        origins = self._origins()
        fresh: list[_Fresh] = []
        for one in incoming.annotations:
            candidates = versions.candidates(one) or fallback
            nameless = not (candidates or one.names or one.urls or one.sha256) and len(one.quote) >= _TELLING
            candidates = versions.newest() if nameless else candidates
            keys = [(version.document, one.origin) for version in candidates] if one.origin else []
            known = one.id if one.id in there else next((origins[key] for key in keys if key in origins), "")
            if known:
                self._known += 1
                self._ids.setdefault(one.iri, known)
                continue
            made = _Fresh(id=one.id or new_id(), brought=one, versions=candidates, nameless=nameless)
            fresh.append(made)
            there.add(made.id)
            origins |= dict.fromkeys(keys, made.id)
        return fresh

    def _origins(self) -> dict[tuple[str, str], str]:
        """Annotations that came from elsewhere, by document and origin: the same file may be read twice."""
        project = self._desk.project
        ids = [
            one for document in shelf.documents(project) for one in stored.ids_in_document(project, document.id)
        ]  # fmt: skip
        every = stored.annotations_with(project, ids)
        return {(one.document, one.origin): one.id for one in every if one.origin}

    def _made(self, one: _Fresh, place: Placed) -> list[Change]:
        """The annotation and its anchor; nothing, and what to tell, when it has no place."""
        brought = one.brought
        if one.nameless and place.anchor is not None and place.version is not None:
            place = _guessed(place, place.version)
        if place.anchor is None or place.version is None:
            self._unplaced.append(_told(brought, place.why))
            return []
        if place.doubt:
            self._doubtful.append(_told(brought, place.doubt))
        self._ids.setdefault(brought.iri, one.id)
        created, modified, author = brought.created, brought.modified, brought.author
        if not brought.id:  # ours is as it was, even without author or dates
            created = created or modified or self._at
            modified, author = modified or created, author or self._desk.author
        ids = [*map(self._themes.of_id, brought.themes), *map(self._themes.of_tag, brought.tags)]
        annotation = Annotation(
            id=one.id, document=place.version.document, themes=tuple(dict.fromkeys(filter(None, ids))),
            note=brought.note, author=author, created=created, modified=modified, style=brought.style,
            colour=brought.colour, origin=brought.origin,
        )  # fmt: skip
        anchor = replace(place.anchor, annotation=one.id, method="imported")
        return [Change(None, annotation), Change(None, anchor)]

    def _links(self, brought: Sequence[IncomingRelation]) -> list[Change]:
        """Relations that are new and have both ends here; the rest of the new ones are told."""
        every = related.relations(self._desk.project)
        ids = {one.id for one in every}
        pairs = {(one.source, one.target, one.type) for one in every}
        links: list[Change] = []
        for one in brought:
            source, target, kind = self._end(one.source), self._end(one.target), one.type or TYPES[0]
            if not source or not target or source == target:
                why = say("A relation was left out: its two passages are not both in this project.")
                self._unplaced.append(Told(words=shortened(one.note, _WORDS), document="", why=why))
            elif one.id not in ids and (source, target, kind) not in pairs:
                made = self._link(one, source, target, kind)
                ids.add(made.id)
                pairs.add((source, target, kind))
                links.append(Change(None, made))
        return links

    def _link(self, one: IncomingRelation, source: str, target: str, kind: str) -> Relation:
        created, modified = one.created, one.modified
        if not one.id:  # ours is as it was, even without dates
            created = created or self._at
            modified = modified or created
        return Relation(
            id=one.id or new_id(), source=source, target=target, type=kind, status=one.status or STATUSES[0],
            note=one.note, author=one.author, created=created, modified=modified,
        )  # fmt: skip

    def _end(self, iri: str) -> str:
        """The annotation that a relation names: in the file, or in the project already; "" for none."""
        if iri in self._ids:
            return self._ids[iri]
        own = unquote(iri.removeprefix(ANNOTATION)) if iri.startswith(ANNOTATION) else ""
        return own if own and stored.existing(self._desk.project, [own]) else ""


def _read(worker: Guest, path: Path) -> Incoming:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise BadFile(say("“{file}” is too large to be a file of annotations.", file=path.name))
        data = path.read_bytes()
    except OSError as trouble:
        raise BadFile(
            say("“{file}” could not be opened for reading: {why}.", file=path.name,
                why=reason_of(trouble))
        ) from trouble  # fmt: skip
    _, (answer,) = worker.call("web annotations", {"file": path.name}, (data,), deadline=_PATIENCE)
    return incoming_from_plain(json.loads(bytes(answer)))


def _guessed(place: Placed, version: Version) -> Placed:
    """A place in a document that the file does not name: only for words that stand there once."""
    if place.doubt:
        return Placed(why=say("It does not say in which document it stands."))
    doubt = say("It does not say in which document it stands; its words are in “{file}”.", file=version.file)
    return replace(place, doubt=doubt)


def _told(one: IncomingAnnotation, why: str) -> Told:
    said = one.quote or one.note or "; ".join(one.tags) or one.iri
    return Told(words=shortened(said, _WORDS), document=next(iter((*one.names, *one.urls)), one.sha256), why=why)
