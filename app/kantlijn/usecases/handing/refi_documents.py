"""Sources of a .qdpx as documents: their files added as any others are, or found again by their bytes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from kantlijn.documents.kind import ENDINGS
from kantlijn.errors import Cancelled, Known
from kantlijn.exchange.refi_extras import with_strings, with_times, words
from kantlijn.exchange.refi_records import RefiSource
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Document, Version
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.handing.refi_file import RefiFile
from kantlijn.usecases.shelf.add_documents import AddedFile, Progress, add_documents
from kantlijn.words import say

_FIELDS = ("title", "author", "organisation", "date", "kind", "identifier", "language", "url", "note")
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_ENDINGS = (".pdf", ".txt", ".text", ".md", ".markdown")
_LONGEST = 120
_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?", re.ASCII)


@dataclass(slots=True)
class Documents:
    """versions: by the guids of sources. added: files that came in now; known: how many were there. remarks: what
    could not be brought in and why. steps set what the file says of documents that are new.
    """

    versions: dict[str, Version] = field(default_factory=dict)
    added: list[AddedFile] = field(default_factory=list)
    known: int = 0
    remarks: list[str] = field(default_factory=list)
    steps: list[Change] = field(default_factory=list)
    stopped: bool = False


def documents_from(
    desk: Desk, file: RefiFile, *, progress: Progress, cancelled: Callable[[], bool],
    on_changes: Callable[[Changes], None] | None,
) -> Documents:  # fmt: skip
    """Add the file of every source, each a step of its own. stopped: the reader did; the rest is left out."""
    adder = _Adder(desk, file, cancelled, on_changes)
    every = file.project.sources
    with tempfile.TemporaryDirectory(prefix="kantlijn-") as folder:
        for place, source in enumerate(every):

            def part(done: int, total: int, sentence: str, place: int = place) -> None:
                progress(place * total + done, len(every) * total, sentence)

            try:
                adder.take(source, Path(folder) / str(place), part)
            except Cancelled:
                adder.made.stopped = True
            except Known as trouble:
                adder.made.remarks.append(trouble.sentence)
            if adder.made.stopped:
                break
    adder.describe()
    return adder.made


class _Adder:
    def __init__(
        self, desk: Desk, file: RefiFile, cancelled: Callable[[], bool],
        on_changes: Callable[[Changes], None] | None,
    ) -> None:  # fmt: skip
        self.made = Documents()
        self._desk, self._file, self._cancelled, self._on_changes = desk, file, cancelled, on_changes
        self._about = {words(version, "source"): (about, version) for about, version in _described(file)}
        self._of: dict[int, str] = {}
        """Documents here by those of our note."""

    def take(self, source: RefiSource, folder: Path, progress: Progress) -> None:
        """Bring one source in. Known, with its sentence, when that cannot be done."""
        about, version = self._about.get(source.guid, ({}, {}))
        there = shelf.version_with(self._desk.project, words(version, "sha256"))
        if there is None:
            there = self._added(source, about, version, folder, progress)
        else:
            self.made.known += 1
        if there is not None:
            self.made.versions[source.guid] = there
            if about:
                self._of.setdefault(id(about), there.document)

    def _added(
        self, source: RefiSource, about: Mapping[str, Any], version: Mapping[str, Any], folder: Path,
        progress: Progress,
    ) -> Version | None:  # fmt: skip
        path = self._laid_out(source, version, folder)
        document = self._of.get(id(about), "") if about else ""
        title = words(about, "title") or _without_ending(source.name)
        done = add_documents(
            self._desk, [path], title=title, version_of=document, progress=progress, cancelled=self._cancelled,
            on_changes=self._on_changes, as_text=path.suffix == ".txt" and not words(version, "original"),
        )  # fmt: skip
        self.made.stopped = done.cancelled
        for failed in done.failed:
            self.made.remarks.append(failed.error)
        self.made.added += done.added
        self.made.known += len(done.known)
        ids = [*(one.version for one in done.added), *(one.version for one in done.known)]
        return shelf.version(self._desk.project, ids[0]) if ids else None

    def _laid_out(self, source: RefiSource, version: Mapping[str, Any], folder: Path) -> Path:
        """The source's file, written into this folder under its own name. Known when there is nothing to write."""
        name = words(version, "file") or source.name
        original = self._file.member(words(version, "original"))
        if source.kind == "pdf" and not original:
            original = self._file.member(source.path)
        folder.mkdir()
        if original:
            ending = Path(name).suffix.lower() if Path(name).suffix.lower() in ENDINGS else ".txt"
            path = folder / _named(name, ".pdf" if source.kind == "pdf" else ending)
            with path.open("xb") as out:
                self._file.archive.copy(original, out, self._go_on)
            return path
        if source.kind not in ("pdf", "text"):
            raise Known(_unread(source))
        text = self._file.text_of(source)
        rich = self._file.member(source.rich) if text is None else ""
        if rich and Path(rich).suffix.lower() in ENDINGS:
            path = folder / _named(name, Path(rich).suffix.lower())
            with path.open("xb") as out:
                self._file.archive.copy(rich, out, self._go_on)
            return path
        if text is None:
            raise Known(
                say("The file of “{name}” is not in “{file}”, nor its text: its annotations were left out.",
                    name=source.name, file=self._file.name)
            )  # fmt: skip
        if source.kind == "pdf" or source.rich.lower().endswith((".docx", ".rtf", ".odt", ".doc")):
            self.made.remarks.append(
                say("Of “{name}” its plain text became the document, without its layout.", name=source.name)
            )
        path = folder / _named(name, ".txt")
        if member := self._file.text_member(source):  # its very bytes, by which the project may know it
            with path.open("xb") as out:
                self._file.archive.copy(member, out, self._go_on)
        else:
            path.write_bytes(text.text.encode())
        return path

    def _go_on(self) -> None:
        if self._cancelled():
            raise Cancelled(say("The import was stopped."))

    def describe(self) -> None:
        """What the file says of the documents that came in new, and when they did."""
        fresh = {one.version for one in self.made.added}
        documents = {one.id: one for one in shelf.documents(self._desk.project)}
        firsts = {one.document for one in self.made.versions.values() if one.id in fresh and one.number == 1}
        met: set[str] = set()
        for source in self._file.project.sources:
            version = self.made.versions.get(source.guid)
            if version is None or version.id not in fresh:
                continue
            about, said = self._about.get(source.guid, ({}, {}))
            if version.document in firsts and version.document not in met:
                before = documents[version.document]
                after = self._described(before, source, about)
                self.made.steps += [Change(before, after)] if after != before else []
                met.add(version.document)
            after_version = with_times(version, said, ("added",))
            if (name := words(said, "file")) and name == PurePosixPath(name).name and name not in (".", ".."):
                after_version = replace(after_version, file=name)
            self.made.steps += [Change(version, after_version)] if after_version != version else []

    def _described(self, document: Document, source: RefiSource, about: Mapping[str, Any]) -> Document:
        if about:
            said = {name: words(about, name) for name in _FIELDS}
            after: Document = with_strings(document, said, _FIELDS)
            return replace(
                after, title=after.title.strip() or document.title,
                date=after.date if _DATE.fullmatch(after.date) else "",
            )  # fmt: skip
        notes = [note for guid in source.notes if (note := self._file.note(guid)) is not None]
        told = [source.description, *(self._file.said_by(note) for note in notes)]
        return replace(document, note="\n\n".join(dict.fromkeys(one for one in told if one.strip())))


def _described(file: RefiFile) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each version of our note, with its document."""
    for about in file.extras.documents:
        versions = about.get("versions")
        for version in versions if isinstance(versions, list) else ():
            if isinstance(version, dict):
                yield about, version


def _unread(source: RefiSource) -> str:
    kinds = {
        "PictureSource": say("a picture"), "AudioSource": say("a sound recording"),
        "VideoSource": say("a film"),
    }  # fmt: skip
    kind = kinds.get(source.kind, source.kind)
    return say("“{name}” is {kind}, which Kantlijn cannot show: it was left out.", name=source.name, kind=kind)


def _named(name: str, ending: str) -> str:
    """A name that every disk can bear, with an ending that is read."""
    bare = _UNFIT.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    fit = _ENDINGS[1:] if ending == ".txt" else (ending,)
    stem, dot, last = bare.rpartition(".")
    if not stem or f".{last.lower()}" not in fit:
        stem, dot, last = bare or "document", ".", ending[1:]
    stem = stem[:_LONGEST]
    while len(stem.encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    return f"{stem.strip()}{dot}{last}"


def _without_ending(name: str) -> str:
    """A source's name as a title: programs name sources after files, or give them names."""
    name = " ".join(name.split())
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and f".{ending.lower()}" in (*_ENDINGS, ".docx", ".rtf", ".odt", ".doc") else name
