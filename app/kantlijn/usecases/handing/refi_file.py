"""A .qdpx file opened: its project read, its texts and files found under whatever names programs gave them."""

from __future__ import annotations

import codecs
import json
import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

from kantlijn.documents.plain import LARGEST as LARGEST_TEXT
from kantlijn.documents.plain import decode
from kantlijn.errors import BadFile, reason_of
from kantlijn.exchange.archive import Archive
from kantlijn.exchange.refi_extras import GUID, Extras, extras_from, words
from kantlijn.exchange.refi_names import ORIGIN
from kantlijn.exchange.refi_read import LARGEST
from kantlijn.exchange.refi_records import RefiNote, RefiProject, RefiSource, project_from_plain
from kantlijn.usecases.long_call import LongCalls
from kantlijn.words import say

_CARRIED = ("unchanged", "moved", "changed")
_SCHEME = re.compile(r"^(?:internal|relative|absolute|file):/*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it stands in the file: decoded, line ends as they are. marked: it began with a byte order mark."""

    text: str
    marked: bool


class RefiFile:
    """An open .qdpx; with-statement. project is what it says, extras what Kantlijn added to it.

    BadFile with its sentence on opening, for what is no such file or is not to be trusted.
    """

    def __init__(self, path: Path, workshop: LongCalls) -> None:
        self.name = path.name
        try:
            self._file = path.open("rb")
        except OSError as trouble:
            raise BadFile(
                say("“{file}” cannot be read: {reason}.", file=path.name, reason=reason_of(trouble))
            ) from trouble
        try:
            self.archive = Archive(self._file, path.name)
            self.archive.must_be_harmless()
            inside = _project_in(self.archive, path.name)
            xml = self.archive.read(inside, LARGEST)
            said = workshop.call("read refi", {"file": path.name}, xml)
            self.project: RefiProject = project_from_plain(json.loads(said))
            self._members = _members(self.archive, posixpath.dirname(inside))
            self._notes = {note.guid: note for note in self.project.notes}
            self.extras: Extras = self._extras()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> RefiFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._file.close()

    @property
    def ours(self) -> bool:
        """Whether Kantlijn wrote it, and no other program since."""
        return self.extras.ours and self.project.origin == ORIGIN

    @cached_property
    def selections(self) -> frozenset[str]:
        """The guids of all parts of sources."""
        return frozenset(one.guid for source in self.project.sources for one in source.selections)

    def is_carried(self, guid: str) -> bool:
        """Whether it is where an annotation, whose own selection is there too, stands in another version."""
        extra = self.extras.selections.get(guid, {})
        return words(extra, "state") in _CARRIED and words(extra, "annotation") in self.selections

    def member(self, path: str) -> str:
        """The name in the archive of what a path in the project means; "" when it is not in there."""
        bare = _SCHEME.sub("", path.strip()).replace("\\", "/")
        for wanted in (bare, unquote(bare)):
            parts = _parts(wanted)
            found = self._members.get(parts[-1], ()) if wanted and parts else ()
            if found:  # of files of one name in several folders, the one whose folders are the path's
                return max(found, key=lambda name: _common(parts, _parts(name)))
        return ""

    def text_of(self, one: RefiSource | RefiNote) -> Text | None:
        """The plain text of a source or a note; None when the file does not have it. BadFile when damaged."""
        if one.content is not None and (one.content or not one.plain):
            return Text(one.content, marked=False)
        name = self.text_member(one)
        if not name:
            return None
        raw = self.archive.read(name, LARGEST_TEXT)
        return Text(decode(raw)[0], marked=raw.startswith(codecs.BOM_UTF8))

    def text_member(self, one: RefiSource | RefiNote) -> str:
        """The name in the archive of its plain text; "" when that is not a file of its own."""
        paths = [one.plain, *([one.rich] if one.rich.lower().endswith(".txt") else [])]
        return "" if one.content else next((found for path in paths if path and (found := self.member(path))), "")

    def note(self, guid: str) -> RefiNote | None:
        """The memo with this guid, unless it is the one that Kantlijn keeps its own things in."""
        return self._notes.get(guid) if guid != GUID else None

    def said_by(self, note: RefiNote) -> str:
        """What a memo says, with its title before it where another program gave it one of its own."""
        found = self.text_of(note)
        text = found.text if found is not None else note.description
        if self.ours:
            return text
        text, title = text.replace("\r\n", "\n").replace("\r", "\n"), " ".join(note.name.split())
        begins = " ".join(text.split()).startswith(title.rstrip("….")[:60])
        return text if begins or not title else f"**{title}**\n\n{text}".strip()

    def _extras(self) -> Extras:
        """From our note; a program on the way may have given it another guid."""
        kept = self._notes.get(GUID)
        some = [kept] if kept else [one for one in self.project.notes if '"kantlijn"' in (one.content or "")]
        for note in some:
            text = self.text_of(note)
            if text is not None and (found := extras_from(text.text)).ours:
                return found
        return Extras()


def _project_in(archive: Archive, file: str) -> str:
    """The name of the .qde: project.qde first, then the one nearest to the top."""
    found = [name for name in archive.names if name.lower().endswith(".qde") and "__MACOSX" not in name]
    found.sort(key=lambda name: (name.count("/"), posixpath.basename(name).lower() != "project.qde", name))
    if not found or found[0].count("/") > 1:
        raise BadFile(
            say("“{file}” is not a project of a QDA program: there is no .qde in it. Choose a file that was "
                "exported as REFI-QDA (.qdpx).", file=file)
        )  # fmt: skip
    return found[0]


def _members(archive: Archive, base: str) -> dict[str, list[str]]:
    """The files by their names without folders: those in the folder of sources before all others."""
    folder = posixpath.join(base, "sources/").lower()
    names = sorted(archive.names, key=lambda name: not name.lower().startswith(folder))
    found: dict[str, list[str]] = {}
    for name in names:
        if "__MACOSX" not in name:
            found.setdefault(_parts(name)[-1], []).append(name)
    return found


def _parts(path: str) -> list[str]:
    """Folders and name, in one case and with accents in one form: disks and programs differ in both."""
    return unicodedata.normalize("NFC", path).casefold().split("/")


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of the last parts are the same."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count
