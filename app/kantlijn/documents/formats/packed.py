"""ZIP files that hold a document: their parts, read with the care that strangers' archives ask for."""

from __future__ import annotations

import io
import posixpath
from urllib.parse import unquote

from kantlijn.documents.formats.elements import PART, Element, attribute, below, parse_xml
from kantlijn.errors import BadFile
from kantlijn.exchange.archive import Archive
from kantlijn.words import say

_MEMBERS, _TOTAL = 20_000, 512 << 20


class Packed:
    """The parts of one such file. BadFile, with the file's name in it, for all that is wrong."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        broken = say("“{file}” is damaged: it is no whole ZIP file. Get a fresh copy.", file=file)
        self._archive = Archive(
            io.BytesIO(raw), file, members=_MEMBERS, total=_TOTAL, single=PART, otherwise=broken
        )
        self._names = {name.casefold(): name for name in reversed(self._archive.names)}
        """Formats that are packed so take a part's name in whatever case; programs that write them do, too."""

    def has(self, name: str) -> bool:
        return name.casefold() in self._names

    def names(self) -> tuple[str, ...]:
        return self._archive.names

    def read(self, name: str) -> bytes:
        """The part's bytes. BadFile when it is not there."""
        if not self.has(name):
            raise BadFile(
                say("“{file}” is damaged: “{part}” is missing from it.", file=self.file,
                    part=posixpath.basename(name) or name)
            )  # fmt: skip
        return self._archive.read(self._names[name.casefold()], PART)

    def xml(self, name: str) -> Element:
        """The part as XML. BadFile when it is not there or no XML."""
        return parse_xml(self.read(name), self.file)

    def xml_or_none(self, name: str) -> Element | None:
        """The same for a part that a file may do without, or that may be damaged without harm to the text."""
        try:
            return self.xml(name) if self.has(name) else None
        except BadFile:
            return None

    def related(self, part: str, kind: str) -> dict[str, str]:
        """Parts that this one of an Office file is related to as that kind, "footnotes" say, by their numbers."""
        folder, _, name = part.rpartition("/")
        said = self.xml_or_none(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for one in below(said, "Relationship") if said is not None else ():
            there = part_at(part, attribute(one, "Target"))
            if attribute(one, "Type").endswith(f"/{kind}") and self.has(there):
                found[attribute(one, "Id")] = there
        return found


def part_at(base: str, href: str) -> str:
    """The name of the part that a link in the part called base leads to."""
    path = unquote(href.partition("#")[0])
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
