"""Which system calls a process may make, told to the kernel by a seccomp filter (Linux), for good.

What a guest never needs is refused with "not permitted": sockets, other programs and processes, signals to
others, changing owners, rights and times of files, mounting, and the doors behind which the like can be done.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from dataclasses import dataclass

from kantlijn.guests.landlock import no_new_privileges

_BOTH = (424, 425, 426, 427, 428, 429, 430, 432, 434, 438, 442, 452, 463, 466)
"""pidfd_send_signal, io_uring, mounts, pidfd_open and _getfd, fchmodat2, setxattrat, removexattrat."""
_CLONE3 = 435
_THREAD = 0x0001_0000
_LOAD, _EQUAL, _AT_LEAST, _HAS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _PROCESSOR, _FIRST_ARGUMENT = 0, 4, 16
"""Where they stand in what a filter looks at; the low half of the argument, little-endian."""
_ALLOW, _ERROR = 0x7FFF_0000, 0x0005_0000
_NOT_PERMITTED, _NO_SUCH_CALL = 1, 38
_SET_FILTER, _ALL_THREADS = 1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Processor:
    """Numbers of system calls on one kind of processor."""

    audit: int
    seccomp: int
    clone: int
    signal_thread: int
    denied: tuple[int, ...]


_PROCESSORS = {
    # socket, socketpair, connect, bind, listen, accept ×2; fork, vfork, execve, execveat; kill, tkill and
    # queueinfo ×2; chmod, chown and times, each in all forms; extended attributes; ptrace, process_vm ×2, kcmp,
    # personality; mounts, roots and namespaces; keys; perf, open by handle, modules ×2, bpf, userfaultfd, kexec
    "x86_64": _Processor(
        audit=0xC000_003E, seccomp=317, clone=56, signal_thread=234,
        denied=(41, 53, 42, 49, 50, 43, 288, 57, 58, 59, 322, 62, 200, 129, 297,
                90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280, 188, 189, 190, 197, 198, 199,
                101, 310, 311, 312, 135, 165, 166, 155, 161, 272, 308, 248, 249, 250,
                298, 304, 175, 313, 321, 323, 246),
    ),
    "aarch64": _Processor(
        audit=0xC000_00B7, seccomp=277, clone=220, signal_thread=131,
        denied=(198, 199, 203, 200, 201, 202, 242, 221, 281, 129, 130, 138, 240,
                52, 53, 55, 54, 88, 5, 6, 7, 14, 15, 16,
                117, 270, 271, 272, 92, 40, 39, 41, 51, 97, 268, 217, 218, 219,
                241, 265, 105, 273, 280, 282, 104),
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def restrict() -> None:
    """Refuse those calls to all threads of this process, and to what they may still start.

    OSError where the kernel refuses, or the processor is one whose numbers are not known here.
    """
    processor = _PROCESSORS.get(platform.machine())
    if processor is None:
        raise OSError(f"system calls of {platform.machine()} are not known")
    no_new_privileges()
    steps = _steps(processor, os.getpid())
    program = _Program(len(steps), b"".join(steps))
    kernel = ctypes.CDLL(None, use_errno=True)
    arguments = (ctypes.c_uint(_SET_FILTER), ctypes.c_uint(_ALL_THREADS), ctypes.byref(program))
    if kernel.syscall(ctypes.c_long(processor.seccomp), *arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number) if number else "another thread could not be fenced in")


def _steps(processor: _Processor, own: int) -> list[bytes]:
    """The filter: calls of another kind of processor and those denied give an error, the rest goes through.

    New processes are refused, new threads are not: clone3 keeps its flags where no filter can look, and the
    system's library falls back to clone when there is none. A signal to a thread of its own is how a process
    ends itself.
    """
    refuse = _step(_RETURN, _ERROR | _NOT_PERMITTED)
    steps = [
        _step(_LOAD, _PROCESSOR), _step(_EQUAL, processor.audit, 1, 0), refuse,
        _step(_LOAD, _NUMBER), _step(_AT_LEAST, 0x4000_0000, 0, 1), refuse,
        _step(_EQUAL, _CLONE3, 0, 1), _step(_RETURN, _ERROR | _NO_SUCH_CALL),
    ]  # fmt: skip
    for number in (*processor.denied, *_BOTH):
        steps += [_step(_EQUAL, number, 0, 1), refuse]
    steps += [_step(_EQUAL, processor.clone, 0, 4), _step(_LOAD, _FIRST_ARGUMENT), _step(_HAS, _THREAD, 1, 0)]
    steps += [refuse, _step(_RETURN, _ALLOW)]
    steps += [_step(_EQUAL, processor.signal_thread, 0, 3), _step(_LOAD, _FIRST_ARGUMENT)]
    steps += [_step(_EQUAL, own, 1, 0), refuse, _step(_RETURN, _ALLOW)]
    return steps


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction; then and otherwise: how many to skip."""
    return struct.pack("<HBBI", code, then, otherwise, value)
