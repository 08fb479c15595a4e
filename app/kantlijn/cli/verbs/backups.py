"""backup, restore and compact: copies made and put back, and room given back to the disk."""

from __future__ import annotations

import argparse

from kantlijn.cli.console import Console
from kantlijn.cli.opening import writing
from kantlijn.cli.options import Verbs, named, verb
from kantlijn.settings import Settings
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.backups import Backup, said_content, said_size
from kantlijn.usecases.keeping.compact import compact
from kantlijn.words import say


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "backup", _backup, say("make a backup in your own folder, or list those there are"))
    parser.add_argument("--list", action="store_true", help=say("list the backups, the newest first"))
    parser = verb(verbs, "restore", _restore, say("put a backup back; what was there is kept beside it"))
    parser.add_argument(
        "--from", dest="wanted", metavar="N|FILE", type=_wanted, default=None,
        help=say("the backup: its place in the list (1 is the newest) or a file; else the newest whole one"),
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", metavar="NEW", type=named, help=say("as a new project, and leave the project alone")
    )
    verb(verbs, "compact", _compact, say("make the project file as small as it can be"))


def _wanted(said: str) -> str:
    return said if said.isdecimal() else str(named(said))


def _backup(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    if asked.list:
        found = backups.backups_of(asked.project)
        if console.as_json:
            console.json([_plain(number, one) for number, one in enumerate(found, 1)])
        elif found:
            console.table([
                (str(number), one.at, said_size(one.size), said_content(one))
                for number, one in enumerate(found, 1)
            ])  # fmt: skip
        else:
            console.line(say("There is no backup of {path} yet.", path=asked.project))
        return 0
    with writing(asked.project, settings) as desk:
        made = backups.back_up(desk, even_unchanged=True)
    if made is not None and console.as_json:
        console.json(_plain(1, made))
    elif made is not None:
        console.line(say("Made {path}.", path=made.path))
    return 0


def _restore(asked: argparse.Namespace, console: Console, _settings: Settings) -> int:
    backup = backups.chosen_backup(asked.project, asked.wanted or "")
    if asked.output is not None:
        backups.restore_to(backup, asked.output)
        restored, before = asked.output, None
    else:
        restored, before = asked.project, backups.restore_in_place(asked.project, backup)
        before = before if before.exists() else None
    if console.as_json:
        console.json({
            "project": str(restored), "backup": str(backup), "before": None if before is None else str(before),
        })  # fmt: skip
        return 0
    console.line(say("Restored {path} from {backup}.", path=restored, backup=backup))
    if before is not None:
        console.line(say("What was there is kept as {path}.", path=before))
    return 0


def _compact(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with writing(asked.project, settings) as desk:
        done = compact(desk)
    if console.as_json:
        console.json({"before": done.before, "after": done.after, "forgotten": done.forgotten})
    else:
        console.line(
            say("{path} took {before} and now takes {after}.",
                path=asked.project, before=said_size(done.before), after=said_size(done.after))
        )  # fmt: skip
    return 0


def _plain(number: int, one: Backup) -> dict[str, object]:
    return {"number": number, "file": str(one.path), "at": one.at, "size": one.size, "counts": one.counts}
