"""A damaged project: what can be saved comes into a new one that is whole; the damaged file is not touched."""

from __future__ import annotations

import errno
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kantlijn.cli.main import main
from kantlijn.errors import DiskTrouble, InUse, NotAProject
from kantlijn.settings import Settings
from kantlijn.store.backups import counted
from kantlijn.store.lock import Lock, lock_path
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.repair import repair
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.relate import relate
from kantlijn.usecases.shelf.add_documents import add_documents

PAGE = 4096


@pytest.fixture
def project(tmp_path) -> Path:
    """A closed project of three texts with 90 annotations, two of them related, and one step undone."""
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    themes = [row.theme.id for row in read.themes(desk)]
    for number in range(3):
        file = tmp_path / f"report{number}.txt"
        file.write_text(f"Report {number}. " + "Oversight of victim aid takes time. " * 400, "utf-8")
        version = add_documents(desk, [file]).added[0].version
        for place in range(30):
            tag.tag(
                desk, version, (place * 40, place * 40 + 30), [themes[place % 5]], id=f"a{number}-{place}",
                note=f"Note {number} {place}",
            )  # fmt: skip
    relate(desk, "a0-1", "a1-1", type="supports")
    tag.tag(desk, version, (2000, 2010), [themes[0]])
    undo.undo(desk)
    desk.close()
    return desk.path


def changed(project: Path, *statements: str) -> Path:
    """Rows harmed, as a program with a bug would."""
    with sqlite3.connect(project) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            db.execute(statement)
    db.close()
    return project


def notes(project: Path) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Quote, note and themes of every annotation."""
    desk = open_desk(project, settings=Settings())
    try:
        names = read.theme_names(desk)
        return {
            row.passage.id: (
                row.passage.anchor.quote, row.passage.annotation.note,
                tuple(names[theme] for theme in row.passage.annotation.themes),
            )
            for row in read.annotation_rows(desk)
        }
    finally:
        desk.close()


def texts(project: Path) -> str:
    """All texts under each other."""
    desk = open_desk(project, settings=Settings())
    try:
        return "\n".join(read.content(desk, one.versions[0].id).text for one in read.shelf(desk))
    finally:
        desk.close()


def repaired(project: Path) -> tuple[Path, tuple[str, ...]]:
    before = project.read_bytes()
    new = project.with_name("new.kantlijn")
    done = repair(project, new)
    assert project.read_bytes() == before
    assert sorted(one.name for one in project.parent.iterdir() if one.suffix != ".txt") == [
        "new.kantlijn", "p.kantlijn",
    ]  # fmt: skip
    report = check(new)
    assert report.ok, report.problems
    return new, done.lost


def test_that_a_whole_project_comes_through_with_its_history(project):
    wanted = notes(project)
    before = check(project).counts
    new, lost = repaired(project)
    assert lost == ()
    assert notes(new) == wanted
    assert check(new).counts == before
    desk = open_desk(new, settings=Settings())
    assert read.next_redo(desk) and undo.undo(desk) is not None
    desk.close()
    assert check(new).ok


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DELETE FROM annotation WHERE id = 'a0-3'", ""),
        ("DELETE FROM anchor WHERE annotation = 'a1-4'", ""),
        ("UPDATE annotation SET note = 'x'", ""),
        ("DELETE FROM annotation_theme", ""),
        ("DELETE FROM document", ""),
        ("UPDATE anchor SET quads = '['", ""),
        ("DELETE FROM relation", ""),
    ],
)
def test_that_records_come_back_from_the_history(project, harm, said):
    wanted = notes(project)
    new, lost = repaired(changed(project, harm))
    assert notes(new) == wanted
    assert "".join(lost) == said


def test_that_a_lost_file_leaves_its_text_with_all_passages(project):
    wanted = notes(project)
    harm = "DELETE FROM chunk WHERE sha256 IN (SELECT sha256 FROM version WHERE file = 'report1.txt')"
    new, lost = repaired(changed(project, harm))
    assert "The file of “report1.txt” was lost; its text is there, with all passages." in lost
    assert notes(new) == wanted


def test_that_a_lost_text_is_read_from_the_file_again(project):
    wanted = notes(project)
    new, lost = repaired(changed(project, "DELETE FROM content"))
    assert notes(new) == wanted
    assert lost == ()


WRONG_LETTERS = "UPDATE content SET text = CAST(replace(CAST(text AS TEXT), 'victim', 'viktim') AS BLOB)"


def test_that_a_text_with_wrong_letters_is_read_from_the_file_again(project):
    before = notes(project)
    new, lost = repaired(changed(project, WRONG_LETTERS))
    assert (notes(new), lost) == (before, ())
    assert "viktim" not in texts(new)


def test_that_a_text_with_wrong_letters_and_no_file_has_those_of_its_passages(project):
    before = notes(project)
    new, lost = repaired(changed(project, WRONG_LETTERS, "DELETE FROM chunk"))
    assert notes(new) == before
    assert len([one for one in lost if "its text is there, with all passages" in one]) == 3


def test_that_of_a_lost_file_and_text_the_passages_stay(project):
    wanted = notes(project)
    new, lost = repaired(changed(project, "DELETE FROM content", "DELETE FROM chunk"))
    assert notes(new) == wanted
    assert len([one for one in lost if "words of its 30 passages" in one]) == 3


def test_that_without_history_what_is_missing_is_stood_in_for_and_said(project):
    wanted = notes(project)
    new, lost = repaired(changed(
        project, "DELETE FROM history_step", "DELETE FROM history", "DELETE FROM annotation WHERE id = 'a0-3'",
        "DELETE FROM anchor WHERE annotation = 'a1-4'", "DELETE FROM theme WHERE id = 'detection'",
    ))  # fmt: skip
    found = notes(new)
    assert found["a0-3"][:2] == (wanted["a0-3"][0], "")
    assert "a1-4" not in found and len(found) == 89
    assert any("Of 1 annotation the note" in one for one in lost)
    assert any("1 annotation lost its passage" in one for one in lost)
    assert any("A theme was lost" in one for one in lost)
    desk = open_desk(new, settings=Settings())
    assert any("Note 1 4" in row.document.note for row in read.shelf(desk))
    desk.close()


def _spoiled(project: Path, target: Path, rng: random.Random, pages: int, first: int) -> Path:
    """A copy with some pages overwritten: zeros, noise, or another page."""
    shutil.copyfile(project, target)
    data = bytearray(target.read_bytes())
    number = len(data) // PAGE
    for _ in range(pages):
        page = rng.randrange(first, number)
        other = rng.randrange(number)
        data[page * PAGE : (page + 1) * PAGE] = rng.choice(
            (bytes(PAGE), rng.randbytes(PAGE), data[other * PAGE : (other + 1) * PAGE])
        )
    target.write_bytes(data)
    return target


def _sweep(project: Path, folder: Path, runs: int, rng: random.Random) -> int:
    wanted = notes(project)
    saved = 0
    for run in range(runs):
        damaged = _spoiled(project, folder / f"damaged{run}.kantlijn", rng, rng.randint(1, 4), 1)
        new = folder / f"new{run}.kantlijn"
        done = repair(damaged, new)
        report = check(new)
        assert report.ok, (run, report.problems)
        found = notes(new)
        assert len(found) == len(wanted) or done.lost, run
        saved += sum(found.get(one, ("",))[0] == quote for one, (quote, _, _) in wanted.items())
        damaged.unlink()
        new.unlink()
    return saved


def test_that_any_unreadable_pages_leave_a_project_that_is_whole(project, tmp_path):
    runs = 12
    saved = _sweep(project, tmp_path, runs, random.Random(3))
    assert saved > 0.8 * runs * 90, saved


@pytest.mark.long
def test_that_two_hundred_damaged_projects_are_repaired(project, tmp_path):
    runs = 200
    saved = _sweep(project, tmp_path, runs, random.Random())
    assert saved > 0.8 * runs * 90, saved


@pytest.mark.parametrize("length", [16, 100, PAGE])
def test_that_a_lost_head_or_first_page_is_made_up_for(project, length):
    wanted = notes(project)
    data = bytearray(project.read_bytes())
    data[:length] = bytes(length)
    project.write_bytes(data)
    with pytest.raises(NotAProject):
        check(project)
    new, _lost = repaired(project)
    assert notes(new) == wanted


def test_that_a_file_cut_short_is_saved_as_far_as_it_goes(project):
    project.write_bytes(project.read_bytes()[: project.stat().st_size * 2 // 3])
    new, lost = repaired(project)
    assert lost and notes(new)


def test_that_planted_views_and_triggers_do_not_come_along(project):
    new, _lost = repaired(changed(
        project, "CREATE TRIGGER evil AFTER INSERT ON theme BEGIN DELETE FROM annotation; END",
        "DROP TABLE recipe", "CREATE VIEW recipe AS SELECT 1",
    ))  # fmt: skip
    assert len(notes(new)) == 90


@pytest.mark.parametrize("data", [b"", b"no project at all" * 500, b"\0" * 50_000])
def test_that_what_is_no_project_is_refused_in_a_sentence(tmp_path, data):
    file = tmp_path / "p.kantlijn"
    file.write_bytes(data)
    with pytest.raises(NotAProject):
        repair(file, tmp_path / "new.kantlijn")
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".kantlijn"] == ["p.kantlijn"]


def test_that_nothing_is_written_over_and_an_open_project_is_left_alone(project):
    with pytest.raises(DiskTrouble, match="already there"):
        repair(project, project)
    desk = open_desk(project, settings=Settings())
    with pytest.raises(InUse):
        repair(project, project.with_name("new.kantlijn"))
    desk.close()


def test_that_the_command_line_repairs(project, capsys):
    changed(project, "DELETE FROM chunk")
    new = project.with_name("new.kantlijn")
    assert main(["check", str(project), "--repair", "-o", str(new)]) == 0
    said = capsys.readouterr()
    assert "3 documents, 90 annotations" in said.out and "was lost" in said.err
    assert main(["check", str(new)]) == 0
    assert main(["check", str(project), "--repair"]) == 2


def test_that_a_project_on_a_read_only_medium_is_repaired_elsewhere(project, monkeypatch):
    def refused(lock: Lock) -> None:
        if lock_path(project).name in str(vars(lock)):
            raise OSError(errno.EROFS, "Read-only file system")

    wanted = notes(project)
    monkeypatch.setattr(Lock, "take", refused)
    new, lost = repaired(project)
    assert (notes(new), lost) == (wanted, ())


@pytest.mark.parametrize("place", [0, 20, 60, 110])
def test_that_a_list_of_tables_that_is_no_text_any_more_gets_a_sentence_and_is_repaired(
    project: Path, tmp_path: Path, place: int
) -> None:
    raw = bytearray(project.read_bytes())
    at = raw.index(b"CREATE TABLE indexed")
    raw[at + place] = 0xCE  # what SQLite says of it quotes this byte, which is no letter
    project.write_bytes(raw)
    with pytest.raises(NotAProject, match="damaged"):
        check(project)
    with pytest.raises(NotAProject, match="damaged"):
        open_desk(project, settings=Settings())
    with pytest.raises(NotAProject, match="damaged"):
        open_desk(project, settings=Settings(), read_only=True)
    assert counted(project) is None
    repair(project, tmp_path / "new.kantlijn")
    assert check(tmp_path / "new.kantlijn").ok
    desk = open_desk(tmp_path / "new.kantlijn", settings=Settings())
    assert len(read.annotation_rows(desk)) == 90
    desk.close()


def test_that_what_killed_repairs_left_goes_with_the_next(project, tmp_path):
    kill = (
        "import os, sys\nfrom pathlib import Path\nfrom kantlijn.usecases.keeping import repair\n"
        "repair.Salvage.text = lambda *_: os.kill(os.getpid(), 9)\nrepair.repair(*map(Path, sys.argv[1:]))\n"
    )
    for name in ("one.kantlijn", "new.kantlijn"):
        done = subprocess.run([sys.executable, "-c", kill, str(project), str(tmp_path / name)], check=False)
        assert done.returncode == -9
    assert [one.name for one in tmp_path.glob(".repair-*")]
    busy = tmp_path / ".repair-busy"
    busy.mkdir()
    held = Lock(busy / "damaged.kantlijn")
    held.take()
    repair(project, tmp_path / "new.kantlijn")
    held.release()
    left = {one.name for one in tmp_path.glob(".*") if "one.kantlijn" not in one.name}  # that was killed just now
    assert left == {".repair-busy"}


def test_that_a_full_disk_under_the_damaged_project_does_not_stand_in_the_way(project, monkeypatch):
    wanted, take = notes(project), Lock.take

    def full(lock: Lock) -> None:
        if lock_path(project).name in str(vars(lock)):
            raise OSError(errno.ENOSPC, "full")
        take(lock)

    monkeypatch.setattr(Lock, "take", full)
    new, lost = repaired(project)
    assert (notes(new), lost) == (wanted, ())


def test_that_where_the_new_project_cannot_be_made_that_is_named(project, tmp_path, monkeypatch):
    room = type("Usage", (), {"free": 1 << 20})()
    with monkeypatch.context() as patched:
        patched.setattr("kantlijn.store.backups.shutil.disk_usage", lambda _folder: room)
        with pytest.raises(DiskTrouble, match="not enough room in “"):
            repair(project, tmp_path / "new.kantlijn")

    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr("kantlijn.store.salvage_copy.tempfile.TemporaryDirectory", refuse)
    with pytest.raises(DiskTrouble, match=r"“new\.kantlijn” could not be written: Permission denied"):
        repair(project, tmp_path / "new.kantlijn")


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: names are shorter there")
@pytest.mark.parametrize("length", [250, 255])
def test_that_a_project_whose_name_is_too_long_to_open_it_is_repaired_under_another(project, length):
    wanted = notes(project)
    long = project.rename(project.with_name("n" * length))
    new = project.with_name("new.kantlijn")
    assert repair(long, new).lost == ()
    assert notes(new) == wanted
