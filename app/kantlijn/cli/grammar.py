"""The grammar of the command line: one parser for all verbs, and the options that several share."""

from __future__ import annotations

import argparse

from kantlijn import __version__
from kantlijn.cli.verbs import (
    add,
    backups,
    compare,
    documents,
    export,
    history,
    import_annotations,
    passages,
    projects,
    relate,
    search,
    tag,
    text,
)
from kantlijn.words import say

_FAMILIES = (
    projects, add, documents, text, tag, import_annotations, relate, passages, search, compare, export, history,
    backups,
)  # fmt: skip


def grammar() -> argparse.ArgumentParser:
    """The parser. What it parses has .run(asked, console, settings) -> exit code."""
    parser = argparse.ArgumentParser(
        prog="kantlijn",
        usage="kantlijn [PROJECT] [FILE ...]\n       kantlijn VERB ...",
        description=say(
            "Without a verb a window opens on the project or the files. "
            "`kantlijn VERB --help` tells about one verb."
        ),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"kantlijn {__version__}")
    verbs = parser.add_subparsers(prog="kantlijn", metavar="VERB", required=True, title=say("verbs"))
    for family in _FAMILIES:
        family.define(verbs)
    return parser
