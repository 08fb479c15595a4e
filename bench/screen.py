"""A screen of its own (Xvfb) whose pixels can be read while programs start on it."""

from __future__ import annotations

import mmap
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.table import NotRun

WIDTH, HEIGHT = 1440, 900
PATIENCE = 30.0


class Screen:
    """Xvfb with its frame buffer mapped into this process: reading pixels asks nothing of anyone."""

    def __enter__(self) -> Self:
        if not shutil.which("Xvfb"):
            raise NotRun("Xvfb is not installed")
        self.folder = Path(tempfile.mkdtemp(prefix="kantlijn-bench-"))
        # the number of a free display is told on a pipe
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self.folder),
             "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        with (self.folder / "Xvfb_screen0").open("rb") as frame:
            self._pixels = mmap.mmap(frame.fileno(), 0, prot=mmap.PROT_READ)
        header, *_ = struct.unpack(">I", self._pixels[:4])  # an XWD dump: its header, then the colours
        colours = struct.unpack(">25I", self._pixels[:100])[19]
        self._begin = header + 12 * colours
        self.home = self.folder / "home"
        self._bus_address = ""
        self._start_bus()
        return self

    def _start_bus(self) -> None:
        """A session bus, as a desktop has one; without it KDE's programs start one each, which takes long."""
        self._bus: subprocess.Popen[bytes] | None = None
        if shutil.which("dbus-daemon"):
            self._bus = subprocess.Popen(
                ["dbus-daemon", "--session", "--nofork", "--print-address"], env=self.environment(),
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
            )
            assert self._bus.stdout
            self._bus_address = self._bus.stdout.readline().decode().strip()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pixels.close()
        if self._bus:
            end(self._bus)
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def pixels(self) -> bytes:
        """The screen now: four bytes a pixel, blue, green, red, unused."""
        return self._pixels[self._begin : self._begin + 4 * WIDTH * HEIGHT]

    def environment(self, home: Path | None = None) -> dict[str, str]:
        """For a program on this screen, in a home of its own."""
        home = home or self.home
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
        kept |= {"HOME": str(home), "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "XDG_CURRENT_DESKTOP": ""}
        if self._bus_address:
            kept["DBUS_SESSION_BUS_ADDRESS"] = self._bus_address
        for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
            folder = home / name.lower()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept[f"XDG_{name}"] = str(folder)
        return kept

    def seconds_until(self, command: Sequence[str], *seen: Callable[[bytes], bool]) -> list[float]:
        """Start the program; for each sight in turn, the seconds until it was on the screen. Then end it.

        NotRun when a sight does not appear within half a minute, or the program ends before.
        """
        begin = time.perf_counter()
        program = subprocess.Popen(
            command, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        times: list[float] = []
        try:
            for sight in seen:
                while not sight(self.pixels()):
                    if time.perf_counter() - begin > PATIENCE or program.poll() is not None:
                        raise NotRun(f"{' '.join(command[:4])} did not show what was looked for")
                    time.sleep(0.01)  # looking takes a core from the program looked at
                times.append(time.perf_counter() - begin)
        finally:
            end(program)
            empty = time.perf_counter()
            while window(self.pixels()) and time.perf_counter() - empty < 5:
                time.sleep(0.01)
        return times


def end(program: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(program.pid, sign)
        except ProcessLookupError:
            break
        try:
            program.wait(3 if sign == signal.SIGTERM else None)
        except subprocess.TimeoutExpired:
            continue
    program.wait()


def window(pixels: bytes) -> bool:
    """Whether a window is painted: a quarter of the screen is no longer black."""
    return pixels.count(b"\0\0\0\0") < WIDTH * HEIGHT * 3 // 4


def colour_seen(red: int, green: int, blue: int, at_least: int = 2000) -> Callable[[bytes], bool]:
    """A sight: at least so many pixels of this very colour."""
    wanted = bytes((blue, green, red))
    return lambda pixels: pixels.count(wanted) >= at_least
