"""What a command says: words and tables for people, JSON for programs, sentences about trouble on the side."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Any


def ready_streams() -> None:
    """UTF-8 for pipes and files; a terminal keeps its encoding, and gets "?" for what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                # file names that are no text come out as \udcXX, which JSON reads again
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


class Console:
    """Where a verb's answer goes. as_json: exactly one JSON value on stdout, and no words there."""

    def __init__(self) -> None:
        self.as_json = False

    def json(self, value: Any) -> None:
        """The answer for programs."""
        self.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def line(self, words: str) -> None:
        """A line for people."""
        self.write(words + "\n")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of cells, columns aligned; the last column is as wide as it likes."""
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)][:-1]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            self.line("  ".join([*cells, row[-1]]).rstrip())

    def write(self, text: str) -> None:
        """These letters to stdout, nothing added."""
        if sys.stdout is not None:
            sys.stdout.write(text)

    def tell(self, sentence: str) -> None:
        """One sentence on stderr; when even that cannot be written there is nobody to tell."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(" ".join(sentence.split()) + "\n")
            sys.stderr.flush()

    def flush(self) -> None:
        """See that what was said has gone out. OSError when it could not."""
        if sys.stdout is not None:
            sys.stdout.flush()

    def give_up(self) -> None:
        """Let nothing more go to stdout: Python would complain on its way out."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
