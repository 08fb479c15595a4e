"""documents and themes: what the project holds, and what its passages can be about."""

from __future__ import annotations

import argparse

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading
from kantlijn.cli.options import Verbs, verb
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.find import find_document
from kantlijn.words import language, say, say_many


def define(verbs: Verbs) -> None:
    documents = verb(verbs, "documents", _documents, say("list documents and their versions"))
    documents.add_argument(
        "--document", metavar="DOC", action="extend", nargs="+", default=[],
        help=say("only these: id, title or file name"),
    )  # fmt: skip
    verb(verbs, "themes", _themes, say("list themes with their keys"))


def _documents(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        only = {find_document(desk, name).id for name in asked.document}
        rows = [row for row in read.shelf(desk) if not only or row.document.id in only]
    if console.as_json:
        console.json([plain.document(row) for row in rows])
        return 0
    for row in rows:
        annotated = say_many("{n} annotation", "{n} annotations", row.annotations)
        console.line(f"{row.document.title}  ({row.document.id}, {annotated})")
        console.table([
            (
                f"  {one.number}",
                one.file,
                say_many("{n} page", "{n} pages", one.pages) if one.pages else "",
                say_many("{n} character", "{n} characters", one.characters),
                one.added,
            )
            for one in row.versions
        ])  # fmt: skip
    if not rows:
        console.tell(say("There are no documents yet; add one with: kantlijn add {path} FILE", path=asked.project))
    return 0


def _themes(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        rows = read.themes(desk)
    if console.as_json:
        paths = plain.theme_paths(rows)
        console.json([plain.theme(row, paths) for row in rows])
    elif rows:
        console.table([
            (
                row.theme.key or " ",
                "  " * row.depth + row.theme.called(language()),
                say_many("{n} annotation", "{n} annotations", row.annotations),
                row.theme.id,
            )
            for row in rows
        ])  # fmt: skip
    return 0
