"""The log: where something went wrong and of what kind, but never what a document, a note or a name says."""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType

from kantlijn.errors import trace_of

_FORMAT = "%(asctime)s %(levelname)s %(message)s"
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes an exception's kind and the lines of our code it came by; its message may hold words of documents."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        told, record.exc_text = record.exc_text, None  # what another handler made of it tells more
        try:
            return super().format(record)
        finally:
            record.exc_text = told

    def formatException(self, ei: _Raised) -> str:
        return trace_of(ei[1])


def keeper(file: Path, *, late: bool = False) -> logging.FileHandler:
    """A handler that appends to this file. late: it is opened when there is something to write. OSError."""
    made = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace", delay=late)
    made.setFormatter(Discreet())
    return made
