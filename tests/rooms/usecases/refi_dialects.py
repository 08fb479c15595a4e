"""Projects as other programs write them, made here by hand: their habits, good and bad, with words of our own."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

SPACE = 'xmlns="urn:QDA-XML:project:1.0"'


def guid(number: int) -> str:
    return str(UUID(int=0xABCDEF00_0000_4000_8000_000000000000 + number))


def element(kind: str, inside: str = "", /, **attributes: object) -> str:
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{kind}{said}>{inside}</{kind}>" if inside else f"<{kind}{said}/>"


def words(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def coding(number: int, code: int | str) -> str:
    target = code if isinstance(code, str) else guid(code)
    return element("Coding", element("CodeRef", targetGUID=target), guid=guid(number))


def note_ref(number: int) -> str:
    return element("NoteRef", targetGUID=guid(number))


def passage(
    number: int, text: str, quote: str, inside: str = "", *, name: str | None = None, shift: int = 0, at: int = 0
) -> str:
    """A selection of the quote where it stands in the text as the program counts it."""
    start = text.index(quote, at) + shift
    said: dict[str, object] = {"name": " ".join(quote.split()) if name is None else name}
    return element(
        "PlainTextSelection", inside, guid=guid(number), startPosition=start, endPosition=start + len(quote),
        **({} if said["name"] == "" else said),
    )  # fmt: skip


@dataclass
class Dialect:
    """A project in the making; parts are XML as written."""

    origin: str
    qde: str = "project.qde"
    folder: str = "sources"
    users: str = ""
    codes: str = ""
    cases: str = ""
    variables: str = ""
    sources: str = ""
    notes: str = ""
    links: str = ""
    rest: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        parts = {
            "Users": self.users, "CodeBook": element("Codes", self.codes) if self.codes else "",
            "Variables": self.variables, "Cases": self.cases, "Sources": self.sources, "Notes": self.notes,
            "Links": self.links,
        }  # fmt: skip
        inside = "".join(element(name, part) for name, part in parts.items() if part) + self.rest
        root = f"<Project {SPACE} name={quoteattr(path.stem)} origin={quoteattr(self.origin)}>{inside}</Project>"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(self.qde, '<?xml version="1.0" encoding="utf-8"?>\n' + root)
            for name, data in self.files.items():
                archive.writestr(f"{self.folder}/{name}", data)
        return path
