"""Carrying annotations over in the window, and looking over what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kantlijn.errors import Cancelled, Known
from kantlijn.model.changes import Changes
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.review.review import ReviewPane
from kantlijn.ui.review.through import ThroughVersions
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.sides import Side
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.versions.carry import Carry
    from kantlijn.usecases.versions.passage_past import InVersion
    from kantlijn.usecases.versions.review import Review, ReviewRow

_LATER = 60  # milliseconds


class Reviewing(QObject):
    """The review list is about the version in the active pane."""

    progress = Signal(str, int)
    """(sentence, -1) while it runs; "" when done."""

    def __init__(
        self, jobs: Jobs, panes: Panes, tagging: Tagging, pane: ReviewPane, listing: Side, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._panes, self._tagging, self._pane = jobs, panes, tagging, pane
        self._listing = listing
        self._task: Task | None = None
        self._version = ""
        self._soon = QTimer(self, singleShot=True, interval=_LATER)
        self._soon.timeout.connect(self._ask)
        panes.active_changed.connect(self._turned)
        listing.changed.connect(lambda _name: self._soon.start())
        pane.chosen.connect(self.show_row)
        pane.accept_wanted.connect(lambda ids: self._decide("accept", ids))
        pane.drop_wanted.connect(lambda ids: self._decide("drop", ids))
        pane.place_wanted.connect(self.place)
        pane.carry_wanted.connect(lambda: self.carry(self._version))

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {
            "carry": lambda: self.carry(""), "review": self.open, "place_carried": self._place_current,
            "through": self.through,
        }  # fmt: skip

    # -- carrying over --------------------------------------------------------------------------------------

    def carry(self, version: str) -> None:
        """Carry the annotations of the document at hand to this version; "" for its newest."""
        pane = self._panes.active
        if self._task is not None:
            self._jobs.tell(say("Annotations are being carried over already."))
        elif self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
        elif pane is None or not pane.version_id:
            self._jobs.tell(say("Open the document first whose annotations are to be carried over."))
        else:
            self._jobs.do(_target, version or pane.version_id, not version, then=self._begin, tell=False)

    def _begin(self, found: tuple[str, str, str, int]) -> None:
        from kantlijn.usecases.versions.carry import carry

        document, version, file, waiting = found
        if not waiting:
            self._jobs.tell(say("All annotations of earlier versions have their place in the newest one."))
            self._show(version)
            return
        task = self._task = Task()
        self.progress.emit(say("Carrying annotations over…"), -1)
        self._jobs.long(
            carry, document, version, cancelled=task.cancelled, task=task,
            then=lambda done: self._done(version, file, done), failed=self._failed,
        )  # fmt: skip

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, version: str, file: str, done: Carry) -> None:
        self._end()
        fresh = done.changes.touched("anchor")
        rows = [row for row in done.rows if row.target.id in fresh]
        check = sum(row.target.review == "open" for row in rows)
        states = {"unchanged": 0, "moved": 0, "changed": 0, "lost": 0}
        for row in rows:
            states[row.target.state] += row.target.review != "open"
        parts = [
            (states["unchanged"], say("unchanged")), (states["moved"], say("moved")),
            (states["changed"], say("changed")), (check, say("to check")), (states["lost"], say("lost")),
        ]  # fmt: skip
        said = ", ".join(f"{count} {name}" for count, name in parts if count)
        carried = say_many(
            "Carried {n} annotation to {file}", "Carried {n} annotations to {file}", len(rows), file=file
        )
        self._jobs.tell(f"{carried}: {said}", True)
        self._show(version)

    def _show(self, version: str) -> None:
        """The list about this version, where it can be seen."""
        if all(pane.version_id != version for pane in self._panes.panes):
            self._panes.open(version, beside=len(self._panes.panes) == 1)
        for pane in self._panes.panes:
            if pane.version_id == version:
                self._panes.activate(pane)
        self._listing.show_list("review")
        self._soon.start()

    def _failed(self, error: Known) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._jobs.tell(error.sentence)
        else:
            self._jobs.trouble.emit(error.sentence)

    def _end(self) -> None:
        self._task = None
        self.progress.emit("", 0)

    # -- the list -------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Go to the list."""
        self._listing.show_list("review")
        self._pane.list.setFocus()

    def _turned(self) -> None:
        pane = self._panes.active
        version = pane.version_id if pane is not None else ""
        if version and version != self._version and not self._is_source(version):
            self._version = version
            self._jobs.do(_versions, version, tell=False, then=self._offer, failed=lambda _error: None)
            self._soon.start()

    def _offer(self, versions: int) -> None:
        """The list has a tab where there are versions to carry between."""
        self._listing.offer("review", there=versions > 1)

    def _is_source(self, version: str) -> bool:
        """Whether this is where the annotations under review were made: looking there keeps the list."""
        review = self._pane.review
        there = any(pane.version_id == self._version for pane in self._panes.panes)
        return there and review is not None and any(row.source_version.id == version for row in review.rows)

    def refresh(self, changes: Changes) -> None:
        """Ask again what these changes touch."""
        if any(changes.touched(kind) for kind in ("anchor", "annotation", "theme", "version")):
            self._soon.start()

    def _ask(self) -> None:
        if self._listing.current == "review" and self._version and self._jobs.desk is not None:
            version = self._version
            self._jobs.do(
                _read, version, tell=False, then=lambda found: self._take(version, *found),
                failed=lambda _error: self._pane.show_review(None, 0),
            )  # fmt: skip

    def _take(self, version: str, review: Review, waiting: int) -> None:
        if version == self._version:
            self._pane.show_review(review, waiting)

    def show_row(self, row: ReviewRow) -> None:
        """Where it was made in one pane, and where it stands now, or stood, in another."""
        source, target = row.carried.source, row.carried.target
        before = self._pane_of(source.version, other=target.version)
        before.reveal(source.range)
        after = self._pane_of(target.version, other=source.version)
        start, end = target.range
        after.reveal((start, max(end, start + 1)))
        self._panes.activate(after)
        self._tagging.select([row.id])

    def _pane_of(self, version: str, *, other: str) -> ReaderPane:
        """The pane that shows this version; else one that does not show the other, or a new one."""
        for pane in self._panes.panes:
            if pane.version_id == version:
                return pane
        free = [pane for pane in self._panes.panes if pane.version_id != other]
        if free:
            self._panes.activate(free[0])
            return self._panes.open(version)
        return self._panes.open(version, beside=True)

    # -- deciding -------------------------------------------------------------------------------------------

    def _decide(self, verb: str, ids: list[str]) -> None:
        from kantlijn.usecases.versions import carry

        if self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
        else:
            self._jobs.do(carry.accept if verb == "accept" else carry.drop, ids, self._version)

    def _place_current(self) -> None:
        self._listing.show_list("review")
        self._pane.place()

    def place(self, annotation: str) -> None:
        """Place it on what is selected in the version under review."""
        from kantlijn.usecases.versions import carry

        for pane in self._panes.panes:
            chosen = pane.view.selection() if pane.view is not None else None
            if pane.version_id == self._version and chosen is not None:
                self._jobs.do(carry.place, annotation, self._version, chosen)
                if pane.view is not None:
                    pane.view.select(None)
                return
        self._jobs.tell(say("Select the passage in the new version, then press P here (or Ctrl+Alt+Enter there)."))

    # -- through all versions -------------------------------------------------------------------------------

    def through(self) -> None:
        """Show the selected annotation in every version of its document."""
        from kantlijn.usecases.versions.passage_past import through_versions

        if len(self._tagging.selected) != 1:
            self._jobs.tell(say("Select one annotation first."))
            return
        self._jobs.do(through_versions, self._tagging.selected[0], then=self._through, tell=False)

    def _through(self, rows: tuple[InVersion, ...]) -> None:
        dialog = ThroughVersions(rows, self._panes.window())
        dialog.wanted.connect(lambda version, chosen: self._panes.open(version).reveal(chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _target(desk: Desk, version_id: str, newest: bool) -> tuple[str, str, str, int]:
    """Document, version to carry to and its file, and how many annotations have no place there yet."""
    from kantlijn.usecases import read
    from kantlijn.usecases.versions.carry import waiting_annotations

    version = read.version(desk, version_id)
    if newest:
        row = next(row for row in read.shelf(desk) if row.document.id == version.document)
        if len(row.versions) < 2:
            raise Known(say("“{title}” has one version only. Add the newer file as a version of it first.",
                            title=row.document.title))  # fmt: skip
        version = row.versions[-1]
    return version.document, version.id, version.file, waiting_annotations(desk, version.id)


def _versions(desk: Desk, version_id: str) -> int:
    """How many versions the document has."""
    from kantlijn.usecases import read

    document = read.version(desk, version_id).document
    return next(len(row.versions) for row in read.shelf(desk) if row.document.id == document)


def _read(desk: Desk, version_id: str) -> tuple[Review, int]:
    from kantlijn.usecases.versions.carry import waiting_annotations
    from kantlijn.usecases.versions.review import review

    return review(desk, version_id), waiting_annotations(desk, version_id)
