"""new, demo and check: a project made, made with samples in it, looked through."""

from __future__ import annotations

import argparse
from pathlib import Path

from kantlijn.cli.console import Console
from kantlijn.cli.options import Verbs, named, verb
from kantlijn.errors import NewerProject, NotAProject
from kantlijn.settings import Settings
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.keeping.check import Report
from kantlijn.usecases.keeping.check import check as look_through
from kantlijn.usecases.keeping.demo import make_demo
from kantlijn.usecases.keeping.repair import repair
from kantlijn.usecases.read import shelf
from kantlijn.words import say, say_many

DEMO = Path("sample.kantlijn")


def define(verbs: Verbs) -> None:
    verb(verbs, "new", _new, say("make an empty project with the starter themes"))
    demo = verb(verbs, "demo", _demo, say("make a project with sample documents"), project=False)
    demo.add_argument(
        "project", metavar="PROJECT", nargs="?", type=named, default=DEMO,
        help=say("the project file to make; {name} when none is given", name=DEMO),
    )  # fmt: skip
    parser = verb(verbs, "check", None, say("look whether the project is whole"))
    parser.add_argument(
        "--repair", action="store_true", help=say("save what can be saved into a new project; needs -o")
    )
    parser.add_argument("-o", "--output", metavar="NEW", type=named, help=say("the new project"))
    parser.set_defaults(run=lambda asked, console, settings: _looked(parser, asked, console, settings))


def _new(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    new_desk(asked.project, settings=settings).close()
    if console.as_json:
        console.json({"project": str(asked.project)})
    else:
        console.line(say("Made {path}.", path=asked.project))
    return 0


def _demo(asked: argparse.Namespace, console: Console, settings: Settings) -> int:
    desk = make_demo(asked.project, settings=settings)
    try:
        rows = shelf(desk)
    finally:
        desk.close()
    annotations = sum(row.annotations for row in rows)
    if console.as_json:
        console.json({"project": str(asked.project), "documents": len(rows), "annotations": annotations})
    else:
        console.line(
            say("Made {path}: {documents}, {annotations}.", path=asked.project, **_counted(len(rows), annotations))
        )
    return 0


def _counted(documents: int, annotations: int) -> dict[str, str]:
    """Both in words."""
    return {
        "documents": say_many("{n} document", "{n} documents", documents),
        "annotations": say_many("{n} annotation", "{n} annotations", annotations),
    }


def _looked(
    parser: argparse.ArgumentParser, asked: argparse.Namespace, console: Console, settings: Settings
) -> int:
    if asked.repair != (asked.output is not None):
        parser.error(say("--repair and -o go together"))
    return _repair(asked, console) if asked.repair else _check(asked, console, settings)


def _repair(asked: argparse.Namespace, console: Console) -> int:
    done = repair(asked.project, asked.output)
    if console.as_json:
        console.json({"project": str(asked.output), "lost": list(done.lost), "counts": done.counts})
    else:
        console.line(
            say("Made {path}: {documents}, {annotations}.", path=asked.output,
                **_counted(done.counts["document"], done.counts["annotation"]))
        )  # fmt: skip
    for sentence in done.lost:
        console.tell(sentence)
    return 0


def _check(asked: argparse.Namespace, console: Console, _settings: Settings) -> int:
    try:
        report = look_through(asked.project)
    except (NotAProject, NewerProject) as trouble:
        report = Report(ok=False, problems=(trouble.sentence,), counts={})
    if console.as_json:
        console.json({"ok": report.ok, "problems": list(report.problems), "counts": report.counts})
    elif report.ok:
        counts = report.counts
        console.line(
            say("{path} is whole: {documents}, {annotations}, {steps}.",
                path=asked.project,
                **_counted(counts["document"], counts["annotation"]),
                steps=say_many("{n} step of history", "{n} steps of history", counts["history"]))
        )  # fmt: skip
    for problem in report.problems:
        console.tell(problem)
    return 0 if report.ok else 1
