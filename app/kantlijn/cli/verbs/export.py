"""export: a summary, or the annotations for other programs, to a file or to stdout."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading
from kantlijn.cli.options import Verbs, add_filters, chosen, out, verb
from kantlijn.errors import Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import BY, CONTEXT_MOST, ORDERS, SOURCES, Wanted
from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.find import find_version
from kantlijn.usecases.handing.hand_out import FORMS as DATA_FORMS
from kantlijn.usecases.handing.hand_out import TABLES, hand_out
from kantlijn.usecases.shelf.unlock import unlock
from kantlijn.usecases.summaries.recipes import find_recipe
from kantlijn.usecases.summaries.write_summary import FORMS, counted, export_summary, render_summary
from kantlijn.words import say, say_many

_READABLE = {"html", "markdown", "text"}
"""Forms of a summary that can go to a terminal."""


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "export", _export, say("write a summary, or the annotations for other programs"))
    parser.add_argument(
        "--as", dest="form", choices=(*FORMS, *DATA_FORMS), required=True, help=say("the format")
    )
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=out,
        help=say("the file to write; stdout when none is given, for summaries that are text"),
    )  # fmt: skip
    parser.add_argument("--by", choices=BY, default=BY[0], help=say("what passages are gathered under"))
    parser.add_argument("--order", choices=ORDERS, default=ORDERS[0], help=say("the order within a group"))
    parser.add_argument("--title", metavar="T", default="", help=say("the summary's title"))
    parser.add_argument(
        "--context", metavar="N", type=int, nargs="?", const=1, default=0, choices=range(CONTEXT_MOST + 1),
        help=say("with so many sentences around each quote; one when no number is given"),
    )  # fmt: skip
    parser.add_argument("--no-notes", action="store_true", help=say("without notes"))
    parser.add_argument("--definitions", action="store_true", help=say("with the definitions of themes"))
    parser.add_argument("--document-notes", action="store_true", help=say("with the notes on documents"))
    parser.add_argument("--used", action="store_true", help=say("with a list of the documents used"))
    parser.add_argument("--sources", choices=SOURCES, default=SOURCES[0], help=say("where the sources stand"))
    parser.add_argument("--template", metavar="NAME", default="", help=say("a template of your own"))
    parser.add_argument("--recipe", metavar="NAME", default="", help=say("a recipe kept in the project"))
    parser.add_argument("--table", choices=TABLES, default=TABLES[0], help=say("what a CSV file holds"))
    parser.add_argument("--of", metavar="DOC", default="", help=say("the document a PDF copy is made of"))
    parser.add_argument("--password", metavar="P", default="", help=say("of that document; it is not kept"))
    add_filters(parser)


def _export(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        which = chosen(desk, asked)
        if asked.form in DATA_FORMS:
            return _data(asked, console, desk, which)
        if asked.template and asked.form not in _READABLE:
            raise Known(say("A template is for html, markdown and text, not for {form}.", form=asked.form))
        wanted = find_recipe(desk, asked.recipe).wanted if asked.recipe else _wanted(asked, which)
        about = {"as": asked.form, "by": wanted.by, **counted(desk, wanted)}
        if asked.output is not None:
            export_summary(desk, asked.output, asked.form, wanted, aside=False)
            return _told(console, asked.output, about, ())
        if asked.form not in _READABLE:
            raise Known(say("A summary as {form} is not for a terminal; name a file with -o.", form=asked.form))
        text = render_summary(desk, asked.form, wanted, aside=False).decode()
    if console.as_json:
        console.json({"file": None, **about, "summary": text})
    else:
        console.write(text)
    return 0


def _wanted(asked: argparse.Namespace, which: AnnotationFilter) -> Wanted:
    return Wanted(
        by=asked.by, order=asked.order, title=asked.title, context=asked.context, notes=not asked.no_notes,
        definitions=asked.definitions, document_notes=asked.document_notes, used=asked.used, sources=asked.sources,
        template=asked.template, chosen=which,
    )  # fmt: skip


def _data(asked: argparse.Namespace, console: Console, desk: Desk, which: AnnotationFilter) -> int:
    if asked.output is None:
        raise Known(say("Data is written to a file; name it with -o."))
    version = ""
    if asked.form == "pdf-copy":
        if not asked.of:
            raise Known(say("A PDF copy is made of one document; name it with --of."))
        version = find_version(desk, asked.of).id
        if asked.password:
            unlock(desk, version, asked.password)
    out = hand_out(desk, asked.output, asked.form, chosen=which, table=asked.table, version=version)
    about: dict[str, Any] = {"as": asked.form}
    if out.annotations is not None:
        about["annotations"] = out.annotations
    return _told(console, out.path, about, out.remarks)


def _told(console: Console, path: Path, about: dict[str, Any], remarks: tuple[str, ...]) -> int:
    if console.as_json:
        console.json({"file": str(path), **about, **({"remarks": list(remarks)} if remarks else {})})
        return 0
    if "relations" in about:
        relations = say_many("{n} relation", "{n} relations", about["relations"])
        console.line(say("Wrote {path}: {relations}.", path=path, relations=relations))
    elif "annotations" in about:
        passages = say_many("{n} passage", "{n} passages", about["annotations"])
        console.line(say("Wrote {path}: {passages}.", path=path, passages=passages))
    else:
        console.line(say("Wrote {path}.", path=path))
    for remark in remarks:
        console.tell(remark)
    return 0
