"""Has HTML, DOCX, ODT, EPUB and RTF files read in a process of its own, which may be ended at any moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from typing import Any

from kantlijn.documents.kind import Kind
from kantlijn.documents.plain import bytes_of
from kantlijn.errors import BadFile, EngineTrouble, Known
from kantlijn.guests.guest import Guest, TookTooLong, TookTooMuch
from kantlijn.model.document import Content
from kantlijn.words import say

_PATIENCE, _PER_MEGABYTE, _MOST = 10.0, 3.0, 120.0
"""Seconds that any file gets, that each of its megabytes adds, and that none goes beyond."""
_LOOK_EVERY = 0.05
_HEADINGS = 5000


class Structured:
    """One such process, for as long as a batch of files lasts. It starts with the first file, or not at all."""

    def __init__(self) -> None:
        self._guest: Guest | None = None

    def read(self, file: Path, kind: Kind, go_on: Callable[[], None] = lambda: None) -> Content:
        """The content of the file. BadFile with its sentence; go_on is called now and then and may raise."""
        return self.read_bytes(bytes_of(file), kind, file.name, go_on)

    def read_bytes(self, raw: bytes, kind: Kind, name: str, go_on: Callable[[], None] = lambda: None) -> Content:
        """The same of bytes at hand; name: the file's, for sentences."""
        deadline = min(_MOST, _PATIENCE + _PER_MEGABYTE * len(raw) / (1 << 20))
        if self._guest is None:
            self._guest = Guest("--workshop")
        asked = self._guest.ask("read", {"kind": kind, "file": name}, (raw,), deadline=deadline)
        del raw
        while True:
            try:
                answer, blobs = asked.result(timeout=_LOOK_EVERY)
            except NotYet:
                self._ask_whether(go_on)
            except EngineTrouble as trouble:
                raise BadFile(_sentence(name, trouble)) from trouble
            else:
                return _content(name, answer, blobs)

    def _ask_whether(self, go_on: Callable[[], None]) -> None:
        try:
            go_on()
        except Known:
            self.close()  # it may be at it for a while yet
            raise

    def close(self) -> None:
        """End the process. Twice does no harm, and reading goes on in a new one."""
        guest, self._guest = self._guest, None
        if guest is not None:
            guest.close()


def _sentence(name: str, trouble: EngineTrouble) -> str:
    if isinstance(trouble, TookTooLong):
        return say("“{file}” takes too long to read and was left out; save it as PDF or text.", file=name)
    if isinstance(trouble, TookTooMuch):
        return say("“{file}” takes too much memory to read and was left out; save it as PDF or text.", file=name)
    return say("“{file}” could not be read: something in it is not as it should be. Get a fresh copy.", file=name)


def _content(name: str, answer: dict[str, Any], blobs: list[memoryview]) -> Content:
    """The answer, checked: the process has read a stranger's file. BadFile when it makes no sense."""
    try:
        text = bytes(blobs[0]).decode()
        outline = tuple(
            (int(level), str(title), int(place)) for level, title, place in answer["outline"][:_HEADINGS]
        )
        if any(not 1 <= level <= 9 or not text.startswith(title, place) for level, title, place in outline):
            raise ValueError("headings that are not there")
        return Content(
            extractor=str(answer["extractor"])[:40], mime=str(answer["mime"])[:100], text=text, outline=outline,
            details={str(key)[:40]: str(value)[:1000] for key, value in answer["details"].items()},
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as trouble:
        raise BadFile(say("“{file}” could not be read.", file=name)) from trouble
