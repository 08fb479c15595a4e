"""tag: annotations on passages, one by quote or range, or many from a file."""

from __future__ import annotations

import argparse
from functools import partial

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import writing
from kantlijn.cli.options import Verbs, named, verb
from kantlijn.cli.wanted import Failure, Item, items_of
from kantlijn.errors import Known
from kantlijn.model.annotation import Passage
from kantlijn.model.document import Range, Version
from kantlijn.model.ids import new_id
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.find import find_theme, find_version
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.tag import Wanted, locate_quote, tag_many
from kantlijn.words import say


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "tag", None, say("tag a passage with themes, or many from a file"))
    parser.add_argument("doc", metavar="DOC", help=say("a document, or DOC:VERSION"))
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--quote", metavar="Q", help=say("the passage by its words, line breaks and hyphens aside"))
    where.add_argument("--range", metavar="A:B", type=_range, help=say("the passage by its positions, [A, B)"))
    where.add_argument(
        "--from", metavar="FILE.json", dest="source", type=named,
        help=say("many passages: a list of {form}", form='{"id", "range", "themes", "note"}'),
    )  # fmt: skip
    parser.add_argument(
        "--occurrence", metavar="N", type=_count, help=say("with --quote: the how manyth, from 1")
    )
    parser.add_argument(
        "--theme", metavar="T", action="extend", nargs="+", default=[],
        help=say("a theme by id, name, key or path; several may be given"),
    )  # fmt: skip
    parser.add_argument("--note", metavar="MD", default="", help=say("a note in Markdown"))
    parser.add_argument("--id", metavar="ID", help=say("the annotation's id; a new one when none is given"))
    parser.set_defaults(run=partial(_tag, parser))


def _range(text: str) -> Range:
    start, colon, end = text.partition(":")
    try:
        if not colon:
            raise ValueError
        return int(start), int(end)
    except ValueError:
        raise argparse.ArgumentTypeError(say("“{text}” is not a range such as 120:184", text=text)) from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(say("“{text}” is not a number from 1", text=text))
    return int(text)


def _tag(
    parser: argparse.ArgumentParser, asked: argparse.Namespace, console: Console, settings: Settings
) -> int:
    _sensible(parser, asked)
    listed = items_of(asked.source) if asked.source is not None else None
    with writing(asked.project, settings) as desk:
        version = find_version(desk, asked.doc)
        items, failures = listed if listed is not None else _single(desk, version, asked)
        passages, more = _made(desk, version, items)
        failures = sorted([*failures, *more], key=lambda failure: failure.place)
        paths = plain.theme_paths(read.themes(desk))
        content = read.content(desk, version.id)
        annotations = [plain.annotation(one, paths, plain.page_of(content, one)) for one in passages]
    if console.as_json:
        failed = [{"id": failure.id or None, "error": failure.error} for failure in failures]
        console.json({"annotations": annotations, "failed": failed})
    elif annotations:
        console.table([
            (str(one["id"]), ":".join(str(place) for place in one["range"]), ", ".join(one["themes"]),
             shortened(str(one["quote"]), 60))
            for one in annotations
        ])  # fmt: skip
    for failure in failures:
        console.tell(failure.sentence if listed is not None else failure.error)
    return 1 if failures else 0


def _sensible(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
    """What argparse cannot see: options that do not go together. Ends the program with a usage error."""
    if asked.source is not None:
        if asked.theme or asked.note or asked.id is not None:
            parser.error(say("--from takes themes, notes and ids from the file"))
    elif not asked.theme and not asked.note:
        parser.error(say("give a --theme, or a --note"))
    if asked.occurrence is not None and asked.quote is None:
        parser.error(say("--occurrence goes with --quote"))
    if asked.id is not None and not asked.id.strip():
        parser.error(say("an --id cannot be empty"))


def _single(desk: Desk, version: Version, asked: argparse.Namespace) -> tuple[list[Item], list[Failure]]:
    """The one passage asked for by quote or range."""
    given = asked.id or ""
    try:
        place = asked.range or locate_quote(desk, version.id, asked.quote, asked.occurrence or 1)
    except Known as trouble:
        return [], [Failure(place=1, id=given, error=trouble.sentence)]
    return [Item(place=1, id=given, range=place, themes=tuple(asked.theme), note=asked.note)], []


def _made(desk: Desk, version: Version, items: list[Item]) -> tuple[tuple[Passage, ...], list[Failure]]:
    """The annotations made, in one step of the history, and what could not be made."""
    wanted: list[Wanted] = []
    failures: list[Failure] = []
    asked_as: dict[str, list[Item]] = {}
    for item in items:
        try:
            themes = tuple(find_theme(desk, name).id for name in item.themes)
        except Known as trouble:
            failures.append(Failure(place=item.place, id=item.id, error=trouble.sentence))
            continue
        name = item.id or new_id()  # so that what fails can be told apart
        asked_as.setdefault(name, []).append(item)
        wanted.append(Wanted(range=item.range, themes=themes, note=item.note, id=name))
    tagged = tag_many(desk, version.id, wanted)
    for name, error in tagged.failed:
        item = asked_as[name].pop()
        failures.append(Failure(place=item.place, id=item.id, error=error))
    return tagged.passages, failures
