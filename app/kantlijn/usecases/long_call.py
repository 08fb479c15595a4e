"""Asking the workshop for something that takes a while, and that the reader may stop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import Any

from kantlijn.errors import Cancelled
from kantlijn.guests.guest import Guest
from kantlijn.words import say

_PATIENCE = 900.0
_LOOK_EVERY = 0.05


class LongCalls:
    """A workshop of one's own for several calls; with-statement. It starts at the first of them."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self._guest = Guest("--workshop")

    def __enter__(self) -> LongCalls:
        return self

    def __exit__(self, *_: object) -> None:
        self._guest.close()

    def call(self, name: str, asked: dict[str, Any], *blobs: bytes) -> bytes:
        """The one blob that is answered. Cancelled; EngineTrouble; and what the workshop says in a sentence."""
        future = self._guest.ask(name, asked, blobs, deadline=_PATIENCE)
        while True:
            with suppress(NotYet):
                _, (made,) = future.result(timeout=_LOOK_EVERY)
                return bytes(made)
            self.go_on()

    def go_on(self) -> None:
        """Cancelled when the reader stopped it; the process ends with the with-statement."""
        if self._cancelled():
            raise Cancelled(say("It was stopped; nothing was changed."))
