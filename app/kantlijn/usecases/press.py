"""A PDF of HTML that we wrote ourselves."""

from __future__ import annotations

from collections.abc import Callable

from kantlijn.usecases.long_call import LongCalls

_LONG = 1_000_000
"""Bytes of HTML, some 250 pages, from which two engines lay out a half each. The second half begins a page."""
_PATIENCE = 600.0


class Press:
    """The engines that make it; with-statement. They start when they are asked, or by start()."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._engines = [LongCalls(cancelled, guest="--engine", patience=_PATIENCE) for _ in range(2)]

    def start(self, *, long: bool = False) -> None:
        """Start now, without waiting. long: both, for what will be long."""
        for engine in self._engines[: 2 if long else 1]:
            engine.start()

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines:
            engine.__exit__()

    def printed(self, html: bytes, *, wide: bool = False) -> bytes:
        """The file's bytes. html: UTF-8; wide: pages on their side. Cancelled, EngineTrouble."""
        engines = self._engines[: 2 if len(html) >= _LONG else 1]
        asked = [
            engine.ask("lay out", {"wide": wide, "share": share, "of": len(engines)}, html)
            for share, engine in enumerate(engines)
        ]
        laid = [engine.answered(one) for engine, one in zip(engines, asked, strict=True)]
        said, files = zip(*laid, strict=True)
        return engines[0].call("bind", {"wide": wide, "laid": said}, html, *files)
