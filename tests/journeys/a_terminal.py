"""A terminal for tests: the real program in a process of its own, as a reader or a script starts it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PROGRAM = (sys.executable, "-m", "kantlijn")


@dataclass(frozen=True)
class Said:
    """What came of a command."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        return self.err.splitlines()


def kantlijn(*arguments: object, before: Sequence[str] = (), **more: Any) -> Said:
    """Run it to its end. before: a command that starts it, such as setpriv."""
    done = subprocess.run(
        [*before, *PROGRAM, *map(str, arguments)], capture_output=True, check=False, timeout=120, **more
    )
    said = Said(done.returncode, done.stdout, done.stderr.decode("utf-8"))
    assert "Traceback" not in said.err, said.err
    assert said.code in (0, 1, 2, 130, 143), said
    return said


def done(*arguments: object, **more: Any) -> Said:
    """Run what must succeed, without a word on stderr."""
    said = kantlijn(*arguments, **more)
    assert said.code == 0 and said.err == "", (arguments, said)
    return said


def refused(*arguments: object, **more: Any) -> str:
    """Run what must be refused with one sentence; the sentence."""
    said = kantlijn(*arguments, **more)
    assert said.code == 1, (arguments, said)
    (sentence,) = said.sentences
    assert sentence.endswith(".") and "foresee" not in sentence, sentence
    return sentence
