"""Asking the workshop or the engine for something that takes a while, and that the reader may stop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import Any

from kantlijn.errors import Cancelled
from kantlijn.guests.guest import Answer, Guest
from kantlijn.words import say

_PATIENCE = 900.0
_LOOK_EVERY = 0.05


class LongCalls:
    """A guest of one's own for several calls; with-statement. It starts at the first of them, or by start().

    patience: seconds that one call may take.
    """

    def __init__(
        self, cancelled: Callable[[], bool], *, guest: str = "--workshop", patience: float = _PATIENCE
    ) -> None:
        self._cancelled, self._patience = cancelled, patience
        self._guest = Guest(guest)

    def start(self) -> None:
        """Start the process now, without waiting until it is ready."""
        self._guest.start()

    def __enter__(self) -> LongCalls:
        return self

    def __exit__(self, *_: object) -> None:
        self._guest.close()

    def call(self, name: str, asked: dict[str, Any], *blobs: bytes) -> bytes:
        """The one blob that is answered. Cancelled; EngineTrouble; and what the guest says in a sentence."""
        _, made = self.answered(self.ask(name, asked, *blobs))
        return made

    def ask(self, name: str, asked: dict[str, Any], *blobs: bytes) -> Future[Answer]:
        """For answered(): without waiting, so that another guest can be asked meanwhile."""
        return self._guest.ask(name, asked, blobs, deadline=self._patience)

    def answered(self, future: Future[Answer]) -> tuple[dict[str, Any], bytes]:
        """What is said, and the one blob. As call()."""
        while True:
            with suppress(NotYet):
                said, (made,) = future.result(timeout=_LOOK_EVERY)
                return said, bytes(made)
            self.go_on()

    def go_on(self) -> None:
        """Cancelled when the reader stopped it; the process ends with the with-statement."""
        if self._cancelled():
            raise Cancelled(say("It was stopped; nothing was changed."))
