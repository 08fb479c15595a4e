"""The table of formats: which reader makes the content of which kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kantlijn.documents.formats.epub import read_epub
from kantlijn.documents.formats.opendocument import read_odt
from kantlijn.documents.formats.rich import read_rtf
from kantlijn.documents.formats.web import read_html
from kantlijn.documents.formats.word import read_docx
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.words import say

READERS: dict[str, Callable[[bytes, str], Content]] = {
    "html": read_html, "docx": read_docx, "odt": read_odt, "epub": read_epub, "rtf": read_rtf,
}  # fmt: skip


def read_structured(raw: bytes, kind: str, file: str) -> Content:
    """The content of a file of this kind, without pages. file: its name, for sentences. BadFile with its sentence.

    Reads strangers' files: for the workshop's process only.
    """
    content = READERS[kind](raw, file)
    if not content.text.strip():
        raise BadFile(say("“{file}” holds no text to read; save it as PDF to see its pages.", file=file))
    details = {name: " ".join(value.split()) for name, value in content.details.items()}
    return replace(content, details=details)
