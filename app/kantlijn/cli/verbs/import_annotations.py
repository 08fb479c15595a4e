"""import-annotations: what other programs marked in a PDF or wrote to a file, taken into the project."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable

from kantlijn.cli.console import Console
from kantlijn.cli.opening import writing
from kantlijn.cli.options import Verbs, named, verb
from kantlijn.errors import Known
from kantlijn.settings import Settings
from kantlijn.usecases.find import find_theme, find_version
from kantlijn.usecases.handing.bring_in import ENDINGS, bring_in, version_in
from kantlijn.usecases.handing.import_annotations import found_in, import_annotations, left_out_said
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.shelf.unlock import unlock
from kantlijn.words import say, say_many

_WHAT = re.compile(r"#[0-9a-fA-F]{6}|tag:.+", re.DOTALL)


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "import-annotations", _run, say("take in annotations and themes"))
    parser.add_argument(
        "file", metavar="FILE", type=named,
        help=say("a PDF that is a version in the project, or a .qdpx, .qdc, .jsonld or .csv of themes"),
    )  # fmt: skip
    parser.add_argument(
        "--map", metavar="WHAT=THEME", action="append", default=[],
        help=say("the theme for a colour (#ffd400) or tag (tag:NAME); none when left empty"),
    )  # fmt: skip
    parser.add_argument(
        "--of", metavar="DOC", default="",
        help=say("the document that web annotations mean, where they name none or another"),
    )  # fmt: skip
    parser.add_argument("--password", metavar="P", default="", help=say("for an encrypted file"))


def _run(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    if asked.of and asked.file.suffix.lower() not in (".jsonld", ".json"):
        raise Known(say("--of is for web annotations; “{file}” names its documents itself.", file=asked.file.name))
    if asked.file.suffix.lower() in ENDINGS:
        return _bring_in(asked, console, settings)
    with writing(asked.project, settings) as desk:
        version = version_in(desk, asked.file).id
        if asked.password:
            unlock(desk, version, asked.password)
        found = found_in(desk, version)
        themes = {sort.key: sort.theme for sort in found.sorts}
        for pair in asked.map:
            what, sign, theme = pair.rpartition("=")
            if not sign:
                raise Known(say("Write --map as WHAT=THEME, such as #ffd400=Prevention."))
            themes[_key(what, themes)] = find_theme(desk, theme).id if theme else ""
        changes = import_annotations(desk, version, themes)
    made = len(changes.touched("annotation"))
    if console.as_json:
        console.json({"imported": made, "known": found.known, "changed": found.changed, "left_out": found.left_out,
                      "annotations": sorted(changes.touched("annotation"))})  # fmt: skip
    else:
        console.line(say_many("{n} annotation imported", "{n} annotations imported", made))
        if found.known:
            console.line(say_many("{n} was there already", "{n} were there already", found.known))
        if found.left_out:
            console.tell(left_out_said(found))
    return 0


def _key(what: str, known: Iterable[str]) -> str:
    """A colour or tag as the file has it, however its capitals are; one that it lacks as it was given. Known."""
    if not _WHAT.fullmatch(what):
        raise Known(say("“{what}” is no colour such as #ffd400 and no tag such as tag:schools.", what=what))
    return next((key for key in known if key.casefold() == what.casefold()), what)


def _bring_in(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    if asked.map:
        raise Known(say("--map is for PDFs; themes in “{file}” have names.", file=asked.file.name))
    if asked.password:
        raise Known(say("--password is for PDFs; “{file}” is opened without.", file=asked.file.name))
    with writing(asked.project, settings) as desk:
        otherwise = find_version(desk, asked.of).id if asked.of else ""
        came = bring_in(desk, asked.file, otherwise=otherwise)
        index_texts(desk)
    if console.as_json:
        console.json({**came.counts, "remarks": list(came.remarks)})
        return 0
    for line in came.said:
        console.line(line)
    for remark in came.remarks:
        console.tell(remark)
    return 0
