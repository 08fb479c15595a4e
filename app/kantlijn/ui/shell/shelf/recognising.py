"""Recognising the text of scans, and reading files anew: in the background, with progress, only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kantlijn.errors import Cancelled, Known
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.usecases.shelf.read_again import ReadAgain
    from kantlijn.usecases.shelf.text_encoding import TextEncoding


class Recognising(QObject):
    """One document at a time."""

    progress = Signal(str, int)
    """(sentence, per mille); "" when done."""

    def __init__(self, jobs: Jobs, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes = jobs, panes
        self._task: Task | None = None
        self._sentence = ""
        panes.added.connect(self._wire)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"recognise": self.start, "read_again": self.again, "encoding": self.ask_encoding}

    def _wire(self, pane: ReaderPane) -> None:
        pane.text_wanted.connect(self.start)

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self) -> None:
        """Recognise the text of what is read in the active pane."""
        from kantlijn.usecases.shelf import ocr

        version = self._wanted(say("Open a scanned PDF first."))
        if version:
            self._begin(say("Recognising text: page {done} of {total}…"), ocr.recognise, version,
                        ocr.languages()[:2], then=self._done)  # fmt: skip

    def again(self) -> None:
        """Read the file in the active pane anew, as it is read today."""
        from kantlijn.usecases.shelf.read_again import read_again

        version = self._wanted(say("Open a document first."), pages=False)
        if version:
            self._begin(say("Reading anew: page {done} of {total}…"), read_again, version, then=self._read)

    def ask_encoding(self) -> None:
        """Let the reader choose in which encoding the text in the active pane is read."""
        from kantlijn.usecases.shelf.text_encoding import text_encoding

        version = self._wanted(say("Open a text first."), pages=False)
        if version:
            self._jobs.do(text_encoding, version, then=partial(self._choose_encoding, version), tell=False)

    def _choose_encoding(self, version: str, told: TextEncoding) -> None:
        from kantlijn.ui.sources.encoding import EncodingDialog
        from kantlijn.usecases.shelf.read_again import read_again
        from kantlijn.usecases.shelf.text_encoding import as_read, encoding_names

        def chosen() -> None:
            dialog.deleteLater()
            if dialog.chosen:
                self._begin(say("Reading anew: page {done} of {total}…"), read_again, version, dialog.encoding(),
                            then=self._read)  # fmt: skip

        dialog = EncodingDialog(self._panes.window(), told, encoding_names(), as_read)
        dialog.finished.connect(chosen)
        dialog.open()

    def _wanted(self, otherwise: str, *, pages: bool = True) -> str:
        """The version in the active pane, "" where nothing can be done. pages: it must have some."""
        pane = self._panes.active
        if self._task is not None:
            self._jobs.tell(say("Text is being recognised already; wait until that is done."))
        elif pane is None or not pane.version_id or (pages and pane.source is None):
            self._jobs.tell(otherwise)
        elif self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
        else:
            return pane.version_id
        return ""

    def _begin(self, sentence: str, verb: Callable[..., Any], *args: Any, then: Callable[[Any], object]) -> None:
        self._sentence = sentence
        self._task = Task()
        self._moved(0, 1)
        self._jobs.long(
            verb, *args, progress=self._jobs.on_ui(self._moved), cancelled=self._task.cancelled, then=then,
            failed=self._stopped, task=self._task,
        )  # fmt: skip

    def cancel(self) -> None:
        """Stop; nothing is kept of what was recognised."""
        if self._task is not None:
            self._task.cancel()

    def _moved(self, done: int, total: int) -> None:
        if self._task is not None:
            sentence = self._sentence.format(done=min(done + 1, total), total=total)
            self.progress.emit(sentence, round(1000 * done / max(1, total)))

    def _done(self, changes: Changes) -> None:
        self._end()
        self._jobs.tell(changes.title, True)

    def _read(self, told: ReadAgain) -> None:
        self._end()
        if told.changes is None:
            self._jobs.tell(say("The text is read as it is read today already."))
            return
        self._jobs.changed.emit(told.changes)
        doubt = told.changed + len(told.lost)
        if doubt:
            self._jobs.tell(say_many("Read anew; {n} annotation is to be looked at (Compare › Review).",
                                     "Read anew; {n} annotations are to be looked at (Compare › Review).", doubt),
                            True)  # fmt: skip
        else:
            self._jobs.tell(told.changes.title, True)

    def _stopped(self, error: Known) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._jobs.tell(error.sentence)
        else:
            self._jobs.trouble.emit(error.sentence)

    def _end(self) -> None:
        self._task = None
        self.progress.emit("", 0)
