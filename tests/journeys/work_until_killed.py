"""A program at work for test_killed_at_work: says each thing it has done, until it is killed.

Started once; each line on standard input is one run: `JOB SECONDS PROJECT`. A run is a forked process, killed
with its guests after so many seconds; what it said by then is the answer, on one line.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kantlijn.model.document import Version
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, open_desk
from kantlijn.usecases.handing.hand_out import hand_out
from kantlijn.usecases.marking import tag
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.undo import redo, undo
from kantlijn.usecases.versions import carry

Said = Callable[[str], None]


def _versions(desk: Desk) -> list[Version]:
    return [version for shelved in read.shelf(desk) for version in shelved.versions]


def _text(desk: Desk) -> str:
    return next(one.id for one in _versions(desk) if one.mime != "application/pdf")


def tagging(desk: Desk, said: Said) -> None:
    version, theme = _text(desk), read.themes(desk)[0].theme.id
    number = len(read.passages(desk, version))
    while True:
        tag.tag(desk, version, (number % 300, number % 300 + 9), [theme], id=f"a{number}")
        said(f"a{number}")
        number += 1


def undoing(desk: Desk, said: Said) -> None:
    """Says how many annotations there are after each step."""
    version, theme = _text(desk), read.themes(desk)[0].theme.id
    while True:
        number = len(read.annotation_rows(desk))
        tag.tag(desk, version, (number % 300, number % 300 + 9), [theme])
        said(str(number + 1))
        undo(desk)
        said(str(number))
        redo(desk)
        said(str(number + 1))


def importing(desk: Desk, said: Said) -> None:
    number = len(read.shelf(desk))
    files = sorted((desk.path.parent / "in").iterdir())
    while True:
        base = files[number % len(files)]
        fresh = desk.path.parent / f"{number}{base.suffix}"
        tail = b"\n%% %d\n" if base.suffix == ".pdf" else b"\nTekst %d\n"
        fresh.write_bytes(base.read_bytes() + tail % number)
        assert not add_documents(desk, [fresh], title=f"d{number}").failed
        said(f"d{number}")
        fresh.unlink()
        number += 1


def carrying(desk: Desk, said: Said) -> None:
    shelved = next(one for one in read.shelf(desk) if len(one.versions) > 1)
    newest = max(shelved.versions, key=lambda one: one.number).id
    while True:
        if carry.carry(desk, shelved.document.id, newest).changes is None:
            undo(desk)
            said("back")
        else:
            said("carried")


def exporting(desk: Desk, said: Said) -> None:
    pdf = next(one.id for one in _versions(desk) if one.mime == "application/pdf")
    while True:
        for form in ("json", "qdpx", "xlsx", "pdf-copy"):
            name = f"out.{form.removesuffix('-copy')}"
            hand_out(desk, desk.path.parent / name, form, version=pdf if form == "pdf-copy" else "")
            said(name)


def indexing(desk: Desk, said: Said) -> None:
    while True:
        index_texts(desk)
        said("indexed")
        with desk.project.aside() as db:  # the test's own hand: have it made again
            db.execute("DELETE FROM indexed")


def migrating(desk: Desk, said: Said) -> None:
    """Opening was the work."""
    said(str(len(read.annotation_rows(desk))))
    time.sleep(60)


JOBS = {job.__name__: job for job in (tagging, undoing, importing, carrying, exporting, indexing, migrating)}


def _run(job: str, path: Path, end: int) -> None:
    os.setsid()
    desk = open_desk(path, settings=Settings())
    JOBS[job](desk, lambda word: os.write(end, f"{word} ".encode()) and None)


def main() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        job, seconds, path = line.rstrip("\n").split(" ", 2)
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            os.close(ours)
            try:
                _run(job, Path(path), theirs)
            finally:  # only a mistake of the test's gets here
                import traceback

                os.write(theirs, f"FAILED {traceback.format_exc()}".replace("\n", "|").encode())
                os._exit(1)
        os.close(theirs)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = b""
        while piece := os.read(ours, 1 << 16):
            said += piece
        os.close(ours)
        sys.stdout.write(said.decode() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
