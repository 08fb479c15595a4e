"""Guests answer, are ended when they take too much, come back, and leave nothing behind."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kantlijn.errors import BadFile, EngineTrouble
from kantlijn.guests.guest import Guest, GuestClosed, GuestDied, GuestNeverReady, TookTooLong, TookTooMuch

A_GUEST = (sys.executable, str(Path(__file__).with_name("a_guest.py")))


@pytest.fixture
def guest():
    made = Guest(program=A_GUEST)
    yield made
    made.close()


def _until(condition, within=5.0):
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_that_a_guest_answers_plain_data_and_bytes(guest):
    plain, blobs = guest.call("echo", {"a": [1, "é", None]}, [b"one", b"", b"x" * 5_000_000])
    assert plain == {"a": [1, "é", None]}
    assert [bytes(blob) for blob in blobs] == [b"one", b"", b"x" * 5_000_000]


def test_that_requests_are_answered_in_order_one_at_a_time(guest):
    futures = [guest.ask("echo", {"n": n}) for n in range(30)]
    assert [future.result()[0]["n"] for future in futures] == list(range(30))


def test_that_printing_does_not_damage_the_answers(guest):
    assert guest.call("shout", {})[0] == {"read": ""}
    assert guest.call("echo", {"still": "well"})[0] == {"still": "well"}


def test_that_a_known_error_arrives_as_itself_with_its_sentence(guest):
    with pytest.raises(BadFile, match=r"“brief\.pdf” is empty"):
        guest.call("refuse", {})


def test_that_a_bug_in_a_guest_is_told_in_general_words_and_the_guest_lives(guest, caplog):
    before = guest.call("who", {})[0]["process"]
    with pytest.raises(EngineTrouble, match="the log says what"):
        guest.call("stumble", {"said": "Confidential"})
    assert "in stumble" in caplog.text
    assert "Confidential" not in caplog.text, "the log holds what a document may say"
    assert guest.call("who", {})[0]["process"] == before


def test_that_the_time_a_guest_waited_for_a_processor_is_not_held_against_it(guest, monkeypatch):
    guest.call("who", {})
    monkeypatch.setattr("kantlijn.guests.guest._used", lambda _process: (True, time.monotonic() / 10))
    assert guest.call("sleep", {"seconds": 0.8}, deadline=0.3) == ({}, [])
    with pytest.raises(TookTooLong):  # but a machine that is busy for ever does not keep a reader for ever
        guest.call("sleep", {"seconds": 30}, deadline=0.1)



def test_that_a_request_past_its_deadline_is_ended_and_the_guest_comes_back(guest):
    first = guest.call("who", {})[0]["process"]
    with pytest.raises(TookTooLong, match="took too long"):
        guest.call("sleep", {"seconds": 60}, deadline=0.2)
    second = guest.call("who", {})[0]["process"]
    assert second != first
    assert not Path(f"/proc/{first}").exists()


def test_that_a_request_that_swells_is_ended():
    guest = Guest(program=A_GUEST, memory=160 << 20)
    try:
        with pytest.raises(TookTooMuch, match="too much memory"):
            guest.call("swell", {"pieces": 40})
        assert guest.call("echo", {"back": True})[0] == {"back": True}
    finally:
        guest.close()


def test_that_a_guest_that_leaves_or_is_killed_is_said_so_and_replaced(guest):
    with pytest.raises(GuestDied):
        guest.call("leave", {})
    victim = guest.call("who", {})[0]["process"]
    asleep = guest.ask("sleep", {"seconds": 60})
    _until(asleep.running)
    os.kill(victim, signal.SIGKILL)
    with pytest.raises(GuestDied):
        asleep.result(5)
    assert guest.call("echo", {"n": 1})[0] == {"n": 1}


def test_that_a_guest_killed_between_requests_costs_at_most_one_answer(guest):
    os.kill(guest.call("who", {})[0]["process"], signal.SIGKILL)
    _until(lambda: guest.process_id is None)
    assert guest.call("echo", {"n": 2})[0] == {"n": 2}


def test_that_a_guest_that_cannot_start_is_said_so_and_not_started_for_ever():
    guest = Guest("never", program=A_GUEST)
    try:
        for _ in range(2):
            with pytest.raises(GuestNeverReady, match="could not be started"):
                guest.call("echo", {})
        assert guest.process_id is None
    finally:
        guest.close()


def test_that_a_guest_that_has_grown_is_replaced_between_requests():
    guest = Guest(program=A_GUEST, memory=160 << 20)
    try:
        first = guest.call("who", {})[0]["process"]
        assert guest.call("keep", {"pieces": 14}) == ({}, [])
        assert guest.call("who", {})[0]["process"] != first
    finally:
        guest.close()


def test_that_a_cancelled_request_is_never_sent(guest):
    asleep = guest.ask("sleep", {"seconds": 0.3})
    cancelled = guest.ask("leave", {})
    after = guest.ask("echo", {"n": 3})
    assert cancelled.cancel()
    assert after.result(5)[0] == {"n": 3}
    assert asleep.result(5)[0] == {}


def test_that_closing_ends_what_is_under_way_and_leaves_nothing_behind():
    threads, files = threading.active_count(), _open_files()
    guest = Guest(program=A_GUEST)
    process = guest.call("who", {})[0]["process"]
    asleep, waiting = guest.ask("sleep", {"seconds": 60}), guest.ask("echo", {})
    _until(asleep.running)
    guest.close()
    guest.close()
    for future in (asleep, waiting):
        with pytest.raises(GuestClosed):
            future.result(5)
    with pytest.raises(GuestClosed):
        guest.call("echo", {})
    assert not Path(f"/proc/{process}").exists()
    assert threading.active_count() == threads
    assert _open_files() == files


def _open_files():
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0


_PARENT = """
import sys, time
from kantlijn.guests.guest import Guest
guest = Guest(program=sys.argv[1:])
print(guest.call("who", {})[0]["process"], flush=True)
guest.ask("sleep", {"seconds": 60})
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the lifeline is a Linux signal")
def test_that_a_guest_at_work_ends_when_the_program_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, *A_GUEST], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    process = int(parent.stdout.readline())
    time.sleep(0.2)  # it is asleep by now; it would also end if it were not
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _until(lambda: not _alive(process))


def _alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


GARBAGE = """
import os, sys
from kantlijn.guests.wire import write_frame, read_frame
asked, answers = os.fdopen(0, "rb", buffering=0), os.fdopen(1, "wb", buffering=0)
write_frame(answers, {"ready": True})
while read_frame(asked):
    os.write(1, bytes.fromhex(sys.argv[1]))
"""


@pytest.mark.parametrize(
    "garbage",
    [
        b"\0" * 64, b"%PDF-1.7 no frame at all" * 9, b"KLF1" + b"\xff" * 60,
        b"KLF1\x02\0\0\0\0\0\0\0[]", b"KLF1\x02\0\0\0\0\0\0\0{}",
        b'KLF1\x0b\0\0\0\0\0\0\0{"plain":1}',
        b'KLF1\x0d\0\0\0\x01\0\0\0\xff\xff\xff\xff\xff\0\0\0{"plain": {}}',
    ],
)  # fmt: skip
def test_that_a_guest_that_answers_garbage_gets_a_sentence_and_no_wait(garbage):
    guest = Guest(program=(sys.executable, "-P", "-c", GARBAGE, garbage.hex()))
    for _ in range(2):
        since = time.monotonic()
        with pytest.raises(EngineTrouble) as refused:
            guest.call("anything", {}, deadline=5.0)
        assert refused.value.sentence.endswith(".")
        assert time.monotonic() - since < 30
    guest.close()
