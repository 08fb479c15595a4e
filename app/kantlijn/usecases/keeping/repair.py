"""Saving what can be saved of a damaged project into a new one; the damaged file is only read."""

from __future__ import annotations

import errno
import hashlib
from array import array
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from kantlijn.documents.contract import AskContent, Source
from kantlijn.documents.plain import EXTRACTOR, chosen_encoding, read_plain
from kantlijn.errors import DiskTrouble, Known, NotAProject
from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Content, Version
from kantlijn.model.layer import PageLayer, unpack
from kantlijn.store import opening
from kantlijn.store.backups import look_for_space
from kantlijn.store.connection import sentences
from kantlijn.store.content import CHUNK, DIGEST, digest, digest_name
from kantlijn.store.lock import Lock
from kantlijn.store.project import Project
from kantlijn.store.salvage import Salvage, Text, fill
from kantlijn.store.salvage_copy import private_copy, workplace
from kantlijn.usecases import open_files
from kantlijn.usecases.desk import Engine
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.mend_records import Mended
from kantlijn.usecases.whole_file import make_project, refused_at
from kantlijn.words import say

_NO_LOCK = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG)
_PATIENCE = 300.0
_PLAIN = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """lost: a sentence for each thing that could not be saved. counts: as check() gives them, of what is new."""

    lost: tuple[str, ...]
    counts: dict[str, int]


def repair(damaged: Path, new: Path) -> Repaired:
    """Read what can be read of damaged, make it fit together, and write it to new, which passes check().

    InUse when a program has it open; NotAProject when nothing can be read of it; DiskTrouble. Texts become
    searchable again, and versions compared, when the new project is opened.
    """
    if new.exists():
        raise DiskTrouble(say("“{name}” is already there. Choose another name.", name=new.name))
    if not new.parent.is_dir():
        raise DiskTrouble(say("The folder “{folder}” does not exist.", folder=str(new.parent)))
    with sentences(damaged):
        _look(damaged)
        look_for_space(new.parent, 2 * damaged.stat().st_size)
        with refused_at(new), workplace(new.parent) as folder:
            salvage = Salvage(_copied(damaged, folder), damaged)
            try:
                made = folder / "new" / new.name  # sentences then tell its name
                made.parent.mkdir()
                lost = _Repair(salvage, made, folder).run()
                make_project(new, made.replace)
            finally:
                salvage.close()
    report = check(new)
    return Repaired(lost=(*lost, *report.problems), counts=report.counts)


def _copied(damaged: Path, folder: Path) -> Path:
    """A private copy of what no program writes now. InUse, OSError."""
    lock = Lock(damaged)
    try:
        lock.take()
    except OSError as refused:  # nobody who writes got one there either, or they have it already
        if refused.errno not in _NO_LOCK:
            raise
    try:
        return private_copy(damaged, folder)
    finally:
        lock.release()


def _look(damaged: Path) -> None:
    """Say what it is when it is no file that can be read. OSError."""
    if not damaged.is_file():
        opening.look(damaged)
    with damaged.open("rb"):
        pass
    if damaged.stat().st_size == 0:
        raise NotAProject(say("“{name}” is empty: nothing can be saved of it. Open a backup.", name=damaged.name))


class _Repair:
    """One run: contents first, since what becomes of them decides what becomes of the passages in them."""

    def __init__(self, salvage: Salvage, fresh: Path, folder: Path) -> None:
        self._salvage, self._fresh, self._folder = salvage, fresh, folder
        self._mended = Mended(salvage)
        self._facts = salvage.facts()
        self._engine: Engine | None = None

    def run(self) -> tuple[str, ...]:
        mended = self._mended
        project = Project.create(self._fresh)
        try:
            for version in list(mended.of(Version).values()):
                self._version(project, version)
            mended.join()
            mended.settle_history()
            fill(project, mended.every(), mended.history, self._other_facts())
            project.settle()
        finally:
            project.close()
            if self._engine is not None:
                self._engine.close()
        return tuple(mended.lost)

    def _other_facts(self) -> dict[str, str]:
        """All but those that came with the contents."""
        return {name: value for name, value in self._facts.items() if not name.startswith(DIGEST)}

    def _version(self, project: Project, version: Version) -> None:
        """The version's file and text: whole, read anew, as bare text, or as no more than the passages in it."""
        own = [one for one in self._mended.of(Anchor).values() if one.version == version.id]
        text = self._salvage.text(version.sha256, version.extractor, version.pages)
        if text is not None and len(text.text) != version.characters:
            text = None
        if self._salvage.has_bytes(version.sha256):
            found = self._content(version, text)
            whole = found if found is not None and self._as_imported(version, found) else None
            content = whole or self._again(version, text) or self._patched(version, found, own)
            if content is not None:
                project.add_text(version.sha256, version.size, content)
                for place, chunk in enumerate(self._salvage.chunks(version.sha256)):
                    project.add_chunk(version.sha256, place, chunk)
                return
        self._bare(project, version, replace(text, text=_with_quotes(text.text, own)) if text else None)

    def _content(self, version: Version, text: Text | None) -> Content | None:
        if text is None or text.pages is None:
            return None
        pages, layers = text.pages
        return Content(
            extractor=version.extractor, mime=version.mime, text=text.text, pages=pages, layers=layers,
            auxiliary=text.auxiliary, outline=text.outline, details=text.details,
        )  # fmt: skip

    def _digest(self, version: Version) -> str | None:
        return self._facts.get(digest_name(version.sha256, version.extractor))

    def _as_imported(self, version: Version, content: Content) -> bool:
        said = self._digest(version)
        if said is not None:
            return content.extractor == version.extractor and digest(content) == said
        return all(map(_can_be_unpacked, content.layers))

    def _patched(self, version: Version, found: Content | None, own: list[Anchor]) -> Content | None:
        """As it was found, since the file gives nothing better; pages whose places cannot be read have none."""
        if found is None:
            return None
        nowhere = PageLayer((), array("f")).pack()
        layers = tuple(one if _can_be_unpacked(one) else nowhere for one in found.layers)
        self._mended.lost.append(
            say("The text of “{file}” is not quite the one that was imported; it is there as it was found.",
                file=version.file)
        )  # fmt: skip
        return replace(found, layers=layers, text=_with_quotes(found.text, own))

    def _again(self, version: Version, text: Text | None) -> Content | None:
        """Read from the file anew; None unless that gives what was there, as far as that is known."""
        file = self._folder / f"{open_files.name_of(version.sha256)}{Path(version.file).suffix.lower()}"
        with file.open("wb") as written:
            for chunk in self._salvage.chunks(version.sha256):
                written.write(chunk)
        try:
            content = self._read(file, version)
        except Known:
            return None
        finally:
            file.unlink()
        if self._digest(version) is not None:
            return content if self._as_imported(version, content) else None
        same = len(content.text) == version.characters and len(content.pages) == version.pages
        if not same or content.extractor != version.extractor or (text is not None and text.text != content.text):
            return None
        return content

    def _read(self, file: Path, version: Version) -> Content:
        if version.mime != "application/pdf":
            return read_plain(file, encoding=chosen_encoding(version.extractor))
        if self._engine is None:
            self._engine = Engine()
        request = AskContent(source=Source(key=str(file), path=str(file)))
        content = self._engine.ask(request).result(timeout=_PATIENCE)
        if not isinstance(content, Content):
            raise Known(say("“{file}” could not be read.", file=version.file))
        return content

    def _bare(self, project: Project, version: Version, text: Text | None) -> None:
        """Without its file: the text alone; where that is gone too, the words of the passages in it."""
        anchors = self._mended.of(Anchor)
        own = [one for one in anchors.values() if one.version == version.id]
        if text is None:
            words, moved = _passages_as_text(own)
            self._mended.lost.append(
                say("The file and the text of “{file}” were lost; the words of its {n} passages are there.",
                    file=version.file, n=len(own))
            )  # fmt: skip
        else:
            words, moved = text.text, own
            self._mended.lost.append(
                say("The file of “{file}” was lost; its text is there, with all passages.", file=version.file)
            )
        data = words.encode()
        bare = replace(
            version, sha256=hashlib.sha256(data).hexdigest(), size=len(data), mime=_PLAIN, extractor=EXTRACTOR,
            pages=0, characters=len(words), file=f"{version.file}.txt",
        )  # fmt: skip
        content = Content(
            extractor=EXTRACTOR, mime=_PLAIN, text=words, auxiliary=text.auxiliary if text is not None else ()
        )
        project.add_text(bare.sha256, bare.size, content)
        source = BytesIO(data)
        for place, chunk in enumerate(iter(partial(source.read, CHUNK), b"")):
            project.add_chunk(bare.sha256, place, chunk)
        self._mended.of(Version)[version.id] = bare
        for anchor in moved:
            anchors[anchor.id] = replace(anchor, quads=(), first_page=None, last_page=None)


def _with_quotes(text: str, anchors: list[Anchor]) -> str:
    """A text that is damaged in places, with the words of its passages, which are kept beside it to the letter."""
    for one in anchors:
        start, end = one.range
        if one.state != "lost" and len(one.quote) == end - start and end <= len(text):
            text = text[:start] + one.quote + text[end:]
    return text


def _can_be_unpacked(layer: bytes) -> bool:
    try:
        unpack(layer)
    except ValueError:
        return False
    return True


def _passages_as_text(anchors: list[Anchor]) -> tuple[str, list[Anchor]]:
    """The quotes under each other in reading order, and the anchors on them there."""
    words, moved = "", []
    for anchor in sorted(anchors, key=lambda one: one.range):
        start = len(words)
        moved.append(replace(anchor, range=(start, start + len(anchor.quote))))
        words += f"{anchor.quote}\n\n"
    return words or "\n", moved
