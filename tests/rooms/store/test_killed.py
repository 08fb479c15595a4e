"""kill -9 at any moment: what was acknowledged is there, and the project is whole."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.shelf.add_documents import add_documents

WRITER = """
import sys
from pathlib import Path
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.marking import tag
from kantlijn.usecases.desk import open_desk
desk = open_desk(Path(sys.argv[1]), settings=Settings())
version = read.shelf(desk)[0].versions[0].id
theme = read.themes(desk)[0].theme.id
number = len(read.passages(desk, version))
while True:
    tag.tag(desk, version, (number % 400, number % 400 + 9), [theme], id=f"a{number}")
    number += 1
    print(number, flush=True)
"""


def _killed_runs(folder: Path, runs: int, rng: random.Random) -> None:
    file = folder / "a.txt"
    file.write_text("Toezicht en hulp. " * 40, "utf-8")
    path = folder / "p.kantlijn"
    desk = new_desk(path, settings=Settings())
    version = add_documents(desk, [file]).added[0].version
    desk.close()
    for _ in range(runs):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            for _ in range(rng.randint(1, 12)):
                acknowledged = int(writer.stdout.readline())
            writer.kill()
            acknowledged = max([acknowledged, *(int(line) for line in writer.stdout.read().split(b"\n")[:-1])])
        desk = open_desk(path, settings=Settings())
        kept = {passage.id for passage in read.passages(desk, version)}
        desk.close()
        assert {f"a{number}" for number in range(acknowledged)} <= kept
        report = check(path)
        assert report.ok, report.problems


def test_that_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path):
    _killed_runs(tmp_path, 10, random.Random(1))


@pytest.mark.long
def test_that_nothing_acknowledged_is_lost_in_two_hundred_kills(tmp_path):
    _killed_runs(tmp_path, 200, random.Random())


IMPORTER = """
import sys
from pathlib import Path
from kantlijn.settings import Settings
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.desk import open_desk
desk = open_desk(Path(sys.argv[1]), settings=Settings())
print("go", flush=True)
add_documents(desk, [Path(sys.argv[2])])
"""


def test_that_an_import_killed_half_way_leaves_the_project_as_it_was(tmp_path):
    big = tmp_path / "groot.txt"
    big.write_text("Toezicht en hulp. " * 1_000_000, "utf-8")
    path = tmp_path / "p.kantlijn"
    new_desk(path, settings=Settings()).close()
    rng = random.Random(2)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(path), str(big)], stdout=subprocess.PIPE
        ) as one:
            assert one.stdout.readline() == b"go\n"
            try:
                one.wait(rng.uniform(0.05, 0.3))
            except subprocess.TimeoutExpired:
                one.kill()
        desk = open_desk(path, settings=Settings())
        shelf = read.shelf(desk)
        with desk.project.reading() as db:
            staged = db.execute("SELECT count(*) FROM chunk").fetchone()[0]
        desk.close()
        assert bool(shelf) == bool(staged)
        assert check(path).ok
        if shelf:
            break  # it was quicker than the kill
