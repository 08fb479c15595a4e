"""A guest that tries what a taken-over one would: asked by name, it says how the system answered."""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from kantlijn.guests.confine import confine
from kantlijn.guests.serve import limit_this_process, serve


def ask_network(_):
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def ask_local_socket(_):
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)


def ask_program(_):
    subprocess.run(["/bin/true"], check=True)


def ask_exec(_):
    os.execv("/bin/true", ["/bin/true"])


def ask_fork(_):
    if os.fork() == 0:
        os._exit(0)


def ask_io_uring(_):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 4, ctypes.create_string_buffer(120)) < 0:
        raise OSError(ctypes.get_errno(), "io_uring")


def ask_read(path):
    Path(path).read_bytes()


def ask_list(path):
    list(Path(path).iterdir())


def ask_write(path):
    Path(path).write_bytes(b"mine")


def ask_delete(path):
    Path(path).unlink()


def ask_link(path):
    Path(path + ".link").symlink_to(path)


def ask_rename(path):
    Path(path).rename(path + ".else")


def ask_rights(path):
    Path(path).chmod(0o777)


def ask_signal(process):
    os.kill(int(process), signal.SIGTERM)


def ask_trace(process):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, int(process), None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def ask_thread(_):
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


def ask_large_file(path):
    with Path(path).open("wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))


def ask_busy(_):
    while True:
        pass


def attempt(plain, _):
    try:
        globals()["ask_" + plain["what"]](plain["on"])
    except OSError as trouble:
        return {"refused": trouble.errno}, []
    return {"refused": 0}, []


if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("--read", type=Path, action="append", default=[])
    given.add_argument("--write", type=Path, action="append", default=[])
    wanted = given.parse_args()
    limit_this_process(memory=2 << 30, file_size=8 << 20)
    sys.exit(serve({"attempt": attempt}, lacking=confine(read=wanted.read, write=wanted.write)))
