"""Options that several verbs share: the project, JSON, and the filters of annotations."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kantlijn.cli.console import Console
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.find import find_document, find_theme
from kantlijn.words import say

if TYPE_CHECKING:
    Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
else:
    Verbs = object
Run: TypeAlias = Callable[[argparse.Namespace, Console, Settings], int]


def named(path: str) -> Path:
    """A file or folder as it was given; not "", the folder one is in, of a variable that was not set."""
    if not path:
        raise argparse.ArgumentTypeError(say("the name is empty"))
    return Path(path)


def out(path: str) -> Path | None:
    """The same of what is to be written; "-" is stdout, as when none is given."""
    return None if path == "-" else named(path)


def verb(
    verbs: Verbs, name: str, run: Run | None, about: str, *, project: bool = True
) -> argparse.ArgumentParser:
    """A verb's own parser, with --json and, mostly, the project. Without run, the verb sets its own."""
    parser = verbs.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    if project:
        parser.add_argument("project", metavar="PROJECT", type=named, help=say("the project file"))
    parser.add_argument("--json", action="store_true", help=say("answer in JSON, for programs"))
    return parser


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The filters of annotations; several of one kind mean any of them, different kinds all."""
    group = parser.add_argument_group(say("which annotations"))
    group.add_argument(
        "--document", metavar="DOC", action="extend", nargs="+", default=[],
        help=say("only in these documents: id, title or file name"),
    )  # fmt: skip
    group.add_argument(
        "--theme", metavar="T", action="extend", nargs="+", default=[],
        help=say("only with one of these themes, or their subthemes"),
    )  # fmt: skip
    group.add_argument(
        "--text", metavar="Q", default="", help=say("only with these words in quote, note or theme")
    )
    group.add_argument("--has-note", action="store_true", help=say("only with a note"))
    group.add_argument(
        "--author", metavar="A", action="extend", nargs="+", default=[], help=say("only by these authors")
    )


def chosen(desk: Desk, asked: argparse.Namespace) -> AnnotationFilter:
    """The filter that was asked for, names looked up. NotFound."""
    return AnnotationFilter(
        documents=tuple(find_document(desk, name).id for name in asked.document),
        any_themes=tuple(find_theme(desk, name).id for name in asked.theme),
        authors=tuple(asked.author),
        has_note=True if asked.has_note else None,
        text=asked.text,
    )
