"""What a run of the program was doing, for the next to tell of when it ended unexpectedly. No document text."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kantlijn import paths
from kantlijn.errors import InUse
from kantlijn.model.ids import new_id
from kantlijn.store.lock import Lock, lock_path
from kantlijn.words import say

_ENDING = ".run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """project: its path, "" for none. doing: the name of a verb, "" for none that takes long."""

    project: str
    doing: str


class Run:
    """The run at hand: a small file while it lasts, locked by the system, so that a dead run is known."""

    def __init__(self) -> None:
        self._file = paths.runs_folder() / f"{new_id()}{_ENDING}"
        self._lock = Lock(self._file)
        self._held = False
        with suppress(OSError, InUse):  # a full disk must not keep anyone from reading
            self._lock.take()
            self._held = True
            self.is_doing("", "")

    def is_doing(self, project: str, verb: str) -> None:
        """Write down what the program is busy with; "" for nothing in particular."""
        if not self._held:
            return
        with suppress(OSError):
            fresh = self._file.with_suffix(".new")
            fresh.write_text(json.dumps({"project": project, "doing": verb}), "utf-8", "backslashreplace")
            fresh.replace(self._file)

    def end(self) -> None:
        """The run ends as it should: nothing is to be told. Twice does no harm."""
        if self._held:
            self._held = False
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            self._lock.release()


def crashes() -> tuple[Crash, ...]:
    """Runs that ended without saying so; each is told of once, and forgotten here."""
    found = []
    with suppress(OSError):
        for file in sorted(paths.runs_folder().glob(f"*{_ENDING}")):
            lock = Lock(file)
            try:
                lock.take()
            except InUse:
                continue  # it is still running
            found.append(_read(file))
            file.unlink(missing_ok=True)
            lock.release()
            lock_path(file).unlink(missing_ok=True)
    return tuple(found)


def _read(file: Path) -> Crash:
    try:
        kept = json.loads(file.read_text("utf-8"))
        return Crash(project=str(kept["project"]), doing=str(kept["doing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Crash(project="", doing="")


def said(crash: Crash) -> str:
    """One sentence for the reader: what happened, what is safe, where more is written."""
    name = Path(crash.project).name.removesuffix(".kantlijn")
    doing = _doing(crash.doing)
    folder = str(paths.log_folder())
    if name and doing:
        return say(
            "Kantlijn ended unexpectedly the last time, while {doing} in “{name}”. Everything that was shown as"
            " saved is there; the log is in {folder}.",
            doing=doing, name=name, folder=folder,
        )  # fmt: skip
    if name:
        return say(
            "Kantlijn ended unexpectedly the last time, with “{name}” open. Everything that was shown as saved is"
            " there; the log is in {folder}.",
            name=name, folder=folder,
        )  # fmt: skip
    return say(
        "Kantlijn ended unexpectedly the last time. Everything that was shown as saved is there; the log is in"
        " {folder}.",
        folder=folder,
    )


def _doing(verb: str) -> str:
    """A verb's name in words; "" for one of which a reader knows nothing."""
    return {
        "add_documents": say("adding documents"), "add_text": say("adding documents"),
        "back_up": say("making a backup"), "bring_in": say("importing annotations"),
        "carry": say("carrying annotations over"), "compare_versions": say("comparing versions"),
        "export_comparison": say("exporting a comparison"), "export_summary": say("exporting a summary"),
        "preview": say("making a summary"), "summary_for_clipboard": say("making a summary"),
        "hand_out": say("exporting annotations"), "index_some": say("making texts searchable"),
        "recognise": say("recognising the text of a scan"), "tag_hits": say("tagging hits"),
        "read_again": say("reading a document anew"),
    }.get(verb, "")  # fmt: skip
