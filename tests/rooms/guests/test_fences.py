"""What a guest cannot do even when a stranger's file has taken it over; and that the real ones are fenced in."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
from pathlib import Path

import pytest

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskSheets, Source
from kantlijn.errors import BadFile, DiskTrouble, EngineTrouble
from kantlijn.guests import landlock
from kantlijn.guests.guest import Guest

A_GUEST = (sys.executable, "-P", str(Path(__file__).with_name("a_fenced_guest.py")))
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or landlock.version() < 3,
    reason="NOT RUN: this system's kernel has no Landlock to fence guests in",
)


@pytest.fixture
def places(tmp_path):
    """A folder that may be read, a file in it that may be written, and another place with a secret."""
    for name, inside in (("open/in.pdf", b"read me"), ("open/out.pdf", b""), (".ssh/id_ed25519", b"secret")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(inside)
    return tmp_path


@pytest.fixture
def refused(places):
    """Try something in a fenced guest; the system's number for its refusal, 0 when it let it happen."""
    guest = Guest(
        "--read", str(places / "open"), "--write", str(places / "open" / "out.pdf"), program=A_GUEST
    )
    yield lambda what, on="": guest.call("attempt", {"what": what, "on": str(on)})[0]["refused"]
    guest.close()


@pytest.mark.parametrize("what", ["network", "local_socket", "program", "exec", "fork", "io_uring"])
def test_that_a_guest_reaches_no_network_and_starts_nothing(refused, what):
    assert refused(what) in (errno.EPERM, errno.EACCES)


def test_that_a_guest_reads_what_it_was_given_and_nothing_else(refused, places):
    assert refused("read", places / "open" / "in.pdf") == 0
    assert refused("read", places / ".ssh" / "id_ed25519") == errno.EACCES
    assert refused("list", places / ".ssh") == errno.EACCES
    assert refused("read", "/etc/passwd") == errno.EACCES
    assert refused("read", f"/proc/{os.getpid()}/environ") == errno.EACCES


def test_that_a_link_in_an_open_folder_leads_nowhere(refused, places):
    (places / "open" / "link.pdf").symlink_to(places / ".ssh" / "id_ed25519")
    assert refused("read", places / "open" / "link.pdf") == errno.EACCES


def test_that_a_guest_writes_the_file_it_was_given_and_nothing_else(refused, places):
    assert refused("write", places / "open" / "out.pdf") == 0
    assert (places / "open" / "out.pdf").read_bytes() == b"mine"
    for what, on in (("write", "open/in.pdf"), ("write", "open/new.pdf"), ("write", "new.pdf"),
                     ("delete", "open/in.pdf"), ("link", "open/in.pdf"), ("rename", "open/in.pdf"),
                     ("rights", "open/in.pdf"), ("write", ".ssh/id_ed25519")):  # fmt: skip
        assert refused(what, places / on) in (errno.EPERM, errno.EACCES), (what, on)
    assert (places / "open" / "in.pdf").read_bytes() == b"read me"
    assert sorted(one.name for one in (places / "open").iterdir()) == ["in.pdf", "out.pdf"]


def test_that_a_guest_cannot_reach_other_processes(refused):
    assert refused("signal", os.getpid()) == errno.EPERM
    assert refused("trace", os.getpid()) == errno.EPERM


def test_that_a_guest_may_have_threads(refused):
    assert refused("thread") == 0


def test_that_a_file_it_writes_does_not_grow_without_end(refused, places):
    assert refused("large_file", places / "open" / "out.pdf") == errno.EFBIG
    assert (places / "open" / "out.pdf").stat().st_size <= 8 << 20


def test_that_a_kernel_with_less_is_said_in_the_log_and_the_guest_works(places, caplog):
    code = (
        "import sys; from kantlijn.guests import landlock; landlock.version = lambda: 0\n"
        "from kantlijn.guests.confine import confine\nfrom kantlijn.guests.serve import serve\n"
        "sys.exit(serve({'echo': lambda plain, blobs: (plain, blobs)}, lacking=confine()))"
    )
    guest = Guest(program=(sys.executable, "-P", "-c", code))
    with caplog.at_level(logging.WARNING):
        assert guest.call("echo", {"a": 1})[0] == {"a": 1}
    guest.close()
    assert "fewer fences: ['files: no Landlock in this kernel']" in caplog.text


def _status(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@pytest.fixture
def pdf(tmp_path):
    import pymupdf

    with pymupdf.open() as document:
        document.new_page()
        document.save(tmp_path / "nota.pdf")
    return tmp_path / "nota.pdf"


def test_that_the_engine_and_the_workshop_are_fenced_in(pdf, caplog):
    engine, workshop = Engine(), Guest("--workshop")
    try:
        engine.ask(AskSheets(source=Source(key="a", path=str(pdf)))).result(20)
        workshop.call("sketch", {}, [b"Toezicht en hulp."])
        processes = [*engine.processes, workshop.process_id]
        for process in processes:
            assert process is not None
            deadline = time.monotonic() + 20
            while _status(process)["Seccomp"] != "2" and time.monotonic() < deadline:
                time.sleep(0.02)  # the second of the engine may be starting still
            assert (_status(process)["Seccomp"], _status(process)["NoNewPrivs"]) == ("2", "1")
    finally:
        engine.close()
        workshop.close()
    assert "fewer fences" not in caplog.text


def test_that_the_real_engine_reads_only_what_is_asked_of_it(pdf, tmp_path):
    (tmp_path / "given").mkdir()
    engine = Guest("--engine", "--read", str(tmp_path / "given"))
    plain = {"source": {"key": "a", "path": str(pdf), "password": ""}}
    with pytest.raises(BadFile):
        engine.call("sheets", plain)
    given = tmp_path / "given" / "nota.pdf"
    given.write_bytes(pdf.read_bytes())
    assert engine.call("sheets", {"source": {**plain["source"], "path": str(given)}})[0]["sizes"]
    target = tmp_path / "given" / "copy.pdf"
    asked = {"source": {**plain["source"], "path": str(given)}, "target": str(target)}
    with pytest.raises((DiskTrouble, EngineTrouble)):
        engine.call("annotate", asked, [b'{"marks": [], "dress": [], "drop": [], "pages": []}'])
    assert not target.exists()
    engine.close()


def test_that_the_engine_still_reads_a_file_of_any_folder_and_leaves_nothing_of_it(pdf, home):
    engine = Engine()
    assert engine.ask(AskSheets(source=Source(key="a", path=str(pdf)))).result(20).sizes
    assert list(home.rglob("nota.pdf")), "it came in by no door"
    engine.close()
    assert not list(home.rglob("nota.pdf"))


def test_that_a_file_that_cannot_be_linked_is_copied_for_the_engine(pdf, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EXDEV, "another file system")

    monkeypatch.setattr(os, "link", refuse)
    engine = Engine()
    try:
        assert engine.ask(AskSheets(source=Source(key="a", path=str(pdf)))).result(20).sizes
        pdf.write_bytes(b"")
        with pytest.raises(BadFile, match=r"“nota\.pdf” is empty"):
            engine.ask(AskSheets(source=Source(key="a", path=str(pdf)))).result(20)
    finally:
        engine.close()


def test_that_a_guest_the_program_forgot_is_ended_by_the_system(monkeypatch, places):
    """The watchdog is held; the limit on processor time alone has to end it."""
    from kantlijn.guests import serve

    code = Path(A_GUEST[2]).read_text("utf-8").replace(
        'if __name__ == "__main__":', 'import kantlijn.guests.serve as s\ns._PROCESSOR_GRACE = 0.5\nif True:'
    )  # fmt: skip
    script = places / "forgotten.py"
    script.write_text(code, "utf-8")
    assert serve._PROCESSOR_GRACE > 1
    guest = Guest(program=(sys.executable, "-P", str(script)))
    monkeypatch.setattr(guest, "_watch", lambda: None)
    since = time.monotonic()
    with pytest.raises(EngineTrouble, match="stopped unexpectedly"):
        guest.call("attempt", {"what": "busy", "on": ""}, deadline=0.5)
    assert time.monotonic() - since < 40
    guest.close()
