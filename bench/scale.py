"""How a project behaves as it grows: 20, 200 and 2,000 documents; 1,000, 10,000 and 100,000 annotations."""

from __future__ import annotations

import gc
import hashlib
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

from bench.table import Row, clock, median
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, now, open_desk
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.undo import undo

_TIMES = (1, 10, 100)
_DOCUMENTS, _ANNOTATIONS = 20, 50  # at 1 ×; annotations a document
_WORDS = (
    "toezicht", "preventie", "hulp", "melding", "opvang", "beleid", "register", "gemeente", "inspectie", "rapport",
    "signaal", "advies", "school", "jaar", "cijfers", "aanpak", "netwerk", "kosten", "maatregel", "evaluatie",
    "de", "het", "een", "van", "in", "op", "met", "voor", "dat", "zijn",
)  # fmt: skip
OPEN = """
import json, resource, sys, time
from pathlib import Path
from kantlijn.usecases import desk as desks, read
from kantlijn.model.filters import AnnotationFilter
begin = time.perf_counter()
desk = desks.open_desk(Path(sys.argv[1]))
opened = time.perf_counter() - begin
rows = read.shelf(desk)
themes = read.themes(desk)
version = rows[0].versions[-1].id
content = read.content(desk, version)
passages = read.passages(desk, version)
ready = time.perf_counter() - begin
number = len(read.annotation_rows(desk))
listed = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([opened, ready, listed, number, peak]))
desk.close()
"""


def growing_to_2000_documents(folder: Path) -> Iterator[Row]:
    """Opening, listing, filtering, tagging, undoing and backing up at 1 ×, 10 × and 100 ×."""
    for times in _TIMES:
        project = made(folder, times)
        size = f"{times * _DOCUMENTS:,} documents"
        yield from _opening(project, size)
        yield from _working(project, size)
        project.unlink()


def made(folder: Path, times: int) -> Path:
    """A project of texts of some ten pages with annotations spread over them."""
    path = folder / f"scale{times}.kantlijn"
    desk = new_desk(path)
    rng = random.Random(times)
    themes = [row.theme.id for row in read.themes(desk)]
    for place in range(times * _DOCUMENTS):
        _add(desk, place, themes, rng)
    desk.close()
    return path


def _add(desk: Desk, place: int, themes: list[str], rng: random.Random) -> None:
    """One document with its annotations, as one step."""
    text = f"Document {place}. " + " ".join(rng.choices(_WORDS, k=4500)) + "\n"
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(id=f"d{place}", title=f"Rapport {place}", position=place)
    version = Version(
        id=f"v{place}", document=document.id, number=1, file=f"rapport{place}.txt", sha256=sha256,
        extractor="text/1", mime="text/plain", size=len(data), pages=0, characters=len(text), added=now(),
    )  # fmt: skip
    steps = [Change(None, document), Change(None, version)]
    for number in range(_ANNOTATIONS):
        start = number * 500 + rng.randrange(200)
        own = f"a{place}-{number}"
        annotation = Annotation(
            id=own, document=document.id, themes=(rng.choice(themes),), created=now(), modified=now(),
            note="Nagaan" if number % 5 == 0 else "", author=rng.choice(("anna", "bas")),
        )  # fmt: skip
        anchor = Anchor(
            id=f"n{own}", annotation=own, version=version.id, range=(start, start + 120),
            quote=text[start : start + 120], prefix=text[max(0, start - 32) : start],
            suffix=text[start + 120 : start + 152], state="original",
        )  # fmt: skip
        steps += [Change(None, annotation), Change(None, anchor)]
    changes = Changes(id=f"s{place}", at=now(), author="anna", title="Add", steps=tuple(steps))
    content = Content(extractor="text/1", mime="text/plain", text=text)
    desk.project.add_content(sha256, len(data), BytesIO(data), content, changes, lambda: None)


def _opening(project: Path, size: str) -> Iterator[Row]:
    """In a fresh process, to when a reader can read and tag; then to when all annotations are listed."""
    command = [sys.executable, "-c", OPEN, str(project)]
    runs = [json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) for _ in range(3)]
    _opened, ready, listed, number, peak = (sorted(column)[1] for column in zip(*runs, strict=True))
    theirs = median(lambda: clock(project.read_bytes), 3)
    mark = 'Path("PROJECT").read_bytes()'
    yield Row(name=f"{size}: opened, ready to tag", yardstick=mark, ours=ready, theirs=theirs, bound_seconds=0.5)
    yield Row(
        name=f"{size}: {number:,} annotations listed too", yardstick=f"{mark}; peak {peak / 1e6:.0f} MB",
        ours=listed, theirs=theirs,
    )  # fmt: skip


def _working(project: Path, size: str) -> Iterator[Row]:
    desk = open_desk(project)
    gc.disable()  # as the window does, which takes its garbage out itself (ui/shell/garbage.py)
    try:
        parts, left = [], read.prepare_rows(desk)
        while left:  # as the list of annotations does, the reader's own verbs between
            begin = time.perf_counter()
            left = read.prepare_rows(desk, left)
            parts.append(time.perf_counter() - begin)
        yield Row(
            name=f"{size}: a tag waits for the list at most", yardstick="the whole list",
            ours=max(parts, default=0.0), theirs=sum(parts), bound_seconds=0.3,
        )  # fmt: skip
        everything = clock(lambda: read.annotation_rows(desk))
        theme = read.themes(desk)[0].theme.id
        for name, chosen in (
            ("a theme", AnnotationFilter(any_themes=(theme,))),
            ("words", AnnotationFilter(text="opvang beleid")),
            ("a note and an author", AnnotationFilter(has_note=True, authors=("anna",))),
        ):
            first = clock(lambda chosen=chosen: read.annotation_rows(desk, chosen))
            again = median(lambda chosen=chosen: clock(lambda: read.annotation_rows(desk, chosen)), 3)
            yield Row(
                name=f"{size}: filter by {name}", yardstick=f"all unfiltered; first time {first * 1000:.0f} ms",
                ours=again, theirs=everything, bound_seconds=0.1,
            )  # fmt: skip
        places = count(40, 7)
        tagging = median(lambda: clock(lambda: tag(desk, "v0", (at := next(places), at + 5), [theme])), 3)
        yield Row(
            name=f"{size}: undo", yardstick="one tag", ours=median(lambda: clock(lambda: undo(desk)), 3),
            theirs=tagging, bound_seconds=0.05,
        )  # fmt: skip
        yield from _backing_up(desk, size, theme, places)
    finally:
        gc.enable()
        desk.close()


def _backing_up(desk: Desk, size: str, theme: str, places: Iterator[int]) -> Iterator[Row]:
    """The slowest tag while a backup is being made, against the time the backup takes."""
    took: list[float] = []
    worker = threading.Thread(
        target=lambda: took.append(clock(lambda: backups.back_up(desk, even_unchanged=True)))
    )
    worker.start()
    slowest = 0.0
    while worker.is_alive():
        slowest = max(slowest, clock(lambda: tag(desk, "v0", (at := next(places), at + 5), [theme])))
    worker.join()
    yield Row(
        name=f"{size}: the slowest tag during a backup", yardstick="the whole backup",
        ours=slowest, theirs=took[0], bound_seconds=0.1,
    )  # fmt: skip
