"""Reading a file that no project has: its canonical text and pages, as adding it would make them."""

from __future__ import annotations

from pathlib import Path

from kantlijn.documents.contract import AskContent, Source
from kantlijn.documents.kind import kind_of
from kantlijn.documents.plain import read_plain
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.usecases.desk import Engine
from kantlijn.words import say


def read_file(file: Path, *, password: str = "", engine: Engine | None = None) -> Content:
    """The content of a PDF, text or Markdown file. BadFile, PasswordNeeded or EngineTrouble, each a sentence."""
    if kind_of(file) != "pdf":
        return read_plain(file)
    place = str(file.resolve())
    reader = engine or Engine()
    try:
        answer = reader.ask(AskContent(source=Source(key=place, path=place, password=password))).result()
    finally:
        if engine is None:
            reader.close()
    if not isinstance(answer, Content):
        raise BadFile(say("“{file}” could not be read.", file=file.name))
    return answer
