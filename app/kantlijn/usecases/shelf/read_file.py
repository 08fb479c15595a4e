"""Reading a file that no project has: its canonical text and pages, as adding it would make them."""

from __future__ import annotations

from pathlib import Path

from kantlijn.documents.contract import AskContent, Source
from kantlijn.documents.kind import PLAIN, kind_of
from kantlijn.documents.plain import read_plain
from kantlijn.documents.structured import Structured
from kantlijn.errors import BadFile
from kantlijn.model.document import Content
from kantlijn.usecases.desk import Engine
from kantlijn.words import say


def read_file(file: Path, *, password: str = "", engine: Engine | None = None) -> Content:
    """The content of a file of any kind that kind_of() knows. BadFile, PasswordNeeded or EngineTrouble."""
    kind = kind_of(file)
    if kind in PLAIN:
        return read_plain(file)
    if kind != "pdf":
        structured = Structured()
        try:
            return structured.read(file, kind)
        finally:
            structured.close()
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
