"""The guest's side: answers one request after the other until the program closes the pipe.

Standard output carries frames only: before anything else it is set apart, and file descriptor 1 is turned
to standard error, so that a library that prints cannot damage a frame.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kantlijn.errors import Known, trace_of
from kantlijn.guests.wire import Blob, BrokenWire, read_frame, write_frame
from kantlijn.words import say, speak

Plain = dict[str, Any]
Handler = Callable[[Plain, list[bytes]], tuple[Plain, Sequence[Blob]]]
"""Takes and gives JSON types beside raw bytes. What it raises as Known reaches the asker as its sentence."""

LIFELINE = "KANTLIJN_LIFELINE"
"""Environment variable: number of the descriptor whose closing means that the program is gone."""
_PROCESSOR_GRACE = 30.0
"""Seconds of processor time beyond a request's deadline: only a program that stands still leaves it so long."""


def serve(
    handlers: Mapping[str, Handler], *, greeting: Plain | None = None, lacking: Sequence[str] = ()
) -> int:
    """Answer requests by name until the pipe closes; returns the exit code.

    The first frame sent is the greeting: it tells the program that the guest is ready. lacking: what of its
    fences the system has not, for the program's log.
    """
    with _own_pipes() as (asked, answers):
        _die_with_the_program()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program to answer
        try:
            write_frame(answers, {"ready": True, "lacking": list(lacking), **(greeting or {})})
            while (frame := read_frame(asked)) is not None:
                header, blobs = frame
                _limit_processor_time(header.get("within"))
                write_frame(answers, *_answer(handlers, header, blobs))
        except (BrokenWire, OSError):
            return 1
    return 0


@contextlib.contextmanager
def _own_pipes() -> Any:
    """Unbuffered files on copies of descriptors 0 and 1, which then lead nowhere harmful."""
    with (
        os.fdopen(os.dup(0), "rb", buffering=0) as asked,
        os.fdopen(os.dup(1), "wb", buffering=0) as answers,
    ):
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        os.close(nowhere)
        os.dup2(2, 1)
        yield asked, answers


def _die_with_the_program() -> None:
    """Have the kernel end this process when the program is gone, also in the middle of a request.

    A thread could not do it: MuPDF keeps the interpreter for as long as a page takes. The lifeline is a pipe
    that nobody writes to; when its other end closes, the kernel sends SIGIO, which ends a process by default.
    Where that does not exist the guest ends when its request is done.
    """
    lifeline = os.environ.pop(LIFELINE, "")
    if not lifeline.isdigit():
        return
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        end = int(lifeline)
        os.set_inheritable(end, False)
        fcntl.fcntl(end, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_ASYNC)


def _answer(
    handlers: Mapping[str, Handler], header: Plain, blobs: list[memoryview]
) -> tuple[Plain, Sequence[Blob]]:
    """What to send back: the handler's answer, or its error by name and sentence."""
    try:
        speak(str(header.get("speak", "en")))
        plain, answer = handlers[header["ask"]](header["plain"], [bytes(blob) for blob in blobs])
    except Known as known:
        return {"error": type(known).__name__, "sentence": known.sentence}, ()
    except MemoryError:
        return {"error": "EngineTrouble", "sentence": say("There was not enough memory for this.")}, ()
    except Exception as bug:  # noqa: BLE001 - it must not end the guest; the asker logs the trace
        return {"error": "Bug", "trace": trace_of(bug)}, ()
    return {"plain": plain}, answer


def limit_this_process(*, memory: int, files: int = 256, file_size: int = 0) -> None:
    """Extra fences for a guest that reads strangers' files: address space in bytes, no core files.

    file_size: bytes a file it writes may have. The watchdog of the program is the rule; these stop what grows
    faster than it looks.
    """
    if sys.platform == "win32":
        return
    import resource

    for which, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, file_size),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (limit, limit))


def _limit_processor_time(within: object) -> None:
    """Let the kernel end this process should the program not do so when a request passes its deadline.

    within: that deadline in seconds. All threads count, so every processor may be busy for so long.
    """
    if sys.platform == "win32" or not isinstance(within, int | float):
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = used.ru_utime + used.ru_stime + _PROCESSOR_GRACE + within * (os.cpu_count() or 1)
    with contextlib.suppress(ValueError, OSError, OverflowError):
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(most), hardest))
