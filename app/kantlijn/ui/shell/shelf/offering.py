"""What the window offers of itself: that a file is a newer version, that annotations wait to be carried over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kantlijn.model.changes import Changes
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.widgets import Banner
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.errors import Known
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.shelf.add_documents import Added
    from kantlijn.usecases.shelf.recognise_version import Likeness


class Offering(QObject):
    """One offer at a time, in the banner; what was declined is not offered again in this sitting."""

    carry_wanted = Signal(str)
    """(version id)."""
    compare_wanted = Signal(str, str)
    """(old, new)."""

    def __init__(self, jobs: Jobs, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._banner = jobs, banner
        self._waiting: list[tuple[str, str]] = []
        self._said: set[str] = set()

    def look_at(self, added: Added) -> None:
        """See whether the files that came in are versions of documents that were there."""
        if self._jobs.read_only:
            return
        for one in added.added[:20]:
            then = partial(self._likely, one.version, one.title)
            self._jobs.long(_likely, one.version, then=then, failed=_never_mind)

    def _likely(self, version: str, title: str, found: Likeness | None) -> None:
        if found is None or version in self._said:
            return
        self._said.add(version)
        new = say("“{title}” looks like a newer version of “{other}”.", title=title, other=found.document.title)
        old = say("“{title}” looks like another version of “{other}”.", title=title, other=found.document.title)
        self._banner.offer(
            f"{new if found.newer else old} {found.reason}",
            (
                (say("Add as version"), lambda: self._make(version, found)),
                (say("Keep apart"), lambda: self._keep_apart(version, found)),
            ),
        )

    def _keep_apart(self, version: str, found: Likeness) -> None:
        from kantlijn.usecases.shelf.recognise_version import keep_apart

        self._jobs.do(keep_apart, version, found.document.id, tell=False)

    def _make(self, version: str, found: Likeness) -> None:
        from kantlijn.usecases.shelf.recognise_version import make_version_of

        def made(_changes: Changes) -> None:
            self.offer_next(found.version.id, version)

        self._jobs.do(make_version_of, version, found.document.id, then=made)

    def offer_next(self, old: str, new: str) -> None:
        """After a version came in: compare it, and carry the annotations over."""
        self._jobs.do(_count, new, tell=False, then=lambda count: self._next(old, new, count))

    def _next(self, old: str, new: str, count: int) -> None:
        choices = [(say("Compare them"), lambda: self.compare_wanted.emit(old, new))]
        sentence = say("The new version is in the project.")
        if count:
            choices.insert(0, (say("Carry annotations over"), lambda: self.carry_wanted.emit(new)))
            waits = say_many(
                "{n} annotation has no place in it yet.", "{n} annotations have no place in it yet.", count
            )
            sentence = f"{sentence} {waits}"
        self._banner.offer(sentence, (*choices, (say("Not now"), lambda: None)))


def _likely(desk: Desk, version: str) -> Likeness | None:
    from kantlijn.usecases.shelf.recognise_version import likely_versions

    return next(iter(likely_versions(desk, version)), None)


def _count(desk: Desk, version: str) -> int:
    from kantlijn.usecases.versions.carry import waiting_annotations

    return waiting_annotations(desk, version)


def _never_mind(_error: Known) -> None:
    """An offer that cannot be made is not missed."""
