"""annotations: the tagged passages, filtered, in reading order."""

from __future__ import annotations

import argparse

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading
from kantlijn.cli.options import Verbs, add_filters, chosen, verb
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.words import language, say


def define(verbs: Verbs) -> None:
    add_filters(verb(verbs, "annotations", _annotations, say("list tagged passages in reading order")))


def _annotations(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        rows = read.annotation_rows(desk, chosen(desk, asked))
        themes = read.themes(desk)
        pages = {
            row.passage.id: plain.page_of(read.content(desk, row.version.id), row.passage) for row in rows
        }
    if console.as_json:
        paths = plain.theme_paths(themes)
        console.json([plain.annotation(row.passage, paths, pages[row.passage.id]) for row in rows])
        return 0
    names = {row.theme.id: row.theme.called(language()) for row in themes}
    version = ""
    for row in rows:
        if row.version.id != version:
            console.line(("\n" if version else "") + f"{row.document_title}  ({row.version.file})")
            version = row.version.id
        of = row.passage.annotation
        page = pages[row.passage.id]
        place = say("p. {page}", page=page) if page is not None else "{}:{}".format(*row.passage.anchor.range)
        console.line("  ".join(("", place, ", ".join(names.get(one, one) for one in of.themes) or "–", of.id)))
        console.line("    " + row.readable.replace("\n", "\n    "))
        if of.note:
            console.line("    > " + of.note.replace("\n", "\n    > "))
    return 0
