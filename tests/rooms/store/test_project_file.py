"""The project file: one file when closed, locked while written, refused with a sentence when it is not ours."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantlijn.errors import DiskTrouble, InUse, Known, NewerProject, NotAProject, ReadOnly
from kantlijn.model.changes import Change, from_plain, to_plain
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.theme import Theme
from kantlijn.store.project import Project

from .conftest import THEME, planted_trigger, step


def test_that_a_closed_project_is_one_file_only_its_owner_can_read(kept, tmp_path):
    assert [entry.name for entry in tmp_path.iterdir()] == [kept.name]
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.read_bytes()[68:72] == b"KLJN"


def test_that_an_existing_file_is_never_made_into_a_project(path):
    path.write_text("mine", "utf-8")
    with pytest.raises(NotAProject, match="already there"):
        Project.create(path)
    assert path.read_text("utf-8") == "mine"


def test_that_a_second_writer_is_told_who_has_it_and_a_reader_may_read(path):
    project = Project.create(path)
    project.commit(step(1, Change(None, THEME)))
    with pytest.raises(InUse, match=f"process {os.getpid()}"):
        Project.open(path)
    reader = Project.open(path, read_only=True)
    with pytest.raises(ReadOnly, match="reading only"):
        reader.commit(step(2, Change(THEME, None)))
    reader.close()
    project.close()
    Project.open(path).close()


def test_that_a_reader_leaves_no_files_beside_a_closed_project(kept, tmp_path):
    before = kept.read_bytes()
    reader = Project.open(kept, read_only=True)
    with reader.reading() as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM theme")
    reader.close()
    assert [entry.name for entry in tmp_path.iterdir()] == [kept.name]
    assert kept.read_bytes() == before


def test_that_a_reader_that_outlasts_the_writer_does_no_harm(kept, tmp_path):
    writer = Project.open(kept)
    reader = Project.open(kept, read_only=True)
    writer.commit(step(2, Change(THEME, None)))
    writer.close()
    with reader.reading() as db:
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (0,)
    reader.close()
    assert [entry.name for entry in tmp_path.iterdir()] == [kept.name]


def test_that_a_lock_left_by_a_killed_program_does_not_matter(kept):
    code = f"import time; from kantlijn.store.project import Project; from pathlib import Path; p = Project.open(Path({str(kept)!r})); print(1, flush=True); time.sleep(60)"  # noqa: E501
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"1\n"
        with pytest.raises(InUse):
            Project.open(kept)
        other.kill()
    Project.open(kept, read_only=True).close()
    Project.open(kept).close()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("geen project", "utf-8")


def _other_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes (id)")
    db.close()


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def _scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:12288] = os.urandom(8192)
    path.write_bytes(data)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_empty, "not a Kantlijn project"),
        (_text, "not a Kantlijn project"),
        (_other_database, "not a Kantlijn project"),
        (_truncated, "damaged"),
        (_scribbled, "damaged"),
        (planted_trigger, "changed by another program"),
        (_folder, "is a folder"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_that_what_is_no_whole_project_is_refused_and_left_as_it_was(kept, harm, said, read_only):
    harm(kept)
    before = kept.read_bytes() if kept.is_file() else None
    with pytest.raises(NotAProject, match=said) as refused:
        Project.open(kept, read_only=read_only)
    assert kept.name in refused.value.sentence
    assert before is None or kept.read_bytes() == before


def test_that_a_missing_project_is_said_to_be_missing(path):
    with pytest.raises(NotAProject, match="does not exist"):
        Project.open(path)
    with pytest.raises(NotAProject, match=r"folder .* does not exist"):
        Project.create(path / "deeper" / "p.kantlijn")


@pytest.fixture(params=["closed", "killed", "killed, without index"])
def sealed(kept, tmp_path, request):
    """The project on a medium that nobody, not even root, can write; its last step may be in its log."""
    _leave(kept, request.param)
    if os.getuid() != 0:
        tmp_path.chmod(0o500)
        yield kept
        tmp_path.chmod(0o700)
        return
    place = tmp_path / "medium"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("NOT RUN: no file system can be mounted here")
    for file in tmp_path.glob(f"{kept.name}*"):
        shutil.copy(file, place)
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    yield place / kept.name
    subprocess.run(["umount", "-l", place], check=True)


def _leave(kept: Path, how: str) -> None:
    project = Project.open(kept)
    project.commit(step(2, Change(THEME, replace(THEME, letter="Q"))))
    left = {tail: kept.with_name(kept.name + tail).read_bytes() for tail in ("", "-wal", "-shm")}
    project.close()
    if how != "closed":
        for tail in ("", "-wal", "-shm") if how == "killed" else ("", "-wal"):
            kept.with_name(kept.name + tail).write_bytes(left[tail])


def test_that_a_project_on_a_medium_that_cannot_be_written_is_still_read(sealed, tmp_path):
    with pytest.raises(ReadOnly, match="can be read but not written"):
        Project.open(sealed)
    reader = Project.open(sealed, read_only=True)
    with reader.reading() as db:
        assert db.execute("SELECT letter FROM theme").fetchone() == ("Q",)
    reader.copy_to(tmp_path / "copy.kantlijn")
    reader.close()
    copy = Project.open(tmp_path / "copy.kantlijn")
    assert copy.undo().title == "Step 2"
    copy.close()
    with pytest.raises(DiskTrouble):
        Project.create(sealed.with_name("new.kantlijn"))


def test_that_a_project_reached_by_a_link_is_locked_all_the_same(kept, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.kantlijn"
    link.symlink_to(kept)
    project = Project.open(link)
    with pytest.raises(InUse):
        Project.open(kept)
    project.close()


def test_that_a_link_to_nowhere_is_not_replaced_by_a_new_project(tmp_path):
    link = tmp_path / "link.kantlijn"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(NotAProject, match="already there"):
        Project.create(link)
    assert link.is_symlink()


def test_that_a_pipe_is_no_project(tmp_path):
    os.mkfifo(tmp_path / "pipe.kantlijn")
    with pytest.raises(NotAProject, match="not a Kantlijn project"):
        Project.open(tmp_path / "pipe.kantlijn")


@pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
def test_that_a_name_no_file_can_have_is_said_to_be_wrong(tmp_path, name):
    with pytest.raises(Known):
        Project.open(tmp_path / name)
    with pytest.raises(Known):
        Project.create(tmp_path / name)


def test_that_a_closed_project_says_so(kept):
    project = Project.open(kept)
    project.close()
    project.close()
    with pytest.raises(Known, match="has been closed"):
        project.commit(step(2, Change(THEME, None)))


def test_that_several_readings_at_once_see_one_state_while_another_program_writes(kept):
    writer = Project.open(kept)
    reader = Project.open(kept, read_only=True)
    count = "SELECT count(*) FROM theme"
    with reader.at_once(), reader.reading() as db:
        assert db.execute(count).fetchone() == (1,)
        writer.commit(step(2, Change(THEME, None)))
        assert db.execute(count).fetchone() == (1,)
    with reader.reading() as db:
        assert db.execute(count).fetchone() == (0,)
    reader.close()
    writer.close()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_that_any_text_is_kept_code_point_for_code_point(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("text")
    project = Project.create(folder / "p.kantlijn")
    document = Document(id="d", title=text or "x", note=text)
    version = Version(
        id="v",
        document="d",
        number=1,
        file="f",
        sha256="s",
        extractor="e",
        mime="m",
        size=3,
        pages=0,
        characters=len(text),
        added="",
    )
    content = Content(extractor="e", mime="m", text=text, details={"title": text})
    changes = step(1, Change(None, document), Change(None, version))
    project.add_content("s", 3, BytesIO(b"abc"), content, changes, lambda: None)
    assert project.content("s", "e") == content
    with project.reading() as db:
        assert db.execute("SELECT note FROM document").fetchone() == (text,)
    project.close()
    shutil.rmtree(folder)


@given(st.builds(Theme, id=st.text(), name=st.text(), name_nl=st.text(), colour=st.text(), letter=st.text(),
                 parent=st.none() | st.text(), search_words=st.tuples(st.text())))  # fmt: skip
def test_that_a_record_in_the_history_reads_back_as_itself(theme):
    assert from_plain(to_plain(theme)) == theme


def test_that_a_step_from_a_newer_program_is_not_guessed_at(kept):
    with sqlite3.connect(kept) as db:
        db.execute("UPDATE history_step SET after = replace(after, '\"format\": 1', '\"format\": 2')")
    db.close()
    project = Project.open(kept)
    with pytest.raises(NewerProject, match="“Step 1” was written by a newer"):
        project.undo()
    with project.reading() as db:
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (1,)
    project.close()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 3 MB. Needs root to be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True)
    if made.returncode:
        pytest.skip("NOT RUN: no small file system can be mounted here (needs root)")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_that_a_full_disk_is_said_and_work_goes_on_once_there_is_room(small_disk):
    project = Project.create(small_disk / "p.kantlijn")
    filler = small_disk / "filler"
    number = 0
    with pytest.raises(DiskTrouble, match="disk is full"):
        while True:
            number += 1
            theme = Theme(
                id=f"t{number}", name="n", name_nl="n", colour="#112233", letter="N", definition="x" * 3000
            )
            project.commit(step(number, Change(None, theme)))
            if number == 5:
                filler.write_bytes(b"\0" * 2_000_000)
    with project.reading() as db:
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (number - 1,)
        assert db.execute("SELECT count(*) FROM history").fetchone() == (number - 1,)
    filler.unlink()
    project.commit(step(number, Change(None, theme)))
    project.close()
    project = Project.open(small_disk / "p.kantlijn")
    project.close()
    again = Project.open(small_disk / "p.kantlijn")
    with again.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (number,)
    again.close()


def test_that_an_import_that_does_not_fit_leaves_nothing_of_it(small_disk):
    project = Project.create(small_disk / "p.kantlijn")
    (small_disk / "filler").write_bytes(b"\0" * 1_800_000)
    content = Content(extractor="e", mime="m", text="")
    with pytest.raises(DiskTrouble, match="disk is full"):
        project.add_content("s", 9, BytesIO(os.urandom(1_500_000)), content, step(1), lambda: None)
    (small_disk / "filler").unlink()
    project.commit(step(1, Change(None, THEME)))
    project.close()
    again = Project.open(small_disk / "p.kantlijn")
    with again.reading() as db:
        assert db.execute("SELECT count(*) FROM chunk").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM theme").fetchone() == (1,)
    again.close()


def test_that_a_new_project_on_a_full_disk_leaves_no_stump(small_disk):
    with pytest.raises(OSError, match="No space"):
        (small_disk / "filler").write_bytes(b"\0" * 4_000_000)
    with pytest.raises(Known, match="disk"):
        Project.create(small_disk / "p.kantlijn")
    assert [entry.name for entry in small_disk.iterdir()] == ["filler"]
