"""add: files into the project."""

from __future__ import annotations

import argparse
import sys

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import writing
from kantlijn.cli.options import Verbs, named, verb
from kantlijn.settings import Settings
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.shelf.add_documents import Added, add_documents
from kantlijn.words import say, say_many


def define(verbs: Verbs) -> None:
    said = say("add PDF, DOCX, ODT, RTF, HTML, EPUB, text and Markdown files, or folders of them")
    parser = verb(verbs, "add", _add, said)
    parser.add_argument("files", metavar="FILE", nargs="+", type=named, help=say("a file or a folder"))
    parser.add_argument(
        "--version-of", metavar="DOC", default="", help=say("add as the next version of this document")
    )
    parser.add_argument("--title", metavar="T", default="", help=say("the document's title"))
    parser.add_argument(
        "--date", metavar="D", default="", help=say("the document's date: 2024, 2024-05 or 2024-05-17")
    )
    parser.add_argument("--password", metavar="P", default="", help=say("for encrypted files; it is not kept"))


def _add(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with writing(asked.project, settings) as desk:
        progress = _Progress() if sys.stderr is not None and sys.stderr.isatty() and not console.as_json else None
        try:
            result = add_documents(
                desk, asked.files, title=asked.title, date=asked.date, password=asked.password,
                version_of=asked.version_of, progress=progress,
            )  # fmt: skip
            index_texts(desk, progress=progress)
        finally:
            if progress is not None:
                progress.wipe()
    if console.as_json:
        console.json(plain.added(result))
    else:
        _tell(console, result)
    for sentence in (*(one.trouble for one in result.added), *(one.error for one in result.failed)):
        if sentence:
            console.tell(sentence)
    return 1 if result.failed else 0


def _tell(console: Console, result: Added) -> None:
    rows = [
        (
            say("added"),
            one.document,
            say_many("{n} page", "{n} pages", one.pages) if one.pages else "",
            say_many("{n} character", "{n} characters", one.characters),
            one.title,
        )
        for one in result.added
    ] + [(say("known"), one.document, "", "", one.title) for one in result.known]
    if rows:
        console.table(rows)


class _Progress:
    """A line on the terminal that says how far it is, and goes away."""

    def __init__(self) -> None:
        self._width = 0

    def __call__(self, done: int, total: int, sentence: str) -> None:
        """As add_documents calls it."""
        line = f"{100 * done // max(1, total):3d}%  {sentence}"[:79]
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)

    def wipe(self) -> None:
        """Leave a clean line."""
        sys.stderr.write("\r" + " " * self._width + "\r")
        sys.stderr.flush()
