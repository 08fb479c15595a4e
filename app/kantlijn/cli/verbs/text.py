"""text: the canonical text of a document, or of a file that no project has."""

from __future__ import annotations

import argparse
from functools import partial

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading
from kantlijn.cli.options import Verbs, named, verb
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.find import find_version
from kantlijn.usecases.shelf.read_file import read_file
from kantlijn.words import say


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "text", None, say("print the text that positions count in"), project=False)
    parser.usage = "kantlijn text [--json] PROJECT DOC\n       kantlijn text [--json] [--password P] FILE"
    parser.add_argument("where", metavar="PROJECT|FILE", type=named, help=say("a project, or a file to read"))
    parser.add_argument("doc", metavar="DOC", nargs="?", help=say("a document, or DOC:VERSION"))
    parser.add_argument("--password", metavar="P", default="", help=say("for an encrypted file"))
    parser.set_defaults(run=partial(_text, parser))


def _text(
    parser: argparse.ArgumentParser, asked: argparse.Namespace, console: Console, settings: Settings
) -> int:
    if asked.doc is None:
        if asked.where.suffix.lower() == ".kantlijn":
            parser.error(say("say which document of the project"))
        content = read_file(asked.where, password=asked.password)
        about: plain.Plain = {"document": None, "version": None}
    else:
        with reading(asked.where, settings) as desk:
            version = find_version(desk, asked.doc)
            content = read.content(desk, version.id)
        about = {"document": version.document, "version": version.id}
    if console.as_json:
        console.json(about | plain.text(content))
    else:
        console.write(content.text)
    if trouble := content.details.get("trouble"):
        console.tell(trouble)
    return 0
