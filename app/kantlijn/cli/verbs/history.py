"""undo, redo and history: steps taken back, done again, and listed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading, writing
from kantlijn.cli.options import Verbs, verb
from kantlijn.errors import Known, NotFound
from kantlijn.model.changes import Changes
from kantlijn.settings import Settings
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import Desk
from kantlijn.words import say


def define(verbs: Verbs) -> None:
    verb(verbs, "undo", _undo, say("take back the last step"))
    verb(verbs, "redo", _redo, say("do again the step that was taken back"))
    parser = verb(verbs, "history", _history, say("list steps, the newest first"))
    parser.add_argument("--annotation", metavar="ID", default="", help=say("only what touched this annotation"))


def _undo(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    title = _stepped(asked, console, settings, undo.undo)
    if title is None:
        raise Known(say("There is nothing to undo in “{name}”.", name=asked.project.name))
    if not console.as_json:
        console.line(say("Undone: {title}", title=title))
    return 0


def _redo(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    title = _stepped(asked, console, settings, undo.redo)
    if title is None:
        raise Known(say("There is nothing to redo in “{name}”.", name=asked.project.name))
    if not console.as_json:
        console.line(say("Done again: {title}", title=title))
    return 0


def _stepped(
    asked: argparse.Namespace, console: Console, settings: Settings, step: Callable[[Desk], Changes | None]
) -> str | None:
    """Take the step; its title, or None when there was none to take."""
    with writing(asked.project, settings) as desk:
        changes = step(desk)
        following = {"undo": read.next_undo(desk), "redo": read.next_redo(desk)}
    if changes is None:
        return None
    if console.as_json:
        console.json({
            "id": changes.id, "title": changes.title, "at": changes.at, "author": changes.author,
            "next": following,
        })  # fmt: skip
    return changes.title


def _history(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        if asked.annotation:
            rows = read.annotation_history(desk, asked.annotation)
            if not rows:
                raise NotFound(say("There is no annotation “{id}” in this project.", id=asked.annotation))
        else:
            rows = read.history(desk, limit=sys.maxsize)
    if console.as_json:
        console.json([plain.step(row) for row in rows])
    elif rows:
        console.table([
            (row.at, row.author, say("undone") if row.undone else "", row.title) for row in rows
        ])  # fmt: skip
    return 0
