"""Arriving by a link: the window shows the passage, page or document that a kantlijn:// link leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kantlijn.errors import Known
from kantlijn.model.document import Range
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes

if TYPE_CHECKING:
    from kantlijn.usecases.handing.deep_links import DeepLink, Spot


class Arriving(QObject):
    """Goes where links lead in the open project; a link that came before the project shows waits for it."""

    def __init__(self, jobs: Jobs, panes: Panes, tagging: Tagging, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._panes, self._tagging = jobs, panes, tagging
        self._waiting: DeepLink | None = None
        self._ready = False

    def expect(self, link: DeepLink) -> None:
        """Go there as soon as its project shows; now, when it does."""
        self._waiting = link
        if self._ready:
            self.arrive()

    def arrive(self) -> None:
        """A project shows. A link that is about another one is forgotten."""
        self._ready = True
        link, self._waiting = self._waiting, None
        desk = self._jobs.desk
        if link is None or desk is None:
            return
        from kantlijn.usecases.handing.deep_links import is_about, spot_of

        if is_about(link, desk.path):
            self._jobs.do(spot_of, link, then=self._show)

    def follow(self, link: str) -> None:
        """Go where a link leads that a second start hands over."""
        from kantlijn.usecases.handing.deep_links import parse

        try:
            self.expect(parse(link))
        except Known as trouble:
            self._jobs.trouble.emit(trouble.sentence)

    def _show(self, spot: Spot) -> None:
        if not spot.version:
            return
        pane = self._panes.open(spot.version)
        chosen, page = spot.range, spot.page
        if spot.annotation and chosen is not None:
            self._tagging.select([spot.annotation])
            pane.set_selected([spot.annotation])
            pane.reveal(chosen)
        elif chosen is not None:
            self._when_shown(pane, lambda: _select(pane, chosen))
        elif page is not None:
            self._when_shown(pane, lambda: pane.go_to_page(page))

    def open_at(self, page: int) -> None:
        """Go to this page (index) of the file that the window was started with, as soon as it shows."""
        pane = self._panes.active
        if pane is not None:
            self._when_shown(pane, lambda: pane.go_to_page(page))

    def _when_shown(self, pane: ReaderPane, act: Callable[[], object]) -> None:
        """Now, or once: when the pane shows what it was asked for."""
        if pane.view is not None and pane.content is not None:
            act()
            return

        def shown() -> None:
            if pane.content is not None:
                pane.shown.disconnect(shown)
                act()

        pane.shown.connect(shown)


def _select(pane: ReaderPane, chosen: Range) -> None:
    pane.reveal(chosen)
    if pane.view is not None:
        pane.view.select(chosen)
