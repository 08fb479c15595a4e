"""compare and carry: what changed between two versions or files, and where annotations went."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kantlijn.cli import plain
from kantlijn.cli.console import Console
from kantlijn.cli.opening import reading, writing
from kantlijn.cli.options import Verbs, named, out, verb
from kantlijn.cli.wanted import Item, items_of
from kantlijn.errors import Known
from kantlijn.model.comparison import IGNORABLE, Comparison
from kantlijn.model.document import Content
from kantlijn.settings import Settings
from kantlijn.usecases.find import find_document, find_version
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.read import content as read_content
from kantlijn.usecases.shelf.read_file import read_file
from kantlijn.usecases.versions.carry import carry
from kantlijn.usecases.versions.compare import (
    compare_contents,
    compare_versions,
    compared_files,
    loss_sentence,
    unrelated_sentence,
)
from kantlijn.usecases.versions.export_comparison import FORMS, export_comparison
from kantlijn.usecases.whole_file import must_not_be_a_source, write_whole
from kantlijn.words import say, say_many

_SIGNS = {"inserted": "+", "deleted": "−", "changed": "±", "moved": "⇄", "formatting": "¶"}


def define(verbs: Verbs) -> None:
    parser = verb(verbs, "compare", None, say("tell what changed between two versions or files"), project=False)
    parser.usage = "kantlijn compare [options] OLD NEW\n       kantlijn compare [options] PROJECT DOC:V DOC:V"
    parser.add_argument(
        "which", metavar="WHICH", nargs="+", help=say("two files, or a project and two of its versions")
    )
    parser.add_argument(
        "--ignore", metavar="WHAT", default="",
        help=say("what does not count, parted by commas: {things}", things=", ".join(IGNORABLE)),
    )  # fmt: skip
    parser.add_argument(
        "--passages", metavar="FILE", type=named, help=say("a JSON list of passages of OLD to find in NEW")
    )
    parser.add_argument("--as", dest="form", choices=FORMS, help=say("with -o: the format of the report"))
    parser.add_argument("-o", "--output", metavar="OUT", type=out, help=say("write the answer to this file"))
    parser.add_argument("--password", metavar="P", default="", help=say("for encrypted files"))
    parser.set_defaults(run=partial(_compare, parser))
    carrying = verb(verbs, "carry", _carry, say("carry annotations over to another version"))
    carrying.add_argument("doc", metavar="DOC", help=say("a document"))
    carrying.add_argument("--from", dest="source", metavar="V", help=say("the version to carry from"))
    carrying.add_argument("--to", dest="target", metavar="V", help=say("the version to carry to; else the newest"))


def _compare(
    parser: argparse.ArgumentParser, asked: argparse.Namespace, console: Console, settings: Settings
) -> int:
    ignore = [one.strip() for one in asked.ignore.split(",") if one.strip()]
    if unknown := [one for one in ignore if one not in IGNORABLE]:
        parser.error(say("--ignore takes {things}, not “{other}”", things=", ".join(IGNORABLE), other=unknown[0]))
    if asked.form and asked.output is None:
        parser.error(say("--as needs -o OUT: the file to write"))
    if len(asked.which) not in (2, 3):
        parser.error(say("say which two files, or which project and which two of its versions"))
    items, failures = items_of(asked.passages) if asked.passages else ([], [])
    if len(asked.which) == 2:
        _spare(asked.output, asked.which, pdf=asked.form == "pdf")
        names = Path(asked.which[0]), Path(asked.which[1])
        old, new = (read_file(file, password=asked.password) for file in names)
        wanted = _inside(old, items)
        found, carried = compare_contents(
            old, new, names=(names[0].name, names[1].name), ignore=ignore,
            passages=[item.range for item in wanted],
        )  # fmt: skip
    else:
        with reading(Path(asked.which[0]), settings) as desk:
            if asked.output is not None:
                must_not_be_a_source(desk, asked.output, pdf=asked.form == "pdf")
            one, other = (find_version(desk, name) for name in asked.which[1:])
            old, new = read_content(desk, one.id), read_content(desk, other.id)
            wanted = _inside(old, items)
            if wanted:
                found, carried = compare_contents(
                    old, new, names=(one.file, other.file), ignore=ignore,
                    passages=[item.range for item in wanted],
                )  # fmt: skip
            else:
                found, carried = compare_versions(desk, one.id, other.id, ignore=ignore).comparison, ()
    answer = plain.comparison(found)
    if asked.passages:
        answer["anchors"] = [
            plain.carried(item.id or str(item.place), passage)
            for item, passage in zip(wanted, carried, strict=True)
        ]
    outside = [item for item in items if item not in wanted]
    for failure in failures:
        console.tell(failure.sentence)
    for item in outside:
        console.tell(say("{id}: the range is not inside the text.", id=item.id or item.place))
    if asked.form:
        _report(asked, console, settings, found, (old, new))
    else:
        _answer(asked, console, answer, _listed(found, old, new))
    for sentence in (unrelated_sentence(found), loss_sentence(found)):
        if sentence and not console.as_json:
            console.tell(sentence)
    return 1 if failures or outside else 0


def _spare(output: Path | None, files: Sequence[str], *, pdf: bool) -> None:
    """Known when the answer would be written over one of the files it is about."""
    if output is None:
        return
    must_not_be_a_source(None, output, pdf=pdf)
    if any(output.exists() and output.samefile(file) for file in files if Path(file).exists()):
        raise Known(say("“{file}” is one of the files compared; choose another name.", file=output.name))


def _inside(content: Content, items: Sequence[Item]) -> list[Item]:
    return [item for item in items if 0 <= item.range[0] < item.range[1] <= len(content.text)]


def _answer(asked: argparse.Namespace, console: Console, answer: plain.Plain, lines: Sequence[str]) -> None:
    if asked.output is not None:
        write_whole(asked.output, (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode())
    if console.as_json:
        console.json(answer if asked.output is None else {"file": str(asked.output)})
    elif asked.output is not None:
        console.line(say("Wrote {path}.", path=asked.output))
    else:
        for line in lines:
            console.line(line)


def _report(
    asked: argparse.Namespace,
    console: Console,
    settings: Settings,
    found: Comparison,
    contents: tuple[Content, Content],
) -> None:
    """Write the comparison in the form asked for."""
    if len(asked.which) == 3:
        with reading(Path(asked.which[0]), settings) as desk:
            one, other = (find_version(desk, name) for name in asked.which[1:])
            compared = compare_versions(desk, one.id, other.id, ignore=found.ignore)
            export_comparison(desk, compared, asked.output, asked.form)
    else:
        files = Path(asked.which[0]), Path(asked.which[1])
        export_comparison(None, compared_files(files, contents, found), asked.output, asked.form)
    if console.as_json:
        console.json({"file": str(asked.output), "as": asked.form})
    else:
        console.line(say("Wrote {path}.", path=asked.output))


def _listed(found: Comparison, old: Content, new: Content) -> list[str]:
    """A line for each change, for people."""
    counts = found.counts()
    total = len(found.edits)
    said = ", ".join(f"{_SIGNS[kind]} {count}" for kind, count in counts.items() if count)
    lines = [f"{say_many('{n} change', '{n} changes', total)}{': ' + said if said else ''}"]
    for edit in found.edits:
        sides = [
            " ".join(content.text[start:end] for start, end in ranges)
            for content, ranges in ((old, edit.old), (new, edit.new))
            if ranges
        ]
        if edit.kind == "moved":
            sides = sides[-1:]
        lines.append(f"{_SIGNS[edit.kind]} " + " → ".join(f"“{shortened(side, 60)}”" for side in sides))
    if found.conserved and found.is_related:
        lines.append(say("Everything else is letter for letter the same."))
    return lines


def _carry(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    with writing(asked.project, settings) as desk:
        document = find_document(desk, asked.doc)
        to = find_version(desk, f"{document.id}:{asked.target}" if asked.target else document.id)
        source = find_version(desk, f"{document.id}:{asked.source}") if asked.source else None
        rows = carry(desk, document.id, to.id, from_id=source.id if source else None).rows
    if console.as_json:
        console.json({"document": document.id, "version": to.id, "anchors": [plain.anchor(row) for row in rows]})
        return 0
    states = {
        "unchanged": say("unchanged"), "moved": say("moved"), "changed": say("changed"), "lost": say("lost"),
    }  # fmt: skip
    if not rows:
        console.line(say("There are no annotations to carry."))
    for row in rows:
        check = say("to check") if row.target.review == "open" else ""
        console.line(f"{row.annotation.id}  {states[row.target.state]}  {row.target.score:.2f}  {check}".rstrip())
    return 0

