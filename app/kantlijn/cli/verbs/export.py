"""export: the annotated summary, to a file or to stdout."""

from __future__ import annotations

import argparse
from pathlib import Path

from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading
from kantlijn.cli.options import Verbs, add_filters, chosen, verb
from kantlijn.settings import Settings
from kantlijn.usecases.read import annotation_rows
from kantlijn.usecases.write_summary import BY, FORMS, export_summary, render_summary
from kantlijn.words import say, say_many


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "export", _export, say("write the annotated summary"))
    parser.add_argument("--as", dest="form", choices=FORMS, required=True, help=say("the format"))
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help=say("the file to write; stdout when none is given")
    )
    parser.add_argument("--by", choices=BY, default=BY[0], help=say("what passages are gathered under"))
    parser.add_argument("--title", metavar="T", default="", help=say("the summary's title"))
    parser.add_argument("--context", action="store_true", help=say("with the sentences around each quote"))
    parser.add_argument("--no-notes", action="store_true", help=say("without notes"))
    add_filters(parser)


def _export(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        which = chosen(desk, asked)
        count = len(annotation_rows(desk, which))
        if asked.output is None:
            text = render_summary(
                desk, asked.form, asked.by, which,
                title=asked.title, context=asked.context, notes=not asked.no_notes,
            )  # fmt: skip
        else:
            export_summary(
                desk, asked.output, asked.form, asked.by, which,
                title=asked.title, context=asked.context, notes=not asked.no_notes,
            )  # fmt: skip
    about = {"as": asked.form, "by": asked.by, "annotations": count}
    if asked.output is None:
        if console.as_json:
            console.json({"file": None, **about, "summary": text})
        else:
            console.write(text)
    elif console.as_json:
        console.json({"file": str(asked.output), **about})
    else:
        passages = say_many("{n} passage", "{n} passages", count)
        console.line(say("Wrote {path}: {passages}.", path=asked.output, passages=passages))
    return 0
