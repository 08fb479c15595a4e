"""relate and relations: typed links between annotations, a recommendation and its response."""

from __future__ import annotations

import argparse

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading, writing
from kantlijn.cli.options import Verbs, add_filters, chosen, verb
from kantlijn.model.relation import STATUSES, TYPES
from kantlijn.settings import Settings
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.marking.relate import relate, relation_rows, status_names, type_names
from kantlijn.usecases.read import annotation_rows
from kantlijn.words import say


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "relate", _relate, say("relate two annotations"))
    parser.add_argument("source", metavar="ANN", help=say("the annotation that responds, supports…: its id"))
    parser.add_argument("target", metavar="ANN", help=say("the annotation it responds to, supports…: its id"))
    parser.add_argument("--as", dest="type", metavar="TYPE", choices=TYPES, default="responds-to",
                        help=say("one of: {types}", types=", ".join(TYPES)))  # fmt: skip
    parser.add_argument("--status", metavar="S", choices=STATUSES, default="open",
                        help=say("one of: {types}", types=", ".join(STATUSES)))  # fmt: skip
    parser.add_argument("--note", metavar="MD", default="", help=say("a note in Markdown"))
    listing = verb(verbs, "relations", _relations, say("list relations between annotations"))
    listing.add_argument("--as", dest="type", metavar="TYPE", choices=TYPES, action="append", default=[],
                         help=say("one of: {types}", types=", ".join(TYPES)))  # fmt: skip
    listing.add_argument("--status", metavar="S", choices=STATUSES, action="append", default=[],
                         help=say("one of: {types}", types=", ".join(STATUSES)))  # fmt: skip
    add_filters(listing)


def _relate(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with writing(asked.project, settings) as desk:
        changes = relate(desk, asked.source, asked.target, asked.type, status=asked.status, note=asked.note)
        (row,) = [
            row for row in relation_rows(desk, [asked.source]) if row.relation.id in changes.touched("relation")
        ]
    if console.as_json:
        console.json(plain.relation(row))
    else:
        console.line(row.relation.id)
    return 0


def _relations(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        among = {row.passage.id for row in annotation_rows(desk, chosen(desk, asked))}
        rows = [
            row
            for row in relation_rows(desk)
            if (row.relation.source in among or row.relation.target in among)
            and (not asked.type or row.relation.type in asked.type)
            and (not asked.status or row.relation.status in asked.status)
        ]
    if console.as_json:
        console.json([plain.relation(row) for row in rows])
        return 0
    types, statuses = type_names(), status_names()
    for row in rows:
        console.line(f"{row.relation.id}  {types[row.relation.type]}  {statuses[row.relation.status]}")
        for end in (row.source, row.target):
            page = end.passage.anchor.page_label
            where = f"{end.document_title}, {say('p. {page}', page=page)}" if page else end.document_title
            console.line(f"    {shortened(end.readable, 80)}  ({where})")
    return 0
