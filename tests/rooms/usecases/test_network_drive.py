"""A project on a network drive, simulated: written without a shared-memory log, with a sentence on the risk.

No drive of another machine can be mounted here; what is tested is the choice that follows from its being one.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from kantlijn.settings import Settings
from kantlijn.store import places
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping import backups
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.whereabouts import risk
from kantlijn.usecases.marking.tag import tag
from kantlijn.usecases.shelf.add_documents import add_documents


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says is mounted from another machine."""
    folder = tmp_path / "our share"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    escaped = str(folder.resolve()).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/all {escaped} nfs4 rw,vers=4.2 0 0\n", "utf-8")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    return folder


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "davfs"])
def test_that_drives_of_other_machines_are_known_by_their_type(tmp_path, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nx /mnt/share {kind} rw 0 0\ny /mnt/share/local ext4 rw 0 0\n", "utf-8"
    )
    assert places.is_network(Path("/mnt/share/a/p.kantlijn"), mounts)
    assert not places.is_network(Path("/mnt/share/local/p.kantlijn"), mounts)
    assert not places.is_network(Path("/mnt/shared/p.kantlijn"), mounts)
    assert not places.is_network(Path("/mnt/share/p.kantlijn"), tmp_path / "none")


def test_that_on_a_network_drive_there_is_never_a_log_in_shared_memory(share):
    text = share / "a.txt"
    text.write_text("Oversight of victim aid. " * 20, "utf-8")
    desk = new_desk(share / "p.kantlijn", settings=Settings())
    version = add_documents(desk, [text]).added[0].version
    for place in range(3):
        tag(desk, version, (place, place + 5), ["prevention"])
        assert not list(share.glob("*-wal")) and not list(share.glob("*-shm"))
    with desk.project.reading() as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
    assert "network drive" in risk(desk)
    made = backups.back_up(desk)
    assert made is not None and made.counts == {"document": 1, "annotation": 3}
    reader = open_desk(desk.path, settings=Settings(), read_only=True)
    assert len(read.annotation_rows(reader)) == 3
    reader.close()
    desk.close()
    assert check(desk.path).ok


def test_that_a_project_moves_between_a_drive_and_this_machine(share, tmp_path, monkeypatch):
    local = tmp_path / "p.kantlijn"
    desk = new_desk(local, settings=Settings())
    assert risk(desk) == ""
    desk.close()
    there = share / "p.kantlijn"
    local.rename(there)
    desk = open_desk(there, settings=Settings())
    assert len(read.themes(desk)) == 5
    desk.close()
    assert there.read_bytes()[18:20] == b"\x01\x01"  # no write-ahead log, also for who opens it next
    there.rename(local)
    desk = open_desk(local, settings=Settings())
    with desk.project.reading() as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    desk.close()
    assert check(local).ok


WRITER = """
import sys
from pathlib import Path
from kantlijn.settings import Settings
from kantlijn.store import places
from kantlijn.usecases import read
from kantlijn.usecases.marking import tag
from kantlijn.usecases.desk import open_desk
places.MOUNTS = Path(sys.argv[2])
desk = open_desk(Path(sys.argv[1]), settings=Settings())
version = read.shelf(desk)[0].versions[0].id
number = len(read.passages(desk, version))
while True:
    tag.tag(desk, version, (number % 400, number % 400 + 9), ["prevention"], id=f"a{number}")
    number += 1
    print(number, flush=True)
"""


def test_that_kill_9_loses_nothing_there_either(share):
    text = share / "a.txt"
    text.write_text("Oversight of victim aid. " * 40, "utf-8")
    desk = new_desk(share / "p.kantlijn", settings=Settings())
    version = add_documents(desk, [text]).added[0].version
    desk.close()
    rng = random.Random(5)
    for _ in range(5):
        command = [sys.executable, "-c", WRITER, str(desk.path), str(places.MOUNTS)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            for _ in range(rng.randint(1, 8)):
                acknowledged = int(writer.stdout.readline())
            writer.kill()
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split(b"\n")[:-1])])
        opened = open_desk(desk.path, settings=Settings())
        assert len(read.passages(opened, version)) >= acknowledged
        opened.close()
        assert check(desk.path).ok


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Office", "Nextcloud"])
def test_that_a_folder_copied_to_a_cloud_is_told_of(tmp_path, name):
    (tmp_path / name / "work").mkdir(parents=True)
    desk = new_desk(tmp_path / name / "work" / "p.kantlijn", settings=Settings())
    assert "cloud service" in risk(desk)
    desk.close()
