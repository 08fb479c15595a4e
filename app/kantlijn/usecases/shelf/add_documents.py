"""Adding files to the project: recognised, read by the engine, frozen, each its own step of the history."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from kantlijn.documents.contract import AskContent, Source
from kantlijn.documents.kind import ENDINGS, PLAIN, kind_of
from kantlijn.documents.plain import read_plain
from kantlijn.documents.structured import Structured
from kantlijn.errors import BadFile, Cancelled, Known, PasswordNeeded, reason_of
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.ids import new_id
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, must_write, now
from kantlijn.usecases.find import find_document
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.shelf.prefill import prefilled
from kantlijn.usecases.wording import date_of, keepable, text_of
from kantlijn.words import say

Progress = Callable[[int, int, str], None]
TOTAL = 1000
"""What progress counts to: per mille of the batch."""
_PATIENCE = 0.05
_OTHERS = frozenset((".doc", ".dot", ".wpd", ".wps", ".pages", ".xps", ".djvu", ".mobi"))
"""Endings of texts that cannot be read: in a folder each gets its sentence, where pictures are passed over."""
_UNSEEN = (".", "~$", "__MACOSX", "$RECYCLE.BIN")
"""How names in folders begin that systems and programs keep for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """trouble: a sentence when the file came in, but some of its pages could not be read; "" otherwise."""

    document: str
    version: str
    title: str
    file: str
    pages: int
    characters: int
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file whose very bytes the project has already."""

    document: str
    version: str
    title: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedFile:
    """error is a sentence; password says that one is needed, or that the one given is wrong."""

    file: str
    error: str
    password: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of each file. cancelled: the reader stopped; files not come to are in none of the lists."""

    added: tuple[AddedFile, ...]
    known: tuple[KnownFile, ...]
    failed: tuple[FailedFile, ...]
    changes: tuple[Changes, ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """What was asked for all files of the batch."""

    title: str
    date: str
    password: str
    version_of: str
    cancelled: Callable[[], bool]
    structured: Structured
    as_text: bool


def add_documents(
    desk: Desk, files: Sequence[Path], *,
    title: str = "", date: str = "", password: str = "", version_of: str = "", as_text: bool = False,
    progress: Progress | None = None, cancelled: Callable[[], bool] | None = None,
    on_changes: Callable[[Changes], None] | None = None,
) -> Added:  # fmt: skip
    """Add files of every kind that kind_of() knows, and folders of them. A bad one gets a sentence, no more.

    version_of: add each as the next version of that document. on_changes hears of every file as it comes in.
    as_text: read them as plain text whatever they look like.
    """
    must_write(desk)
    wishes = _Wishes(
        title=text_of(title).strip(), date=date_of(date), password=password,
        version_of=find_document(desk, version_of).id if version_of else "",
        cancelled=cancelled or (lambda: False), structured=Structured(),
        as_text=as_text,
    )  # fmt: skip
    try:
        return _add_all(desk, list(_expanded(files)), wishes, progress, on_changes)
    finally:
        wishes.structured.close()


def _add_all(
    desk: Desk, every: Sequence[Path | FailedFile], wishes: _Wishes, progress: Progress | None,
    on_changes: Callable[[Changes], None] | None,
) -> Added:  # fmt: skip
    added: list[AddedFile] = []
    known: list[KnownFile] = []
    failed: list[FailedFile] = []
    steps: list[Changes] = []
    stopped = False
    for place, file in enumerate(every):
        if isinstance(file, FailedFile):
            failed.append(file)
            continue
        report = _Report(progress, place, len(every), file.name)
        report(0.0)
        try:
            one, changes = _add(desk, file, wishes, report)
        except Cancelled:
            stopped = True
            break
        except Known as trouble:
            needs = isinstance(trouble, PasswordNeeded)
            failed.append(FailedFile(file=str(file), error=trouble.sentence, password=needs))
            continue
        if isinstance(one, KnownFile):
            known.append(one)
            continue
        added.append(one)
        if changes is not None:
            steps.append(changes)
            if on_changes:
                on_changes(changes)
    if progress:
        progress(TOTAL, TOTAL, "")
    return Added(
        added=tuple(added), known=tuple(known), failed=tuple(failed), changes=tuple(steps), cancelled=stopped
    )


class _Report:
    """Progress of one file, as part of the batch's."""

    def __init__(self, progress: Progress | None, place: int, count: int, name: str) -> None:
        self._progress = progress
        self._place = place
        self._count = count
        self._sentence = say("Reading “{file}”", file=name)

    def __call__(self, part: float) -> None:
        """part: how much of this file is done, 0 to 1."""
        if self._progress:
            self._progress(int(TOTAL * (self._place + part) / self._count), TOTAL, self._sentence)


def _add(desk: Desk, file: Path, wishes: _Wishes, report: _Report) -> tuple[AddedFile | KnownFile, Changes | None]:
    if os.path.realpath(file) == os.path.realpath(desk.path):  # reading it would drop the locks SQLite holds on it
        raise BadFile(say("“{file}” is the open project itself, not a document.", file=file.name))
    kind = "text" if wishes.as_text else kind_of(file)
    sha256, size = _digest(file, wishes.cancelled)
    there = shelf.version_with(desk.project, sha256)
    if there is not None:
        documents = {document.id: document for document in shelf.documents(desk.project)}
        return KnownFile(
            document=there.document, version=there.id, title=documents[there.document].title, file=str(file)
        ), None
    if kind == "pdf":
        content = _read_pdf(desk, file, sha256, wishes, report)
    elif kind in PLAIN:
        content = read_plain(file, kind)
    else:
        content = wishes.structured.read(file, kind, lambda: _go_on(wishes.cancelled))
    if wishes.password and kind == "pdf":
        desk.passwords[sha256] = wishes.password
    document, version, steps, title = _records(desk, file, sha256, size, content, wishes)
    changes = Changes(id=new_id(), at=now(), author=desk.author, title=title, steps=tuple(map(keepable, steps)))
    with file.open("rb") as data:
        desk.project.add_content(
            sha256, size, _Same(data, sha256, file.name), content, changes, lambda: _go_on(wishes.cancelled)
        )
    report(1.0)
    return AddedFile(
        document=document.id, version=version.id, title=document.title, file=str(file),
        pages=version.pages, characters=version.characters, trouble=content.details.get("trouble", ""),
    ), changes  # fmt: skip


def _records(
    desk: Desk, file: Path, sha256: str, size: int, content: Content, wishes: _Wishes
) -> tuple[Document, Version, list[Change], str]:
    documents = shelf.documents(desk.project)
    before = next((document for document in documents if document.id == wishes.version_of), None)
    if before is None:
        position = max((other.position for other in documents), default=0) + 1
        document = prefilled(Document(id=new_id(), title="", position=position), _name(file), content)
        if wishes.title or wishes.date:
            document = replace(document, title=wishes.title or document.title, date=wishes.date or document.date)
        steps = [Change(None, document)]
        title = say("Add “{title}”", title=shortened(document.title))
    else:
        document = before
        steps = []
        title = say("Add a version of “{title}”", title=shortened(document.title))
    numbers = [one.number for one in shelf.versions(desk.project) if one.document == document.id]
    version = Version(
        id=new_id(), document=document.id, number=max(numbers, default=0) + 1, file=_name(file), sha256=sha256,
        extractor=content.extractor, mime=content.mime, size=size, pages=len(content.pages),
        characters=len(content.text), added=now(),
    )  # fmt: skip
    steps.append(Change(None, version))
    return document, version, steps, title


def _name(file: Path) -> str:
    """The file's name as text: bytes in it that are none, as old archives have them, become "?"."""
    return file.name.encode("utf-8", "replace").decode()


def _read_pdf(desk: Desk, file: Path, sha256: str, wishes: _Wishes, report: _Report) -> Content:
    password = wishes.password or desk.passwords.get(sha256, "")
    future = desk.engine.ask(
        AskContent(source=Source(key=str(file.resolve()), path=str(file.resolve()), password=password)),
        progress=lambda done, total: report(0.9 * done / max(1, total)),
    )
    while True:
        try:
            answer = future.result(timeout=_PATIENCE)
        except NotYet:
            if wishes.cancelled():
                future.cancel()
                raise Cancelled(say("The import was stopped.")) from None
            continue
        if not isinstance(answer, Content):
            raise BadFile(say("“{file}” could not be read.", file=file.name))
        return answer


def _expanded(files: Sequence[Path]) -> Iterator[Path | FailedFile]:
    """The files, folders replaced by the files in them that can be read, or by a sentence; each but once."""
    seen: set[str] = set()
    for file in files:
        unread: list[OSError] = []
        inside = _inside(file, unread.append) if file.is_dir() else [file]
        for trouble in unread:
            yield FailedFile(file=str(trouble.filename), error=_unreadable(Path(trouble.filename), trouble))
        if not inside and not unread:
            empty = say("The folder “{file}” holds no file that Kantlijn can read.", file=file.name or str(file))
            yield FailedFile(file=str(file), error=empty)
        for one in inside:
            if (real := os.path.realpath(one)) not in seen:
                seen.add(real)
                yield one


def _inside(folder: Path, unread: Callable[[OSError], None]) -> list[Path]:
    """The files in the folder and below that are meant to be read, by name."""
    found = []
    for where, folders, names in os.walk(folder, onerror=unread):
        folders[:] = sorted(name for name in folders if not name.startswith(_UNSEEN))  # in place, for os.walk
        found += [Path(where) / name for name in sorted(names) if not name.startswith(_UNSEEN)]
    return [file for file in found if file.suffix.lower() in ENDINGS | _OTHERS]


def _digest(file: Path, cancelled: Callable[[], bool]) -> tuple[str, int]:
    """SHA-256 and size of the file."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as data:
            while chunk := data.read(1 << 20):
                _go_on(cancelled)
                digest.update(chunk)
                size += len(chunk)
    except OSError as trouble:
        raise BadFile(_unreadable(file, trouble)) from trouble
    return digest.hexdigest(), size


def _unreadable(file: Path, trouble: OSError) -> str:
    return say("“{file}” cannot be read: {reason}.", file=file.name, reason=reason_of(trouble))


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled(say("The import was stopped."))


class _Same:
    """Reads a file for the store and makes sure at its end that it is still the one that was read before."""

    def __init__(self, data: BinaryIO, sha256: str, name: str) -> None:
        self._data, self._sha256, self._name = data, sha256, name
        self._digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        chunk = self._data.read(size)
        self._digest.update(chunk)
        if not chunk and self._digest.hexdigest() != self._sha256:
            raise BadFile(say("“{file}” changed while it was being read; add it again.", file=self._name))
        return chunk
