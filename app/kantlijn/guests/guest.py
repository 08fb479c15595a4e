"""A process of our own that does heavy or dangerous work, and is ended when it takes too much.

One request is in flight at a time. A guest that is ended, or ends by itself, is started again; what it was
doing is lost and reported, everything else is not.
"""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from kantlijn import errors
from kantlijn.errors import EngineTrouble, Known
from kantlijn.guests.serve import LIFELINE
from kantlijn.guests.wire import Blob, BrokenWire, read_frame, write_frame
from kantlijn.words import language, say

Answer = tuple[dict[str, Any], list[memoryview]]
_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())  # else warnings would reach the terminal of a command
_LOOK_EVERY = 0.05
_START_WITHIN = 60.0
_STARTS = 3
_STARVED = 5
"""How many times its deadline a request may wait for a processor besides, on a busy machine."""
_TRACE = 8000
"""Letters of what a guest says of a bug that are written down."""
MEMORY = 1536 << 20
"""Resident bytes at which a guest is ended, where the system tells them (Linux)."""


class TookTooLong(EngineTrouble):
    """The guest was ended because its request passed the deadline."""


class TookTooMuch(EngineTrouble):
    """The guest was ended because it used too much memory."""


class GuestDied(EngineTrouble):
    """The guest ended by itself, or something else ended it."""


class GuestNeverReady(EngineTrouble):
    """The guest ended before it could answer anything: not the request's fault."""


class GuestClosed(EngineTrouble):
    """The guest was closed, by us, before it could answer."""


class Guest:
    """One process started with these arguments ("--engine", …). Starts at the first request, or by start().

    call() blocks; ask() queues and answers on a thread of the guest. memory is in resident bytes. descriptors
    stay open in the child under the same numbers (POSIX). program: another one than Kantlijn to start.
    """

    def __init__(
        self, *arguments: str, memory: int = MEMORY, descriptors: Sequence[int] = (),
        program: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self._arguments = arguments
        self._memory = memory
        self._descriptors = tuple(descriptors)
        self._program = tuple(program)
        self._turn = threading.Lock()
        self._state = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline = -1
        self._deadline: float | None = None
        self._latest = self._within = self._used_before = 0.0
        self._ended_for: type[EngineTrouble] | None = None
        self._closed = False
        self._ready = False
        self._watchdog: threading.Thread | None = None
        self._asked: queue.SimpleQueue[tuple[Future[Answer], str, dict[str, Any], Sequence[Blob], float] | None]
        self._asked = queue.SimpleQueue()
        self._keeper: threading.Thread | None = None

    # ---- asking

    def ask(
        self, name: str, plain: dict[str, Any], blobs: Sequence[Blob] = (), *, deadline: float = 10.0
    ) -> Future[Answer]:
        """Queue a request; answered in order, on a thread of the guest. deadline: seconds from its sending."""
        future: Future[Answer] = Future()
        with self._state:
            if self._closed:
                raise GuestClosed(say("This part of the program was closed."))
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name=f"guest {self._name}", daemon=True)
                self._keeper.start()
            self._asked.put((future, name, plain, blobs, deadline))
        return future

    def call(
        self, name: str, plain: dict[str, Any], blobs: Sequence[Blob] = (), *, deadline: float = 10.0
    ) -> Answer:
        """Ask and wait. Raises the guest's own Known errors, or one of the five above."""
        with self._turn:
            process = self._ready_one()
            request = {"ask": name, "speak": language(), "plain": plain, "within": deadline}
            try:
                header, answer = self._exchange(process, request, blobs, deadline)
            except (BrokenWire, OSError) as trouble:
                raise self._gone(process) from trouble
        if "error" in header:
            raise _raised(header, self._name)
        plain_answer = header.get("plain")
        if not isinstance(plain_answer, dict):
            raise GuestDied(say("This part of the program gave an answer that makes no sense."))
        return plain_answer, answer

    def start(self) -> None:
        """Start the process now, without waiting until it is ready."""
        with self._turn:
            self._living()

    @property
    def process_id(self) -> int | None:
        """Of the process there is now, for tests and logs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def close(self) -> None:
        """End the process and the threads; requests not answered fail with GuestClosed. Twice does no harm."""
        with self._state:
            already, self._closed = self._closed, True
            self._state.notify_all()
            process, keeper, watchdog = self._process, self._keeper, self._watchdog
        if already:
            return
        if process is not None:
            with suppress(OSError):
                process.kill()
        self._asked.put(None)
        for thread in (keeper, watchdog):
            if thread is not None and thread is not threading.current_thread():
                thread.join()
        with self._turn:
            self._clear_away()

    # ---- inside

    @property
    def _name(self) -> str:
        return " ".join(self._arguments).strip("- ")

    def _keep(self) -> None:
        while (asked := self._asked.get()) is not None:
            future, name, plain, blobs, deadline = asked
            if not future.set_running_or_notify_cancel():
                continue
            try:
                answer = self.call(name, plain, blobs, deadline=deadline)
            except BaseException as trouble:  # noqa: BLE001 - handed on to whoever asked
                future.set_exception(trouble)
            else:
                future.set_result(answer)

    def _living(self) -> subprocess.Popen[bytes]:
        """The process, started when there is none. The turn must be held."""
        if self._process is not None and self._process.poll() is not None:
            self._clear_away()
        if self._process is None:
            with self._state:
                if self._closed:
                    raise GuestClosed(say("This part of the program was closed."))
                self._process = self._spawn()
                if self._watchdog is None:
                    self._watchdog = threading.Thread(
                        target=self._watch, name=f"watchdog {self._name}", daemon=True
                    )
                    self._watchdog.start()
        return self._process

    def _spawn(self) -> subprocess.Popen[bytes]:
        start = self._program or _this_program()
        theirs, ours = os.pipe()
        environment = {**os.environ, LIFELINE: str(theirs)}
        noise = None if os.environ.get("KANTLIJN_GUEST_NOISE") else subprocess.DEVNULL
        inherited = () if sys.platform == "win32" else (*self._descriptors, theirs)
        self._ended_for, self._ready = None, False
        try:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [*start, *self._arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=noise,
                bufsize=0, env=environment, pass_fds=inherited,
            )  # fmt: skip
        except OSError as trouble:
            os.close(ours)
            raise GuestNeverReady(
                say("A part of the program could not be started; install the program again.")
            ) from trouble
        finally:
            os.close(theirs)
        self._lifeline = ours
        return process

    def _ready_one(self) -> subprocess.Popen[bytes]:
        """The process, having said that it is ready. GuestNeverReady when a few do not come so far."""
        for _ in range(_STARTS):
            process = self._living()
            try:
                self._greet(process)
            except (BrokenWire, OSError):
                self._clear_away()
            else:
                return process
        if self._closed:
            raise GuestClosed(say("This part of the program was closed."))
        raise GuestNeverReady(say("A part of the program could not be started; install the program again."))

    def _greet(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the first frame of a fresh process: start-up does not count towards a request's deadline."""
        if self._ready:
            return
        assert process.stdout is not None
        self._mind(_START_WITHIN)
        try:
            greeting = read_frame(process.stdout)  # type: ignore[arg-type]  # bufsize=0: a FileIO
            if greeting is None:
                raise BrokenWire("ended before it was ready")
        finally:
            self._mind(None)
        if lacking := greeting[0].get("lacking"):
            _LOG.warning("guest %s runs with fewer fences: %s", self._name, str(lacking)[:300])
        self._ready = True

    def _exchange(
        self, process: subprocess.Popen[bytes], request: dict[str, Any], blobs: Sequence[Blob], deadline: float
    ) -> Answer:
        assert process.stdin is not None
        assert process.stdout is not None
        self._mind(deadline)
        try:
            write_frame(process.stdin, request, blobs)
            frame = read_frame(process.stdout)  # type: ignore[arg-type]  # bufsize=0: a FileIO
        finally:
            self._mind(None)
        if frame is None:
            raise BrokenWire("ended before it answered")
        if self._ended_for is not None or _resident(process.pid) > self._memory * 3 // 4:
            # The answer came just before the end; or what earlier requests left behind would soon be held
            # against an innocent one: keep the answer, not the process.
            self._clear_away()
            self._living()
        return frame

    def _mind(self, seconds: float | None) -> None:
        with self._state:
            self._deadline = None
            if seconds is not None:
                self._used_before = _used(self._process)[1]
                self._deadline = time.monotonic() + seconds
                self._latest = self._deadline + _STARVED * seconds
                self._within = seconds
            self._state.notify_all()

    def _postpone(self) -> None:
        """Leave a guest that works the time it spent waiting for a processor: a busy machine is no one's fault."""
        works, used = _used(self._process)
        if works and self._deadline is not None:
            self._deadline = min(self._latest, time.monotonic() + self._within - (used - self._used_before))

    def _watch(self) -> None:
        """End the process when its request passes the deadline or its memory the limit."""
        while True:
            with self._state:
                if self._closed:
                    return
                if self._deadline is None:
                    self._state.wait()
                    continue
                left = self._deadline - time.monotonic()
                if left > 0:
                    self._state.wait(min(left, _LOOK_EVERY))
                process = self._process
                if self._deadline is None or process is None or self._closed:
                    continue
                if time.monotonic() >= self._deadline:
                    self._postpone()
                if time.monotonic() >= self._deadline:
                    self._ended_for = TookTooLong
                elif _resident(process.pid) > self._memory:
                    self._ended_for = TookTooMuch
                else:
                    continue
                self._deadline = None
                with suppress(OSError):
                    process.kill()

    def _gone(self, process: subprocess.Popen[bytes]) -> EngineTrouble:
        """Clear the dead process away, start the next, and say what it died of. The turn must be held."""
        with suppress(OSError):
            process.kill()
        code = process.wait()
        self._clear_away()
        if self._closed:
            return GuestClosed(say("This part of the program was closed."))
        reason = self._ended_for
        _LOG.warning("guest %s ended with %s (%s)", self._name, code, reason.__name__ if reason else "by itself")
        with suppress(EngineTrouble):
            self._living()
        if reason is TookTooLong:
            return TookTooLong(say("This took too long and was stopped."))
        if reason is TookTooMuch:
            return TookTooMuch(say("This took too much memory and was stopped."))
        return GuestDied(say("This part of the program stopped unexpectedly; it was started again."))

    def _clear_away(self) -> None:
        """Wait for the dead or dying process and close its pipes."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.kill()
            process.wait()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1


def _this_program() -> tuple[str, ...]:
    """How to start Kantlijn itself. -P: the current folder must not supply modules."""
    frozen = bool(getattr(sys, "frozen", False))
    return (sys.executable,) if frozen else (sys.executable, "-P", "-m", "kantlijn")


def _raised(header: dict[str, Any], name: str) -> Exception:
    """The error a guest reports, as one of ours; an unknown one is a bug, logged with its trace."""
    kind = getattr(errors, str(header["error"]), None)
    if isinstance(kind, type) and issubclass(kind, Known):
        return kind(str(header.get("sentence", "")))
    _LOG.error("bug in guest %s:\n%s", name, str(header.get("trace", ""))[:_TRACE])
    return EngineTrouble(say("Something went wrong in a part of the program; the log says what."))


def _used(process: subprocess.Popen[bytes] | None) -> tuple[bool, float]:
    """Whether a process works or wants to, and its seconds of processor time, where the system tells (Linux)."""
    if process is not None:
        with suppress(OSError, ValueError, IndexError):
            told = Path(f"/proc/{process.pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            return told[0] == "R", (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return False, 0.0


def _resident(process: int) -> int:
    """Resident bytes of a process; 0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/statm", "rb") as statm:  # noqa: PTH123 - some twenty times a second
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
