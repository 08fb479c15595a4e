"""The command line's door: is it a command, and then run it and answer with an exit code.

The window's start passes through here, so nothing heavy is imported before a verb is known.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from kantlijn.cli.console import Console
    from kantlijn.settings import Settings

VERBS = (
    "new", "demo", "add", "documents", "themes", "text", "tag", "import-annotations", "relate", "relations",
    "annotations", "search", "compare", "carry", "export", "undo", "redo", "history", "check",
    "backup", "restore", "compact",
)  # fmt: skip
DONE, TROUBLE, USAGE, INTERRUPTED, ENDED = 0, 1, 2, 130, 143
"""Exit codes: the last two as shells have them for Ctrl+C and SIGTERM."""


def is_command(arguments: Sequence[str]) -> bool:
    """Whether this is for the command line: a verb comes first, or help or the version is asked for."""
    return bool(arguments) and (arguments[0] in VERBS or arguments[0] in ("-h", "--help", "--version"))


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say. Returns the exit code; nothing is raised, whatever goes wrong."""
    from kantlijn.cli.console import Console, ready_streams

    ready_streams()
    console = Console()
    try:
        code = _run(arguments, console)
        console.flush()
    except BrokenPipeError:  # whoever read along has seen enough: `kantlijn annotations … | head`
        console.give_up()
        return DONE
    except OSError as trouble:  # the terminal's side: what writes to /dev/full, a pipe to a full disk
        from kantlijn.errors import reason_of
        from kantlijn.words import say

        console.give_up()
        console.tell(say("The output could not be written: {why}.", why=reason_of(trouble)))
        return TROUBLE
    return code


class _Ended(BaseException):
    """SIGTERM came; on the way out everything is closed."""


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _Ended


def _run(arguments: Sequence[str], console: Console) -> int:
    import signal
    import threading

    from kantlijn.errors import Known
    from kantlijn.words import say, speak

    settings = _settings()
    speak(settings.language)
    in_charge = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, _end) if in_charge else None
    try:
        from kantlijn.cli.grammar import grammar

        asked = grammar().parse_args(list(arguments))
        console.as_json = asked.json
        for given in vars(asked).values():
            if isinstance(given, str):
                given.encode()  # what is no text is refused here, before it could be kept mended
        return int(asked.run(asked, console, settings))
    except SystemExit as wrong:  # argparse has said what is wrong, or has shown the help
        return wrong.code if isinstance(wrong.code, int) else USAGE
    except Known as trouble:
        console.tell(trouble.sentence)
        return TROUBLE
    except KeyboardInterrupt:
        console.tell(say("Stopped. What was done before is kept."))
        return INTERRUPTED
    except _Ended:
        return ENDED
    except UnicodeEncodeError:
        console.tell(say("Something given holds bytes that are no text; write it in UTF-8."))
        return TROUBLE
    except OSError:
        raise
    except Exception:  # noqa: BLE001  a bug: written down with its trace, said in general words
        console.tell(_written_down())
        return TROUBLE
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _settings() -> Settings:
    """The reader's settings; the defaults where there is no home to keep them in."""
    from kantlijn import paths
    from kantlijn.settings import Settings

    try:
        return Settings(paths.settings_file())
    except OSError:
        return Settings()


def _written_down() -> str:
    """Keep the trace of the exception at hand in the log; the sentence that says so."""
    import logging

    from kantlijn import paths
    from kantlijn.usecases.keeping.written_down import keeper
    from kantlijn.words import say

    try:
        file = paths.log_folder() / "kantlijn.log"
        kept = keeper(file)
    except OSError:
        return say("Something went wrong that Kantlijn did not foresee, and it could not be written to a log.")
    log = logging.getLogger("kantlijn")
    log.addHandler(kept)
    log.propagate = False
    log.error("command %s", " ".join(sys.argv[1:2]), exc_info=True)
    log.removeHandler(kept)
    kept.close()
    return say("Something went wrong that Kantlijn did not foresee; it is written down in {file}.", file=file)
