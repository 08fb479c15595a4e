"""Panes that scroll together: by their share of the document, or by what an alignment says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say


class Alignment(Protocol):
    """Knows which place of one version answers to a place of another."""

    def other_offset(self, version: str, offset: int, other: str) -> int | None:
        """The offset in other for this one; None where these two are not aligned."""
        ...


class Linked(QObject):
    """While it is on, a pane that is scrolled takes the others along."""

    def __init__(self, jobs: Jobs, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes = jobs, panes
        self.on = False
        self.alignment: Alignment | None = None
        self._moving = False
        self._shares: dict[ReaderPane, float] = {}
        panes.added.connect(self._wire)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"sync": self.sync}

    def _wire(self, pane: ReaderPane) -> None:
        pane.place_changed.connect(lambda: self._moved(pane))
        pane.destroyed.connect(lambda: self._shares.pop(pane, None))
        if self.on:
            self.sync()

    def link(self, on: bool) -> None:
        """Scroll together from where the panes stand now, or each on its own again."""
        self.on = on
        if on:
            self.sync()
            self._jobs.tell(
                say("The panes scroll together from here.")
                if len(self._panes.panes) > 1
                else say("The panes scroll together as soon as there are two.")
            )
        else:
            self._jobs.tell(say("Each pane scrolls on its own."))

    def sync(self) -> None:
        """From now on the places where the panes stand belong together."""
        self._shares = {pane: _share(pane) for pane in self._panes.panes if pane.view is not None}

    def _moved(self, pane: ReaderPane) -> None:
        if not self.on or self._moving or pane.view is None or pane is not self._leading(pane):
            return
        self._moving = True
        now = _share(pane)
        step = now - self._shares.get(pane, now)
        for other in self._panes.panes:
            if other is pane or other.view is None:
                continue
            if not self._aligned(pane, other):
                self._scroll(other, self._shares.get(other, _share(other)) + step)
        self._moving = False

    def _leading(self, pane: ReaderPane) -> ReaderPane:
        """Scrolled is the pane under the mouse or with the focus; loading ones do not lead."""
        return pane if pane.isVisible() else (self._panes.active or pane)

    def _aligned(self, pane: ReaderPane, other: ReaderPane) -> bool:
        if self.alignment is None or pane.view is None or other.view is None:
            return False
        offset = self.alignment.other_offset(pane.version_id, pane.view.place().offset, other.version_id)
        if offset is None:
            return False
        place = other.view.place()
        other.view.go_to(type(place)(offset=offset, x=place.x, zoom=place.zoom))
        return True

    @staticmethod
    def _scroll(pane: ReaderPane, share: float) -> None:
        if pane.view is not None:
            bar = pane.view.verticalScrollBar()
            bar.setValue(round(min(max(share, 0.0), 1.0) * bar.maximum()))


def _share(pane: ReaderPane) -> float:
    """How far down the whole document a pane stands, 0 to 1."""
    bar = pane.view.verticalScrollBar() if pane.view is not None else None
    return bar.value() / bar.maximum() if bar is not None and bar.maximum() else 0.0
