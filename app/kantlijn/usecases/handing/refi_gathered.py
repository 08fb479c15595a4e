"""What a .qdpx brings beside documents and themes: annotations with their places, notes and relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from kantlijn.exchange.colours import colour_of
from kantlijn.exchange.refi_extras import with_strings, with_times, words
from kantlijn.exchange.refi_names import guid_of, id_of, one_line, utc_of
from kantlijn.exchange.refi_records import RefiLink, RefiSelection
from kantlijn.exchange.refi_texts import begins_alike
from kantlijn.model.annotation import STYLES, Anchor, Annotation
from kantlijn.model.changes import Change, Record
from kantlijn.model.document import Version
from kantlijn.model.relation import STATUSES, TYPES, Relation
from kantlijn.store import passages as stored
from kantlijn.store import relations as related
from kantlijn.store import shelf
from kantlijn.text.placing import SURE
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.handing.refi_file import RefiFile
from kantlijn.usecases.handing.refi_passages import Found, passages_from, places_of_lost
from kantlijn.usecases.long_call import LongCalls
from kantlijn.words import language, say, say_many

_LONGEST_ID = 200
_WORD = re.compile(r"[^\W\d_]{3}")
_NUMBERED = re.compile(r"\d:\d|^\S+ \d+$")
"""Names that programs make up themselves: "1:3 ¶ 2", "Quotation 4"."""
_TYPES = {
    "responds to": "responds-to", "answers": "responds-to", "reageert op": "responds-to",
    "beantwoordt": "responds-to", "supports": "supports", "justifies": "supports", "confirms": "supports",
    "ondersteunt": "supports", "contradicts": "contradicts", "criticizes": "contradicts",
    "weerspreekt": "contradicts", "repeats": "repeats", "herhaalt": "repeats",
}  # fmt: skip
"""Our types by what other programs call them; the rest elaborates, and keeps its name in the note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """An annotation that was not found, or that should be looked at. document: its title; words: those it has in
    the file; found: those it stands on here, "" for none; annotation: its id here, "" for none.
    """

    document: str
    words: str
    themes: tuple[str, ...] = ()
    note: str = ""
    found: str = ""
    annotation: str = ""


class Gatherer:
    """Gathers annotations, anchors and relations; steps() brings them in."""

    def __init__(
        self, desk: Desk, file: RefiFile, versions: Mapping[str, Version], themes: Mapping[str, str],
        workshop: LongCalls,
    ) -> None:  # fmt: skip
        self._desk, self._file, self._versions, self._themes = desk, file, versions, themes
        self._workshop = workshop
        self._at = now()
        self._link_notes = _notes_by_links(file)
        self._titles = {one.id: one.title for one in shelf.documents(desk.project)}
        self._names = _names_of_codes(file)
        self._ids: dict[str, str] = {}
        """Annotations here by guids of selections."""
        self.annotations: dict[str, Annotation] = {}
        self.anchors: list[Anchor] = []
        self.relations: list[Relation] = []
        self.unplaced: list[Unplaced] = []
        self.doubtful: list[Unplaced] = []
        self.remarks: list[str] = []
        self.known = 0

    def gather(self, progress: Callable[[float], None]) -> None:
        """Go through the file. progress: the part that is done, 0 to 1. Cancelled; EngineTrouble."""
        carried: list[Found] = []
        lost: list[Anchor] = []
        met: set[str] = set()
        every = self._file.project.sources
        for place, source in enumerate(every):
            progress(place / len(every))
            self._workshop.go_on()
            version = self._versions.get(source.guid)
            if version is None:
                self._left_out(source.selections, source.name)
                continue
            before = len(self.unplaced)
            found = list(passages_from(self._desk, self._file, source, version, self._workshop, met))
            here = stored.existing(self._desk.project, {_id(self._file, one.guid) for one in found})
            for one in found:
                if one.carried:
                    carried.append(one)
                else:
                    self._take(one, version, here)
            if len(self.unplaced) > before:
                self._say_if_pictures(version)
            lost += places_of_lost(self._desk, self._file, source, version)
        self._take_carried(carried, lost)
        self._relate()

    def steps(self) -> list[Change]:
        """All of it, annotations before what leans on them."""
        made: list[Record] = [*self.annotations.values(), *self.anchors, *self.relations]
        return [Change(None, one) for one in made]

    # -- annotations ----------------------------------------------------------------------------------------

    def _take(self, one: Found, version: Version, here: set[str]) -> None:
        id = _id(self._file, one.guid)
        if one.selection.guid:
            self._ids.setdefault(one.selection.guid, id)
        if id in here:
            self.known += 1
            return
        annotation = self._annotation(one, id, version.document)
        if one.anchor is None:
            self._ids.pop(one.selection.guid, None)
            self.unplaced.append(self._told(annotation, one.words, self._titles[version.document]))
            return
        self.annotations[id] = annotation
        self.anchors.append(replace(one.anchor, annotation=id))
        if one.doubt != SURE:
            told = self._told(annotation, one.words, self._titles[version.document])
            self.doubtful.append(replace(told, found=one_line(one.anchor.quote), annotation=id))

    def _annotation(self, one: Found, id: str, document: str) -> Annotation:
        selection, extra = one.selection, self._file.extras.annotations.get(one.guid, {})
        created = utc_of(selection.created) or utc_of(selection.modified) or self._at
        style = words(extra, "style")
        made = Annotation(
            id=id, document=document, note=self._note(one),
            themes=tuple(dict.fromkeys(self._themes[code] for code in selection.codes if code in self._themes)),
            author=self._file.project.users.get(selection.user, ""), created=created,
            modified=utc_of(selection.modified) or created, style=style if style in STYLES else "highlight",
        )  # fmt: skip
        made = with_times(with_strings(made, extra, ("origin", "author")), extra, ("created", "modified"))
        return replace(made, colour=colour_of(words(extra, "colour")))

    def _note(self, one: Found) -> str:
        selection = one.selection
        notes = [self._file.note(guid) for guid in (*selection.notes, *self._link_notes.get(selection.guid, ()))]
        called = "" if self._file.ours else _called(one)
        told = [self._file.said_by(note) for note in notes if note is not None]
        parts = [f"**{called}**" if called else "", selection.description, *told]
        return "\n\n".join(dict.fromkeys(part for part in parts if part))

    def _left_out(self, selections: tuple[RefiSelection, ...], name: str) -> None:
        """Of a source that did not come in: its annotations are told of, one by one."""
        met: set[str] = set()
        for one in selections:
            if one.guid not in met and not self._file.is_carried(one.guid):
                met |= {one.guid} - {""}
                found = Found(guid=one.guid, selection=one, anchor=None, words=one_line(one.said or one.name))
                self.unplaced.append(self._told(self._annotation(found, "", ""), found.words, name))

    def _told(self, annotation: Annotation, said: str, title: str) -> Unplaced:
        themes = tuple(self._names.get(one, one) for one in self._theme_guids(annotation))
        return Unplaced(document=title, words=said, themes=themes, note=annotation.note)

    def _theme_guids(self, annotation: Annotation) -> Iterator[str]:
        guids = {theme: guid for guid, theme in self._themes.items()}
        return (guids[theme] for theme in annotation.themes if theme in guids)

    def _say_if_pictures(self, version: Version) -> None:
        content = self._desk.content_of(version)
        if content.pages and not any(point.isalnum() for point in content.text):
            self.remarks.append(
                say("The pages of “{title}” are pictures: recognise their text, then import again; what is there "
                    "is not doubled.", title=self._titles[version.document])
            )  # fmt: skip

    # -- places in other versions ---------------------------------------------------------------------------

    def _take_carried(self, carried: list[Found], lost: list[Anchor]) -> None:
        """Carried places of annotations that came in now; where the first place is gone, the next is the first."""
        documents = {version.id: version.document for version in self._versions.values()}
        placed = {(anchor.annotation, anchor.version) for anchor in self.anchors}
        astray = 0
        anchors = [replace(one.anchor, annotation=one.guid) for one in carried if one.anchor is not None]
        for anchor in (*anchors, *lost):
            id = _id(self._file, anchor.annotation) if anchor.annotation else ""
            annotation = self.annotations.get(id)
            if annotation is None:
                astray += anchor.state != "lost" and id not in self._ids.values()
                continue
            if documents[anchor.version] != annotation.document or (id, anchor.version) in placed:
                astray += anchor.state != "lost"
                continue
            placed.add((id, anchor.version))
            self.anchors.append(replace(anchor, annotation=id))
        self._ids |= {one.selection.guid: _id(self._file, one.guid) for one in carried if one.guid}
        astray += sum(one.anchor is None for one in carried)
        if astray:
            self.remarks.append(say_many(
                "{n} place in another version could not be taken over; carry the annotations over again.",
                "{n} places in other versions could not be taken over; carry the annotations over again.",
                astray))  # fmt: skip

    # -- relations ------------------------------------------------------------------------------------------

    def _relate(self) -> None:
        known = related.relations(self._desk.project)
        ids = {one.id for one in known}
        kinds = {(one.source, one.target, one.type) for one in known}
        selections = self._file.selections
        apart = 0
        for link in self._file.project.links:
            source, target = self._ids.get(link.origin), self._ids.get(link.target)
            if source is None or target is None or source == target:
                apart += link.origin in selections and link.target in selections
                continue
            made = self._relation(link, source, target)
            if made.id not in ids and (source, target, made.type) not in kinds:
                ids.add(made.id)
                kinds.add((source, target, made.type))
                self.relations.append(made)
        if apart:
            self.remarks.append(say_many(
                "{n} relation was left out: one of its passages was not found.",
                "{n} relations were left out: one of their passages was not found.", apart))  # fmt: skip

    def _relation(self, link: RefiLink, source: str, target: str) -> Relation:
        extra = self._file.extras.relations.get(link.guid, {})
        given, status = words(extra, "id"), words(extra, "status")
        type, name = link.name.strip(), ""
        if type not in TYPES:
            name, type = type, _TYPES.get(type.casefold(), "elaborates")
        notes = [self._file.said_by(note) for guid in link.notes if (note := self._file.note(guid)) is not None]
        named = [name] if name and name.casefold() not in _TYPES else []
        made = Relation(
            id=given if given and guid_of("relation", given) == link.guid else id_of(link.guid), source=source,
            target=target, type=type, status=status if status in STATUSES else "open",
            note="\n\n".join([*named, *notes]), created=self._at, modified=self._at,
        )  # fmt: skip
        return with_times(with_strings(made, extra, ("author",)), extra, ("created", "modified"))


def _called(one: Found) -> str:
    """What a reader called the passage; "" where the name is its own words, as most programs have it."""
    name = one_line(one.selection.name)
    if one.anchor is None or one.anchor.quads or not _WORD.search(name) or _NUMBERED.search(name):
        return ""
    return "" if any(begins_alike(words, name) for words in (one.words, one.anchor.quote)) else name


def ids_of(file: RefiFile) -> set[str]:
    """The ids that the file's annotations have here, those without a guid of their own left out."""
    return {
        _id(file, one.guid)
        for source in file.project.sources
        if source.kind in ("pdf", "text")
        for one in source.selections
        if one.guid and not file.is_carried(one.guid)
    }


def _id(file: RefiFile, guid: str) -> str:
    """The annotation's id: that of ours where the guid was made from it, else the guid in our letters."""
    given = words(file.extras.annotations.get(guid, {}), "id")
    fits = 0 < len(given) <= _LONGEST_ID and given.isprintable()
    if fits and guid_of("annotation", given) == guid:
        return given
    try:
        return id_of(guid)
    except ValueError:
        return ""


def _notes_by_links(file: RefiFile) -> dict[str, list[str]]:
    """Memos that links, not references, tie to selections, either way round."""
    memos = {note.guid for note in file.project.notes}
    found: dict[str, list[str]] = {}
    for link in file.project.links:
        for one, other in ((link.origin, link.target), (link.target, link.origin)):
            if other in memos:
                found.setdefault(one, []).append(other)
    return found


def _names_of_codes(file: RefiFile) -> dict[str, str]:
    """In the language of the reader where the file has it."""
    names = {code.guid: code.name for code in file.project.codes} | file.project.cases
    for guid, extra in file.extras.themes.items():
        given = extra.get("names")
        if guid in names and isinstance(given, list) and len(given) == 2:
            names[guid] = str(given[language() == "nl"])
    return names
