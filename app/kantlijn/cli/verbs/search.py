"""search: words in the documents, in annotations, or in notes."""

from __future__ import annotations

import argparse

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading
from kantlijn.cli.options import Verbs, verb
from kantlijn.settings import Settings
from kantlijn.usecases.searching.hits import Hit
from kantlijn.usecases.searching.search import WHERE
from kantlijn.usecases.searching.search import search as look_for
from kantlijn.words import say, say_many


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "search", _search, say("search the documents, the annotations or the notes"))
    parser.add_argument(
        "query", metavar="QUERY", help=say("words; capitals, accents, hyphens and line breaks aside")
    )
    parser.add_argument("--whole", action="store_true", help=say("only whole words, none inside longer ones"))
    parser.add_argument("--in", dest="where", choices=WHERE, default=WHERE[0], help=say("where to search"))
    parser.add_argument(
        "--document", metavar="DOC", default="", help=say("only in this document: id, title or file name")
    )


def _search(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with reading(asked.project, settings) as desk:
        found = look_for(desk, asked.query, where=asked.where, document=asked.document, whole=asked.whole)
    if console.as_json:
        console.json({"total": found.total, "apart": found.apart, "hits": [plain.hit(hit) for hit in found.hits]})
        return 0
    title = ""
    for hit in found.hits:
        if hit.title != title:
            console.line(("\n" if title else "") + hit.title)
            title = hit.title
        place = say("p. {page}", page=hit.page) if hit.page is not None else _range(hit)
        console.line(f"  {place:>12}  {hit.before}[{hit.hit}]{hit.after}")
    if found.apart:
        console.line("\n" + say("Nowhere beside each other; these have all the words."))
    console.line(("\n" if title else "") + say_many("{n} hit", "{n} hits", found.total))
    return 0


def _range(hit: Hit) -> str:
    return "{}:{}".format(*hit.range) if hit.version else ""
