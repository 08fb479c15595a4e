"""ZIP files that hold a document: their parts, read with the care that strangers' archives ask for."""

from __future__ import annotations

import io
import posixpath
from urllib.parse import unquote

from kantlijn.documents.formats.elements import PART, Element, parse_xml
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
        self._names = set(self._archive.names)

    def has(self, name: str) -> bool:
        return name in self._names

    def names(self) -> tuple[str, ...]:
        return self._archive.names

    def read(self, name: str) -> bytes:
        """The part's bytes. BadFile when it is not there."""
        if name not in self._names:
            raise BadFile(
                say("“{file}” is damaged: “{part}” is missing from it.", file=self.file,
                    part=posixpath.basename(name) or name)
            )  # fmt: skip
        return self._archive.read(name, PART)

    def xml(self, name: str) -> Element:
        """The part as XML. BadFile when it is not there or no XML."""
        return parse_xml(self.read(name), self.file)

    def xml_or_none(self, name: str) -> Element | None:
        """The same for a part that a file may do without, or that may be damaged without harm to the text."""
        try:
            return self.xml(name) if self.has(name) else None
        except BadFile:
            return None


def part_at(base: str, href: str) -> str:
    """The name of the part that a link in the part called base leads to."""
    path = unquote(href.partition("#")[0])
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
